//! A folder with configuration files, loaded with a given environment.
use std::fs;
use std::path::Path;

use callboard_config::{Config, Loaded, Sources, load};
use tempfile::TempDir;

/// A folder that is removed at the end of the test.
pub(crate) struct Sandbox {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Sandbox {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
            environment: Vec::new(),
        };
        for (name, text) in files {
            sandbox.write(name, text.as_bytes());
        }
        sandbox
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn sources(&self) -> Sources {
        Sources::folder(self.path()).with_environment(self.environment.clone())
    }

    pub(crate) fn load(&self) -> Loaded {
        load(&self.sources())
    }

    /// Returns the problems as `code place: message`, with paths relative to the folder.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.lines(&self.load())
    }

    pub(crate) fn lines(&self, loaded: &Loaded) -> Vec<String> {
        let prefix = format!("{}/", self.path().display());
        let lines = loaded.diagnostics.iter();
        lines
            .map(|found| {
                format!("{} {}: {}", found.code, found.place(), found.message).replace(&prefix, "")
            })
            .collect()
    }
}

/// Loads one text and returns its problems.
pub(crate) fn problems(text: &str) -> Vec<String> {
    Sandbox::new(&[("app-config.yaml", text)]).problems()
}

/// Loads one text in which there is no error.
pub(crate) fn config(text: &str) -> Config {
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]);
    let loaded = sandbox.load();
    let problems = sandbox.lines(&loaded);
    loaded
        .config
        .unwrap_or_else(|| panic!("expected no error, found {problems:#?}"))
}
