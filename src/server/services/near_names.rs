//! What the page says where an entity is missing: names that are nearly the same, why it is not there, and when it went.
use callboard_catalog::Index;
use callboard_model::{
    EntityRef,
    view::{ChangeKind, EntityLabel, MissingView},
};

use crate::{error::AppError, server::access::Access};

/// Suggestions that are made.
const SHOWN: usize = 5;

/// Problems that are shown.
const PROBLEMS: usize = 5;

/// Longer names are looked for by nobody.
const LONGEST: usize = 63;

/// Names that differ in more letters are other names.
const DISTANCE: usize = 2;

impl Access {
    /// Answers what is known of an entity that the catalog does not have for the caller.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn missing_view(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<MissingView, AppError> {
        let wanted = EntityRef::new(kind, namespace, name);
        let near = self.near(&wanted);
        let text = wanted.to_string();
        // Who may not read everything is told nothing that would not be told of what never was.
        let (problems, removed) = if self.sees_all() {
            let stored = self.db().problem_list_of(&text, "").await?;
            let changes = self.db().change_history(&text, 1).await?;
            let last = changes.first().and_then(|change| self.change_row(change));
            let removed = last.filter(|change| change.kind == ChangeKind::Removed);
            (stored, removed)
        } else {
            (Vec::new(), None)
        };
        let rows = problems.into_iter().take(PROBLEMS);
        Ok(MissingView {
            near,
            problems: rows.map(|problem| self.own_row(problem)).collect(),
            removed,
        })
    }

    /// Returns entities whose names are nearly the one that is wanted, the nearest first.
    pub(super) fn near(&self, wanted: &EntityRef) -> Vec<EntityLabel> {
        if wanted.name.is_empty() || wanted.name.chars().count() > LONGEST {
            return Vec::new();
        }
        let letters: Vec<char> = wanted.name.chars().collect();
        let index = self.index().read();
        let mut found: Vec<(usize, bool, EntityRef)> = self
            .seen(&index)
            .iter()
            .filter_map(|id| candidate(&index, id, wanted, &letters))
            .collect();
        drop(index);
        found.sort();
        found.truncate(SHOWN);
        found.iter().map(|(.., near)| self.label(near)).collect()
    }
}

/// Tells how far an entity's name is from the one that is wanted, whether its kind is another, and which it is.
fn candidate(
    index: &Index,
    id: u32,
    wanted: &EntityRef,
    letters: &[char],
) -> Option<(usize, bool, EntityRef)> {
    let label = index.label(id)?;
    let name = label.entity_ref.rsplit('/').next()?;
    let far = distance(name, letters).or_else(|| {
        let within = wanted.name.len() >= 4 && name.contains(&wanted.name);
        within.then_some(DISTANCE + 1)
    })?;
    let entity_ref: EntityRef = label.entity_ref.parse().ok()?;
    let is_other = entity_ref.kind != wanted.kind;
    Some((far, is_other, entity_ref))
}

/// Returns in how many letters two names differ, if they are few enough for their length. Every name of the catalog
/// passes here, so nothing is allocated.
fn distance(name: &str, wanted: &[char]) -> Option<usize> {
    let length = name.chars().count();
    let most = DISTANCE.min(length.min(wanted.len()) / 3);
    if length.abs_diff(wanted.len()) > most || wanted.len() > LONGEST {
        return None;
    }
    let mut before: [usize; LONGEST + 1] = std::array::from_fn(|at| at);
    for (row, letter) in name.chars().enumerate() {
        let mut line = [row + 1; LONGEST + 1];
        let mut least = row + 1;
        for (column, against) in wanted.iter().enumerate() {
            let changed = before[column] + usize::from(letter != *against);
            line[column + 1] = changed.min(before[column + 1] + 1).min(line[column] + 1);
            least = least.min(line[column + 1]);
        }
        if least > most {
            return None;
        }
        before = line;
    }
    Some(before[wanted.len()]).filter(|count| *count <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_letters_make_a_near_name() {
        let distance = |one: &str, other: &str| {
            let other: Vec<char> = other.chars().collect();
            distance(one, &other)
        };
        assert_eq!(distance("ferry-booking", "ferry-booking"), Some(0));
        assert_eq!(distance("ferry-boking", "ferry-booking"), Some(1));
        assert_eq!(distance("fery-boking", "ferry-booking"), Some(2));
        assert_eq!(distance("fry-boking", "ferry-booking"), None);
        assert_eq!(distance("ab", "ac"), None, "short names differ too easily");
        assert_eq!(distance("", ""), Some(0));
        let long = "n".repeat(LONGEST);
        assert_eq!(distance(&long, &long), Some(0));
        assert_eq!(distance(&long, &"n".repeat(LONGEST + 1)), None);
    }
}
