//! The section `catalog`.
use std::time::Duration;

use callboard_model::Span;

use crate::cursor::Cursor;
use crate::tree::Origin;

/// The section `catalog`.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// `catalog.locations`: the places entities are read from. Default: none.
    pub locations: Vec<StaticLocation>,
    /// `catalog.rules`: the kinds that are let in. Default: one rule with `Component`, `API` and `Location`.
    pub rules: Vec<Rule>,
    /// `catalog.readonly`: whether locations are registered in files only. Default: false.
    pub readonly: bool,
    /// `catalog.processingInterval`: how often entities are read again. Default: 100 seconds.
    pub processing_interval: Interval,
    /// `catalog.orphanStrategy`: what becomes of entities nothing refers to. Default: delete.
    pub orphan_strategy: OrphanStrategy,
    /// `catalog.orphanProviderStrategy`: what becomes of entities whose provider is gone. Default: delete.
    pub orphan_provider_strategy: OrphanStrategy,
    /// `catalog.defaultLocationConflictStrategy`: what happens when a location is registered again. Default: reject.
    pub location_conflict: LocationConflict,
    /// `catalog.scmEvents`, or its `refresh`: whether a webhook makes locations be read again. Default: none.
    pub scm_events: Option<bool>,
}

/// One item of `catalog.locations`.
#[derive(Debug, Clone, PartialEq)]
pub struct StaticLocation {
    /// `type`: `file` or `url`.
    pub type_: String,
    /// `target`: the path or URL as written; relative paths are not resolved.
    pub target: String,
    /// `rules`: kinds let in from here in addition to `catalog.rules`; their `locations` are always absent.
    pub rules: Vec<Rule>,
    /// Where the target is written.
    pub place: Place,
}

/// Where a value was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, or the name of an `APP_CONFIG_` variable.
    pub file: String,
    /// The place in the file; absent for a variable.
    pub span: Option<Span>,
}

/// One rule about kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `allow`: the kinds that are let in.
    pub allow: Vec<AllowedKind>,
    /// `locations`: where they must come from; absent means anywhere, empty means nowhere.
    pub locations: Option<Vec<LocationMatcher>>,
}

/// A kind that is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedKind {
    /// The kind as written; kinds compare without regard to case.
    pub kind: String,
    /// `spec.type`: the type it must have. Default: any.
    pub spec_type: Option<String>,
}

/// A condition on the location of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationMatcher {
    /// `type`: the type of the location.
    pub type_: String,
    /// `exact` or `pattern`: what its target must be.
    pub target: TargetMatch,
}

/// A condition on the target of a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetMatch {
    /// Neither `exact` nor `pattern`.
    Any,
    /// `exact`: the target letter for letter.
    Exact(String),
    /// `pattern`: a pattern in the manner of minimatch, without regard to case, in which `*` matches dot files.
    Pattern(String),
}

/// How often something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// Again and again.
    Every(Duration),
    /// `false`: never by itself.
    Off,
}

/// What becomes of an orphan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrphanStrategy {
    /// `keep`: it stays and is marked.
    Keep,
    /// `delete`: it is removed.
    Delete,
}

/// What happens when a location is registered that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationConflict {
    /// `reject`: it is refused.
    Reject,
    /// `refresh`: what is there is read again.
    Refresh,
}

impl Catalog {
    /// How often entities are read again when the configuration does not say.
    const INTERVAL: Duration = Duration::from_secs(100);

    pub(super) fn read(section: Cursor<'_>) -> Self {
        let interval = section.get("processingInterval");
        Self {
            locations: section
                .get("locations")
                .items()
                .map(StaticLocation::read)
                .collect(),
            rules: section
                .get("rules")
                .list(Rule::read)
                .unwrap_or_else(|| vec![Rule::default()]),
            readonly: section.get("readonly").boolean().unwrap_or(false),
            processing_interval: match (interval.duration(), interval.value()) {
                (Some(interval), _) => Interval::Every(interval),
                (None, Some(_)) => Interval::Off,
                (None, None) => Interval::Every(Self::INTERVAL),
            },
            orphan_strategy: OrphanStrategy::read(section.get("orphanStrategy")),
            orphan_provider_strategy: OrphanStrategy::read(section.get("orphanProviderStrategy")),
            location_conflict: match section
                .get("defaultLocationConflictStrategy")
                .text()
                .as_deref()
            {
                Some("refresh") => LocationConflict::Refresh,
                _ => LocationConflict::Reject,
            },
            scm_events: scm_events(section.get("scmEvents")),
        }
    }
}

/// Reads one switch for all events, or the map of switches, in which each is on unless it says otherwise.
fn scm_events(value: Cursor<'_>) -> Option<bool> {
    value.value()?;
    Some(
        value
            .boolean()
            .or_else(|| value.get("refresh").boolean())
            .unwrap_or(true),
    )
}

impl Place {
    pub(super) fn of(origin: &Origin) -> Self {
        Self {
            file: origin.file.to_string(),
            span: origin.span,
        }
    }
}

impl StaticLocation {
    fn read(item: Cursor<'_>) -> Self {
        let target = item.get("target");
        Self {
            type_: item.get("type").text().unwrap_or_default(),
            target: target.text().unwrap_or_default(),
            rules: item.get("rules").items().map(Rule::read_allow).collect(),
            place: target
                .value()
                .map_or_else(Place::default, |value| Place::of(&value.origin)),
        }
    }
}

impl Rule {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            locations: item.get("locations").list(LocationMatcher::read),
            ..Self::read_allow(item)
        }
    }

    fn read_allow(item: Cursor<'_>) -> Self {
        Self {
            allow: item.get("allow").items().map(AllowedKind::read).collect(),
            locations: None,
        }
    }
}

impl Default for Rule {
    /// Returns the rule that holds when `catalog.rules` is missing.
    fn default() -> Self {
        let kinds = ["Component", "API", "Location"];
        let allow = kinds.map(|kind| AllowedKind {
            kind: kind.to_owned(),
            spec_type: None,
        });
        Self {
            allow: allow.into(),
            locations: None,
        }
    }
}

impl AllowedKind {
    fn read(item: Cursor<'_>) -> Self {
        let kind = item
            .text()
            .or_else(|| item.get("kind").text())
            .unwrap_or_default();
        Self {
            kind,
            spec_type: item.get("spec.type").text(),
        }
    }
}

impl LocationMatcher {
    fn read(item: Cursor<'_>) -> Self {
        let target = match (item.get("exact").text(), item.get("pattern").text()) {
            (Some(exact), _) => TargetMatch::Exact(exact),
            (None, Some(pattern)) => TargetMatch::Pattern(pattern),
            (None, None) => TargetMatch::Any,
        };
        Self {
            type_: item.get("type").text().unwrap_or_default(),
            target,
        }
    }
}

impl OrphanStrategy {
    fn read(value: Cursor<'_>) -> Self {
        match value.text().as_deref() {
            Some("keep") => Self::Keep,
            _ => Self::Delete,
        }
    }
}
