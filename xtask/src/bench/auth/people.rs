//! The names of the generated catalog, and the user of it who is measured.
use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Each group but the first is below one of the others, which has so many.
const GROUPS_BELOW: usize = 6;

/// Names of the generated catalog, in the order in which it was generated.
#[derive(Debug, Default)]
pub struct Names {
    /// Names of the components.
    pub components: Vec<String>,
    groups: Vec<String>,
    users: Vec<String>,
}

/// A user with groups.
#[derive(Debug)]
pub struct Person {
    /// Reference of the user.
    pub user: String,
    /// References of the groups of the user, the direct one first, then the one above it and so on.
    pub groups: Vec<String>,
    /// References of all other groups.
    pub others: Vec<String>,
}

impl Names {
    /// Reads the list that the generator writes: `kind name` on each line.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file);
        Ok(Self::parse(&text.with_context(|| {
            format!("cannot read {}", file.display())
        })?))
    }

    fn parse(text: &str) -> Self {
        let of = |kind: &str| {
            let pairs = text.lines().filter_map(|line| line.split_once(' '));
            let named = pairs.filter(|(found, _)| *found == kind);
            named.map(|(_, name)| name.trim().to_owned()).collect()
        };
        Self {
            components: of("component"),
            groups: of("group"),
            users: of("user"),
        }
    }

    /// Returns the user in the last group, which is among those that have most groups above them.
    ///
    /// # Errors
    /// When there is no such user.
    pub fn person(&self) -> Result<Person> {
        let last = self
            .groups
            .len()
            .checked_sub(1)
            .context("the catalog has no group")?;
        // The generator puts the users into the groups in turn.
        let user = self
            .users
            .get(last)
            .context("the last group has no member")?;
        let mut chain = vec![last];
        while let Some(above) = chain.last().and_then(|group| group.checked_sub(1)) {
            chain.push(above / GROUPS_BELOW);
        }
        let reference = |group: usize| format!("group:default/{}", self.groups[group]);
        let others = (0..self.groups.len()).filter(|group| !chain.contains(group));
        Ok(Person {
            user: format!("user:default/{user}"),
            groups: chain.iter().copied().map(reference).collect(),
            others: others.map(reference).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_the_last_group_has_the_groups_above_it() {
        let groups = (0..20).map(|at| format!("group g{at}\n"));
        let users = (0..60).map(|at| format!("user u{at}\n"));
        let text: String = groups.chain(users).collect();
        let person = Names::parse(&text).person().expect("there is one");
        assert_eq!(person.user, "user:default/u19");
        let groups = ["group:default/g19", "group:default/g3", "group:default/g0"];
        assert_eq!(person.groups, groups);
        assert_eq!(person.others.len(), 17);
        assert!(
            !person
                .others
                .iter()
                .any(|other| groups.contains(&other.as_str()))
        );
    }

    #[test]
    fn a_catalog_without_people_is_an_error() {
        assert!(Names::parse("component a\n").person().is_err());
        assert!(Names::parse("group a\n").person().is_err());
    }
}
