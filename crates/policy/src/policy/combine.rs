//! Makes one decision of what many rules say: some must allow, and none may deny.
use crate::{
    Condition, Decision, Effect,
    condition::{Known, all_of, any_of, negation},
};

/// Each condition that allows is compared with up to so many that deny.
const FEW: usize = 8;

/// What has been said so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    is_allowed: bool,
    is_denied: bool,
    allow: Vec<Condition>,
    deny: Vec<Condition>,
}

impl Tally {
    /// Adds what one rule says.
    pub(super) fn add(&mut self, effect: Effect, known: Known) {
        match (effect, known) {
            (_, Known::Never) => {}
            (Effect::Allow, Known::Always) => self.is_allowed = true,
            (Effect::Deny, Known::Always) => self.is_denied = true,
            (Effect::Allow, Known::If(condition)) => self.allow.push(condition),
            (Effect::Deny, Known::If(condition)) => self.deny.push(condition),
        }
    }

    /// Returns whether a rule without condition denies, after which nothing matters any more.
    pub(super) fn is_denied(&self) -> bool {
        self.is_denied
    }

    /// Returns whether a rule without condition allows, after which no other that allows matters.
    pub(super) fn is_allowed(&self) -> bool {
        self.is_allowed
    }

    /// Returns the decision.
    pub(super) fn decision(mut self) -> Decision {
        if self.is_denied {
            return Decision::Deny;
        }
        let deny = any_of(self.deny.into_iter().map(Known::If));
        let allow = if self.is_allowed {
            Known::Always
        } else {
            // What is allowed and denied under the same condition is never allowed.
            let denied: &[Condition] = match &deny {
                Known::If(Condition::AnyOf(items)) => items,
                Known::If(condition) => std::slice::from_ref(condition),
                _ => &[],
            };
            if denied.len() <= FEW {
                self.allow.retain(|condition| !denied.contains(condition));
            }
            any_of(self.allow.into_iter().map(Known::If))
        };
        match all_of([allow, negation(deny)]) {
            Known::Always => Decision::Allow,
            Known::Never => Decision::Deny,
            Known::If(condition) => Decision::Conditional(condition),
        }
    }
}
