//! What a configuration is read from: a folder's default layers or named files, and environment variables.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::files::join;

/// The places a configuration is read from.
#[derive(Clone, Default)]
pub struct Sources {
    folder: PathBuf,
    files: Vec<PathBuf>,
    environment: BTreeMap<String, String>,
}

impl Sources {
    /// Reads the default layers of a folder, with an empty environment.
    #[must_use]
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            ..Self::default()
        }
    }

    /// Reads the current folder, or the given files instead if there are any, and the environment of the process.
    ///
    /// This is the only place of the project that reads the environment. Variables that are not UTF-8 are left out.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the environment is read"
    )]
    pub fn from_process(files: Vec<PathBuf>) -> Self {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            folder: PathBuf::from("."),
            files,
            environment,
        }
    }

    /// Reads these files, lowest layer first, instead of the default layers.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.files = files.into_iter().map(Into::into).collect();
        self
    }

    /// Uses these environment variables.
    #[must_use]
    pub fn with_environment<K: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.environment = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        self
    }

    /// Returns the files that are read, lowest layer first: the named ones, or the default layers that exist.
    #[must_use]
    pub fn layers(&self) -> Vec<PathBuf> {
        if !self.files.is_empty() {
            return self.files.clone();
        }
        self.default_layers()
            .into_iter()
            .filter(|path| path.symlink_metadata().is_ok())
            .collect()
    }

    /// Returns the default layers of the folder, lowest first, whether or not they exist.
    ///
    /// A watcher looks at these too, because a layer may appear while the portal runs.
    #[must_use]
    pub fn default_layers(&self) -> Vec<PathBuf> {
        let names = self
            .environment
            .get("BACKSTAGE_ENV")
            .map_or("", String::as_str);
        let names: Vec<_> = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let mut layers = vec!["app-config.yaml".to_owned()];
        layers.extend(names.iter().map(|name| format!("app-config.{name}.yaml")));
        layers.push("app-config.local.yaml".to_owned());
        layers.extend(
            names
                .iter()
                .map(|name| format!("app-config.{name}.local.yaml")),
        );
        layers
            .iter()
            .map(|name| join(&self.folder, Path::new(name)))
            .collect()
    }

    /// Returns the environment variables.
    pub(crate) fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }
}

impl std::fmt::Debug for Sources {
    /// Shows no values of variables, which may be secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Sources")
            .field("folder", &self.folder)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}
