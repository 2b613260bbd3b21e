//! How much each rule matters where somebody has decided otherwise than the registry.
use std::collections::BTreeMap;

use callboard_model::{Diagnostic, Severity};

use crate::rule;

/// What is configured for one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The problem is not reported.
    Off,
    /// The problem is reported with this severity.
    As(Severity),
}

impl Level {
    /// The words of configuration.
    pub const WORDS: &[&str] = &["off", "info", "warning", "error"];

    /// Reads a word of configuration.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Self::Off),
            "info" => Some(Self::As(Severity::Info)),
            "warning" => Some(Self::As(Severity::Warning)),
            "error" => Some(Self::As(Severity::Error)),
            _ => None,
        }
    }
}

/// The severities that somebody has decided on; without any, those of the registry hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    levels: BTreeMap<String, Level>,
}

impl Severities {
    /// Takes what is configured. Codes that do not exist have no effect; [`problem_with`] says what is wrong with one.
    #[must_use]
    pub fn new(levels: impl IntoIterator<Item = (String, Level)>) -> Self {
        Self {
            levels: levels.into_iter().collect(),
        }
    }

    /// Gives each problem its configured severity and leaves out what is off.
    ///
    /// An error stays one: what it is about is not used, whatever it is called.
    #[must_use]
    pub fn apply(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.levels.is_empty() {
            return found;
        }
        let level = |problem: &Diagnostic| {
            let is_fixed = problem.severity == Severity::Error;
            self.levels.get(&problem.code).filter(|_| !is_fixed)
        };
        found.retain(|problem| level(problem) != Some(&Level::Off));
        for problem in &mut found {
            if let Some(Level::As(severity)) = level(problem) {
                problem.severity = *severity;
            }
        }
        found
    }
}

/// Returns what is wrong with deciding on the severity of a code, as a sentence with its advice.
#[must_use]
pub fn problem_with(code: &str, level: Level) -> Option<(String, &'static str)> {
    let Some(rule) = rule(code) else {
        let message = format!("there is no problem with the code {code}");
        return Some((message, "docs/diagnostics lists all codes"));
    };
    let is_lowered = rule.severity == Severity::Error && level != Level::As(Severity::Error);
    is_lowered.then(|| {
        let message = format!("{code} is an error and stays one");
        let advice = "what it is about is not used, so it cannot be less; remove the line";
        (message, advice)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str, severity: Severity) -> Diagnostic {
        Diagnostic::new(code, severity, "a.yaml", "message")
    }

    fn levels(levels: &[(&str, &str)]) -> Severities {
        Severities::new(levels.iter().map(|(code, word)| {
            let level = Level::parse(word).unwrap();
            ((*code).to_owned(), level)
        }))
    }

    #[test]
    fn a_remark_can_be_raised_lowered_and_silenced() {
        let all = vec![
            found("CAT033", Severity::Info),
            found("CAT030", Severity::Warning),
            found("CAT031", Severity::Warning),
        ];
        let severities = levels(&[("CAT033", "error"), ("CAT030", "info"), ("CAT031", "off")]);
        let now = severities.apply(all);
        let now: Vec<_> = now.iter().map(|d| (d.code.as_str(), d.severity)).collect();
        assert_eq!(
            now,
            [("CAT033", Severity::Error), ("CAT030", Severity::Info)]
        );
    }

    #[test]
    fn an_error_can_be_neither_lowered_nor_silenced() {
        let error = vec![found("CAT015", Severity::Error)];
        for word in Level::WORDS {
            assert_eq!(levels(&[("CAT015", word)]).apply(error.clone()), error);
        }
    }

    #[test]
    fn a_decision_without_effect_is_explained() {
        let off = Level::Off;
        assert_eq!(problem_with("CAT033", off), None);
        assert!(problem_with("CAT999", off).is_some_and(|(text, _)| text.contains("no problem")));
        assert!(problem_with("CAT015", off).is_some_and(|(text, _)| text.contains("stays")));
        assert_eq!(problem_with("CAT015", Level::As(Severity::Error)), None);
    }
}
