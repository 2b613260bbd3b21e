//! GitLab, hosted and own, through version 4 of its REST interface.
//!
//! Facts are from `doc/api/repositories.md`, `repository_files.md` and `commits.md` of GitLab: `:id` is the encoded
//! path of the project, `files/:file_path/raw?ref=` gives a file with an `ETag`, `commits/:sha` takes a branch too and
//! names the commit in `id`, and `archive.tar.gz?sha=&path=` packs one folder of a commit.
use serde::Deserialize;
use url::Url;

use crate::forge::{Forge, address, bearer};
use crate::http::Http;
use crate::target::{Kind, RepoTarget, Selection};
use crate::{Answer, GitlabHost, Limits, ScmError};

#[derive(Deserialize)]
struct Commit {
    id: String,
}

/// Reads a file, or all files of a folder or pattern.
pub(crate) async fn read(
    http: &Http,
    host: &GitlabHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::gitlab(target, host)?;
    if place.is_pattern() || place.kind == Kind::Folder {
        return files(&forge(http, host, limits)?, host, &place, known).await;
    }
    let mut file = repository(host, &place, &["files", &place.path, "raw"])?;
    file.query_pairs_mut().append_pair("ref", &place.reference);
    forge(http, host, limits)?.file(file, target, known).await
}

/// Reads all files of a folder.
pub(crate) async fn tree(
    http: &Http,
    host: &GitlabHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::gitlab(target, host)?;
    files(&forge(http, host, limits)?, host, &place, known).await
}

async fn files(
    forge: &Forge<'_>,
    host: &GitlabHost,
    place: &RepoTarget,
    known: Option<&str>,
) -> Result<Answer, ScmError> {
    let commit = repository(host, place, &["commits", &place.reference])?;
    let Commit { id } = forge.json(commit).await?;
    let archive = |commit: &str, selection: &Selection| {
        let mut url = repository(host, place, &["archive.tar.gz"])?;
        url.query_pairs_mut().append_pair("sha", commit);
        if !selection.folder().is_empty() {
            url.query_pairs_mut()
                .append_pair("path", selection.folder());
        }
        Ok(url)
    };
    forge.files(place, id, known, archive).await
}

fn forge<'a>(http: &'a Http, host: &GitlabHost, limits: &'a Limits) -> Result<Forge<'a>, ScmError> {
    let token = host.token.as_ref();
    Ok(Forge {
        http,
        limits,
        authorization: token.map(|token| bearer("Bearer", token)).transpose()?,
    })
}

/// Returns an address below `/projects/:id/repository`.
fn repository(host: &GitlabHost, place: &RepoTarget, rest: &[&str]) -> Result<Url, ScmError> {
    let base = match (&host.api_base_url, &host.base_url) {
        (Some(base), _) => base.clone(),
        (None, Some(base)) => format!("{}/api/v4", base.trim_end_matches('/')),
        (None, None) => format!("https://{}/api/v4", host.host),
    };
    let project = format!("{}/{}", place.owner, place.repo);
    let parts = ["projects", &project, "repository"];
    address(&base, &[&parts[..], rest].concat())
}
