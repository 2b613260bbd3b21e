//! Gitea and Forgejo, through version 1 of their REST interface.
//!
//! Facts are from `templates/swagger/v1-swagger.generated.json` of Gitea: `raw/{filepath}?ref=` gives a file,
//! `git/commits/{sha}` takes any reference and names the commit in `sha`, and `archive/{archive}` packs a commit, with
//! only the folder `path` where the server is new enough.
use serde::Deserialize;
use url::Url;

use crate::forge::{Forge, address, basic, bearer};
use crate::http::Http;
use crate::target::{Kind, RepoTarget, Selection};
use crate::{Answer, GiteaHost, Limits, ScmError};

#[derive(Deserialize)]
struct Commit {
    sha: String,
}

/// Reads a file, or all files of a folder or pattern.
pub(crate) async fn read(
    http: &Http,
    host: &GiteaHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::gitea(target, host)?;
    if place.is_pattern() || place.kind == Kind::Folder {
        return files(&forge(http, host, limits)?, host, &place, known).await;
    }
    let parts: Vec<_> = std::iter::once("raw")
        .chain(place.path.split('/'))
        .collect();
    let mut file = repository(host, &place, &parts)?;
    file.query_pairs_mut().append_pair("ref", &place.reference);
    forge(http, host, limits)?.file(file, target, known).await
}

/// Reads all files of a folder.
pub(crate) async fn tree(
    http: &Http,
    host: &GiteaHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::gitea(target, host)?;
    files(&forge(http, host, limits)?, host, &place, known).await
}

async fn files(
    forge: &Forge<'_>,
    host: &GiteaHost,
    place: &RepoTarget,
    known: Option<&str>,
) -> Result<Answer, ScmError> {
    let mut commit = repository(host, place, &["git", "commits", &place.reference])?;
    // Only the name is wanted; the rest takes the server time.
    let rest = ["stat", "verification", "files"].map(|part| (part, "false"));
    commit.query_pairs_mut().extend_pairs(rest);
    let Commit { sha } = forge.json(commit).await?;
    let archive = |commit: &str, selection: &Selection| {
        let mut url = repository(host, place, &["archive", &format!("{commit}.tar.gz")])?;
        if !selection.folder().is_empty() {
            url.query_pairs_mut()
                .append_pair("path", selection.folder());
        }
        Ok(url)
    };
    forge.files(place, sha, known, archive).await
}

/// A user and a password sign in as such; a password alone is a token.
fn forge<'a>(http: &'a Http, host: &GiteaHost, limits: &'a Limits) -> Result<Forge<'a>, ScmError> {
    let authorization = match (&host.username, &host.password) {
        (Some(user), Some(password)) => Some(basic(user, password)?),
        (None, Some(token)) => Some(bearer("token", token)?),
        (_, None) => None,
    };
    Ok(Forge {
        http,
        limits,
        authorization,
    })
}

/// Returns an address below `/repos/{owner}/{repo}`.
fn repository(host: &GiteaHost, place: &RepoTarget, rest: &[&str]) -> Result<Url, ScmError> {
    let base = match &host.base_url {
        Some(base) => base.clone(),
        None => format!("https://{}", host.host),
    };
    let parts = ["api", "v1", "repos", &place.owner, &place.repo];
    address(&base, &[&parts[..], rest].concat())
}
