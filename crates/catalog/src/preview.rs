//! What a location would bring, without taking it.
use std::sync::{Arc, PoisonError};

use callboard_model::{Diagnostic, Severity};

use crate::{
    CatalogError, Ingester, LocationRef, Registered,
    draft::{Draft, Text},
    scan::{Scan, Scanner},
};

/// Most files that a preview reads: whoever asks waits for it, and anybody may ask.
const MAX_FILES: usize = 1_000;

/// What a location would bring.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Canonical references, the Location entity that would stand for it first, with each entity as JSON text.
    pub entities: Vec<(String, String)>,
    /// What is wrong with the files, and why some may not be read.
    pub problems: Vec<Diagnostic>,
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
        let registered = Registered {
            location_type: location.location_type.clone(),
            target: location.target.clone(),
            ..Registered::default()
        };
        let settings = self
            .scanner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .settings_for(registered);
        let mut scanner = Scanner::new(settings, None).with_most_files(MAX_FILES);
        if let Some(remote) = &self.remote {
            scanner = scanner.with_remote(Arc::new(remote.fresh()));
        }
        let scan = tokio::task::spawn_blocking(move || scanner.look()).await?;
        Ok(shown(&scan))
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
    Preview { entities, problems }
}

fn entity(draft: &Draft) -> Option<(String, String)> {
    let Text { head, tail } = draft.text.as_deref()?;
    Some((draft.entity_ref.clone(), format!("{head}}}{tail}}}")))
}
