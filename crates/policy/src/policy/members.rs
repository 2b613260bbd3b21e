//! Who has which roles.
use std::collections::{HashMap, HashSet};

use super::set::RoleSet;
use crate::{
    Who,
    draft::{Draft, Member},
    read::{ANONYMOUS, EVERYONE, SUPER_ROLE},
};

/// The roles of all subjects.
#[derive(Debug)]
pub(super) struct Members {
    by_subject: HashMap<String, Vec<Held>>,
    /// The roles that each role includes.
    includes: Vec<Vec<usize>>,
    super_role: Option<usize>,
    max_depth: Option<usize>,
}

/// One role of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Held {
    role: usize,
    /// Whether a group means only its direct members.
    is_direct: bool,
}

/// How somebody came to a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Via<'a> {
    pub(super) role: usize,
    /// The reference, `everyone` or `anonymous`.
    pub(super) subject: &'a str,
    /// The role that includes it, if the subject does not have it itself.
    pub(super) through: Option<usize>,
}

impl Members {
    pub(super) fn new(draft: &Draft, max_depth: Option<usize>) -> Self {
        let mut by_subject: HashMap<String, Vec<Held>> = HashMap::new();
        let mut seen = HashSet::new();
        for (role, of) in draft.roles.iter().enumerate() {
            seen.clear();
            for member in &of.members {
                if seen.insert(member) {
                    let held = by_subject.entry(member.subject.clone()).or_default();
                    held.push(Held {
                        role,
                        is_direct: member.is_direct,
                    });
                }
            }
        }
        let includes = draft.roles.iter().map(|role| {
            let includes = role.includes.iter();
            includes
                .filter_map(|include| draft.position(&include.role))
                .collect()
        });
        Self {
            by_subject,
            includes: includes.collect(),
            super_role: draft.position(SUPER_ROLE),
            max_depth,
        }
    }

    /// Tells whether these are the roles of somebody who may do everything.
    pub(super) fn is_super_user(&self, roles: &RoleSet) -> bool {
        self.super_role.is_some_and(|role| roles.contains(role))
    }

    /// Returns the roles of somebody.
    pub(super) fn roles(&self, who: &Who) -> RoleSet {
        let mut set = RoleSet::with_room(self.includes.len());
        self.walk(who, &mut set, |_| {});
        set
    }

    /// Returns the roles of somebody and how they came to each, in the order of the roles.
    pub(super) fn ways<'a>(&'a self, who: &'a Who) -> Vec<Via<'a>> {
        let mut set = RoleSet::with_room(self.includes.len());
        let mut ways = Vec::new();
        self.walk(who, &mut set, |way| ways.push(way));
        ways.sort_by_key(|way| way.role);
        ways
    }

    /// Visits each role of somebody once, first those that are held for the closest reason.
    fn walk<'a>(&'a self, who: &'a Who, set: &mut RoleSet, mut found: impl FnMut(Via<'a>)) {
        let mut included = Vec::new();
        subjects_of(who, self.max_depth, |subject, is_far| {
            let held = self.by_subject.get(subject);
            for held in held.map_or(&[][..], Vec::as_slice) {
                if (held.is_direct && is_far) || !set.insert(held.role) {
                    continue;
                }
                found(Via {
                    role: held.role,
                    subject,
                    through: None,
                });
                if !self.includes[held.role].is_empty() {
                    included.push((held.role, subject));
                }
            }
        });
        while let Some((from, subject)) = included.pop() {
            for role in &self.includes[from] {
                if set.insert(*role) {
                    found(Via {
                        role: *role,
                        subject,
                        through: Some(from),
                    });
                    included.push((*role, subject));
                }
            }
        }
    }
}

/// Visits what somebody is a member as: a reference, and whether it is a group further up.
fn subjects_of<'a>(who: &'a Who, max_depth: Option<usize>, mut visit: impl FnMut(&'a str, bool)) {
    let Some(user) = &who.user else {
        visit(ANONYMOUS, false);
        return;
    };
    visit(user, false);
    for reference in &who.ownership {
        visit(reference, false);
    }
    for (group, distance) in &who.groups {
        if max_depth.is_none_or(|max| *distance <= max) {
            visit(group, *distance > 1);
        }
    }
    visit(EVERYONE, false);
}

/// Returns each subject once, in order.
pub(super) fn subjects(members: &[Member]) -> Vec<String> {
    let mut seen = HashSet::new();
    let members = members.iter().filter(|member| seen.insert(&member.subject));
    members.map(|member| member.subject.clone()).collect()
}
