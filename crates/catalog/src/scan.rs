//! Reading every location, level by level: registered ones first, then those that Location entities name.
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use callboard_model::{Diagnostic, Severity, Span};

use crate::{
    LocationRef, Settings,
    draft::{Draft, Emit, FileOutcome},
    location::{is_url, join},
    parallel::in_parallel,
    parse::{Source, parse_file},
    pattern::{expand, glob_base, is_glob},
    read::{Stamp, read_file},
    rules::Rules,
};

mod roots;

pub use roots::check_paths;

/// Deepest chain of Location entities; Backstage's refresh follows as many.
const MAX_DEPTH: usize = 32;

/// Most files that one scan reads.
const MAX_FILES: usize = 200_000;

/// Reads locations and remembers files, so that a second scan reads only what has changed.
#[derive(Debug)]
pub struct Scanner {
    settings: Settings,
    rules: Rules,
    /// Folder that file names in diagnostics are relative to, where they are below it.
    names_from: Option<PathBuf>,
    cache: HashMap<CacheKey, Arc<FileOutcome>>,
    /// Where each registered location was found last, for when it is nowhere for a moment.
    resolved: HashMap<usize, PathBuf>,
}

/// What a file gives depends on the file, on the registered location, and on the file that location names.
type CacheKey = (PathBuf, usize, LocationRef);

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
    /// Not everything was read, because there was too much: nothing may be removed.
    pub(crate) is_cut: bool,
    seen: HashSet<PathBuf>,
}

impl Scan {
    /// Drops files beyond the most that one scan reads.
    fn limit(&mut self, level: &mut Vec<Pending>) {
        let room = MAX_FILES.saturating_sub(self.files.len());
        if level.len() > room {
            level.truncate(room);
            if !std::mem::replace(&mut self.is_cut, true) {
                let message = format!(
                    "the locations lead to more than {MAX_FILES} files; the rest is not read"
                );
                let problem =
                    Diagnostic::new("CAT001", Severity::Error, "catalog.locations", message);
                self.diagnostics
                    .push(problem.with_help("register fewer files, or put more entities into one"));
            }
        }
    }
}

impl Pending {
    fn cache_key(&self) -> CacheKey {
        (self.path.clone(), self.root, self.origin.clone())
    }
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
            resolved: HashMap::new(),
        }
    }

    /// Reads everything that is registered and what it leads to.
    pub(crate) fn scan(&mut self) -> Scan {
        let mut scan = Scan::default();
        // One registered location after the other: a file that two of them lead to belongs to the first.
        for at in 0..self.settings.locations.len() {
            let level = self.register(at, &mut scan);
            self.read_levels(level, &mut scan);
        }
        let used: HashSet<_> = scan
            .files
            .iter()
            .map(|file| file.pending.cache_key())
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
        if emits.is_empty() {
            return;
        }
        let parent = scan.files.iter().find(|file| file.path == from);
        let parent = match (parent, self.root_of(origin)) {
            (Some(file), _) => file.pending.clone(),
            (None, Some(root)) => Pending {
                path: from.to_owned(),
                root,
                origin: origin.clone(),
                optional: false,
                chain: Vec::new(),
                declared: None,
            },
            (None, None) => return,
        };
        let name = self.name(from);
        let level = emits
            .iter()
            .flat_map(|emit| self.follow(&parent, &name, emit, scan))
            .collect();
        self.read_levels(level, scan);
    }

    fn read_levels(&mut self, mut level: Vec<Pending>, scan: &mut Scan) {
        while !level.is_empty() {
            // Two names of one file, through links, are one file; so links in a circle end.
            level.retain(|pending| {
                let real = pending.path.canonicalize();
                scan.seen
                    .insert(real.unwrap_or_else(|_| pending.path.clone()))
            });
            scan.limit(&mut level);
            let outcomes = in_parallel(&level, |pending| self.read_one(pending));
            let mut next = Vec::new();
            for (pending, outcome) in level.into_iter().zip(outcomes) {
                let name = self.name(&pending.path);
                for emit in &outcome.emits {
                    next.extend(self.follow(&pending, &name, emit, scan));
                }
                self.cache.insert(pending.cache_key(), Arc::clone(&outcome));
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

    fn read_one(&self, pending: &Pending) -> Arc<FileOutcome> {
        let key = pending.cache_key();
        if let Some(known) = self
            .cache
            .get(&key)
            .filter(|known| is_current(known, &pending.path))
        {
            return Arc::clone(known);
        }
        let registered = &self.settings.locations[pending.root];
        let root = Path::new(&pending.origin.target);
        let within = match glob_base(root) {
            base if base == root => root.parent().unwrap_or(root).to_owned(),
            base => base,
        };
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
