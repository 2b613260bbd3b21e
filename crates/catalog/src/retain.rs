//! Keeping the last good version of entities whose file cannot be read completely.
//!
//! A document that cannot be used keeps the entity of its name; a file in which some document is not even readable
//! keeps everything it gave before; so does a place that cannot be read, and a pattern that finds nothing. Where
//! orphans are kept, so does everything else that no source gives any more.
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use callboard_db::{Db, EntityHead};
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity, annotation};
use serde_json::{Map, Value};

use crate::{
    CatalogError, LocationRef,
    draft::{
        Draft, Emit,
        build::{Annotations, reference},
    },
    pattern::matches,
    provided,
    scan::{Scan, ScannedFile, Scanner},
};

/// An entity that is kept as it was.
#[derive(Debug)]
pub(crate) struct Retained {
    pub(crate) draft: Draft,
    pub(crate) file: String,
    pub(crate) location: String,
    pub(crate) root: usize,
    why: Why,
    /// It was an orphan already.
    was_orphan: bool,
    at: LocationRef,
    origin: LocationRef,
    emits: Vec<Emit>,
}

/// Why an entity is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Its source has errors.
    Broken,
    /// Its source does not give it any more.
    Orphan,
}

impl Retained {
    /// Tells people that they look at an earlier version.
    pub(crate) fn diagnostic(&self) -> Option<Diagnostic> {
        (self.why == Why::Broken).then(|| {
            let message = format!(
                "the last good version of {} is shown",
                self.draft.entity_ref
            );
            Diagnostic::new(codes::CAT_LAST_GOOD, Severity::Info, &self.file, message)
                .with_help("fix the errors of this file to show the current one")
                .about(&self.draft.entity_ref)
        })
    }
}

/// Returns what has to be kept, and reads on where a kept Location entity leads.
pub(crate) async fn retain(
    db: &Db,
    scanner: &Arc<Mutex<Scanner>>,
    mut scan: Scan,
    stored: &[EntityHead],
) -> Result<(Scan, Vec<Retained>), CatalogError> {
    let mut kept: Vec<Retained> = Vec::new();
    loop {
        let refs = missing(&scan, stored, &kept);
        let new = restore_all(db, &refs, scanner, &scan, Why::Broken).await?;
        if new.is_empty() {
            return Ok((scan, kept));
        }
        let scanner = Arc::clone(scanner);
        // Reading on may ask other hosts, which must not be done from an async task.
        let read_on = move || {
            let mut scanner = scanner.lock().unwrap_or_else(PoisonError::into_inner);
            for one in &new {
                scanner.resume(&mut scan, &one.at, &one.origin, &one.emits);
            }
            (scan, new)
        };
        let (read, mut new) = tokio::task::spawn_blocking(read_on).await?;
        scan = read;
        kept.append(&mut new);
    }
}

/// Returns the stored entities that nothing gives any more, as orphans. Those whose registered location is gone, or
/// that the rules refuse, are not among them, nor are the users whom sign-in provides or provided.
pub(crate) async fn orphans(
    db: &Db,
    scanner: &Arc<Mutex<Scanner>>,
    scan: &Scan,
    stored: &[EntityHead],
    kept: &[Retained],
    provided: &HashSet<&str>,
) -> Result<Vec<Retained>, CatalogError> {
    let given = given(scan, kept);
    let refused: HashSet<&str> = scan
        .files
        .iter()
        .flat_map(|file| file.outcome.refused.iter().map(String::as_str))
        .collect();
    let is_orphan = |head: &&EntityHead| {
        let entity_ref = head.entity_ref.as_str();
        !given.contains(entity_ref)
            && !refused.contains(entity_ref)
            && !provided.contains(entity_ref)
            && head.location != provided::LOCATION
    };
    let refs: Vec<String> = stored
        .iter()
        .filter(is_orphan)
        .map(|head| head.entity_ref.clone())
        .collect();
    let mut restored = restore_all(db, &refs, scanner, scan, Why::Orphan).await?;
    restored.retain(|one| one.root != usize::MAX || one.was_orphan);
    Ok(restored)
}

/// Returns the stored entities that no file gives any more although their file may still have them.
fn missing(scan: &Scan, stored: &[EntityHead], kept: &[Retained]) -> Vec<String> {
    let files: HashMap<String, &ScannedFile> = scan
        .files
        .iter()
        .map(|file| (file.at.to_string(), file))
        .collect();
    let given = given(scan, kept);
    let may_be_lost = |head: &EntityHead| match files.get(&head.location) {
        Some(file) => file.outcome.lost.may_be(&head.entity_ref),
        // What sign-in made is complete, whatever could be read elsewhere.
        None if head.location == provided::LOCATION => false,
        None => {
            scan.is_cut
                || LocationRef::parse(&head.location).is_some_and(|at| is_unmatched(scan, &at))
        }
    };
    let is_missing =
        |head: &&EntityHead| !given.contains(head.entity_ref.as_str()) && may_be_lost(head);
    stored
        .iter()
        .filter(is_missing)
        .map(|head| head.entity_ref.clone())
        .collect()
}

fn is_unmatched(scan: &Scan, at: &LocationRef) -> bool {
    scan.unmatched.iter().any(|pattern| {
        pattern.location_type == at.location_type
            && matches(Path::new(&pattern.target), Path::new(&at.target))
    })
}

/// Returns the references of all entities that there are.
fn given<'a>(scan: &'a Scan, kept: &'a [Retained]) -> HashSet<&'a str> {
    let read = scan.files.iter().flat_map(|file| &file.outcome.drafts);
    let kept = kept.iter().map(|one| &one.draft);
    let generated = scan.generated.iter().map(|(_, draft)| draft);
    read.chain(kept)
        .chain(generated)
        .map(|draft| draft.entity_ref.as_str())
        .collect()
}

async fn restore_all(
    db: &Db,
    refs: &[String],
    scanner: &Mutex<Scanner>,
    scan: &Scan,
    why: Why,
) -> Result<Vec<Retained>, CatalogError> {
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    let bodies = db.entity_bodies(refs).await?;
    let roots: HashMap<_, _> = scan
        .files
        .iter()
        .map(|file| (file.at.to_string(), file.root))
        .collect();
    let scanner = scanner.lock().unwrap_or_else(PoisonError::into_inner);
    let mut restored = Vec::with_capacity(refs.len());
    for (entity_ref, body) in refs.iter().zip(bodies) {
        let Some(body) = body else { continue };
        let entity = serde_json::from_str(&body).map_err(|source| CatalogError::Stored {
            entity_ref: entity_ref.clone(),
            source,
        })?;
        restored.extend(restore(entity, &roots, &scanner, why));
    }
    Ok(restored)
}

fn restore(
    mut entity: Map<String, Value>,
    roots: &HashMap<String, usize>,
    scanner: &Scanner,
    why: Why,
) -> Option<Retained> {
    entity.shift_remove("relations");
    entity.shift_remove("status");
    let annotations = entity.get_mut("metadata")?.get_mut("annotations")?;
    let place = |key: &str| LocationRef::parse(annotations.get(key)?.as_str()?);
    let at = place(annotation::LOCATION)?;
    let origin = place(annotation::ORIGIN_LOCATION)?;
    let was_orphan = annotations.get(annotation::ORPHAN).is_some();
    if why == Why::Orphan {
        annotations[annotation::ORPHAN] = "true".into();
    }
    let emits = location_emits(&entity);
    let kept_from = Annotations {
        location: &at,
        origin: &origin,
        links: None,
    };
    let mut draft = Draft::new(entity, &kept_from, None)?;
    let file = scanner.name(&at);
    if why == Why::Broken {
        draft.status = vec![format!(
            "the last good version is shown because {file} has errors"
        )];
    }
    let location = at.to_string();
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
        why,
        was_orphan,
        at,
        origin,
        emits,
    })
}

fn location_emits(entity: &Map<String, Value>) -> Vec<Emit> {
    let is_location = entity.get("kind").and_then(Value::as_str) == Some("Location");
    let Some(spec) = entity.get("spec").filter(|_| is_location) else {
        return Vec::new();
    };
    let by = reference(&Value::Object(entity.clone())).unwrap_or_default();
    let optional = spec.get("presence").and_then(Value::as_str) == Some("optional");
    let location_type = spec.get("type").and_then(Value::as_str).map(str::to_owned);
    let targets = spec.get("targets").and_then(Value::as_array);
    spec.get("target")
        .into_iter()
        .chain(targets.into_iter().flatten())
        .filter_map(Value::as_str)
        .map(|target| Emit {
            by: by.clone(),
            target: target.to_owned(),
            location_type: location_type.clone(),
            span: None,
            optional,
        })
        .collect()
}
