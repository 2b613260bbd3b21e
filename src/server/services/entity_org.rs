//! The people around a group or user: members, groups above and below, and what they own.
mod chart;

use callboard_catalog::{
    Filter,
    index::{EntitySet, OrderKey, TITLE_KEY},
};
use callboard_model::{
    EntityRef,
    view::{EntityLabel, Member, Members, OrgQuery, OrgView, OwnedCount, Ownership},
};

use chart::Tree;

use crate::{error::AppError, server::access::Access};

/// Members on one page.
const PAGE_SIZE: usize = 24;

/// Groups of a user that are shown.
const GROUPS: usize = 50;

/// Kinds and types of what is owned that are told apart.
const COUNTS: usize = 60;

impl Access {
    /// Answers what only the pages of groups and users show.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn org_view(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
        query: &OrgQuery,
    ) -> Result<OrgView, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        if !self.require_reading(&entity_ref).await? {
            return Err(AppError::NotFound(format!(
                "The catalog has no {entity_ref}."
            )));
        }
        let text = entity_ref.to_string();
        if entity_ref.kind == "user" {
            Ok(self.of_user(&text, query))
        } else {
            self.of_group(&text, query).await
        }
    }

    fn of_user(&self, user: &str, query: &OrgQuery) -> OrgView {
        let set = self.set("relations.hasmember", vec![user.to_owned()]);
        let (groups, groups_total) = self.titled(&set, 0, GROUPS);
        let mut owners = vec![user.to_owned()];
        if query.owned != "own" {
            owners.extend(self.all_refs(&set));
        }
        OrgView {
            owned: self.owned(owners, query.owned != "own", groups_total > 0),
            groups,
            groups_total,
            ..OrgView::default()
        }
    }

    async fn of_group(&self, group: &str, query: &OrgQuery) -> Result<OrgView, AppError> {
        let tree = Tree::below(self, group);
        let above = self.set("relations.parentof", vec![group.to_owned()]);
        let (groups, groups_total) = self.titled(&above, 0, GROUPS);
        let own = vec![group.to_owned()];
        let all = query.owned == "all";
        let owners = if all { tree.refs() } else { own.clone() };
        let (chart, left_out) = tree.chart(self);
        Ok(OrgView {
            members: Some(self.members(own, tree.refs(), query).await?),
            owned: self.owned(owners, all, tree.has_below()),
            groups,
            groups_total,
            chart,
            left_out,
        })
    }

    async fn members(
        &self,
        own: Vec<String>,
        with_below: Vec<String>,
        query: &OrgQuery,
    ) -> Result<Members, AppError> {
        let count = |set: &EntitySet| usize::try_from(set.len()).unwrap_or(usize::MAX);
        let direct = self.set("relations.memberof", own);
        let every = self.set("relations.memberof", with_below);
        // A department has its people in the teams below it.
        let only_below = direct.is_empty() && query.members != "direct";
        let all = query.members == "all" || only_below;
        let shown = if all { &every } else { &direct };
        let pages = count(shown).div_ceil(PAGE_SIZE).max(1);
        let page = (query.page.max(1) as usize).min(pages);
        let (labels, _) = self.titled(shown, (page - 1) * PAGE_SIZE, PAGE_SIZE);
        let refs: Vec<String> = labels
            .iter()
            .map(|label| label.entity_ref.to_string())
            .collect();
        let people = self.entities(&refs).await?;
        let email = |label: &EntityLabel| {
            let mut same = people.iter();
            let person = same.find(|person| person.entity_ref() == label.entity_ref)?;
            person.profile("email").map(str::to_owned)
        };
        let shown = labels
            .into_iter()
            .map(|label| Member {
                email: email(&label),
                label,
            })
            .collect();
        Ok(Members {
            shown,
            direct: count(&direct),
            all: count(&every),
            with_below: all,
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
        })
    }

    /// Counts what some owners own, by kind and type.
    fn owned(&self, owners: Vec<String>, through_groups: bool, has_groups: bool) -> Ownership {
        let index = self.index().read();
        let of_owners = Filter::Is("relations.ownedby".to_owned(), owners.clone());
        let set = self.found(&index, of_owners);
        let mut counts: Vec<OwnedCount> = Vec::new();
        for (kind, count) in index.facet("kind", &set) {
            let of_kind = Filter::Is("kind".to_owned(), vec![kind.clone()]);
            let among = &set & self.found(&index, of_kind);
            let mut rest = count;
            for (entity_type, count) in index.facet("spec.type", &among) {
                rest = rest.saturating_sub(count);
                counts.push(OwnedCount {
                    kind: kind.clone(),
                    entity_type,
                    count,
                });
            }
            counts.push(OwnedCount {
                kind,
                entity_type: String::new(),
                count: rest,
            });
        }
        counts.retain(|one| one.count > 0);
        counts.sort_by(|a, b| {
            let key = |one: &OwnedCount| (one.kind.clone(), one.entity_type.clone());
            b.count.cmp(&a.count).then_with(|| key(a).cmp(&key(b)))
        });
        counts.truncate(COUNTS);
        Ownership {
            counts,
            total: usize::try_from(set.len()).unwrap_or(usize::MAX),
            owners,
            through_groups,
            has_groups,
        }
    }

    /// Returns the entities with one of these values that the caller may read.
    fn set(&self, key: &str, values: Vec<String>) -> EntitySet {
        let index = self.index().read();
        self.found(&index, Filter::Is(key.to_owned(), values))
    }

    /// Returns a page of some entities by title, and how many there are.
    fn titled(&self, set: &EntitySet, skip: usize, take: usize) -> (Vec<EntityLabel>, usize) {
        let by_title = [OrderKey {
            key: TITLE_KEY.to_owned(),
            descending: false,
        }];
        let ids = self.index().read().ordered(set, &by_title, skip, take);
        let refs = self.refs(&ids);
        let labels = refs.iter().filter_map(|text| self.label_of(text)).collect();
        (labels, usize::try_from(set.len()).unwrap_or(usize::MAX))
    }

    fn all_refs(&self, set: &EntitySet) -> Vec<String> {
        let ids: Vec<_> = set.iter().collect();
        self.refs(&ids)
    }
}
