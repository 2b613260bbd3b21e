//! What one rule says to one question.
use crate::{
    Asked, Effect, Who,
    condition::{Known, settle},
    draft::Rule,
    guard::Facts,
};

/// What a rule says, and what else there is to know about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    pub(super) known: Known,
    pub(super) note: Option<String>,
}

impl Outcome {
    fn new(known: Known, note: impl Into<String>) -> Self {
        Self {
            known,
            note: Some(note.into()),
        }
    }
}

/// Finds out what a rule says; where that cannot be found out, nothing is allowed by it and everything denied.
pub(super) fn of<'a>(rule: &'a Rule, who: &Who, asked: &Asked<'_>, facts: &Facts<'a>) -> Outcome {
    let undecided = match rule.effect {
        Effect::Allow => Known::Never,
        Effect::Deny => Known::Always,
    };
    let mut note = None;
    if let Some(guard) = &rule.guard {
        match guard.holds(facts) {
            Ok(true) => {}
            Ok(false) => return Outcome::new(Known::Never, "its `if` does not hold"),
            Err(failure) => {
                let text = format!("its `if` cannot be decided: {failure}");
                if rule.effect == Effect::Allow {
                    return Outcome::new(undecided, text);
                }
                note = Some(text);
            }
        }
    }
    let Some(condition) = &rule.condition else {
        return Outcome {
            known: Known::Always,
            note,
        };
    };
    if !asked
        .resource_type
        .is_some_and(|asked| condition.is_about(asked))
    {
        let text = "its condition is about another type of thing";
        return Outcome::new(undecided, text);
    }
    match settle(condition, who) {
        Ok(known) => {
            let text = match known {
                Known::Never => Some("its condition holds for no thing, whoever owns it"),
                Known::Always => Some("its condition holds for every thing"),
                Known::If(_) => None,
            };
            let note = note.or_else(|| text.map(str::to_owned));
            Outcome { known, note }
        }
        Err(_) => Outcome::new(
            undecided,
            "its condition is about the user, and nobody has signed in",
        ),
    }
}
