//! What would be different under another policy.
use crate::{Asked, Decision, Policy, Who};

/// Returns the decisions of the old and the new policy if they differ.
#[must_use]
pub fn differs(
    old: &Policy,
    new: &Policy,
    who: &Who,
    asked: &Asked<'_>,
) -> Option<(Decision, Decision)> {
    let before = old.decision(who, asked);
    let after = new.decision(who, asked);
    (before != after).then_some((before, after))
}
