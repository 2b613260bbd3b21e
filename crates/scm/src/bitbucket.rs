//! Bitbucket Cloud, through version 2.0 of its REST interface.
//!
//! Facts are from the pages "Source" and "Commits" of its reference: `src/{commit}/{path}` gives a file,
//! `commits/{revision}` takes a branch or tag and lists commits by `values[].hash`. Archives are no part of the
//! interface: `https://bitbucket.org/{workspace}/{repo_slug}/get/{commit}.tar.gz` takes the same credentials.
use serde::Deserialize;
use url::Url;

use crate::forge::{Forge, address, basic};
use crate::guard::authority;
use crate::http::Http;
use crate::target::{Kind, RepoTarget, Selection};
use crate::{Answer, BitbucketCloudHost, ErrorKind, Limits, ScmError};

#[derive(Deserialize)]
struct Commits {
    values: Vec<Commit>,
}

#[derive(Deserialize)]
struct Commit {
    hash: String,
}

/// Reads a file, or all files of a folder or pattern.
pub(crate) async fn read(
    http: &Http,
    host: &BitbucketCloudHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::bitbucket_cloud(target)?;
    if place.is_pattern() || place.kind == Kind::Folder {
        return files(&forge(http, host, limits)?, host, &place, target, known).await;
    }
    let parts = ["src", &place.reference];
    let parts: Vec<_> = parts.into_iter().chain(place.path.split('/')).collect();
    let file = repository(host, &place, &parts)?;
    forge(http, host, limits)?.file(file, target, known).await
}

/// Reads all files of a folder.
pub(crate) async fn tree(
    http: &Http,
    host: &BitbucketCloudHost,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let place = RepoTarget::bitbucket_cloud(target)?;
    files(&forge(http, host, limits)?, host, &place, target, known).await
}

async fn files(
    forge: &Forge<'_>,
    host: &BitbucketCloudHost,
    place: &RepoTarget,
    target: &Url,
    known: Option<&str>,
) -> Result<Answer, ScmError> {
    let mut commits = repository(host, place, &["commits", &place.reference])?;
    let pairs = [("pagelen", "1"), ("fields", "values.hash")];
    commits.query_pairs_mut().extend_pairs(pairs);
    let Commits { values } = forge.json(commits).await?;
    let Some(Commit { hash }) = values.into_iter().next() else {
        let message = format!("`{}` has no commit", place.reference);
        return Err(ScmError::new(ErrorKind::NotFound, message));
    };
    let archive = |commit: &str, _: &Selection| {
        let name = format!("{commit}.tar.gz");
        let parts = [&place.owner, &place.repo, "get", &name];
        // The scheme is the interface's, so that a target with `http` does not send credentials in the open.
        let scheme = repository(host, place, &[])?.scheme().to_owned();
        address(&format!("{scheme}://{}", authority(target)), &parts)
    };
    forge.files(place, hash, known, archive).await
}

fn forge<'a>(
    http: &'a Http,
    host: &BitbucketCloudHost,
    limits: &'a Limits,
) -> Result<Forge<'a>, ScmError> {
    let authorization = match (&host.username, &host.token) {
        (Some(user), Some(token)) => Some(basic(user, token)?),
        _ => None,
    };
    Ok(Forge {
        http,
        limits,
        authorization,
    })
}

/// Returns an address below `/repositories/{workspace}/{repo_slug}`.
fn repository(
    host: &BitbucketCloudHost,
    place: &RepoTarget,
    rest: &[&str],
) -> Result<Url, ScmError> {
    let base = host
        .api_base_url
        .as_deref()
        .unwrap_or("https://api.bitbucket.org/2.0");
    let parts = ["repositories", &place.owner, &place.repo];
    address(base, &[&parts[..], rest].concat())
}
