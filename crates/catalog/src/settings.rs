//! What the engine is told by configuration.
use std::{path::PathBuf, time::Duration};

use callboard_diagnostics::Severities;
use callboard_model::Span;

/// Everything the engine needs to know.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Registered locations, in the order that decides name conflicts.
    pub locations: Vec<Registered>,
    /// Which entities may come from where.
    pub rules: Vec<Rule>,
    /// Do not read what placeholders name beside a `file` location; Backstage cannot.
    pub ignore_file_placeholders: bool,
    /// Pass over whatever is on other hosts without a word, as a check of files does.
    pub skip_hosts: bool,
    /// Keep entities that their source does not give any more, marked as orphans.
    pub keep_orphans: bool,
    /// Severities that differ from those of the rules.
    pub severities: Severities,
    /// How often other hosts are asked again; never when absent.
    pub interval: Option<Duration>,
    /// Other hosts are asked by [`crate::Ingester::ask_hosts`] rather than by each ingestion, which then never waits.
    pub ask_in_background: bool,
}

/// One entry of `catalog.locations`.
#[derive(Debug, Clone, Default)]
pub struct Registered {
    /// `file` or `url`; every other type is reported as not supported.
    pub location_type: String,
    /// Path, glob or URL as written.
    pub target: String,
    /// Folders a relative target is tried against, in order.
    pub bases: Vec<PathBuf>,
    /// What this location may bring beyond the general rules.
    pub allow: Vec<Allow>,
    /// Configuration file and place that registered it.
    pub declared: Option<(String, Span)>,
}

/// One general rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// What it allows.
    pub allow: Vec<Allow>,
    /// Where from: a registered location has to match one of these; `None` means from everywhere.
    pub locations: Option<Vec<LocationPattern>>,
}

/// Entities that a rule allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    /// Kind, in any case.
    pub kind: String,
    /// `spec.type`, in any case; `None` means every type.
    pub spec_type: Option<String>,
}

/// Registered locations that a rule speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationPattern {
    /// Type, for example `file`; empty means every type.
    pub location_type: String,
    /// The whole target.
    pub exact: Option<String>,
    /// A glob for the target, in any case; `*` does not cross `/`.
    pub pattern: Option<String>,
}
