//! Waiting until a file of the catalog changes.
//!
//! The operating system tells of changes in the folders that hold files of the catalog; where it cannot (network
//! mounts, too many watches), a look at all files every half a minute finds them.
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::Notify;

use crate::Report;

/// Several changes within this time are one: an editor or a checkout writes many files.
const SETTLE: Duration = Duration::from_millis(150);

/// Files are looked at this often even when nobody told of a change.
const FALLBACK: Duration = Duration::from_secs(30);

/// Watches the files of the last ingestion.
pub struct Watcher {
    bell: Arc<Notify>,
    interest: Arc<Mutex<Interest>>,
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<(PathBuf, bool)>,
}

#[derive(Default)]
struct Interest {
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Interest {
    /// Whether a change of this path could change the catalog.
    fn concerns(&self, path: &Path) -> bool {
        self.files.contains(path)
            || self.folders.iter().any(|folder| path.starts_with(folder))
            // A folder on the way to a file may be replaced as a whole, as Kubernetes does with mounted files.
            || self.files.iter().any(|file| file.starts_with(path))
    }
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
        let interest = Arc::new(Mutex::new(Interest::default()));
        let watcher = make_watcher(Arc::clone(&bell), Arc::clone(&interest));
        Self {
            bell,
            interest,
            watcher,
            folders: BTreeSet::new(),
        }
    }

    /// Watches what an ingestion has read, and nothing else any more.
    pub fn watch(&mut self, report: &Report) {
        let mut wanted: BTreeSet<(PathBuf, bool)> = report
            .files
            .iter()
            .filter_map(|file| Some((file.parent()?.to_owned(), false)))
            .collect();
        for folder in &report.folders {
            wanted.insert((folder.clone(), true));
        }
        if let Some(watcher) = &mut self.watcher {
            for (folder, _) in self.folders.difference(&wanted) {
                // A folder that is gone has no watch to remove.
                let _ = watcher.unwatch(folder);
            }
            for (folder, deep) in wanted.difference(&self.folders) {
                let mode = if *deep {
                    RecursiveMode::Recursive
                } else {
                    RecursiveMode::NonRecursive
                };
                if let Err(error) = watcher.watch(folder, mode) {
                    tracing::debug!(folder = %folder.display(), %error, "a folder is not watched, only looked at");
                }
            }
        }
        self.folders = wanted;
        let mut interest = self.interest.lock().unwrap_or_else(PoisonError::into_inner);
        interest.files.clone_from(&report.files);
        interest.folders.clone_from(&report.folders);
    }

    /// Waits until something may have changed.
    pub async fn changed(&self) {
        tokio::select! {
            () = self.bell.notified() => tokio::time::sleep(SETTLE).await,
            () = tokio::time::sleep(FALLBACK) => {}
        }
    }
}

fn make_watcher(bell: Arc<Notify>, interest: Arc<Mutex<Interest>>) -> Option<RecommendedWatcher> {
    let on_event = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else {
            return bell.notify_one();
        };
        let is_read = matches!(event.kind, EventKind::Access(_));
        let interest = interest.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_read && event.paths.iter().any(|path| interest.concerns(path)) {
            bell.notify_one();
        }
    };
    notify::recommended_watcher(on_event)
        .inspect_err(|error| tracing::warn!(%error, "files are not watched, only looked at every half a minute"))
        .ok()
}
