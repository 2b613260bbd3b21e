//! The home page.
mod problems;

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashSet},
};

use callboard_catalog::Filter;
use callboard_db::{Change, Mark};
use callboard_model::{
    EntityRef,
    view::{ChangeRow, EntityLabel, HomeView, KindCount, OwnedRow},
};

use crate::{error::AppError, server::access::Access};
use problems::Problems;

const OWNED_ROWS: usize = 10;
const STARRED: usize = 10;
const RECENT: usize = 8;
const CHANGES: usize = 10;

/// Groups, or users, that can be chosen from a list; with more, the list would be no help and make the page heavy.
/// Everyone can still be named in the address, as `/?owner=user:default/ada`.
const OWNERS: usize = 100;

impl Access {
    /// Answers the home page; `owner` is a reference or empty, `changes` is `mine`, `all` or empty.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn home_view(&self, owner: &str, changes: &str) -> Result<HomeView, AppError> {
        let own = self.own().await?;
        let owner = owner
            .parse::<EntityRef>()
            .ok()
            .map(|owner| self.label(&owner))
            .filter(|owner| owner.exists);
        let mine = owner.as_ref().map_or_else(Vec::new, |owner| {
            self.owned_refs(&owner.entity_ref.to_string())
        });
        let mine: HashSet<String> = mine.into_iter().collect();
        let problems = Problems::of(self.problems().await?, &mine);
        let (starred, starred_total) = self.marked(Mark::Star, STARRED).await?;
        let recents = self.recent_visits().await?;
        let recent = recents.iter().take(RECENT);
        let recent = recent.filter_map(|one| self.marked_row(&one.entity_ref, one.at, &own.stars));
        let changes_mine = match changes {
            "mine" => true,
            "all" => false,
            _ => !mine.is_empty() || !own.watches.is_empty(),
        };
        let is_shown = |entity_ref: &str| {
            !changes_mine || mine.contains(entity_ref) || own.watches.contains(entity_ref)
        };
        let changes = self
            .recent_changes(CHANGES, !changes_mine, is_shown)
            .await?;
        let portal = self.portal();
        Ok(HomeView {
            organization: portal
                .organization
                .as_ref()
                .unwrap_or(&portal.title)
                .clone(),
            layout: portal.home.layout.clone(),
            links: portal.home.links.clone(),
            kinds: self.kinds(),
            owners: self.owners(),
            owned: self.owned_rows(&mine, &problems, &own.stars).await?,
            owned_total: mine.len(),
            owner,
            starred,
            starred_total,
            recent: recent.collect(),
            changes: changes
                .iter()
                .filter_map(|change| self.change_row(change))
                .collect(),
            changes_mine,
            problem_counts: problems.counts,
            problems_mine: problems.mine,
            problems: problems.worst,
            ingesting: self.is_ingesting(),
        })
    }

    /// Returns the references of what somebody owns, directly or through groups.
    fn owned_refs(&self, owner: &str) -> Vec<String> {
        let owners = self.owning_refs(owner);
        let all = Filter::Is("relations.ownedby".to_owned(), owners);
        let (ids, _) = self.matching(&all, usize::MAX);
        self.refs(&ids)
    }

    /// Returns the first of what is owned, what has the worst problems first.
    async fn owned_rows(
        &self,
        mine: &HashSet<String>,
        problems: &Problems,
        stars: &BTreeSet<String>,
    ) -> Result<Vec<OwnedRow>, AppError> {
        let of = |entity_ref: &String| {
            problems
                .by_entity
                .get(entity_ref)
                .copied()
                .unwrap_or_default()
        };
        let mut refs: Vec<String> = mine.iter().cloned().collect();
        refs.sort_by_cached_key(|entity_ref| {
            let counts = of(entity_ref);
            let name = entity_ref
                .rsplit_once('/')
                .map_or("", |(_, name)| name)
                .to_owned();
            (Reverse(counts.errors), Reverse(counts.warnings), name)
        });
        refs.truncate(OWNED_ROWS);
        let entities = self.entities(&refs).await?;
        let rows = entities.iter().map(|entity| {
            let entity_ref = entity.entity_ref().to_string();
            OwnedRow {
                row: self.row(entity),
                problems: of(&entity_ref),
                starred: stars.contains(&entity_ref),
            }
        });
        Ok(rows.collect())
    }

    /// Returns the newest changes of entities that are meant and that the caller may read; those of removed ones only
    /// to whom may read everything, since nothing can be said of them any more. `any` says that all are meant.
    async fn recent_changes(
        &self,
        wanted: usize,
        any: bool,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Vec<Change>, AppError> {
        /// So many of the newest changes are looked through.
        const LOOKED_AT: i64 = 500;
        let sees_all = self.sees_all();
        let looked_at = if any && sees_all {
            i64::try_from(wanted).unwrap_or(LOOKED_AT)
        } else {
            LOOKED_AT
        };
        let mut changes = self.db().change_recent(looked_at).await?;
        changes.retain(|change| {
            is_meant(&change.entity_ref) && (sees_all || self.sees_ref(&change.entity_ref))
        });
        changes.truncate(wanted);
        Ok(changes)
    }

    fn kinds(&self) -> Vec<KindCount> {
        let index = self.index().read();
        let counts = index.facet("kind", &self.found(&index, Filter::All(Vec::new())));
        let mut kinds: Vec<_> = counts
            .into_iter()
            .map(|(kind, count)| KindCount { kind, count })
            .collect();
        kinds.sort_by(|a, b| (b.count, &a.kind).cmp(&(a.count, &b.kind)));
        kinds
    }

    fn owners(&self) -> Vec<EntityLabel> {
        let of_kind = |kind: &str| {
            let all = Filter::Is("kind".to_owned(), vec![kind.to_owned()]);
            let (ids, total) = self.matching(&all, OWNERS);
            if total > OWNERS {
                Vec::new()
            } else {
                self.refs(&ids)
            }
        };
        let labels = |refs: Vec<String>| {
            let mut labels: Vec<_> = refs.iter().filter_map(|text| self.label_of(text)).collect();
            labels.sort_by_key(|label| label.title.to_lowercase());
            labels
        };
        let mut owners = labels(of_kind("group"));
        owners.extend(labels(of_kind("user")));
        owners
    }

    /// Returns the owner itself, the groups a user is a member of, and the groups below a group.
    fn owning_refs(&self, owner: &str) -> Vec<String> {
        let relation = if owner.starts_with("user:") {
            "relations.hasmember"
        } else {
            "relations.childof"
        };
        let mut found = BTreeSet::from([owner.to_owned()]);
        let mut open = vec![owner.to_owned()];
        while let Some(one) = open.pop() {
            let (ids, _) = self.matching(&Filter::Is(relation.to_owned(), vec![one]), usize::MAX);
            for entity_ref in self.refs(&ids) {
                if found.insert(entity_ref.clone()) && !owner.starts_with("user:") {
                    open.push(entity_ref);
                }
            }
        }
        found.into_iter().collect()
    }

    /// Shows one entry of the change log.
    pub(super) fn change_row(&self, change: &Change) -> Option<ChangeRow> {
        Some(ChangeRow {
            seq: change.seq,
            at: change.at,
            label: self.label_of(&change.entity_ref)?,
            kind: change.kind,
            cause: self.file_name(&change.cause),
        })
    }
}
