//! What the files say, put together role by role, before it is indexed.
use std::{collections::HashMap, sync::Arc};

use crate::{
    Condition, Effect,
    guard::{Guard, Problem},
    matcher::Matcher,
    place::Place,
};

/// Most roles that are read.
pub(crate) const MAX_ROLES: usize = 20_000;

/// Most rules that are read, where one that names three permissions counts three times.
pub(crate) const MAX_RULES: usize = 200_000;

/// Most different expressions that are read, because reading one takes a while.
const MAX_GUARDS: usize = 2_000;

/// Where a rule comes from, as far as it matters for what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A policy file, or what is built in.
    Own,
    /// The CSV file of the RBAC plugin, or its default permissions.
    Basic,
    /// The file of the RBAC plugin with conditions.
    Conditional,
}

/// One rule about one pattern.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) effect: Effect,
    /// The pattern as it was written.
    pub(crate) pattern: String,
    pub(crate) matcher: Matcher,
    /// The condition with aliases.
    pub(crate) condition: Option<Arc<Condition>>,
    pub(crate) guard: Option<Arc<Guard>>,
    pub(crate) origin: Origin,
    pub(crate) place: Place,
}

/// Somebody who has a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Member {
    /// A reference, `everyone` or `anonymous`.
    pub(crate) subject: String,
    /// Whether a group means only its direct members.
    pub(crate) is_direct: bool,
}

/// A role that another includes.
#[derive(Debug, Clone)]
pub(crate) struct Include {
    pub(crate) role: String,
    pub(crate) place: Place,
}

/// One role.
#[derive(Debug, Clone)]
pub(crate) struct DraftRole {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) members: Vec<Member>,
    pub(crate) includes: Vec<Include>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) place: Place,
}

impl DraftRole {
    /// Starts a role.
    pub(crate) fn new(name: &str, place: Place) -> Self {
        Self {
            name: name.to_owned(),
            description: None,
            members: Vec::new(),
            includes: Vec::new(),
            rules: Vec::new(),
            place,
        }
    }

    /// Adds a member; one that is there twice is left out when the roles are indexed.
    pub(crate) fn add_member(&mut self, subject: String, is_direct: bool) {
        self.members.push(Member { subject, is_direct });
    }
}

/// All roles.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) roles: Vec<DraftRole>,
    by_name: HashMap<String, usize>,
    /// Expressions that were read, so that each text is read once.
    guards: HashMap<String, Result<Arc<Guard>, Problem>>,
    /// Users and groups that look after the policies.
    pub(crate) admins: Vec<String>,
    /// Users and groups that may do everything.
    pub(crate) super_users: Vec<String>,
    /// Conditions that were read, so that those that are the same are one.
    conditions: HashMap<String, Arc<Condition>>,
    /// How many rules were made so far.
    rules: usize,
}

impl Draft {
    /// Forgets all roles; those who have a special one by the configuration are kept.
    pub(crate) fn without_roles(self) -> Self {
        Self {
            admins: self.admins,
            super_users: self.super_users,
            ..Self::default()
        }
    }

    /// Adds a role that no file has named so far.
    pub(crate) fn define(&mut self, role: DraftRole) {
        self.by_name.insert(role.name.clone(), self.roles.len());
        self.roles.push(role);
    }

    /// Returns a role, which is made here if no file has named it so far.
    pub(crate) fn role(&mut self, name: &str, place: impl FnOnce() -> Place) -> &mut DraftRole {
        let at = match self.position(name) {
            Some(at) => at,
            None => {
                self.define(DraftRole::new(name, place()));
                self.roles.len() - 1
            }
        };
        &mut self.roles[at]
    }

    /// Returns the position of a role.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Reads an expression, or returns what was read before.
    pub(crate) fn guard(&mut self, text: &str) -> Result<Arc<Guard>, Problem> {
        if let Some(known) = self.guards.get(text) {
            return known.clone();
        }
        if self.guards.len() >= MAX_GUARDS {
            return Err(Problem::too_many(MAX_GUARDS));
        }
        let read = Guard::read(text).map(Arc::new);
        self.guards.insert(text.to_owned(), read.clone());
        read
    }

    /// Returns a condition that is shared by all rules that have the same.
    pub(crate) fn shared(&mut self, condition: Condition) -> Arc<Condition> {
        let shared = self.conditions.entry(condition.key());
        Arc::clone(shared.or_insert_with(|| Arc::new(condition)))
    }

    /// Counts rules before they are made; returns whether there is room for them.
    pub(crate) fn has_room(&mut self, rules: usize) -> bool {
        self.rules += rules;
        self.rules <= MAX_RULES && self.roles.len() <= MAX_ROLES
    }
}
