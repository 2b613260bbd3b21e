//! Reading every location, level by level: registered ones first, then those that Location entities name.
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::SystemTime,
};

use callboard_model::{Diagnostic, Severity, Span};

use crate::{
    LocationRef, Settings,
    draft::{Draft, Emit, FileOutcome},
    location::{is_url, join},
    parse::{Source, parse_file},
    read::{Stamp, expand, glob_base, is_glob, read_file},
    rules::Rules,
};

mod roots;

pub use roots::check_paths;

/// Deepest chain of Location entities; Backstage's refresh follows as many.
const MAX_DEPTH: usize = 32;

/// Reads locations and remembers files, so that a second scan reads only what has changed.
#[derive(Debug)]
pub struct Scanner {
    settings: Settings,
    rules: Rules,
    /// Folder that file names in diagnostics are relative to, where they are below it.
    names_from: Option<PathBuf>,
    cache: HashMap<(PathBuf, LocationRef), Arc<FileOutcome>>,
}

/// A file to read.
#[derive(Debug, Clone)]
struct Pending {
    path: PathBuf,
    root: usize,
    origin: LocationRef,
    optional: bool,
    /// Files that led here, the registered one first.
    chain: Vec<PathBuf>,
    /// File and place that name this file.
    declared: Option<(String, Option<Span>)>,
}

/// What the files say.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Files in the order they were reached: place of their root in configuration, path, name for diagnostics
    /// and what came of them.
    pub(crate) files: Vec<ScannedFile>,
    /// Entities that configuration itself brings, one for each registered location.
    pub(crate) generated: Vec<(usize, Draft)>,
    /// Problems that belong to no file that was read.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Patterns without any match, or not fully looked for: what they gave before is kept.
    pub(crate) unmatched: Vec<PathBuf>,
    /// Folders in which a new file could match a pattern.
    pub(crate) folders: BTreeSet<PathBuf>,
    seen: HashSet<PathBuf>,
}

/// One file of a scan.
#[derive(Debug)]
pub(crate) struct ScannedFile {
    pub(crate) root: usize,
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) outcome: Arc<FileOutcome>,
    pending: Pending,
}

impl Scanner {
    /// Makes a scanner for these settings.
    #[must_use]
    pub fn new(settings: Settings, names_from: Option<PathBuf>) -> Self {
        let rules = Rules::new(&settings.rules);
        Self {
            settings,
            rules,
            names_from,
            cache: HashMap::new(),
        }
    }

    /// Reads everything that is registered and what it leads to.
    pub(crate) fn scan(&mut self) -> Scan {
        let mut scan = Scan::default();
        let mut level = Vec::new();
        for at in 0..self.settings.locations.len() {
            level.extend(self.register(at, &mut scan));
        }
        self.read_levels(level, &mut scan);
        let used: HashSet<_> = scan
            .files
            .iter()
            .map(|file| (file.path.clone(), file.pending.origin.clone()))
            .collect();
        self.cache.retain(|key, _| used.contains(key));
        scan
    }

    /// Goes on with locations that a retained Location entity of the file `from` names.
    pub(crate) fn resume(
        &mut self,
        scan: &mut Scan,
        from: &Path,
        origin: &LocationRef,
        emits: &[Emit],
    ) {
        if self.settings.locations.is_empty() {
            return;
        }
        let parent = scan
            .files
            .iter()
            .find(|file| file.path == from)
            .map(|file| file.pending.clone());
        let parent = parent.unwrap_or_else(|| Pending {
            path: from.to_owned(),
            root: 0,
            origin: origin.clone(),
            optional: false,
            chain: Vec::new(),
            declared: None,
        });
        let name = self.name(from);
        let level = emits
            .iter()
            .flat_map(|emit| self.follow(&parent, &name, emit, scan))
            .collect();
        self.read_levels(level, scan);
    }

    fn read_levels(&mut self, mut level: Vec<Pending>, scan: &mut Scan) {
        while !level.is_empty() {
            level.retain(|pending| scan.seen.insert(pending.path.clone()));
            let outcomes = self.read_all(&level);
            let mut next = Vec::new();
            for (pending, outcome) in level.into_iter().zip(outcomes) {
                let name = self.name(&pending.path);
                for emit in &outcome.emits {
                    next.extend(self.follow(&pending, &name, emit, scan));
                }
                self.cache.insert(
                    (pending.path.clone(), pending.origin.clone()),
                    Arc::clone(&outcome),
                );
                let (root, path) = (pending.root, pending.path.clone());
                scan.files.push(ScannedFile {
                    root,
                    path,
                    name,
                    outcome,
                    pending,
                });
            }
            level = next;
        }
    }

    /// Reads the files of one level, on all cores. The result does not depend on which thread reads what.
    fn read_all(&self, level: &[Pending]) -> Vec<Arc<FileOutcome>> {
        let slots: Vec<Mutex<Option<Arc<FileOutcome>>>> =
            level.iter().map(|_| Mutex::default()).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let (Some(pending), Some(slot)) = (level.get(at), slots.get(at)) else {
                    break;
                };
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.read_one(pending));
            }
        };
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(level.len());
        if threads > 1 {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(work);
                }
            });
        } else {
            work();
        }
        let take =
            |slot: Mutex<Option<_>>| slot.into_inner().unwrap_or_else(PoisonError::into_inner);
        slots.into_iter().filter_map(take).collect()
    }

    fn read_one(&self, pending: &Pending) -> Arc<FileOutcome> {
        let key = (pending.path.clone(), pending.origin.clone());
        if let Some(known) = self
            .cache
            .get(&key)
            .filter(|known| is_current(known, &pending.path))
        {
            return Arc::clone(known);
        }
        let registered = &self.settings.locations[pending.root];
        let mut within = registered.bases.clone();
        within.extend(
            pending
                .chain
                .first()
                .unwrap_or(&pending.path)
                .parent()
                .map(Path::to_owned),
        );
        let source = Source {
            path: &pending.path,
            name: &self.name(&pending.path),
            origin: &pending.origin,
            registered,
            rules: &self.rules,
            within: &within,
            optional: pending.optional,
            declared: pending.declared.as_ref(),
        };
        Arc::new(parse_file(&source, read_file(&pending.path), read_clock()))
    }

    /// Names a file as diagnostics do.
    pub(crate) fn name(&self, path: &Path) -> String {
        let base = self.names_from.as_deref();
        let short = base
            .and_then(|base| path.strip_prefix(base).ok())
            .unwrap_or(path);
        short.to_string_lossy().into_owned()
    }

    /// Returns the files that one target of a Location entity means.
    fn follow(&self, parent: &Pending, name: &str, emit: &Emit, scan: &mut Scan) -> Vec<Pending> {
        let mut report = |code, severity, message: String, help: &str| {
            let problem = Diagnostic::new(code, severity, name, message)
                .with_span(emit.span)
                .with_help(help);
            scan.diagnostics.push(problem);
        };
        let location_type = emit.location_type.as_deref().unwrap_or("file");
        if location_type != "file" || is_url(&emit.target) {
            report(
                "CAT005",
                Severity::Error,
                format!(
                    "cannot read {}: only files are read, not locations of type {location_type}",
                    emit.target
                ),
                "copy the file beside this one, or mount its folder, and name the path",
            );
            return Vec::new();
        }
        if parent.chain.len() >= MAX_DEPTH {
            report(
                "CAT004",
                Severity::Error,
                format!(
                    "locations are nested more than {MAX_DEPTH} deep; {} is not read",
                    emit.target
                ),
                "name the file in a location closer to the registered one",
            );
            return Vec::new();
        }
        let target = join(parent.path.parent().unwrap_or(Path::new("/")), &emit.target);
        if target == parent.path || parent.chain.contains(&target) {
            report(
                "CAT003",
                Severity::Warning,
                format!("the location includes itself through {}", emit.target),
                "it is read once; remove the target",
            );
            return Vec::new();
        }
        let mut chain = parent.chain.clone();
        chain.push(parent.path.clone());
        let base = Pending {
            path: target,
            optional: emit.optional,
            chain,
            declared: Some((name.to_owned(), emit.span)),
            ..parent.clone()
        };
        expand_pending(base, scan, |pattern, scan| {
            if !emit.optional {
                scan.diagnostics
                    .push(no_match(name, emit.span, &pattern.to_string_lossy()));
            }
        })
    }
}

/// Turns a pattern into the files it matches; a plain path stays as it is.
fn expand_pending(
    base: Pending,
    scan: &mut Scan,
    unmatched: impl FnOnce(&Path, &mut Scan),
) -> Vec<Pending> {
    if !is_glob(&base.path) {
        return vec![base];
    }
    scan.folders.insert(glob_base(&base.path));
    let (files, unreadable) = expand(&base.path);
    if let Some(reason) = unreadable {
        let (file, span) = base.declared.clone().unwrap_or_default();
        let message = format!(
            "cannot look for {} everywhere: {reason}",
            base.path.display()
        );
        let problem = Diagnostic::new("CAT001", Severity::Error, file, message).with_span(span);
        scan.diagnostics
            .push(problem.with_help("what was found there before is kept"));
        scan.unmatched.push(base.path.clone());
    } else if files.is_empty() {
        scan.unmatched.push(base.path.clone());
        unmatched(&base.path, scan);
    }
    files
        .into_iter()
        .map(|path| Pending {
            path,
            ..base.clone()
        })
        .collect()
}

fn no_match(file: &str, span: Option<Span>, target: &str) -> Diagnostic {
    Diagnostic::new(
        "CAT002",
        Severity::Error,
        file,
        format!("no file matches {target}"),
    )
    .with_span(span)
    .with_help("what it gave before is kept; remove the target if the files are gone for good")
}

fn is_current(known: &FileOutcome, path: &Path) -> bool {
    let same = known.stamp.as_ref().is_some_and(|(stamp, read_at)| {
        stamp.is_settled(*read_at) && Stamp::of(path).as_ref() == Some(stamp)
    });
    same && known
        .included
        .iter()
        .all(|(path, stamp)| stamp.is_some() && Stamp::of(path) == *stamp)
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the modification times of files, which are wall clock"
)]
fn read_clock() -> SystemTime {
    SystemTime::now()
}
