//! The form of URL that each source host has.
use percent_encoding::percent_decode_str;
use url::Url;

use super::{Kind, RepoTarget};
use crate::{ErrorKind, GiteaHost, GitlabHost, ScmError};

/// The form of GitLab's URLs, for messages.
const GITLAB: &str = "/GROUP/PROJECT/-/blob/REF/PATH";

/// Where the parts of a URL's path stand.
struct Layout {
    /// Parts before the owner: the path of a server that does not stand at the root.
    prefix: usize,
    /// The first part after the repository.
    repository_end: usize,
    /// The reference.
    reference: usize,
}

impl RepoTarget {
    /// Reads `/OWNER/REPO/(blob|raw|edit|tree)/REF/PATH`.
    pub(crate) fn github(url: &Url) -> Result<Self, ScmError> {
        let parts = parts(url);
        let word = parts.get(2).copied().unwrap_or_default();
        if !matches!(word, "blob" | "raw" | "edit" | "tree") {
            return Err(wrong_form("/OWNER/REPOSITORY/blob/REF/PATH"));
        }
        let layout = Layout {
            prefix: 0,
            repository_end: 2,
            reference: 3,
        };
        Self::read(url, &parts, &layout)
    }

    /// Reads `/GROUP/…/PROJECT/-/(blob|raw|edit|tree)/REF/PATH`, also without the dash.
    pub(crate) fn gitlab(url: &Url, host: &GitlabHost) -> Result<Self, ScmError> {
        let parts = parts(url);
        let prefix = base_parts(url, host.base_url.as_deref())?;
        let is_word = |at: usize| {
            matches!(
                parts.get(at).copied(),
                Some("blob" | "raw" | "edit" | "tree")
            )
        };
        let places = prefix + 2..parts.len();
        let dash = (places.clone()).find(|at| parts[*at] == "-" && is_word(at + 1));
        let layout = match (dash, places.clone().find(|at| is_word(*at))) {
            (Some(dash), _) => Layout {
                prefix,
                repository_end: dash,
                reference: dash + 2,
            },
            (None, Some(word)) => Layout {
                prefix,
                repository_end: word,
                reference: word + 1,
            },
            (None, None) => return Err(wrong_form(GITLAB)),
        };
        if parts[prefix..layout.repository_end].contains(&"-") {
            return Err(wrong_form(GITLAB));
        }
        Self::read(url, &parts, &layout)
    }

    /// Reads `/OWNER/REPO/(src|raw)/(branch|tag|commit)/REF/PATH`.
    pub(crate) fn gitea(url: &Url, host: &GiteaHost) -> Result<Self, ScmError> {
        let parts = parts(url);
        let prefix = base_parts(url, host.base_url.as_deref())?;
        let word = |at: usize| parts.get(prefix + at).copied().unwrap_or_default();
        let is_file = matches!(word(2), "src" | "raw");
        if !is_file || !matches!(word(3), "branch" | "tag" | "commit") {
            return Err(wrong_form("/OWNER/REPOSITORY/src/branch/REF/PATH"));
        }
        let layout = Layout {
            prefix,
            repository_end: prefix + 2,
            reference: prefix + 4,
        };
        Self::read(url, &parts, &layout)
    }

    /// Reads `/WORKSPACE/REPO/(src|raw)/REF/PATH`.
    pub(crate) fn bitbucket_cloud(url: &Url) -> Result<Self, ScmError> {
        let parts = parts(url);
        if !matches!(parts.get(2).copied(), Some("src" | "raw")) {
            return Err(wrong_form("/WORKSPACE/REPOSITORY/src/REF/PATH"));
        }
        let layout = Layout {
            prefix: 0,
            repository_end: 2,
            reference: 3,
        };
        Self::read(url, &parts, &layout)
    }

    /// Reads `/any/path.git/(blob|tree)/REF/PATH`, a form of our own.
    pub(crate) fn git(url: &Url) -> Result<Self, ScmError> {
        let parts = parts(url);
        let ends = |at: usize| {
            parts[at].ends_with(".git")
                && parts[at].len() > 4
                && matches!(parts.get(at + 1).copied(), Some("blob" | "tree"))
        };
        let Some(repository) = (0..parts.len()).find(|at| ends(*at)) else {
            return Err(wrong_form("/PATH.git/blob/REF/PATH"));
        };
        let layout = Layout {
            prefix: 0,
            repository_end: repository + 1,
            reference: repository + 2,
        };
        Self::read(url, &parts, &layout)
    }

    fn read(url: &Url, parts: &[&str], layout: &Layout) -> Result<Self, ScmError> {
        let project = parts
            .get(layout.prefix..layout.repository_end)
            .unwrap_or_default();
        let project = decoded(project)?;
        let (owner, repo) = project.rsplit_once('/').unwrap_or(("", &project));
        let reference = parts.get(layout.reference).copied().unwrap_or_default();
        let reference = decode(reference)?;
        check_reference(&reference)?;
        let lead = layout.reference + 1;
        let rest = parts.get(lead..).unwrap_or_default();
        let (kind, rest) = match rest {
            [] => (Kind::Folder, rest),
            [inner @ .., ""] => (Kind::Folder, inner),
            _ => (Kind::File, rest),
        };
        Ok(Self {
            owner: owner.to_owned(),
            repo: repo.to_owned(),
            reference,
            path: decoded(rest)?,
            kind,
            url: url.clone(),
            repository: layout.repository_end,
            lead,
        })
    }
}

/// Makes the error for a URL that means nothing on its host.
pub(crate) fn malformed(message: impl Into<String>) -> ScmError {
    ScmError::new(ErrorKind::Malformed, message)
}

fn wrong_form(form: &str) -> ScmError {
    malformed(format!(
        "the URL does not name a file of a repository; on this host its path has the form `{form}`"
    ))
}

fn parts(url: &Url) -> Vec<&str> {
    let path = url.path();
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

/// Counts the parts of the path that a server stands under, and checks that the URL has them.
fn base_parts(url: &Url, base: Option<&str>) -> Result<usize, ScmError> {
    let Some(base) = base.and_then(|base| Url::parse(base).ok()) else {
        return Ok(0);
    };
    let base = base.path().trim_matches('/');
    if base.is_empty() {
        return Ok(0);
    }
    let path = url.path().trim_start_matches('/');
    let rest = path.strip_prefix(base);
    if rest.is_none_or(|rest| !rest.starts_with('/')) {
        return Err(malformed(format!(
            "the path of the URL does not start with `/{base}/`, as `baseUrl` of its host says"
        )));
    }
    Ok(base.split('/').count())
}

fn decode(part: &str) -> Result<String, ScmError> {
    match percent_decode_str(part).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(malformed("the path of the URL is not UTF-8")),
    }
}

/// Joins decoded parts, and refuses what could lead out of a folder.
fn decoded(parts: &[&str]) -> Result<String, ScmError> {
    let path = (parts.iter().map(|part| decode(part))).collect::<Result<Vec<_>, _>>()?;
    let path = path.join("/");
    if path.is_empty() && parts.is_empty() {
        return Ok(path);
    }
    let is_odd = |part: &str| matches!(part, "" | "." | "..");
    if path.split('/').any(is_odd) || path.contains(char::is_control) {
        return Err(malformed(
            "the path of the URL has an empty part, `.`, `..` or a control character",
        ));
    }
    Ok(path)
}

/// Refuses what git does not take as the name of a reference; a leading dash could be taken for an option.
fn check_reference(reference: &str) -> Result<(), ScmError> {
    let is_bad = reference.is_empty()
        || reference.starts_with(['-', '/', '.'])
        || reference.ends_with(['/', '.'])
        || reference.contains("..")
        || reference.contains("@{")
        || reference.contains(|letter: char| {
            letter.is_control() || matches!(letter, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\')
        });
    if is_bad {
        let shown: String = reference.chars().take(100).collect();
        return Err(malformed(format!(
            "{shown:?} is not the name of a branch, a tag or a commit"
        )));
    }
    Ok(())
}
