//! One ingestion: read, keep what could not be read, stitch, and write what differs to the change log.
//!
//! What the catalog should hold is a function of the files and of the last good versions alone, so an ingestion can
//! be ended at any instant: the next one computes the same target and writes what is still missing.
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use callboard_db::{Applied, ChangeRequest, Db, EntityHead, StoredLocation, now_ms};
use callboard_diagnostics::Severities;
use callboard_model::Diagnostic;
use callboard_scm::Reader;

use crate::{
    CatalogError, Registered, Settings,
    check::{Member, lint_catalog},
    difference::{Difference, difference},
    draft::{Draft, FileOutcome},
    provided,
    remote::Remote,
    retain::{Retained, orphans, retain},
    scan::{Scan, Scanner},
    stitch::{Stitched, Winner, stitch, winners},
};

/// Changes per transaction: large enough to be fast, small enough that others do not wait.
const CHANGES_PER_TRANSACTION: usize = 1_000;

/// Most problems that are kept; a catalog with more has one cause in common.
const MAX_PROBLEMS: usize = 10_000;

/// Times a run starts over because a text it let go of is not in the database.
const ATTEMPTS: usize = 3;

/// Reads the registered locations into the change log, again and again.
#[derive(Debug, Clone)]
pub struct Ingester {
    pub(crate) db: Db,
    /// Locations of the configuration.
    pub(crate) locations: Arc<[Registered]>,
    keep_orphans: bool,
    severities: Severities,
    pub(crate) scanner: Arc<Mutex<Scanner>>,
    pub(crate) remote: Option<Arc<Remote>>,
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
    /// Makes an ingester that looks at files only. File names in diagnostics are relative to `names_from` where they
    /// are below it.
    #[must_use]
    pub fn new(db: Db, settings: Settings, names_from: Option<PathBuf>) -> Self {
        Self {
            db,
            locations: settings.locations.clone().into(),
            keep_orphans: settings.keep_orphans,
            severities: settings.severities.clone(),
            scanner: Arc::new(Mutex::new(Scanner::new(settings, names_from))),
            remote: None,
        }
    }

    /// Makes an ingester that reads from other hosts too, and locations that were registered in the database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(
        db: Db,
        settings: Settings,
        names_from: Option<PathBuf>,
        reader: Reader,
    ) -> Result<Self, CatalogError> {
        let remote = Remote::open(
            reader,
            db.clone(),
            settings.interval,
            settings.ask_in_background,
        );
        let remote = remote.await?;
        let remote = Arc::new(remote);
        let locations = settings.locations.clone().into();
        let keep_orphans = settings.keep_orphans;
        let severities = settings.severities.clone();
        let scanner = Scanner::new(settings, names_from).with_remote(Arc::clone(&remote));
        Ok(Self {
            db,
            locations,
            keep_orphans,
            severities,
            scanner: Arc::new(Mutex::new(scanner)),
            remote: Some(remote),
        })
    }

    /// Returns the reader of other hosts, if there is one.
    #[must_use]
    pub fn reader(&self) -> Option<&Reader> {
        self.remote.as_ref().map(|remote| remote.reader())
    }

    /// Brings the catalog in step with its sources.
    ///
    /// # Errors
    /// When the database fails. What was written before stays, and the next run writes the rest.
    pub async fn run(&self) -> Result<Report, CatalogError> {
        let started = Instant::now();
        let registered = self.registered().await?;
        if let Some(remote) = &self.remote {
            let asked = self.db.refresh_take().await?;
            let included = self.lock().included_in(&asked);
            remote.refresh(&asked);
            remote.refresh(&included);
        }
        for _ in 1..ATTEMPTS {
            if let Some(report) = self.attempt(&registered, started).await? {
                return Ok(report);
            }
        }
        // Nothing is remembered now, so every text is at hand.
        self.lock().forget_all();
        let report = self.attempt(&registered, started).await?;
        Ok(report.unwrap_or_default())
    }

    /// Asks other hosts for ever, each target in its time.
    pub async fn ask_hosts(&self) {
        match &self.remote {
            Some(remote) => remote.run().await,
            None => std::future::pending().await,
        }
    }

    /// Waits until a host answered something that an ingestion would show.
    pub async fn news(&self) {
        match &self.remote {
            Some(remote) => remote.news().await,
            None => std::future::pending().await,
        }
    }

    /// Returns the ids and targets of the locations that are registered in the database, and the users that sign-in
    /// made there with the time of each: when it differs from what it was, an ingestion has something to do.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn registrations(&self) -> Result<Vec<String>, CatalogError> {
        let stored = self.db.location_list().await?;
        let name = |one: &StoredLocation| format!("{} {}", one.id, one.target);
        let mut all: Vec<String> = stored.iter().map(name).collect();
        let provided = self.db.provided_versions().await?;
        all.extend(provided.iter().map(|(name, at)| format!("{name} {at}")));
        Ok(all)
    }

    /// Returns every registered location: those of the configuration first, then those of the database by age.
    async fn registered(&self) -> Result<Vec<Registered>, CatalogError> {
        let mut all = self.locations.to_vec();
        if self.remote.is_some() {
            all.extend(
                self.db
                    .location_list()
                    .await?
                    .into_iter()
                    .map(|stored| Registered {
                        location_type: stored.location_type,
                        target: stored.target,
                        ..Registered::default()
                    }),
            );
        }
        Ok(all)
    }

    /// Runs once; returns nothing when a text that is needed was let go and has to be read again.
    async fn attempt(
        &self,
        registered: &[Registered],
        started: Instant,
    ) -> Result<Option<Report>, CatalogError> {
        let scan = self.scan(registered.to_vec()).await?;
        let stored = self.db.entity_heads().await?;
        let provided = self.provided().await?;
        let (scan, mut retained) = retain(&self.db, &self.scanner, scan, &stored).await?;
        if self.keep_orphans {
            let by_sign_in = drafts(&provided).map(|draft| draft.entity_ref.as_str());
            let by_sign_in = by_sign_in.collect();
            let orphans = orphans(
                &self.db,
                &self.scanner,
                &scan,
                &stored,
                &retained,
                &by_sign_in,
            );
            let orphans = orphans.await?;
            retained.extend(orphans);
        }
        let Some(mut report) = self.apply(&scan, &retained, &provided, &stored).await? else {
            return Ok(None);
        };
        report.folders = scan.folders;
        drop(scan.files);
        self.lock().drop_texts();
        report.took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Some(report))
    }

    /// Puts everything together and writes what differs.
    async fn apply(
        &self,
        scan: &Scan,
        retained: &[Retained],
        provided: &[FileOutcome],
        stored: &[EntityHead],
    ) -> Result<Option<Report>, CatalogError> {
        let (mut winners, mut found) = winners(&scan.files, retained);
        provided::add(&mut winners, drafts(provided));
        found.extend(provided.iter().flat_map(|one| one.diagnostics.clone()));
        let stitched = stitch(&winners, scan);
        let requests = match difference(&self.db, &stitched, stored).await? {
            Difference::Requests(requests) => requests,
            Difference::NeedsText(locations) => {
                self.lock().forget(&locations);
                return Ok(None);
            }
        };
        let problems = all_problems(scan, retained, found, &winners, &stitched, &self.severities);
        Ok(Some(Report {
            entities: stitched.len(),
            applied: self.write(&requests, &problems, scan).await?,
            problems: problems.len(),
            files: watched_files(scan),
            ..Report::default()
        }))
    }

    async fn scan(&self, registered: Vec<Registered>) -> Result<Scan, CatalogError> {
        let scanner = Arc::clone(&self.scanner);
        let read = move || {
            let mut scanner = scanner.lock().unwrap_or_else(PoisonError::into_inner);
            scanner.register_all(registered);
            scanner.scan()
        };
        Ok(tokio::task::spawn_blocking(read).await?)
    }

    async fn write(
        &self,
        requests: &[ChangeRequest],
        problems: &[Diagnostic],
        scan: &Scan,
    ) -> Result<Applied, CatalogError> {
        let now = now_ms();
        // Before the entities, so that there is no entity whose way is unknown.
        let sources = scan.files.iter();
        let sources = sources.map(|file| (file.at.to_string(), file.parent().to_owned()));
        self.db.source_replace(&sources.collect()).await?;
        let mut applied = Applied::default();
        for chunk in requests.chunks(CHANGES_PER_TRANSACTION) {
            applied += self.db.change_apply(chunk, now).await?;
        }
        self.db.problem_replace(problems, now).await?;
        if !is_complete(&self.db).await? {
            self.db.fact_set(FACT_INGESTED, &now.to_string()).await?;
        }
        Ok(applied)
    }

    fn lock(&self) -> MutexGuard<'_, Scanner> {
        self.scanner.lock().unwrap_or_else(PoisonError::into_inner)
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

fn all_problems(
    scan: &Scan,
    retained: &[Retained],
    found: Vec<Diagnostic>,
    winners: &BTreeMap<&str, Winner<'_>>,
    stitched: &[Stitched<'_>],
    severities: &Severities,
) -> Vec<Diagnostic> {
    let exists: HashSet<&str> = stitched.iter().map(|one| one.entity_ref).collect();
    let mut all = scan.diagnostics.clone();
    for file in &scan.files {
        all.extend(file.outcome.diagnostics.iter().cloned());
    }
    all.extend(retained.iter().filter_map(Retained::diagnostic));
    all.extend(found);
    let members: Vec<_> = winners
        .values()
        .map(|winner| Member {
            file: winner.file,
            draft: winner.draft,
        })
        .collect();
    all.extend(lint_catalog(&members, |other| exists.contains(other)));
    let mut all = severities.apply(all);
    // When there are too many, those that matter most stay.
    all.sort_by_key(|problem| problem.severity);
    all.truncate(MAX_PROBLEMS);
    all
}

/// Returns the users that sign-in made.
fn drafts(provided: &[FileOutcome]) -> impl Iterator<Item = &Draft> {
    provided.iter().flat_map(|one| &one.drafts)
}

fn watched_files(scan: &Scan) -> BTreeSet<PathBuf> {
    let included = scan
        .files
        .iter()
        .flat_map(|file| file.outcome.included.iter().map(|(path, _)| path.clone()));
    let own = scan.files.iter().filter_map(|file| file.at.path());
    own.map(Path::to_owned).chain(included).collect()
}
