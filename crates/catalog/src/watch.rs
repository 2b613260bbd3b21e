//! Waiting until a file of the catalog changes.
//!
//! The operating system tells of changes in the folders that hold files of the catalog; where it cannot (network
//! mounts, too many watches), a look at all files every half a minute finds them. Folders are watched, and changes
//! compared, by their real paths, because one folder can have several names but only one watch.
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    ops::Bound,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use notify::{
    Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, event::ModifyKind,
};
use tokio::sync::Notify;

use crate::Report;

/// Several changes within this time are one: an editor or a checkout writes many files.
const SETTLE: Duration = Duration::from_millis(150);

/// Files are looked at this often even when nobody told of a change.
const FALLBACK: Duration = Duration::from_secs(30);

/// Links followed on the way to one file; Linux follows as many.
const MAX_LINKS: u32 = 40;

/// Watches the files of the last ingestion.
pub struct Watcher {
    bell: Arc<Notify>,
    state: Arc<Mutex<State>>,
    watcher: Option<RecommendedWatcher>,
}

/// What this side and the thread that receives events both use. It must not be locked while the operating system is
/// asked for a watch: that thread answers, and it may be waiting for the lock.
#[derive(Default)]
struct State {
    interest: Interest,
    watched: BTreeMap<PathBuf, Watch>,
}

/// A folder that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Watch {
    deep: bool,
    identity: Identity,
    /// The folder was removed or renamed, or events were lost.
    lost: bool,
}

/// Tells a folder from another one of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    inode: (u64, u64),
    /// The number of a removed folder may be given to the next one.
    born: Option<SystemTime>,
}

/// What could change the catalog, by real paths.
#[derive(Default)]
struct Interest {
    /// Files, links on the way to them, and the first part that is missing of a path that does not exist.
    names: BTreeSet<PathBuf>,
    /// Folders that patterns search with all that is below them.
    deep: BTreeSet<PathBuf>,
    /// Folders elsewhere that a pattern reaches through a link.
    linked: BTreeSet<PathBuf>,
}

/// Finds the real paths of what an ingestion has read.
#[derive(Default)]
struct Survey {
    interest: Interest,
    folders: HashMap<PathBuf, Option<PathBuf>>,
    links: u32,
}

impl Default for Watcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Watcher {
    /// Makes a watcher that watches nothing yet.
    #[must_use]
    pub fn new() -> Self {
        let bell = Arc::new(Notify::new());
        let state = Arc::new(Mutex::new(State::default()));
        let watcher = make_watcher(Arc::clone(&bell), Arc::clone(&state));
        Self {
            bell,
            state,
            watcher,
        }
    }

    /// Watches what an ingestion has read, and nothing else any more.
    ///
    /// When something is watched that was not before, it may have changed since it was read: [`Watcher::changed`]
    /// then returns once more.
    pub fn watch(&mut self, report: &Report) {
        let interest = Survey::of(report);
        let wanted = interest.folders();
        let mut state = lock(&self.state);
        let unforeseen = interest
            .names
            .iter()
            .any(|name| !state.interest.expects(name));
        state.interest = interest;
        let before = state.watched.clone();
        drop(state);
        self.remove_stale(&wanted, &before);
        let added = self.add_missing(&wanted, &before);
        if unforeseen || added {
            self.bell.notify_one();
        }
    }

    /// Waits until something may have changed.
    pub async fn changed(&self) {
        tokio::select! {
            () = self.bell.notified() => {}
            () = tokio::time::sleep(FALLBACK) => return,
        }
        // Rung again, so that nothing is lost when the caller stops waiting now.
        self.bell.notify_one();
        tokio::time::sleep(SETTLE).await;
        let rung = self.bell.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
    }

    /// Removes watches that are not wanted any more, and those that are to be made anew.
    fn remove_stale(
        &mut self,
        wanted: &BTreeMap<PathBuf, bool>,
        before: &BTreeMap<PathBuf, Watch>,
    ) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        let is_within = |folder: &Path| is_below(folder, |above| wanted.get(above) == Some(&true));
        for (folder, watch) in before {
            let is_current = wanted.get(folder) == Some(&watch.deep)
                && !watch.lost
                && !is_within(folder)
                && Identity::of(folder) == Some(watch.identity);
            if is_current {
                continue;
            }
            // A folder that is gone has no watch to remove.
            let _ = watcher.unwatch(folder);
            let mut state = lock(&self.state);
            state.watched.remove(folder);
            if watch.deep {
                // Their watches went with it.
                state.watched.retain(|path, _| !path.starts_with(folder));
            }
        }
    }

    /// Watches what is wanted and not watched yet. Returns whether there is anything that was not watched before.
    fn add_missing(
        &mut self,
        wanted: &BTreeMap<PathBuf, bool>,
        before: &BTreeMap<PathBuf, Watch>,
    ) -> bool {
        let mut added = false;
        // Deep ones first: what is below them needs no watch of its own, and another one would make it shallow.
        let deep_ones = wanted.iter().filter(|(_, deep)| **deep);
        let shallow_ones = wanted.iter().filter(|(_, deep)| !**deep);
        for (folder, deep) in deep_ones.chain(shallow_ones) {
            let made = self.add(folder, *deep);
            added |= made.is_some_and(|watch| before.get(folder) != Some(&watch));
        }
        added
    }

    fn add(&mut self, folder: &Path, deep: bool) -> Option<Watch> {
        let watcher = self.watcher.as_mut()?;
        let mut state = lock(&self.state);
        let is_deep = |above: &Path| state.watched.get(above).is_some_and(|watch| watch.deep);
        if state.watched.contains_key(folder) || is_below(folder, is_deep) {
            return None;
        }
        let watch = Watch {
            deep,
            identity: Identity::of(folder)?,
            lost: false,
        };
        // Noted before it is made: when the folder goes away meanwhile, it is marked as lost.
        state.watched.insert(folder.to_owned(), watch);
        drop(state);
        let mode = if deep {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        if let Err(error) = watcher.watch(folder, mode) {
            tracing::debug!(folder = %folder.display(), %error, "a folder is not watched, only looked at");
            // A deep watch may have been made in part.
            let _ = watcher.unwatch(folder);
            lock(&self.state).watched.remove(folder);
            return None;
        }
        Some(watch)
    }
}

impl State {
    /// Takes note of an event. Returns whether it could change the catalog.
    fn hear(&mut self, event: &Event) -> bool {
        if event.need_rescan() {
            self.watched
                .values_mut()
                .for_each(|watch| watch.lost = true);
            return true;
        }
        if matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        ) {
            for path in &event.paths {
                self.lose(path);
            }
        }
        event
            .paths
            .iter()
            .any(|path| self.interest.concerns(event.kind, path))
    }

    fn lose(&mut self, folder: &Path) {
        let at_or_after = (Bound::Included(folder), Bound::Unbounded);
        self.watched
            .range_mut::<Path, _>(at_or_after)
            .take_while(|(path, _)| path.starts_with(folder))
            .for_each(|(_, watch)| watch.lost = true);
    }
}

impl Identity {
    fn of(folder: &Path) -> Option<Self> {
        let metadata = fs::metadata(folder).ok()?;
        Some(Self {
            inode: inode(&metadata),
            born: metadata.created().ok(),
        })
    }
}

impl Interest {
    /// Returns the folders to watch, and whether with all that is below them.
    fn folders(&self) -> BTreeMap<PathBuf, bool> {
        let parents = self.names.iter().filter_map(|name| name.parent());
        let shallow = parents.map(|folder| (folder.to_owned(), false));
        let deep = self.deep.iter().map(|folder| (folder.clone(), true));
        shallow.chain(deep).collect()
    }

    /// Whether an event could change the catalog.
    fn concerns(&self, kind: EventKind, path: &Path) -> bool {
        let may_appear = matches!(
            kind,
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        // A folder may come with files in it. One that goes concerns only those that are known.
        self.expects(path)
            || (may_appear && self.searches(path) && !is_noise(path) && path.is_dir())
    }

    /// Whether any change of this path could change the catalog.
    fn expects(&self, path: &Path) -> bool {
        // A folder on the way to a file may be replaced as a whole.
        is_at_or_above(path, &self.names)
            || is_at_or_above(path, &self.deep)
            || (is_catalog_file(path) && self.searches(path))
    }

    /// Whether a pattern may find this path.
    fn searches(&self, path: &Path) -> bool {
        is_below(path, |above| self.deep.contains(above))
            || path
                .parent()
                .is_some_and(|folder| self.linked.contains(folder))
    }
}

impl Survey {
    fn of(report: &Report) -> Interest {
        let mut survey = Self::default();
        for folder in &report.folders {
            let real = survey.folder(folder);
            survey.interest.deep.extend(real);
        }
        for file in &report.files {
            let is_searched = is_below(file, |above| report.folders.contains(above));
            survey.file(file, is_searched);
        }
        survey.interest
    }

    fn file(&mut self, file: &Path, is_searched: bool) {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            return;
        };
        let Some(folder) = self.folder(folder) else {
            return;
        };
        let path = folder.join(name);
        if is_searched && !self.interest.searches(&path) {
            self.interest.linked.insert(folder.clone());
        }
        self.links = 0;
        let real = self.step(folder, Component::Normal(name));
        self.interest.names.extend(real);
    }

    fn folder(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        self.links = 0;
        let real = std::path::absolute(folder)
            .ok()
            .and_then(|path| self.walk(PathBuf::new(), &path));
        self.folders.insert(folder.to_owned(), real.clone());
        real
    }

    fn walk(&mut self, from: PathBuf, path: &Path) -> Option<PathBuf> {
        path.components()
            .try_fold(from, |at, component| self.step(at, component))
    }

    /// Goes on from a real folder. Notes links, and what is missing.
    fn step(&mut self, mut at: PathBuf, component: Component<'_>) -> Option<PathBuf> {
        match component {
            Component::CurDir => return Some(at),
            Component::ParentDir => {
                at.pop();
                return Some(at);
            }
            Component::Prefix(_) | Component::RootDir => {
                at.push(component);
                return Some(at);
            }
            Component::Normal(name) => at.push(name),
        }
        let Ok(metadata) = fs::symlink_metadata(&at) else {
            self.interest.names.insert(at);
            return None;
        };
        if !metadata.is_symlink() {
            return Some(at);
        }
        self.interest.names.insert(at.clone());
        self.links += 1;
        let target = fs::read_link(&at).ok()?;
        at.pop();
        if self.links > MAX_LINKS {
            return None;
        }
        self.walk(at, &target)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_at_or_above(path: &Path, paths: &BTreeSet<PathBuf>) -> bool {
    let at_or_after = (Bound::Included(path), Bound::Unbounded);
    let next = paths.range::<Path, _>(at_or_after).next();
    next.is_some_and(|next| next.starts_with(path))
}

fn is_below(path: &Path, is_one: impl Fn(&Path) -> bool) -> bool {
    path.ancestors().skip(1).any(is_one)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default();
    extensions
        .iter()
        .any(|one| extension.eq_ignore_ascii_case(one))
}

fn is_catalog_file(path: &Path) -> bool {
    has_extension(path, &["yaml", "yml", "json"])
}

/// Whether this is what a database or another program keeps for itself. The portal's own data may be in a folder
/// that a pattern searches, and every ingestion writes to it.
fn is_noise(path: &Path) -> bool {
    has_extension(path, &["db", "db-wal", "db-shm", "db-journal", "lock"])
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn inode(_metadata: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

fn make_watcher(bell: Arc<Notify>, state: Arc<Mutex<State>>) -> Option<RecommendedWatcher> {
    let on_event = move |event: notify::Result<Event>| {
        let is_heard = match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => lock(&state).hear(&event),
            Err(_) => true,
        };
        if is_heard {
            bell.notify_one();
        }
    };
    // A link could lead to any number of folders; those that lead to files are found by name.
    let config = Config::default().with_follow_symlinks(false);
    RecommendedWatcher::new(on_event, config)
        .inspect_err(|error| tracing::warn!(%error, "files are not watched, only looked at every half a minute"))
        .ok()
}
