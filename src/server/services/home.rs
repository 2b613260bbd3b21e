//! The home page.
use std::collections::BTreeSet;

use callboard_catalog::Filter;
use callboard_db::Change;
use callboard_model::{
    EntityRef, Severity,
    view::{ChangeRow, EntityLabel, HomeView, KindCount, ProblemCounts},
};

use crate::{error::AppError, server::access::Access};

const OWNED_ROWS: usize = 10;
const CHANGES: i64 = 10;
const PROBLEMS: usize = 5;

/// Groups, or users, that can be chosen from a list; with more, the list would be no help and make the page heavy.
/// Everyone can still be named in the address, as `/?owner=user:default/ada`.
const OWNERS: usize = 100;

impl Access {
    /// Answers the home page; `owner` is a reference or empty.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn home_view(&self, owner: &str) -> Result<HomeView, AppError> {
        let owner = owner
            .parse::<EntityRef>()
            .ok()
            .map(|owner| self.label(&owner))
            .filter(|owner| owner.exists);
        let (owned, owned_total) = match &owner {
            Some(owner) => {
                let owners = self.owning_refs(&owner.entity_ref.to_string());
                self.matching(
                    &Filter::Is("relations.ownedby".to_owned(), owners),
                    OWNED_ROWS,
                )
            }
            None => (Vec::new(), 0),
        };
        let stored = self.problems().await?;
        let mut problem_counts = ProblemCounts::default();
        stored
            .iter()
            .for_each(|problem| problem_counts.count(problem.diagnostic.severity));
        let mut problems: Vec<_> = stored
            .into_iter()
            .map(|problem| problem.diagnostic)
            .collect();
        problems.retain(|problem| problem.severity != Severity::Info);
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(PROBLEMS);
        let changes = self.recent_changes(CHANGES).await?;
        Ok(HomeView {
            organization: self
                .portal()
                .organization
                .clone()
                .unwrap_or_else(|| self.portal().title.clone()),
            kinds: self.kinds(),
            owners: self.owners(),
            owned: self.rows(&owned).await?,
            owned_total,
            owner,
            changes: changes
                .iter()
                .filter_map(|change| self.change_row(change))
                .collect(),
            problem_counts,
            problems,
            ingesting: self.is_ingesting(),
        })
    }

    /// Returns the newest changes of entities that the caller may read; those of removed ones only to whom may read
    /// everything, since nothing can be said of them any more.
    async fn recent_changes(&self, wanted: i64) -> Result<Vec<Change>, AppError> {
        /// So many of the newest changes are looked through.
        const LOOKED_AT: i64 = 500;
        if *self.reading() == Filter::All(Vec::new()) {
            return Ok(self.db().change_recent(wanted).await?);
        }
        let mut changes = self.db().change_recent(LOOKED_AT).await?;
        changes.retain(|change| self.sees_ref(&change.entity_ref));
        changes.truncate(usize::try_from(wanted).unwrap_or_default());
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
