//! What every code means. The pages under `docs/diagnostics` say the same with examples; a test compares them.
mod catalog;
mod config;
mod yaml;

use std::sync::LazyLock;

use callboard_model::Severity;

/// What one code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable code such as `CAT001`.
    pub code: &'static str,
    /// A few words joined by dashes, for tools that show names.
    pub name: &'static str,
    /// How much it matters where nothing else is said.
    pub severity: Severity,
    /// The rule in one line.
    pub summary: &'static str,
    /// What it means and what to do, in a few sentences.
    pub explanation: &'static str,
}

/// Returns all rules in the order of their codes within each group.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> =
        LazyLock::new(|| [yaml::RULES, catalog::RULES, config::RULES].concat());
    &ALL
}

/// Returns the rule with a code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.code == code)
}

/// Builds a rule; a row of the tables.
const fn row(
    code: &'static str,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    explanation: &'static str,
) -> Rule {
    Rule {
        code,
        name,
        severity,
        summary,
        explanation,
    }
}
