//! People as the catalog knows them: who they are, which groups they belong to, and what counts as theirs.
use std::collections::HashSet;

use callboard_auth::Directory;
use callboard_catalog::{Index, SharedIndex};
use callboard_model::EntityRef;

use crate::server::caller::{Proof, User};

/// Most groups that one person belongs to, with those above.
const MAX_GROUPS: usize = 2_000;

/// Longest way up from a group.
const MAX_DISTANCE: usize = 50;

/// Looks people up in the catalog.
#[derive(Debug, Clone)]
pub struct People {
    index: SharedIndex,
    nested_groups: bool,
}

impl People {
    /// Looks in this catalog; `nested_groups` says whether groups above the direct ones count as a user's own.
    #[must_use]
    pub fn new(index: SharedIndex, nested_groups: bool) -> Self {
        Self {
            index,
            nested_groups,
        }
    }

    /// Whether groups above the direct ones count as a user's own.
    pub(in crate::server) fn counts_nested_groups(&self) -> bool {
        self.nested_groups
    }

    /// Returns a user with the groups that the catalog has for them now.
    pub(in crate::server) fn user(&self, user_ref: &str, proof: Proof) -> User {
        let groups = groups(&self.index.read(), user_ref);
        let counts = |distance: usize| distance == 1 || self.nested_groups;
        let own = groups.iter().filter(|(_, distance)| counts(*distance));
        let own = own.map(|(group, _)| group.clone());
        User {
            user_ref: user_ref.to_owned(),
            ownership: std::iter::once(user_ref.to_owned()).chain(own).collect(),
            groups,
            proof,
        }
    }

    /// Tells whether the catalog has somebody.
    pub(in crate::server) fn knows(&self, user_ref: &str) -> bool {
        self.index.read().id(user_ref).is_some()
    }

    /// Returns the name that people see of somebody.
    pub(in crate::server) fn title(&self, user_ref: &str) -> String {
        let index = self.index.read();
        let known = index.id(user_ref).and_then(|id| index.label(id));
        let title = known.and_then(|label| label.title.map(str::to_owned));
        title.unwrap_or_else(|| {
            let parsed = user_ref.parse::<EntityRef>();
            parsed.map_or_else(|_| user_ref.to_owned(), |parsed| parsed.name)
        })
    }
}

/// Returns the groups of a user with their distance, the nearest first. Groups that the catalog does not have grant
/// nothing. A loop of groups ends where it closes.
fn groups(index: &Index, user_ref: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut level = related(index, "relations.hasmember", user_ref);
    let mut distance = 1;
    while !level.is_empty() && distance <= MAX_DISTANCE && found.len() < MAX_GROUPS {
        let mut next = Vec::new();
        for group in level {
            if seen.insert(group.clone()) {
                next.extend(related(index, "relations.parentof", &group));
                found.push((group, distance));
            }
        }
        level = next;
        distance += 1;
    }
    found.truncate(MAX_GROUPS);
    found
}

/// Returns the groups that have a relation to somebody, by reference.
fn related(index: &Index, relation: &str, target: &str) -> Vec<String> {
    let ids = index.ids_where(relation, target, MAX_GROUPS);
    let labels = ids.into_iter().filter_map(|id| index.label(id));
    let refs = labels.map(|label| label.entity_ref);
    let mut groups: Vec<String> = refs
        .filter(|entity_ref| entity_ref.starts_with("group:"))
        .map(str::to_owned)
        .collect();
    groups.sort();
    groups
}

impl Directory for People {
    fn users_where(&self, key: &str, value: &str) -> Vec<String> {
        /// Two are enough to see that it is not one; a few more let the page name them.
        const ENOUGH: usize = 10;
        let index = self.index.read();
        // Other kinds may have the same annotation.
        let ids = index.ids_where(&key.to_lowercase(), value, MAX_GROUPS);
        // The index knows no case. For identifiers it makes a difference, and letters beyond ASCII are never the same.
        let is_identifier = key.starts_with("metadata.annotations.") && !key.ends_with("/email");
        let is_same = |stored: &str| match is_identifier {
            true => stored == value,
            false => stored.eq_ignore_ascii_case(value),
        };
        let lower = key.to_lowercase();
        let ids = ids
            .into_iter()
            .filter(|id| index.value(*id, &lower).is_some_and(is_same));
        let labels = ids.filter_map(|id| index.label(id));
        let users = labels.filter(|label| label.kind.eq_ignore_ascii_case("user"));
        users
            .map(|label| label.entity_ref.to_owned())
            .take(ENOUGH)
            .collect()
    }

    fn user(&self, user_ref: &str) -> bool {
        self.knows(user_ref)
    }
}
