//! The people around a group or user: members, the tree of groups, and what they own.
use serde::{Deserialize, Serialize};

use super::EntityLabel;

/// Which people and things the page of a group or user shows; every field is part of its URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrgQuery {
    /// `all` for the members of the groups below as well.
    pub members: String,
    /// `all` for what the groups below, or those of a user, own as well.
    pub owned: String,
    /// Page of the members, counted from 1; 0 means 1.
    pub page: u32,
}

/// Everything that only the pages of groups and users show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgView {
    /// The group above, or the groups of a user.
    pub groups: Vec<EntityLabel>,
    /// How many of those there are in all.
    pub groups_total: usize,
    /// Members of a group.
    pub members: Option<Members>,
    /// What it owns.
    pub owned: Ownership,
    /// The tree around a group, from its root on, each before those below it.
    pub chart: Vec<OrgNode>,
    /// Groups that the tree leaves out because it would be too large.
    pub left_out: usize,
}

/// Members of a group, a page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// The members of this page.
    pub shown: Vec<Member>,
    /// How many are members of the group itself.
    pub direct: usize,
    /// How many are members of it or of groups below it.
    pub all: usize,
    /// Whether those below are among them.
    pub with_below: bool,
    /// This page, counted from 1.
    pub page: u32,
    /// Number of pages, at least 1.
    pub pages: u32,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who it is.
    pub label: EntityLabel,
    /// `spec.profile.email`.
    pub email: Option<String>,
}

/// What somebody owns, by kind and type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The numbers, the largest first.
    pub counts: Vec<OwnedCount>,
    /// All of them together.
    pub total: usize,
    /// Owners that are counted: those to filter the catalog by.
    pub owners: Vec<String>,
    /// Whether what is owned through groups is among them.
    pub through_groups: bool,
    /// Whether there are such groups at all.
    pub has_groups: bool,
}

/// How many things of one kind and type somebody owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedCount {
    /// Kind as written, for example `Component`.
    pub kind: String,
    /// `spec.type`, or empty.
    pub entity_type: String,
    /// How many there are.
    pub count: usize,
}

/// One group of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgNode {
    /// Which group.
    pub label: EntityLabel,
    /// How deep it is, counted from 0.
    pub depth: usize,
    /// Whether it is the one whose page this is.
    pub here: bool,
    /// How many members it has itself.
    pub members: usize,
}
