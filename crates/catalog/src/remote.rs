//! What other hosts have: asked for once in a while, with conditions, and kept in the database between.
//!
//! A failed read changes nothing: what was read last stays in use, and the failure is told beside it. So a host that
//! is throttled, broken or gone never takes an entity away.
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use callboard_db::{Db, ReadFile, StoredRead, now_ms};
use callboard_scm::{Answer, ErrorKind, Reader, ScmError};
use futures::{
    StreamExt,
    stream::{self, FuturesUnordered},
};
use sha1::{Digest, Sha1};
use tokio::{runtime::Handle, sync::Notify};

use crate::{CatalogError, pattern::matches};

/// Reads under way at a time; the reader bounds them again for each host.
const CONCURRENT: usize = 64;

/// Targets whose time comes at nearly the same time are asked together.
const LEAST_WAIT: Duration = Duration::from_millis(100);

/// Confirmations that are written together.
const CONFIRMED: usize = 500;

/// Targets of all hosts, as they were read last.
#[derive(Debug)]
pub(crate) struct Remote {
    reader: Reader,
    db: Db,
    runtime: Handle,
    /// How often a target is asked for again; never when absent.
    interval: Option<Duration>,
    /// Whether [`Remote::run`] asks the hosts, so that a scan never waits for one.
    in_background: bool,
    known: Mutex<HashMap<String, Known>>,
    /// Rung when a target should be asked for.
    wanted: Notify,
    /// Rung when there is something that a scan would show.
    news: Notify,
}

/// What is known of one target.
#[derive(Debug, Clone, Default)]
struct Known {
    version: Option<String>,
    /// Grows with every new content.
    generation: u64,
    /// When to ask again, in milliseconds since 1970-01-01 UTC; 0 is at once.
    due: i64,
    /// Whether the database has its content.
    is_stored: bool,
    /// SHA-1 of the content, once it was read by this process.
    digest: Option<[u8; 20]>,
    /// Why the last attempt failed.
    error: Option<ScmError>,
}

/// What came of one question.
struct Asked {
    target: String,
    /// The target again, when its host says that nothing changed.
    confirmed: Option<String>,
}

/// The content of a target with what is known of it.
#[derive(Debug)]
pub(crate) struct Content {
    /// Files by URL in order; absent when the target was never read.
    pub(crate) files: Option<Vec<ReadFile>>,
    /// Number of the content.
    pub(crate) generation: u64,
    /// Why the last attempt failed, if it did.
    pub(crate) error: Option<ScmError>,
}

impl Remote {
    /// Makes one that knows nothing yet and waits for hosts.
    pub(crate) fn new(reader: Reader, db: Db, interval: Option<Duration>) -> Self {
        Self {
            reader,
            db,
            runtime: Handle::current(),
            interval,
            in_background: false,
            known: Mutex::default(),
            wanted: Notify::new(),
            news: Notify::new(),
        }
    }

    /// Loads what was read before.
    pub(crate) async fn open(
        reader: Reader,
        db: Db,
        interval: Option<Duration>,
        in_background: bool,
    ) -> Result<Self, CatalogError> {
        let stored = db.read_list().await?;
        let remote = Self {
            in_background,
            ..Self::new(reader, db, interval)
        };
        let known = stored.into_iter().map(|read| {
            let known = Known {
                due: remote.due_after(&read.target, read.read_at),
                version: read.version,
                generation: 1,
                is_stored: true,
                digest: None,
                error: None,
            };
            (read.target, known)
        });
        *remote.lock() = known.collect();
        Ok(remote)
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Says that these targets should be read again before their time.
    pub(crate) fn refresh(&self, targets: &[String]) {
        let mut known = self.lock();
        for (target, known) in known.iter_mut() {
            // An entity knows its own file, and not the pattern that matched it.
            let is_meant = |asked: &String| matches(Path::new(target), Path::new(asked));
            if targets.iter().any(is_meant) {
                known.due = 0;
            }
        }
        self.wanted.notify_one();
    }

    /// Returns a copy that knows nothing, for looking at something now.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(self.reader.clone(), self.db.clone(), self.interval)
    }

    /// Sees to it that these targets are read when their time has come: at once, or in the background. Must not be
    /// called from an async task.
    pub(crate) fn ensure(&self, targets: impl IntoIterator<Item = String>) {
        if self.in_background {
            let mut known = self.lock();
            let before = known.len();
            for target in targets {
                known.entry(target).or_default();
            }
            if known.len() > before {
                self.wanted.notify_one();
            }
            return;
        }
        let now = now_ms();
        let due: HashSet<String> = {
            let known = self.lock();
            let is_due = |target: &String| known.get(target).is_none_or(|known| known.due <= now);
            targets.into_iter().filter(is_due).collect()
        };
        if due.is_empty() {
            return;
        }
        let asking = async {
            let mut asked = stream::iter(due)
                .map(|target| self.ask(target))
                .buffer_unordered(CONCURRENT);
            let mut confirmed = Vec::new();
            while let Some(answer) = asked.next().await {
                confirmed.extend(answer.confirmed);
            }
            self.confirm(&mut confirmed).await;
        };
        self.runtime.block_on(asking);
    }

    /// Asks hosts for ever, each target in its time.
    pub(crate) async fn run(&self) {
        let mut under_way = FuturesUnordered::new();
        let mut busy = HashSet::new();
        let mut confirmed = Vec::new();
        loop {
            for target in self.due(&busy, CONCURRENT.saturating_sub(under_way.len())) {
                busy.insert(target.clone());
                under_way.push(self.ask(target));
            }
            if confirmed.len() >= CONFIRMED || under_way.is_empty() {
                self.confirm(&mut confirmed).await;
            }
            let wait = if under_way.len() < CONCURRENT {
                self.next_due(&busy)
            } else {
                None
            };
            tokio::select! {
                Some(answer) = under_way.next(), if !under_way.is_empty() => {
                    busy.remove(&answer.target);
                    confirmed.extend(answer.confirmed);
                }
                () = self.wanted.notified() => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// Waits until there is something that a scan would show.
    pub(crate) async fn news(&self) {
        self.news.notified().await;
    }

    /// Returns some of the targets whose time has come.
    fn due(&self, busy: &HashSet<String>, most: usize) -> Vec<String> {
        let now = now_ms();
        let known = self.lock();
        let due = known
            .iter()
            .filter(|(target, known)| known.due <= now && !busy.contains(*target));
        due.take(most).map(|(target, _)| target.clone()).collect()
    }

    /// Notes what hosts have confirmed.
    async fn confirm(&self, targets: &mut Vec<String>) {
        // Only the time of the next question depends on it.
        if let Err(error) = self.db.read_confirm(targets, now_ms()).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "cannot note what was read"
            );
        }
        targets.clear();
    }

    /// Asks for one target.
    async fn ask(&self, target: String) -> Asked {
        let version = {
            let known = self.lock();
            let known = known.get(&target).filter(|known| known.is_stored);
            known.and_then(|known| known.version.clone())
        };
        let answer = self.reader.read(&target, version.as_deref()).await;
        let now = now_ms();
        let mut confirmed = None;
        match answer {
            Ok(Answer::Unchanged) => {
                self.note(&target, now, None);
                confirmed = Some(target.clone());
            }
            Ok(Answer::Found(found)) => {
                let files: Vec<ReadFile> = found
                    .files
                    .into_iter()
                    .map(|file| (file.url, file.bytes))
                    .collect();
                self.keep(&target, found.version, &files, now).await;
            }
            Err(error) => {
                tracing::debug!(target, %error, "a location could not be read");
                self.note(&target, now, Some(error));
            }
        }
        Asked { target, confirmed }
    }

    async fn keep(&self, target: &str, version: Option<String>, files: &[ReadFile], now: i64) {
        let digest = digest(files);
        let is_same = {
            let known = self.lock();
            known.get(target).and_then(|known| known.digest) == Some(digest)
        };
        let read = StoredRead {
            target: target.to_owned(),
            version: version.clone(),
            read_at: now,
        };
        let files = if is_same { None } else { Some(files) };
        let stored = self.db.read_put(&read, files).await;
        if let Err(error) = &stored {
            tracing::error!(
                error = error as &dyn std::error::Error,
                target,
                "cannot keep what was read"
            );
            let error = ScmError::new(
                ErrorKind::Unavailable,
                "the portal's database did not take it",
            );
            return self.note(target, now, Some(error));
        }
        let due = self.due_after(target, now);
        let mut known = self.lock();
        let known = known.entry(target.to_owned()).or_default();
        let generation = known.generation + u64::from(!is_same);
        if !is_same || known.error.is_some() {
            self.news.notify_one();
        }
        *known = Known {
            version,
            generation,
            due,
            is_stored: true,
            digest: Some(digest),
            error: None,
        };
    }

    /// Notes an attempt that brought nothing new.
    fn note(&self, target: &str, now: i64, error: Option<ScmError>) {
        let mut due = self.due_after(target, now);
        if let Some(wait) = error.as_ref().and_then(|error| error.retry_after) {
            due = due.max(now.saturating_add(milliseconds(wait)));
        }
        let mut known = self.lock();
        let known = known.entry(target.to_owned()).or_default();
        known.due = due;
        let message = |error: &ScmError| error.message.clone();
        if known.error.as_ref().map(message) != error.as_ref().map(message) {
            self.news.notify_one();
        }
        known.error = error;
    }

    /// Returns when to ask again: after the interval and up to half of it more, so that targets spread out.
    fn due_after(&self, target: &str, read_at: i64) -> i64 {
        let Some(interval) = self.interval else {
            return i64::MAX;
        };
        let mut hasher = DefaultHasher::new();
        target.hash(&mut hasher);
        let share = (hasher.finish() % 1_000) as f64 / 2_000.0;
        read_at.saturating_add(milliseconds(interval.mul_f64(1.0 + share)))
    }

    /// Returns what is known of a target without its content.
    pub(crate) fn state(&self, target: &str) -> Content {
        let known = self.lock().get(target).cloned().unwrap_or_default();
        Content {
            files: None,
            generation: known.generation,
            error: known.error,
        }
    }

    /// Returns a target's content as it was read last. Must not be called from an async task.
    pub(crate) fn content(&self, target: &str) -> Content {
        let known = self.lock().get(target).cloned().unwrap_or_default();
        let mut content = Content {
            files: None,
            generation: known.generation,
            error: known.error,
        };
        if known.is_stored {
            match self.runtime.block_on(self.db.read_files(target)) {
                Ok(files) => content.files = Some(files),
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        target,
                        "cannot read what is kept"
                    );
                    content.error = Some(ScmError::new(
                        ErrorKind::Unavailable,
                        "the portal's database does not answer",
                    ));
                }
            }
        }
        content
    }

    /// Forgets the targets that a complete scan did not use.
    pub(crate) fn forget_unused(&self, used: &HashSet<String>) {
        let unused: Vec<String> = {
            let mut known = self.lock();
            let unused = known
                .keys()
                .filter(|target| !used.contains(*target))
                .cloned()
                .collect::<Vec<_>>();
            for target in &unused {
                known.remove(target);
            }
            unused
        };
        // What stays in the table is forgotten another time.
        if let Err(error) = self.runtime.block_on(self.db.read_forget(&unused)) {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "cannot forget what was read"
            );
        }
    }

    /// Returns how long it is until a target is to be asked for, if there is any.
    fn next_due(&self, busy: &HashSet<String>) -> Option<Duration> {
        let known = self.lock();
        let idle = known.iter().filter(|(target, _)| !busy.contains(*target));
        let next = idle.map(|(_, known)| known.due).min()?;
        let wait = next.saturating_sub(now_ms()).max(0);
        (next < i64::MAX).then(|| Duration::from_millis(wait.unsigned_abs()))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait.max(LEAST_WAIT)).await,
        None => std::future::pending().await,
    }
}

fn digest(files: &[ReadFile]) -> [u8; 20] {
    let mut hash = Sha1::new();
    for (url, body) in files {
        for part in [url.as_bytes(), body] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().into()
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
