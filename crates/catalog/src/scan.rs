//! Reading every location, level by level: registered ones first, then those that Location entities name.
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use callboard_model::{Diagnostic, Severity, Span};

use crate::{
    LocationRef, Settings,
    draft::{Draft, Emit, FileOutcome},
    remote::Remote,
    rules::Rules,
    settings::Registered,
};

mod follow;
mod level;
mod reread;
mod roots;

pub use level::NOT_READ_YET;

/// Most files that one scan reads.
const MAX_FILES: usize = 200_000;

/// Reads locations and remembers files, so that a second scan reads only what has changed.
#[derive(Debug)]
pub struct Scanner {
    settings: Settings,
    rules: Rules,
    /// Most files that one scan reads.
    most_files: usize,
    /// Folder that file names in diagnostics are relative to, where they are below it.
    names_from: Option<PathBuf>,
    /// What other hosts have; absent when nothing but files is looked at.
    remote: Option<Arc<Remote>>,
    cache: HashMap<CacheKey, Arc<FileOutcome>>,
    /// The files that each URL or pattern of URLs gave last.
    members: HashMap<CacheKey, Vec<LocationRef>>,
    /// Where each registered location was found last, for when it is nowhere for a moment.
    resolved: HashMap<usize, LocationRef>,
}

/// What a file gives depends on the file, on the registered location, and on the file that location names.
type CacheKey = (LocationRef, usize, LocationRef);

/// A place to read.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    /// The file, URL or pattern of URLs.
    at: LocationRef,
    root: usize,
    origin: LocationRef,
    /// Reference of the Location entity that led here.
    parent: String,
    optional: bool,
    /// Places that led here, the registered one first.
    chain: Vec<LocationRef>,
    /// File and place that name this one.
    declared: Option<(String, Option<Span>)>,
}

/// What the files say.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Files in the order they were reached.
    pub(crate) files: Vec<ScannedFile>,
    /// Entities that stand for registered locations, with their place among those.
    pub(crate) generated: Vec<(usize, Draft)>,
    /// Problems that belong to no file that was read.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Places that could not be read and patterns without a match: what they gave before is kept.
    pub(crate) unmatched: Vec<LocationRef>,
    /// Folders in which a new file could match a pattern.
    pub(crate) folders: BTreeSet<PathBuf>,
    /// Not everything was read, because there was too much: nothing may be removed.
    pub(crate) is_cut: bool,
    /// URLs, patterns and placeholders of other hosts that were looked at.
    pub(crate) asked: HashSet<String>,
    seen: HashSet<LocationRef>,
}

/// One file of a scan.
#[derive(Debug)]
pub(crate) struct ScannedFile {
    pub(crate) root: usize,
    /// Where it is; for a file that a pattern of URLs matches, its own URL.
    pub(crate) at: LocationRef,
    pub(crate) name: String,
    pub(crate) outcome: Arc<FileOutcome>,
    pending: Pending,
}

impl ScannedFile {
    /// Returns the reference of the Location entity that led here.
    pub(crate) fn parent(&self) -> &str {
        &self.pending.parent
    }

    /// Returns the URL or pattern that was asked for to get it.
    pub(crate) fn asked_for(&self) -> &str {
        &self.pending.at.target
    }

    fn cache_key(&self) -> CacheKey {
        (self.at.clone(), self.root, self.pending.origin.clone())
    }
}

impl Scan {
    /// Drops places beyond the most that one scan reads.
    fn limit(&mut self, level: &mut Vec<Pending>, most: usize) {
        let room = most.saturating_sub(self.files.len());
        if level.len() > room {
            level.truncate(room);
            if !std::mem::replace(&mut self.is_cut, true) {
                let message =
                    format!("the locations lead to more than {most} files; the rest is not read");
                let problem =
                    Diagnostic::new("CAT001", Severity::Error, "catalog.locations", message);
                self.diagnostics
                    .push(problem.with_help("register fewer files, or put more entities into one"));
            }
        }
    }
}

impl Scanner {
    /// Makes a scanner for these settings that looks at files only.
    #[must_use]
    pub fn new(settings: Settings, names_from: Option<PathBuf>) -> Self {
        let rules = Rules::new(&settings.rules);
        Self {
            settings,
            rules,
            most_files: MAX_FILES,
            names_from,
            remote: None,
            cache: HashMap::new(),
            members: HashMap::new(),
            resolved: HashMap::new(),
        }
    }

    /// Lets the scanner read no more than so many files.
    pub(crate) fn with_most_files(mut self, most: usize) -> Self {
        self.most_files = most;
        self
    }

    /// Lets the scanner read from other hosts too.
    pub(crate) fn with_remote(mut self, remote: Arc<Remote>) -> Self {
        self.remote = Some(remote);
        self
    }

    /// Sets the registered locations.
    pub(crate) fn register_all(&mut self, locations: Vec<Registered>) {
        if self.settings.locations.len() != locations.len() {
            self.resolved.retain(|at, _| *at < locations.len());
        }
        self.settings.locations = locations;
    }

    /// Returns these settings with another location alone.
    pub(crate) fn settings_for(&self, location: Registered) -> Settings {
        Settings {
            locations: vec![location],
            ..self.settings.clone()
        }
    }

    /// Reads everything that is registered and what it leads to, and forgets nothing.
    pub(crate) fn look(&mut self) -> Scan {
        let mut scan = Scan::default();
        // One registered location after the other: a file that two of them lead to belongs to the first.
        for at in 0..self.settings.locations.len() {
            let level = self.register(at, &mut scan);
            self.read_levels(level, &mut scan);
        }
        scan
    }

    /// Reads everything that is registered and what it leads to, and forgets what that does not need any more.
    pub(crate) fn scan(&mut self) -> Scan {
        let scan = self.look();
        let used: HashSet<_> = scan.files.iter().map(ScannedFile::cache_key).collect();
        self.cache.retain(|key, _| used.contains(key));
        self.members
            .retain(|(at, ..), _| scan.asked.contains(&at.target));
        if let Some(remote) = self.remote.as_ref().filter(|_| !scan.is_cut) {
            remote.forget_unused(&scan.asked);
        }
        scan
    }

    /// Goes on with locations that a retained Location entity of the place `from` names.
    pub(crate) fn resume(
        &mut self,
        scan: &mut Scan,
        from: &LocationRef,
        origin: &LocationRef,
        emits: &[Emit],
    ) {
        if emits.is_empty() {
            return;
        }
        let parent = scan.files.iter().find(|file| file.at == *from);
        let parent = match (parent, self.root_of(origin)) {
            (Some(file), _) => file.pending.clone(),
            (None, Some(root)) => Pending {
                at: from.clone(),
                root,
                origin: origin.clone(),
                parent: origin.generated_ref(),
                optional: false,
                chain: Vec::new(),
                declared: None,
            },
            (None, None) => return,
        };
        let name = self.name(from);
        let level = emits
            .iter()
            .flat_map(|emit| self.follow(&parent, from, &name, emit, scan))
            .collect();
        self.read_levels(level, scan);
    }

    /// Names a place as diagnostics do.
    pub(crate) fn name(&self, at: &LocationRef) -> String {
        let Some(path) = at.path() else {
            return at.target.clone();
        };
        let base = self.names_from.as_deref();
        let short = base
            .and_then(|base| path.strip_prefix(base).ok())
            .unwrap_or(path);
        short.to_string_lossy().into_owned()
    }

    /// Reads a file anew at the next scan, whatever is remembered of it.
    pub(crate) fn forget(&mut self, locations: &HashSet<String>) {
        self.cache
            .retain(|(at, ..), _| !locations.contains(&at.to_string()));
    }

    /// Returns what the placeholders of these targets named when they were read last.
    pub(crate) fn included_in(&self, targets: &[String]) -> Vec<String> {
        let of = self
            .cache
            .iter()
            .filter(|((at, ..), _)| targets.contains(&at.target));
        of.flat_map(|(_, outcome)| outcome.fetched.iter().map(|(target, _)| target.clone()))
            .collect()
    }

    /// Reads every file anew at the next scan.
    pub(crate) fn forget_all(&mut self) {
        self.cache.clear();
    }

    /// Lets go of the texts of all drafts, once the database has them.
    pub(crate) fn drop_texts(&mut self) {
        for outcome in self.cache.values_mut() {
            // A scan that is still held by somebody keeps its texts.
            if let Some(outcome) = Arc::get_mut(outcome) {
                for draft in &mut outcome.drafts {
                    draft.text = None;
                }
            }
        }
    }
}

/// Returns the folder that placeholders of a registered location may not leave.
fn folder_of(origin: &LocationRef) -> PathBuf {
    let root = Path::new(&origin.target);
    match crate::pattern::glob_base(root) {
        base if base == root => root.parent().unwrap_or(root).to_owned(),
        base => base,
    }
}
