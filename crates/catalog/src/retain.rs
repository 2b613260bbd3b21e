//! Keeping the last good version of entities whose file cannot be read completely.
//!
//! A document that cannot be used keeps the entity of its name; a file in which some document is not even readable
//! keeps everything it gave before; so does a file that cannot be read, and a pattern that finds nothing.
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use callboard_db::{Db, EntityHead};
use callboard_model::{Diagnostic, Severity, annotation};
use serde_json::{Map, Value};

use crate::{
    CatalogError, LocationRef,
    draft::{Draft, Emit},
    pattern::matches,
    scan::{Scan, ScannedFile, Scanner},
};

/// An entity that is kept as it was.
#[derive(Debug)]
pub(crate) struct Retained {
    pub(crate) draft: Draft,
    pub(crate) file: String,
    pub(crate) location: String,
    pub(crate) root: usize,
    path: PathBuf,
    origin: LocationRef,
    emits: Vec<Emit>,
}

impl Retained {
    /// Tells people that they look at an earlier version.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(
            "CAT036",
            Severity::Info,
            &self.file,
            format!(
                "the last good version of {} is shown",
                self.draft.entity_ref
            ),
        )
        .with_help("fix the errors of this file to show the current one")
        .about(&self.draft.entity_ref)
    }
}

/// Returns what has to be kept, and reads on where a kept Location entity leads.
pub(crate) async fn retain(
    db: &Db,
    scanner: &std::sync::Mutex<Scanner>,
    scan: &mut Scan,
    stored: &[EntityHead],
) -> Result<Vec<Retained>, CatalogError> {
    let mut kept: Vec<Retained> = Vec::new();
    loop {
        let refs = missing(scan, stored, &kept);
        if refs.is_empty() {
            return Ok(kept);
        }
        let bodies = db.entity_bodies(&refs).await?;
        let mut scanner = scanner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let files: HashMap<_, _> = scan
            .files
            .iter()
            .map(|file| (LocationRef::file(&file.path).to_string(), file.root))
            .collect();
        let mut new = Vec::new();
        for (entity_ref, body) in refs.iter().zip(bodies) {
            let Some(body) = body else { continue };
            let entity = serde_json::from_str(&body).map_err(|source| CatalogError::Stored {
                entity_ref: entity_ref.clone(),
                source,
            })?;
            new.extend(restore(entity, &files, &scanner));
        }
        if new.is_empty() {
            return Ok(kept);
        }
        for one in &new {
            scanner.resume(scan, &one.path, &one.origin, &one.emits);
        }
        drop(scanner);
        kept.append(&mut new);
    }
}

/// Returns the stored entities that no file gives any more although their file may still have them.
fn missing(scan: &Scan, stored: &[EntityHead], kept: &[Retained]) -> Vec<String> {
    let files: HashMap<String, &ScannedFile> = scan
        .files
        .iter()
        .map(|file| (LocationRef::file(&file.path).to_string(), file))
        .collect();
    let drafts = scan.files.iter().flat_map(|file| &file.outcome.drafts);
    let given: HashSet<&str> = drafts.map(|draft| draft.entity_ref.as_str()).collect();
    let kept: HashSet<&str> = kept
        .iter()
        .map(|one| one.draft.entity_ref.as_str())
        .collect();
    let may_be_lost = |head: &EntityHead| match files.get(&head.location) {
        Some(file) => file.outcome.lost.may_be(&head.entity_ref),
        None => {
            let path = Path::new(head.location.strip_prefix("file:").unwrap_or_default());
            scan.is_cut || scan.unmatched.iter().any(|pattern| matches(pattern, path))
        }
    };
    let is_missing = |head: &&EntityHead| {
        let entity_ref = head.entity_ref.as_str();
        !kept.contains(entity_ref) && !given.contains(entity_ref) && may_be_lost(head)
    };
    stored
        .iter()
        .filter(is_missing)
        .map(|head| head.entity_ref.clone())
        .collect()
}

fn restore(
    mut entity: Map<String, Value>,
    roots: &HashMap<String, usize>,
    scanner: &Scanner,
) -> Option<Retained> {
    entity.shift_remove("relations");
    entity.shift_remove("status");
    let annotation = |key: &str| {
        let text = entity
            .get("metadata")?
            .get("annotations")?
            .get(key)?
            .as_str()?;
        let (location_type, target) = text.split_once(':')?;
        Some(LocationRef {
            location_type: location_type.to_owned(),
            target: target.to_owned(),
        })
    };
    let location = annotation(annotation::LOCATION)?;
    let origin = annotation(annotation::ORIGIN_LOCATION)?;
    let emits = location_emits(&entity);
    let mut draft = Draft::new(entity, &location, &origin, None)?;
    let path = PathBuf::from(&location.target);
    let file = scanner.name(&path);
    draft.status = vec![format!(
        "the last good version is shown because {file} has errors"
    )];
    let location = location.to_string();
    let root = roots
        .get(&location)
        .copied()
        .or_else(|| scanner.root_of(&origin))
        .unwrap_or(usize::MAX);
    Some(Retained {
        draft,
        file,
        location,
        root,
        path,
        origin,
        emits,
    })
}

fn location_emits(entity: &Map<String, Value>) -> Vec<Emit> {
    let is_location = entity.get("kind").and_then(Value::as_str) == Some("Location");
    let Some(spec) = entity.get("spec").filter(|_| is_location) else {
        return Vec::new();
    };
    let optional = spec.get("presence").and_then(Value::as_str) == Some("optional");
    let location_type = spec.get("type").and_then(Value::as_str).map(str::to_owned);
    let targets = spec.get("targets").and_then(Value::as_array);
    spec.get("target")
        .into_iter()
        .chain(targets.into_iter().flatten())
        .filter_map(Value::as_str)
        .map(|target| Emit {
            target: target.to_owned(),
            location_type: location_type.clone(),
            span: None,
            optional,
        })
        .collect()
}
