//! Loads a configuration: all layers, all problems, and the typed result when there is no error.
use std::fmt;
use std::path::PathBuf;

use callboard_model::{Diagnostic, Severity};

use crate::check::{check, check_access, check_providers};
use crate::contradiction::check_contradictions;
use crate::environment::environment_layer;
use crate::expand::Expander;
use crate::merge::merge;
use crate::sections::Config;
use crate::severities::check_severities;
use crate::sources::Sources;
use crate::substitute::variable;
use crate::tree::{Data, Map, Origin, Value};

/// A loaded configuration with everything there is to say about it.
pub struct Loaded {
    /// The typed configuration; absent when any diagnostic is an error.
    pub config: Option<Config>,
    /// The merged layers after substitution. Holds secrets: show it by [`crate::print`] only.
    pub value: serde_json::Value,
    /// All problems, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read or should have been, layers and included files alike, for watching.
    pub files: Vec<PathBuf>,
    pub(crate) tree: Value,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Loaded")
            .field("config", &self.config)
            .field("diagnostics", &self.diagnostics)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// Loads the configuration from its sources. Never fails: what is wrong is in the diagnostics.
#[must_use]
pub fn load(sources: &Sources) -> Loaded {
    let mut expander = Expander::new(sources.environment());
    let mut tree = empty("app-config.yaml");
    for path in sources.layers() {
        if let Some(layer) = expander.layer(&path) {
            tree = merge(tree, layer);
        }
    }
    let Expander {
        files,
        mut diagnostics,
        ..
    } = expander;
    let variables = environment_layer(sources.environment(), &mut diagnostics);
    if !variables.is_empty() {
        let mut layer = empty("APP_CONFIG_");
        layer.data = Data::Map(Map {
            entries: variables,
            ..Map::default()
        });
        tree = merge(tree, layer);
    }
    tree.strip_nulls();
    check(&tree, &mut diagnostics);
    check_contradictions(&tree, &mut diagnostics);
    check_severities(&tree, &mut diagnostics);
    check_providers(&tree, &mut diagnostics);
    check_access(&tree, &mut diagnostics);
    let files = files.into_asked();
    sort(&mut diagnostics, &files);
    // A file that is included twice has its problems once.
    diagnostics.dedup();
    let failed = diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error);
    let config =
        (!failed).then(|| Config::read(&tree, variable("NODE_ENV", sources.environment())));
    Loaded {
        config,
        value: tree.to_json(),
        diagnostics,
        files,
        tree,
    }
}

fn empty(file: &str) -> Value {
    Value {
        origin: Origin::new(&file.into(), None),
        data: Data::Map(Map::default()),
    }
}

/// Sorts by file in the order of reading, then by place; variables come last.
fn sort(diagnostics: &mut [Diagnostic], files: &[PathBuf]) {
    let names: Vec<_> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    diagnostics.sort_by_key(|found| {
        let file = names
            .iter()
            .position(|name| *name == found.file)
            .unwrap_or(names.len());
        (file, found.file.clone(), found.span, found.code.clone())
    });
}
