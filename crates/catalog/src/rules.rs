//! Which entities may come from which registered location: `catalog.rules`.
use globset::{GlobBuilder, GlobMatcher};
use serde_json::Value;

use crate::{Allow, LocationPattern, LocationRef, Rule, settings::Registered};

/// The rules with their patterns compiled.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    general: Vec<(Vec<Allow>, Option<Vec<Matcher>>)>,
}

#[derive(Debug)]
struct Matcher {
    pattern: LocationPattern,
    glob: Option<GlobMatcher>,
}

impl Rules {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let compile = |rule: &Rule| {
            let locations = rule
                .locations
                .as_ref()
                .map(|all| all.iter().map(Matcher::new).collect());
            (rule.allow.clone(), locations)
        };
        Self {
            general: rules.iter().map(compile).collect(),
        }
    }

    /// Whether an entity may come from a registered location.
    pub(crate) fn allow(
        &self,
        entity: &Value,
        origin: &LocationRef,
        registered: &Registered,
    ) -> bool {
        registered.allow.iter().any(|allow| allow.matches(entity))
            || self.general.iter().any(|(allow, locations)| {
                locations
                    .as_ref()
                    .is_none_or(|all| all.iter().any(|one| one.matches(origin)))
                    && allow.iter().any(|allow| allow.matches(entity))
            })
    }

    /// Whether a kind is named by any rule: such a kind is kept although the catalog does not know it.
    pub(crate) fn names(&self, kind: &str, registered: &Registered) -> bool {
        let named = |allow: &Allow| allow.kind.eq_ignore_ascii_case(kind);
        registered.allow.iter().any(named)
            || self
                .general
                .iter()
                .any(|(allow, _)| allow.iter().any(named))
    }
}

impl Allow {
    fn matches(&self, entity: &Value) -> bool {
        let text = |pointer: &str| {
            entity
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        self.kind.eq_ignore_ascii_case(text("/kind"))
            && self
                .spec_type
                .as_ref()
                .is_none_or(|want| want.eq_ignore_ascii_case(text("/spec/type")))
    }
}

impl Matcher {
    fn new(pattern: &LocationPattern) -> Self {
        let glob = pattern.pattern.as_ref().and_then(|text| {
            GlobBuilder::new(text)
                .case_insensitive(true)
                .literal_separator(true)
                .build()
                .inspect_err(|error| tracing::warn!(%error, pattern = text, "a rule of catalog.rules matches nothing"))
                .ok()
                .map(|glob| glob.compile_matcher())
        });
        Self {
            pattern: pattern.clone(),
            glob,
        }
    }

    fn matches(&self, location: &LocationRef) -> bool {
        let LocationPattern {
            location_type,
            exact,
            pattern,
        } = &self.pattern;
        (location_type.is_empty() || *location_type == location.location_type)
            && exact.as_ref().is_none_or(|exact| *exact == location.target)
            && (pattern.is_none()
                || self
                    .glob
                    .as_ref()
                    .is_some_and(|glob| glob.is_match(&location.target)))
    }
}
