//! Any server that speaks git over HTTP, through the program `git`.
//!
//! The commit of the reference is asked for first, and is the version; only a new commit is fetched, without history,
//! into a temporary folder. Links and submodules are left out.
mod command;
mod failure;
mod objects;
mod repository;

use url::Url;

use crate::forge::is_commit;
use crate::http::Http;
use crate::target::{Kind, RepoTarget, Selection};
use crate::{Answer, ErrorKind, Found, GitHost, Limits, ScmError, SourceFile};
use repository::Remote;

/// Reads a file, or all files of a folder or pattern.
pub(crate) async fn read(
    http: &Http,
    host: &GitHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::git(target)?;
    if place.is_pattern() || place.kind == Kind::Folder {
        return files(http, host, &place, known, limits).await;
    }
    let remote = Remote::new(http, host, &place, limits).await?;
    let commit = commit(&remote, &place.reference).await?;
    if known == Some(commit.as_str()) {
        return Ok(Answer::Unchanged);
    }
    // Only the one file has to travel, where the server can leave out the others.
    let snapshot = remote.fetch(&commit, repository::Files::Asked).await?;
    let is_it = |path: &str| path == place.path;
    let found = snapshot.files(&commit, &place.path, is_it).await?;
    let Some((_, bytes)) = found.into_iter().next() else {
        let message = format!(
            "the repository has no file `{}` at `{}`",
            place.path, place.reference
        );
        return Err(ScmError::new(ErrorKind::NotFound, message));
    };
    Ok(Answer::Found(Found {
        files: vec![SourceFile {
            url: target.to_string(),
            bytes,
        }],
        version: Some(commit),
    }))
}

/// Reads all files of a folder.
pub(crate) async fn tree(
    http: &Http,
    host: &GitHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::git(target)?;
    files(http, host, &place, known, limits).await
}

async fn files(
    http: &Http,
    host: &GitHost,
    place: &RepoTarget,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let remote = Remote::new(http, host, place, limits).await?;
    let commit = commit(&remote, &place.reference).await?;
    if known == Some(commit.as_str()) {
        return Ok(Answer::Unchanged);
    }
    let selection = Selection::of(place)?;
    let snapshot = remote.fetch(&commit, repository::Files::All).await?;
    let keep = |path: &str| selection.has(path);
    let files = snapshot.files(&commit, selection.folder(), keep).await?;
    selection.found(place, files, commit).map(Answer::Found)
}

/// Returns the commit of a branch, a tag or a commit; a branch comes before a tag of the same name.
async fn commit(remote: &Remote<'_>, reference: &str) -> Result<String, ScmError> {
    if is_commit(reference) {
        return Ok(reference.to_ascii_lowercase());
    }
    let listed = remote.references(reference).await?;
    let names = [
        format!("refs/heads/{reference}"),
        format!("refs/tags/{reference}^{{}}"),
        format!("refs/tags/{reference}"),
    ];
    let found = names.iter().find_map(|name| {
        let mut lines = listed.lines().filter_map(|line| line.split_once('\t'));
        lines
            .find(|(_, listed)| listed == name)
            .map(|(commit, _)| commit)
    });
    match found.filter(|commit| is_commit(commit)) {
        Some(commit) => Ok(commit.to_owned()),
        None => Err(ScmError::new(
            ErrorKind::NotFound,
            format!("the repository has no branch or tag `{reference}`"),
        )),
    }
}
