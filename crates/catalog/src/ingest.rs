//! One ingestion: read, keep what could not be read, stitch, and write what differs to the change log.
//!
//! What the catalog should hold is a function of the files and of the last good versions alone, so an ingestion can
//! be ended at any instant: the next one computes the same target and writes what is still missing.
use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use callboard_db::{Applied, ChangeRequest, Db, EntityHead, Put, now_ms};
use callboard_model::Diagnostic;

use crate::{
    CatalogError, Settings,
    check::lint_references,
    retain::{Retained, retain},
    scan::{Scan, Scanner},
    stitch::{Stitched, stitch, winners},
};

/// Changes per transaction: large enough to be fast, small enough that others do not wait.
const CHANGES_PER_TRANSACTION: usize = 1_000;

/// Most problems that are kept; a catalog with more has one cause in common.
const MAX_PROBLEMS: usize = 10_000;

/// Reads the registered locations into the change log, again and again.
#[derive(Debug, Clone)]
pub struct Ingester {
    db: Db,
    scanner: Arc<Mutex<Scanner>>,
}

/// What one ingestion did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Entities the catalog holds now.
    pub entities: usize,
    /// What changed.
    pub applied: Applied,
    /// Problems that are open now.
    pub problems: usize,
    /// Milliseconds it took.
    pub took_ms: u64,
    /// Files whose change matters.
    pub files: BTreeSet<PathBuf>,
    /// Folders in which a new file could match a pattern.
    pub folders: BTreeSet<PathBuf>,
}

impl Ingester {
    /// Makes an ingester. File names in diagnostics are relative to `names_from` where they are below it.
    #[must_use]
    pub fn new(db: Db, settings: Settings, names_from: Option<PathBuf>) -> Self {
        Self {
            db,
            scanner: Arc::new(Mutex::new(Scanner::new(settings, names_from))),
        }
    }

    /// Brings the catalog in step with its files.
    ///
    /// # Errors
    /// When the database fails. What was written before stays, and the next run writes the rest.
    pub async fn run(&self) -> Result<Report, CatalogError> {
        let started = Instant::now();
        let scanner = Arc::clone(&self.scanner);
        let read = move || {
            scanner
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .scan()
        };
        let mut scan = tokio::task::spawn_blocking(read).await?;
        let stored = self.db.entity_heads().await?;
        let retained = retain(&self.db, &self.scanner, &mut scan, &stored).await?;

        let (winners, conflicts) = winners(&scan.files, &retained);
        let stitched = stitch(&winners, &scan);
        let entities = stitched.len();
        let requests = difference(&stitched, &stored);
        let exists: BTreeSet<&str> = stitched.iter().map(|one| one.entity_ref).collect();
        let mut problems = problems(&scan, &retained, conflicts);
        for winner in winners.values() {
            problems.extend(lint_references(winner.file, winner.draft, |r| {
                exists.contains(r)
            }));
        }
        // When there are too many, those that matter most stay.
        problems.sort_by_key(|problem| problem.severity);
        problems.truncate(MAX_PROBLEMS);

        let now = now_ms();
        let mut applied = Applied::default();
        for chunk in requests.chunks(CHANGES_PER_TRANSACTION) {
            applied += self.db.change_apply(chunk, now).await?;
        }
        self.db.problem_replace(&problems, now).await?;
        if !is_complete(&self.db).await? {
            self.db.fact_set(FACT_INGESTED, &now.to_string()).await?;
        }
        Ok(Report {
            entities,
            applied,
            problems: problems.len(),
            took_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            files: watched_files(&scan),
            folders: scan.folders,
        })
    }
}

const FACT_INGESTED: &str = "ingested";

/// Returns whether any ingestion of this database was ever complete.
///
/// # Errors
/// When the database does not answer.
pub async fn is_complete(db: &Db) -> Result<bool, CatalogError> {
    Ok(db.fact_get(FACT_INGESTED).await?.is_some())
}

/// Compares what should be with what is stored.
fn difference(stitched: &[Stitched<'_>], stored: &[EntityHead]) -> Vec<ChangeRequest> {
    let known: HashMap<&str, &EntityHead> = stored
        .iter()
        .map(|head| (head.entity_ref.as_str(), head))
        .collect();
    let wanted: BTreeSet<&str> = stitched.iter().map(|one| one.entity_ref).collect();
    let put = |one: &Stitched<'_>| {
        let head = known.get(one.entity_ref);
        if head.is_some_and(|head| head.hash == one.hash && head.location == one.location) {
            return None;
        }
        let uid = head.map_or_else(callboard_db::new_uid, |head| head.uid.clone());
        let put = Put {
            hash: one.hash.clone(),
            location: one.location.to_owned(),
            body: one.body(&uid),
            uid,
        };
        let cause = one.location.to_owned();
        Some(ChangeRequest {
            entity_ref: one.entity_ref.to_owned(),
            put: Some(put),
            cause,
        })
    };
    let remove = |head: &EntityHead| ChangeRequest {
        entity_ref: head.entity_ref.clone(),
        put: None,
        cause: head.location.clone(),
    };
    let gone = stored
        .iter()
        .filter(|head| !wanted.contains(head.entity_ref.as_str()));
    stitched
        .iter()
        .filter_map(put)
        .chain(gone.map(remove))
        .collect()
}

fn problems(scan: &Scan, retained: &[Retained], conflicts: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut all = scan.diagnostics.clone();
    for file in &scan.files {
        all.extend(file.outcome.diagnostics.iter().cloned());
    }
    all.extend(retained.iter().map(Retained::diagnostic));
    all.extend(conflicts);
    all
}

fn watched_files(scan: &Scan) -> BTreeSet<PathBuf> {
    let included = scan
        .files
        .iter()
        .flat_map(|file| file.outcome.included.iter().map(|(path, _)| path));
    scan.files
        .iter()
        .map(|file| &file.path)
        .chain(included)
        .cloned()
        .collect()
}
