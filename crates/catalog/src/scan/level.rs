//! Reading the places of one level: files on all cores, other hosts many at a time.
use std::{path::Path, sync::Arc, time::SystemTime};

use callboard_diagnostics::codes;
use callboard_model::Diagnostic;
use callboard_scm::{ErrorKind, ScmError};

use super::{CacheKey, Pending, Scan, ScannedFile, Scanner, folder_of, follow::no_match};
use crate::{
    LocationRef,
    draft::{FileOutcome, Lost},
    parallel::{in_parallel, on_threads},
    parse::{Source, parse_bytes, parse_file, unreadable},
    placeholder::stale,
    read::{Stamp, read_file},
    remote::Remote,
};

/// Threads that read what is on other hosts; they mostly wait for placeholders.
const REMOTE_THREADS: usize = 16;

/// Why a target cannot be read that nobody has asked for yet.
pub const NOT_READ_YET: &str = "it was not read";

/// One file with what came of it.
type Outcome = (LocationRef, Arc<FileOutcome>);

impl Scanner {
    pub(super) fn read_levels(&mut self, mut level: Vec<Pending>, scan: &mut Scan) {
        while !level.is_empty() {
            // The order in which places were named must not matter.
            level.sort_by(|a, b| (&a.at, &a.parent).cmp(&(&b.at, &b.parent)));
            level.retain(|pending| scan.seen.insert(real(&pending.at)));
            scan.limit(&mut level, self.most_files);
            let outcomes = self.read_all(&level, scan);
            let mut next = Vec::new();
            for (pending, outcomes) in level.into_iter().zip(outcomes) {
                if pending.at.is_url() {
                    let members = outcomes.iter().map(|(at, _)| at.clone()).collect();
                    self.members.insert(cache_key(&pending), members);
                }
                for (at, outcome) in outcomes {
                    // A file that a pattern matches may have been read by its own name.
                    if at != pending.at && !scan.seen.insert(at.clone()) {
                        continue;
                    }
                    if at.is_url() && outcome.lost == Lost::Anything {
                        scan.unmatched.push(at.clone());
                    }
                    let name = self.name(&at);
                    for emit in &outcome.emits {
                        next.extend(self.follow(&pending, &at, &name, emit, scan));
                    }
                    let fetched = outcome.fetched.iter().map(|(target, _)| target.clone());
                    scan.asked.extend(fetched);
                    let file = ScannedFile {
                        root: pending.root,
                        at,
                        name,
                        outcome,
                        pending: pending.clone(),
                    };
                    self.cache
                        .insert(file.cache_key(), Arc::clone(&file.outcome));
                    scan.files.push(file);
                }
            }
            level = next;
        }
    }

    fn read_all(&self, level: &[Pending], scan: &mut Scan) -> Vec<Vec<Outcome>> {
        let Some(remote) = &self.remote else {
            return in_parallel(level, |pending| vec![self.read_path(pending)]);
        };
        let urls = level.iter().filter(|pending| pending.at.is_url());
        let targets: Vec<String> = urls.map(|pending| pending.at.target.clone()).collect();
        scan.asked.extend(targets.iter().cloned());
        let threads = if targets.is_empty() {
            0
        } else {
            REMOTE_THREADS
        };
        remote.ensure(targets.into_iter().chain(self.dependencies(level)));
        let read = |pending: &Pending| {
            if pending.at.is_url() {
                self.read_url(remote, pending)
            } else {
                vec![self.read_path(pending)]
            }
        };
        if threads == 0 {
            in_parallel(level, read)
        } else {
            on_threads(threads, level, read)
        }
    }

    /// Returns what the placeholders of these places named when they were read last.
    fn dependencies(&self, level: &[Pending]) -> Vec<String> {
        let known = level
            .iter()
            .filter_map(|pending| self.cache.get(&cache_key(pending)));
        known
            .flat_map(|outcome| outcome.fetched.iter().map(|(target, _)| target.clone()))
            .collect()
    }

    fn read_path(&self, pending: &Pending) -> Outcome {
        let path = Path::new(&pending.at.target);
        let known = self.cache.get(&cache_key(pending));
        if let Some(known) = known.filter(|known| self.is_current(known, path)) {
            return (pending.at.clone(), Arc::clone(known));
        }
        let parse = |source: &Source<'_>| parse_file(source, read_file(path), read_clock());
        let outcome = self.with_source(pending, &pending.at, parse);
        (pending.at.clone(), Arc::new(outcome))
    }

    /// Reads one URL, or every file that a pattern of URLs matches.
    fn read_url(&self, remote: &Remote, pending: &Pending) -> Vec<Outcome> {
        let target = &pending.at.target;
        let state = remote.state(target);
        let is_gone = |error: &ScmError| error.kind == ErrorKind::NotFound && pending.optional;
        if state.error.as_ref().is_some_and(is_gone) {
            return Vec::new();
        }
        if let Some(known) = self.known_files(remote, pending) {
            return known;
        }
        let content = remote.content(target);
        let Some(files) = content.files else {
            let error = content.error.map(|error| (error.kind, error.to_string()));
            let (kind, reason) = error.unwrap_or((ErrorKind::Unavailable, NOT_READ_YET.into()));
            let code = code_of(kind);
            let outcome = self.with_source(pending, &pending.at, |source| {
                unreadable(source, code, &reason)
            });
            return vec![(pending.at.clone(), Arc::new(outcome))];
        };
        if files.is_empty() && !pending.optional {
            let (file, span) = pending.declared.clone().unwrap_or_default();
            let outcome = FileOutcome {
                diagnostics: vec![no_match(&file, span, target)],
                fetched: vec![(target.clone(), content.generation)],
                ..FileOutcome::default()
            };
            return vec![(pending.at.clone(), Arc::new(outcome))];
        }
        let mut outcomes = Vec::with_capacity(files.len());
        for (url, bytes) in files {
            let at = LocationRef::url(url);
            let mut outcome = self.with_source(pending, &at, |source| parse_bytes(source, &bytes));
            if let Some(error) = &content.error {
                let (file, span) = pending.declared.clone().unwrap_or_default();
                let problem = stale(&file, target, error).with_span(span);
                outcome.diagnostics.push(problem);
            }
            outcome
                .fetched
                .insert(0, (target.clone(), content.generation));
            outcomes.push((at, Arc::new(outcome)));
        }
        outcomes
    }

    /// Returns what is remembered of a URL, when nothing it depends on is new and it could be read again.
    fn known_files(&self, remote: &Remote, pending: &Pending) -> Option<Vec<Outcome>> {
        let is_current = |known: &FileOutcome| {
            let same = known.fetched.iter().all(|(target, generation)| {
                let state = remote.state(target);
                state.generation == *generation && state.error.is_none()
            });
            let is_stale = |problem: &Diagnostic| problem.code == codes::CAT_STALE;
            same && !known.fetched.is_empty() && !known.diagnostics.iter().any(is_stale)
        };
        let members = self.members.get(&cache_key(pending))?;
        let known = members.iter().map(|at| {
            let key = (at.clone(), pending.root, pending.origin.clone());
            let known = self.cache.get(&key).filter(|known| is_current(known));
            known.map(|known| (at.clone(), Arc::clone(known)))
        });
        known
            .collect::<Option<Vec<_>>>()
            .filter(|known| !known.is_empty())
    }

    pub(super) fn with_source<R>(
        &self,
        pending: &Pending,
        at: &LocationRef,
        parse: impl FnOnce(&Source<'_>) -> R,
    ) -> R {
        let within = folder_of(&pending.origin);
        let reads_files = !at.is_url() && !self.settings.ignore_file_placeholders;
        parse(&Source {
            at,
            name: &self.name(at),
            origin: &pending.origin,
            registered: &self.settings.locations[pending.root],
            rules: &self.rules,
            within: reads_files.then_some(&*within),
            remote: self.remote.as_deref(),
            skip_hosts: self.settings.skip_hosts,
            optional: pending.optional,
            declared: pending.declared.as_ref(),
        })
    }

    fn is_current(&self, known: &FileOutcome, path: &Path) -> bool {
        let same = known.stamp.as_ref().is_some_and(|(stamp, read_at)| {
            stamp.is_settled(*read_at) && Stamp::of(path).as_ref() == Some(stamp)
        });
        let remote = self.remote.as_deref();
        same && known
            .included
            .iter()
            .all(|(path, stamp)| stamp.is_some() && Stamp::of(path) == *stamp)
            && known.fetched.iter().all(|(target, generation)| {
                let state = remote.map(|remote| remote.state(target));
                state.is_some_and(|state| state.generation == *generation && state.error.is_none())
            })
    }
}

fn code_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => codes::CAT_NO_MATCH,
        ErrorKind::Refused | ErrorKind::Malformed => codes::CAT_REFUSED,
        ErrorKind::Unauthorized
        | ErrorKind::Throttled
        | ErrorKind::TooLarge
        | ErrorKind::Unavailable => codes::CAT_UNREADABLE,
    }
}

fn cache_key(pending: &Pending) -> CacheKey {
    (pending.at.clone(), pending.root, pending.origin.clone())
}

/// Two names of one file, through links, are one file; so links in a circle end.
fn real(at: &LocationRef) -> LocationRef {
    at.path()
        .and_then(|path| path.canonicalize().ok())
        .map_or_else(|| at.clone(), |path| LocationRef::file(&path))
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the modification times of files, which are wall clock"
)]
fn read_clock() -> SystemTime {
    SystemTime::now()
}
