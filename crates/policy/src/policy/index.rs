//! For each known permission the rules about it, so that a question looks at no other.
use std::{collections::HashMap, ops::Range};

use super::{combine::Tally, set::RoleSet};
use crate::{
    Asked, Effect, PERMISSIONS, Precedence,
    condition::Known,
    draft::{Origin, Rule},
};

/// The rules about each known permission.
#[derive(Debug)]
pub(super) struct Index {
    entries: HashMap<&'static str, (Asked<'static>, Entry)>,
}

impl Index {
    pub(super) fn new(rules: &[Rule], ranges: &[Range<usize>]) -> Self {
        let entries = PERMISSIONS.iter().map(|permission| {
            let asked = Asked::from(permission);
            (permission.name, (asked, Entry::new(&asked, rules, ranges)))
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// Returns the rules about a permission, if it is one that is known.
    pub(super) fn get(&self, asked: &Asked<'_>) -> Option<&Entry> {
        let (known, entry) = self.entries.get(asked.permission)?;
        // Somebody may ask for a known name with another action or type.
        (known == asked).then_some(entry)
    }
}

/// The rules about one permission.
#[derive(Debug, Default)]
pub(super) struct Entry {
    own: Always,
    basic: Always,
    /// Roles with rules that depend on something.
    other_roles: RoleSet,
    /// Rules that depend on something, with their roles, in order.
    others: Vec<(usize, usize)>,
    /// Roles with conditional policies of the RBAC plugin.
    conditional_roles: RoleSet,
}

/// Roles whose rules depend on nothing.
#[derive(Debug, Default)]
struct Always {
    allow: RoleSet,
    deny: RoleSet,
}

/// Which policies of the RBAC plugin count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub(super) basic: bool,
    pub(super) conditional: bool,
}

impl Counts {
    /// Tells whether rules of this origin count.
    pub(super) fn includes(self, origin: Origin) -> bool {
        match origin {
            Origin::Own => true,
            Origin::Basic => self.basic,
            Origin::Conditional => self.conditional,
        }
    }
}

impl Precedence {
    /// Returns what counts, given what matches.
    pub(super) fn counts(self, has_basic: bool, has_conditional: bool) -> Counts {
        Counts {
            basic: self == Self::Basic || !has_conditional,
            conditional: self == Self::Conditional || !has_basic,
        }
    }
}

impl Entry {
    /// Looks for the rules about a permission.
    pub(super) fn new(asked: &Asked<'_>, rules: &[Rule], ranges: &[Range<usize>]) -> Self {
        let mut entry = Self::default();
        for (role, range) in ranges.iter().enumerate() {
            for at in range.clone() {
                if rules[at].matcher.matches(asked) {
                    entry.add(role, at, &rules[at]);
                }
            }
        }
        entry
    }

    fn add(&mut self, role: usize, at: usize, rule: &Rule) {
        if rule.origin == Origin::Conditional {
            self.conditional_roles.insert(role);
        }
        let always = match rule.origin {
            Origin::Own if rule.condition.is_none() && rule.guard.is_none() => &mut self.own,
            // What the CSV file says depends on nothing.
            Origin::Basic => &mut self.basic,
            _ => {
                self.other_roles.insert(role);
                self.others.push((role, at));
                return;
            }
        };
        match rule.effect {
            Effect::Allow => always.allow.insert(role),
            Effect::Deny => always.deny.insert(role),
        };
    }

    /// Returns what counts for somebody with these roles.
    pub(super) fn what_counts(&self, roles: &RoleSet, precedence: Precedence) -> Counts {
        let has_basic = self.basic.allow.meets(roles) || self.basic.deny.meets(roles);
        precedence.counts(has_basic, self.conditional_roles.meets(roles))
    }

    /// Adds what the rules that depend on nothing say.
    pub(super) fn tally_always(&self, roles: &RoleSet, counts: Counts, tally: &mut Tally) {
        let all = [(&self.own, true), (&self.basic, counts.basic)];
        for (always, _) in all.into_iter().filter(|(_, counts)| *counts) {
            if always.deny.meets(roles) {
                tally.add(Effect::Deny, Known::Always);
            }
            if always.allow.meets(roles) {
                tally.add(Effect::Allow, Known::Always);
            }
        }
    }

    /// Returns the positions of the rules that depend on something, for somebody with these roles.
    pub(super) fn others<'a>(&'a self, roles: &'a RoleSet) -> impl Iterator<Item = usize> + 'a {
        self.other_roles.common(roles).flat_map(|role| {
            let start = self.others.partition_point(|(of, _)| *of < role);
            let of_role = self.others[start..]
                .iter()
                .take_while(move |(of, _)| *of == role);
            of_role.map(|(_, at)| *at)
        })
    }
}
