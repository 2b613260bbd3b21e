//! GitHub and GitHub Enterprise: files, folders and patterns, through octocrab.
mod api;
mod auth;
mod transport;
mod write;

use std::io::{BufReader, Seek};
use std::sync::Arc;

use futures::{StreamExt, TryStreamExt};
use url::Url;

use crate::archive::{self, Root};
use crate::guard::written;
use crate::http::{Get, Http};
use crate::settings::GithubHost;
use crate::target::{Kind, RepoTarget, Selection};
use crate::{Answer, ErrorKind, Found, Limits, ScmError, SourceFile};
use api::{Entry, Repository};
use auth::Credentials;
use transport::Transport;

/// Up to this many files are read one by one; more come as one archive.
const ONE_BY_ONE: usize = 50;
/// How many files are read at a time.
const AT_A_TIME: usize = 8;

/// One host of `integrations.github` with what is remembered of it.
pub(crate) struct Github {
    http: Http,
    host: String,
    raw: Option<Url>,
    /// An error if the base of the interface is no URL.
    credentials: Result<Credentials, ScmError>,
}

impl Github {
    /// Makes the reader of a host; nothing is asked yet.
    pub(crate) fn new(http: &Http, host: &GithubHost) -> Self {
        let name = written(&host.host);
        let is_public = name == "github.com";
        let usual_api = match is_public {
            true => "https://api.github.com".to_owned(),
            false => format!("https://{}/api/v3", host.host),
        };
        let usual_raw = is_public.then_some("https://raw.githubusercontent.com");
        let api = host.api_base_url.as_deref().unwrap_or(&usual_api);
        let raw = host.raw_base_url.as_deref().or(usual_raw);
        let credentials = Url::parse(api)
            .map(|api| Credentials::new(Transport::new(http.clone(), api), host))
            .map_err(|error| {
                let message =
                    format!("apiBaseUrl of {name} in integrations.github is no URL: {error}");
                ScmError::new(ErrorKind::Refused, message)
            });
        Self {
            http: http.clone(),
            host: name,
            raw: raw.and_then(|raw| Url::parse(raw).ok()),
            credentials,
        }
    }

    /// Tells whether this is the host of a name.
    pub(crate) fn is(&self, host: &GithubHost) -> bool {
        self.host == written(&host.host)
    }

    /// Proposes a new file in a pull request.
    pub(crate) async fn propose(
        &self,
        target: &RepoTarget,
        proposal: &crate::Proposal,
    ) -> Result<crate::Proposed, crate::ProposeError> {
        let (repository, is_known) = self.repository(target).await?;
        if !is_known {
            return Err(crate::ProposeError::NoCredentials(self.host.clone()));
        }
        write::propose(&repository, target, proposal).await
    }

    /// Reads a file, a folder or all files that a pattern matches.
    pub(crate) async fn read(
        &self,
        target: &Url,
        known: Option<&str>,
        limits: &Limits,
    ) -> Result<Answer, ScmError> {
        let target = RepoTarget::github(target)?;
        if target.is_pattern() || target.kind == Kind::Folder {
            return self.files(&target, known, limits).await;
        }
        self.file(&target, known, limits).await
    }

    /// Reads all files of a folder.
    pub(crate) async fn tree(
        &self,
        target: &Url,
        known: Option<&str>,
        limits: &Limits,
    ) -> Result<Answer, ScmError> {
        self.files(&RepoTarget::github(target)?, known, limits)
            .await
    }

    async fn file(
        &self,
        target: &RepoTarget,
        known: Option<&str>,
        limits: &Limits,
    ) -> Result<Answer, ScmError> {
        let (repository, is_known) = self.repository(target).await?;
        let raw = self.raw.as_ref().filter(|_| !is_known);
        let content = match raw {
            Some(raw) => self.raw_content(raw, target, known, limits).await,
            None => repository.content(target, known, limits.file_bytes).await,
        };
        let Some(content) = content.map_err(|error| hint(error, is_known))? else {
            return Ok(Answer::Unchanged);
        };
        let files = vec![SourceFile {
            url: target.url_of(&target.path),
            bytes: content.bytes,
        }];
        let version = content.version;
        Ok(Answer::Found(Found { files, version }))
    }

    /// Reads a public file where it costs nothing of what GitHub allows strangers in an hour.
    async fn raw_content(
        &self,
        raw: &Url,
        target: &RepoTarget,
        known: Option<&str>,
        limits: &Limits,
    ) -> Result<Option<api::Content>, ScmError> {
        let mut url = raw.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty();
            parts.extend([&target.owner, &target.repo]);
            parts.extend(target.reference.split('/').chain(target.path.split('/')));
        }
        let response = self
            .http
            .get(&Get::new(url, limits.file_bytes).known(known))
            .await?;
        Ok((!response.is_unchanged()).then_some(api::Content {
            bytes: response.body,
            version: response.version,
        }))
    }

    /// Reads all that a folder or a pattern means; the version of it is the commit.
    async fn files(
        &self,
        target: &RepoTarget,
        known: Option<&str>,
        limits: &Limits,
    ) -> Result<Answer, ScmError> {
        let selection = Selection::of(target)?;
        let (repository, is_known) = self.repository(target).await?;
        let commit = repository.commit(&target.reference, known).await;
        let Some(commit) = commit.map_err(|error| hint(error, is_known))? else {
            return Ok(Answer::Unchanged);
        };
        let tree = repository.tree(&commit).await?;
        let wanted = |entry: &Entry| entry.is_file() && selection.has(&entry.path);
        let entries: Vec<Entry> = tree.entries.into_iter().filter(wanted).collect();
        let files = if tree.truncated || entries.len() > ONE_BY_ONE {
            unpack(&repository, &commit, limits, selection.clone()).await?
        } else {
            check_size(&entries, limits)?;
            one_by_one(&repository, &entries, limits).await?
        };
        selection.found(target, files, commit).map(Answer::Found)
    }

    async fn repository(&self, target: &RepoTarget) -> Result<(Repository, bool), ScmError> {
        let credentials = self.credentials.as_ref().map_err(Clone::clone)?;
        let (client, is_known) = credentials.client(&target.owner).await?;
        Ok((Repository::new(client, target), is_known))
    }
}

async fn one_by_one(
    repository: &Repository,
    entries: &[Entry],
    limits: &Limits,
) -> Result<Vec<(String, Vec<u8>)>, ScmError> {
    let most = limits.file_bytes;
    // Owned, so that the future can be sent to another thread.
    let named = entries
        .iter()
        .map(|entry| (entry.path.clone(), entry.sha.clone()))
        .collect::<Vec<_>>();
    let reads = named.into_iter().map(|(path, sha)| async move {
        let bytes = repository.blob(&sha, most).await?;
        Ok((path, bytes))
    });
    futures::stream::iter(reads)
        .buffer_unordered(AT_A_TIME)
        .try_collect()
        .await
}

async fn unpack(
    repository: &Repository,
    commit: &str,
    limits: &Limits,
    selection: Selection,
) -> Result<Vec<(String, Vec<u8>)>, ScmError> {
    let file = Arc::new(tempfile::tempfile().map_err(|error| cannot_keep(&error))?);
    repository
        .archive(commit, &file, limits.archive_bytes)
        .await?;
    let limits = *limits;
    let unpacked = tokio::task::spawn_blocking(move || {
        let mut file = file.as_ref();
        file.rewind().map_err(|error| cannot_keep(&error))?;
        archive::extract(BufReader::new(file), &limits, Root::MadeUp, |path| {
            selection.has(path)
        })
    });
    match unpacked.await {
        Ok(files) => files,
        Err(_) => Err(ScmError::new(
            ErrorKind::Unavailable,
            "the archive could not be unpacked",
        )),
    }
}

/// Refuses too much before any of it is asked for.
fn check_size(entries: &[Entry], limits: &Limits) -> Result<(), ScmError> {
    let too_large = |message: String| Err(ScmError::new(ErrorKind::TooLarge, message));
    if let Some(entry) = entries.iter().find(|entry| entry.size > limits.file_bytes) {
        let Entry { path, size, .. } = entry;
        return too_large(format!(
            "{path} has {size} bytes, more than {}",
            limits.file_bytes
        ));
    }
    let total: u64 = entries.iter().map(|entry| entry.size).sum();
    if total > limits.tree_bytes {
        return too_large(format!(
            "its files have {total} bytes, more than {}",
            limits.tree_bytes
        ));
    }
    if entries.len() > limits.tree_files {
        let count = entries.len();
        return too_large(format!(
            "it has {count} files, more than {}",
            limits.tree_files
        ));
    }
    Ok(())
}

/// Says to whom nothing was found, because a stranger is not told what is private.
fn hint(mut error: ScmError, is_known: bool) -> ScmError {
    if error.kind == ErrorKind::NotFound && !is_known {
        error.message +=
            "; a private repository looks like this without a token in integrations.github";
    }
    error
}

fn cannot_keep(error: &std::io::Error) -> ScmError {
    let message = format!("the archive cannot be kept in a temporary file: {error}");
    ScmError::new(ErrorKind::Unavailable, message)
}
