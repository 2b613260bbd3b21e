//! The tree of groups around one: the groups above it in one line, and all below it.
use std::collections::BTreeSet;

use callboard_model::view::{EntityLabel, OrgNode};

use crate::server::access::Access;

/// Groups that are looked at.
const MAX_GROUPS: usize = 500;

/// Groups below that are shown: whole levels as far as they fit, and as many of the first as do.
const SHOWN: usize = 100;

/// Levels above the group, and below it.
const MAX_DEPTH: usize = 10;

/// The groups below one, each after the one above it.
pub(super) struct Tree {
    root: String,
    below: Vec<(usize, EntityLabel)>,
    left_out: usize,
}

impl Tree {
    /// Looks for the groups below one. What is its own ancestor stands there once.
    pub(super) fn below(access: &Access, root: &str) -> Self {
        let mut tree = Self {
            root: root.to_owned(),
            below: Vec::new(),
            left_out: 0,
        };
        let mut known = BTreeSet::from([root.to_owned()]);
        let mut open = tree.children(access, root, 1);
        while let Some((depth, label)) = open.pop() {
            let text = label.entity_ref.to_string();
            if !known.insert(text.clone()) {
                continue;
            }
            if tree.below.len() >= MAX_GROUPS || depth > MAX_DEPTH {
                tree.left_out += 1;
                continue;
            }
            tree.below.push((depth, label));
            open.extend(tree.children(access, &text, depth + 1));
        }
        tree
    }

    /// Returns the groups right below one with their depth, the first by title last, and counts those that are too many.
    fn children(
        &mut self,
        access: &Access,
        group: &str,
        depth: usize,
    ) -> Vec<(usize, EntityLabel)> {
        let set = access.set("relations.childof", vec![group.to_owned()]);
        let (mut labels, total) = access.titled(&set, 0, MAX_GROUPS);
        self.left_out += total.saturating_sub(labels.len());
        labels.reverse();
        labels.into_iter().map(|label| (depth, label)).collect()
    }

    /// Whether there is any group below.
    pub(super) fn has_below(&self) -> bool {
        !self.below.is_empty()
    }

    /// Returns the group and those below it.
    pub(super) fn refs(&self) -> Vec<String> {
        let below = self.below.iter();
        let below = below.map(|(_, label)| label.entity_ref.to_string());
        std::iter::once(self.root.clone()).chain(below).collect()
    }

    /// Returns the groups above, the group, and those below, as one tree; and how many it leaves out. A group alone is
    /// no tree.
    pub(super) fn chart(&self, access: &Access) -> (Vec<OrgNode>, usize) {
        let above = above(access, &self.root);
        if above.is_empty() && self.below.is_empty() {
            return (Vec::new(), 0);
        }
        let base = above.len();
        let node = |depth: usize, label: &EntityLabel, here: bool| OrgNode {
            members: members(access, &label.entity_ref.to_string()),
            label: label.clone(),
            depth,
            here,
        };
        let mut chart: Vec<OrgNode> = above
            .iter()
            .rev()
            .enumerate()
            .map(|(depth, label)| node(depth, label, false))
            .collect();
        if let Some(label) = access.label_of(&self.root) {
            chart.push(node(base, &label, true));
        }
        let levels = self.levels();
        let fitting = self.below.iter().filter(|(depth, _)| *depth <= levels);
        let shown = fitting.take(SHOWN);
        chart.extend(shown.map(|(depth, label)| node(base + depth, label, false)));
        let shown = chart.len().saturating_sub(base + 1);
        let left_out = self.below.len().saturating_sub(shown);
        (chart, self.left_out + left_out)
    }

    /// Returns how many levels below fit, at least one.
    fn levels(&self) -> usize {
        let fits = |levels: &usize| {
            let within = self.below.iter().filter(|(depth, _)| depth <= levels);
            within.count() <= SHOWN
        };
        (2..=MAX_DEPTH).take_while(fits).last().unwrap_or(1)
    }
}

/// Returns the groups above one, the nearest first.
fn above(access: &Access, group: &str) -> Vec<EntityLabel> {
    let mut found: Vec<EntityLabel> = Vec::new();
    let mut current = group.to_owned();
    while found.len() < MAX_DEPTH {
        let set = access.set("relations.parentof", vec![current.clone()]);
        let (labels, _) = access.titled(&set, 0, 1);
        let Some(label) = labels.into_iter().next() else {
            break;
        };
        current = label.entity_ref.to_string();
        let is_known = found.iter().any(|one| one.entity_ref == label.entity_ref);
        if is_known || current == group {
            break;
        }
        found.push(label);
    }
    found
}

fn members(access: &Access, group: &str) -> usize {
    let set = access.set("relations.memberof", vec![group.to_owned()]);
    usize::try_from(set.len()).unwrap_or(usize::MAX)
}
