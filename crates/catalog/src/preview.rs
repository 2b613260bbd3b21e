//! What a location would bring, without taking it.
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, PoisonError},
};

use callboard_model::{Diagnostic, Severity};
use tokio::sync::Semaphore;

use crate::{
    CatalogError, Ingester, LocationRef, Registered, Settings,
    draft::{Draft, Text},
    parse::{Source, parse_bytes},
    rules::Rules,
    scan::{Scan, ScannedFile, Scanner},
};

/// Most files that a preview reads: whoever asks waits for it, and anybody may ask.
const MAX_FILES: usize = 1_000;

/// Files with problems whose text a preview brings along.
const MAX_TEXTS: usize = 20;

/// Previews at the same time: whoever stops waiting for one does not end it.
static AT_ONCE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(4)));

/// What a location would bring.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Canonical references, the Location entity that would stand for it first, with each entity as JSON text.
    pub entities: Vec<(String, String)>,
    /// What is wrong with the files, and why some may not be read.
    pub problems: Vec<Diagnostic>,
    /// The files, in the order in which they were reached.
    pub files: Vec<PreviewedFile>,
}

/// One file that a location leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviewedFile {
    /// The file as problems name it.
    pub name: String,
    /// Where it is.
    pub target: String,
    /// Canonical references of what it would bring.
    pub entities: Vec<String>,
    /// Its text, when something is wrong with it; only the first few files have theirs.
    pub text: Option<String>,
}

impl Preview {
    /// Returns the problems because of which something would be missing.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
        self.problems.iter().filter(is_error)
    }
}

impl Ingester {
    /// Reads what a location leads to, as an ingestion would, and changes nothing.
    ///
    /// # Errors
    /// When the work was ended early.
    pub async fn preview(&self, location: &LocationRef) -> Result<Preview, CatalogError> {
        // The semaphore is never closed.
        let permit = Arc::clone(&AT_ONCE).acquire_owned().await.ok();
        let settings = self.settings_for(location);
        let mut scanner = Scanner::new(settings, None).with_most_files(MAX_FILES);
        if let Some(remote) = &self.remote {
            scanner = scanner.with_remote(Arc::new(remote.fresh()));
        }
        let scan = tokio::task::spawn_blocking(move || {
            let scan = scanner.look();
            drop(permit);
            scan
        });
        let scan = scan.await?;
        let mut preview = shown(&scan);
        self.add_texts(&scan, &mut preview).await?;
        Ok(preview)
    }

    /// Looks at the text of one file as if a registered location led to it.
    #[must_use]
    pub fn check_text(&self, location: &LocationRef, text: &str) -> Preview {
        let settings = self.settings_for(location);
        let Some(registered) = settings.locations.first() else {
            return Preview::default();
        };
        let source = Source {
            at: location,
            name: &location.target,
            origin: location,
            registered,
            rules: &Rules::new(&settings.rules),
            within: None,
            remote: None,
            skip_hosts: true,
            optional: false,
            declared: None,
        };
        let outcome = parse_bytes(&source, text.as_bytes());
        let file = PreviewedFile {
            name: location.target.clone(),
            target: location.target.clone(),
            entities: refs(&outcome.drafts),
            text: Some(text.to_owned()),
        };
        Preview {
            entities: outcome.drafts.iter().filter_map(entity).collect(),
            problems: outcome.diagnostics,
            files: vec![file],
        }
    }

    /// Returns the locations of the configuration.
    #[must_use]
    pub fn configured(&self) -> &[Registered] {
        &self.locations
    }

    /// Returns the settings with one location alone.
    fn settings_for(&self, location: &LocationRef) -> Settings {
        let registered = Registered {
            location_type: location.location_type.clone(),
            target: location.target.clone(),
            ..Registered::default()
        };
        let scanner = self.scanner.lock().unwrap_or_else(PoisonError::into_inner);
        scanner.settings_for(registered)
    }

    /// Adds the text of files with problems, as it was read just now.
    async fn add_texts(&self, scan: &Scan, preview: &mut Preview) -> Result<(), CatalogError> {
        let mut read: BTreeMap<String, Vec<callboard_db::ReadFile>> = BTreeMap::new();
        let mut left = MAX_TEXTS;
        for (scanned, file) in scan.files.iter().zip(&mut preview.files) {
            let is_named = preview.problems.iter().any(|one| one.file == file.name);
            if !scanned.at.is_url() || !is_named || left == 0 {
                continue;
            }
            let target = scanned.asked_for();
            if !read.contains_key(target) {
                let files = self.db.read_files(target).await?;
                read.insert(target.to_owned(), files);
            }
            let body = read[target].iter().find(|(url, _)| *url == file.target);
            file.text = body.map(|(_, body)| String::from_utf8_lossy(body).into_owned());
            left -= 1;
        }
        Ok(())
    }
}

fn shown(scan: &Scan) -> Preview {
    let generated = scan.generated.iter().map(|(_, draft)| draft);
    let read = scan.files.iter().flat_map(|file| &file.outcome.drafts);
    let entities = generated.chain(read).filter_map(entity).collect();
    let mut problems = scan.diagnostics.clone();
    for file in &scan.files {
        problems.extend(file.outcome.diagnostics.iter().cloned());
    }
    let files = scan.files.iter().map(previewed).collect();
    Preview {
        entities,
        problems,
        files,
    }
}

fn previewed(file: &ScannedFile) -> PreviewedFile {
    PreviewedFile {
        name: file.name.clone(),
        target: file.at.target.clone(),
        entities: refs(&file.outcome.drafts),
        text: None,
    }
}

fn refs(drafts: &[Draft]) -> Vec<String> {
    drafts.iter().map(|one| one.entity_ref.clone()).collect()
}

fn entity(draft: &Draft) -> Option<(String, String)> {
    let Text { head, tail } = draft.text.as_deref()?;
    Some((draft.entity_ref.clone(), format!("{head}}}{tail}}}")))
}
