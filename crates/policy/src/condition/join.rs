//! Joins conditions into the smallest one that says the same.
use std::collections::HashSet;

use super::Condition;

/// What is known of a condition before any thing is looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    /// It holds for all things.
    Always,
    /// It holds for none.
    Never,
    /// It depends on the thing.
    If(Condition),
}

/// Up to this many conditions are compared with each other one by one.
const FEW: usize = 8;

/// All of these hold.
pub(crate) fn all_of(items: impl IntoIterator<Item = Known>) -> Known {
    join(items, true)
}

/// At least one of these holds.
pub(crate) fn any_of(items: impl IntoIterator<Item = Known>) -> Known {
    join(items, false)
}

/// This does not hold.
pub(crate) fn negation(item: Known) -> Known {
    match item {
        Known::Always => Known::Never,
        Known::Never => Known::Always,
        Known::If(Condition::Not(inner)) => Known::If(*inner),
        Known::If(condition) => Known::If(Condition::Not(Box::new(condition))),
    }
}

fn join(items: impl IntoIterator<Item = Known>, is_all: bool) -> Known {
    let (neutral, deciding) = if is_all {
        (Known::Always, Known::Never)
    } else {
        (Known::Never, Known::Always)
    };
    let mut kept = Vec::new();
    for item in items {
        match item {
            item if item == deciding => return deciding,
            Known::Always | Known::Never => {}
            Known::If(Condition::AllOf(inner)) if is_all => kept.extend(inner),
            Known::If(Condition::AnyOf(inner)) if !is_all => kept.extend(inner),
            Known::If(condition) => kept.push(condition),
        }
    }
    if kept.len() > 1 {
        kept = distinct(kept);
        if contradicts(&kept) {
            return deciding;
        }
    }
    match kept.len() {
        0 => neutral,
        1 => kept.pop().map_or(neutral, Known::If),
        _ if is_all => Known::If(Condition::AllOf(kept)),
        _ => Known::If(Condition::AnyOf(kept)),
    }
}

/// Leaves out what stands there twice.
fn distinct(items: Vec<Condition>) -> Vec<Condition> {
    if items.len() <= FEW {
        let mut kept: Vec<Condition> = Vec::with_capacity(items.len());
        for item in items {
            if !kept.contains(&item) {
                kept.push(item);
            }
        }
        return kept;
    }
    let mut seen = HashSet::new();
    let mut kept = items;
    kept.retain(|item| seen.insert(item.key()));
    kept
}

/// Tells whether one is the opposite of another.
fn contradicts(items: &[Condition]) -> bool {
    let opposites = items.iter().filter_map(|item| match item {
        Condition::Not(inner) => Some(&**inner),
        _ => None,
    });
    if items.len() <= FEW {
        return opposites.into_iter().any(|inner| items.contains(inner));
    }
    let opposites: HashSet<_> = opposites.map(Condition::key).collect();
    !opposites.is_empty() && items.iter().any(|item| opposites.contains(&item.key()))
}
