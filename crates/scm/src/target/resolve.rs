//! URLs relative to a target, the page where a target is edited, and whether two share a repository.
use url::Url;

use super::{Host, RepoTarget, malformed};
use crate::guard::authority;
use crate::{ScmError, Settings};

/// Resolves a URL that stands in a file against the URL of that file.
///
/// A slash at the start means the root of the repository. GitHub's URLs become those of `tree`, as in Backstage,
/// so that one file has one URL. An absolute URL stays as written.
pub(crate) fn resolve(settings: &Settings, url: &str, base: &str) -> Result<String, ScmError> {
    if Url::parse(url).is_ok() {
        return Ok(url.to_owned());
    }
    let base = parse(base)?;
    let host = Host::of(settings, &base);
    let joined = match (url.starts_with('/'), host.target(&base)) {
        (true, Ok(target)) => target.below_root(url),
        _ => (base.join(url)).map_err(|error| malformed(format!("{url:?} is no URL: {error}")))?,
    };
    let mut joined = joined;
    joined.set_query(base.query());
    match host {
        Host::Github(_) => Ok(github_page(&joined, "tree")),
        _ => Ok(joined.to_string()),
    }
}

/// Returns the page where a person edits a target; nothing on hosts that have none.
pub(crate) fn edit_url(settings: &Settings, target: &str) -> Option<String> {
    let url = Url::parse(target).ok()?;
    match Host::of(settings, &url) {
        Host::Github(_) => Some(github_page(&url, "edit")),
        Host::Gitlab(_) => Some(gitlab_edit(&url)),
        Host::Gitea(host) => {
            let found = RepoTarget::gitea(&url, host).ok()?;
            let mut edit = found.repository_url();
            let mut parts = edit.path_segments_mut().ok()?;
            parts.push("_edit").push(&found.reference);
            parts.extend(found.path.split('/'));
            drop(parts);
            Some(edit.to_string())
        }
        Host::BitbucketCloud(_) => {
            let found = RepoTarget::bitbucket_cloud(&url).ok()?;
            let mut edit = url.clone();
            let others: Vec<_> = url.query_pairs().into_owned().collect();
            let kept = (others.iter()).filter(|(key, _)| key != "mode" && key != "at");
            (edit.query_pairs_mut().clear())
                .extend_pairs(kept)
                .append_pair("mode", "edit")
                .append_pair("at", &found.reference);
            Some(edit.to_string())
        }
        Host::Git(_) | Host::Plain => None,
    }
}

/// Tells whether two targets are in one repository; nothing if one of them is in none.
pub(crate) fn same_repository(settings: &Settings, a: &str, b: &str) -> Option<bool> {
    let read = |text: &str| {
        let url = Url::parse(text).ok()?;
        let target = Host::of(settings, &url).target(&url).ok()?;
        Some((authority(&url), target.owner, target.repo))
    };
    Some(read(a)? == read(b)?)
}

impl RepoTarget {
    /// Resolves a path that starts with a slash against the root of the repository.
    fn below_root(&self, path: &str) -> Url {
        let (path, fragment) = match path.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (path, None),
        };
        let mut url = self.up_to(self.lead);
        let root = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{root}{path}"));
        url.set_fragment(fragment);
        url
    }
}

fn parse(base: &str) -> Result<Url, ScmError> {
    let url =
        Url::parse(base).map_err(|error| malformed(format!("{base:?} is no URL: {error}")))?;
    match url.cannot_be_a_base() {
        true => Err(malformed(format!("nothing is relative to {base:?}"))),
        false => Ok(url),
    }
}

/// Puts another word for `blob`, `tree` or `edit` of a GitHub URL; others stay as they are.
fn github_page(url: &Url, word: &str) -> String {
    let mut parts: Vec<_> = url.path().split('/').collect();
    let is_page = parts.len() > 4 && matches!(parts[3], "blob" | "tree" | "edit");
    if !is_page || parts[1].is_empty() || parts[2].is_empty() {
        return url.to_string();
    }
    parts[3] = word;
    let mut page = url.clone();
    page.set_path(&parts.join("/"));
    page.to_string()
}

fn gitlab_edit(url: &Url) -> String {
    let path = url.path();
    let places = ["/-/blob/", "/-/tree/", "/-/edit/"];
    let first = places
        .iter()
        .filter_map(|word| Some((path.find(word)?, word.len())));
    let Some((at, length)) = first.min() else {
        return url.to_string();
    };
    let mut page = url.clone();
    page.set_path(&format!("{}/-/edit/{}", &path[..at], &path[at + length..]));
    page.to_string()
}
