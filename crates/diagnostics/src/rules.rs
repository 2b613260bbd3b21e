//! What every code means. The pages under `docs/diagnostics` say the same with examples; a test compares them.
mod advice;
mod catalog;
mod config;
mod policy;
mod yaml;

use std::sync::LazyLock;

use callboard_model::Severity;

use crate::codes;

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

impl Rule {
    /// Returns the public page about the format that the rule is about; the rule itself is explained in our book.
    #[must_use]
    pub fn reference(&self) -> &'static str {
        match &self.code[..4] {
            "CAT0" if ANNOTATIONS.contains(&self.code) => {
                "https://backstage.io/docs/features/software-catalog/well-known-annotations"
            }
            "CAT0" if self.code.starts_with("CAT07") => {
                "https://backstage.io/docs/features/software-templates/writing-templates"
            }
            "CAT0" => "https://backstage.io/docs/features/software-catalog/descriptor-format",
            "CFG0" => "https://backstage.io/docs/conf/writing",
            "POL0" => "https://backstage.io/docs/permissions/overview",
            _ => "https://yaml.org/spec/1.2.2/",
        }
    }
}

/// Rules about annotations.
const ANNOTATIONS: &[&str] = &[
    codes::CAT_ANNOTATION,
    codes::CAT_ANNOTATION_OVERWRITTEN,
    codes::CAT_DEPRECATED_ANNOTATION,
    codes::CAT_ANNOTATION_SPELLING,
    codes::CAT_TECHDOCS_REF,
    codes::CAT_TECHDOCS_FOLDER,
    codes::CAT_PROJECT_SLUG,
    codes::CAT_SOURCE_LOCATION,
    codes::CAT_SCRIPT_ANNOTATION,
];

/// Returns all rules in the order of their codes within each group.
#[must_use]
pub fn rules() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let mut catalog = [catalog::RULES, advice::RULES].concat();
        catalog.sort_by_key(|rule| rule.code);
        [yaml::RULES, &catalog, config::RULES, policy::RULES].concat()
    });
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
