//! What the URL that a person sees in the browser means on each source host: repository, reference and path.
//!
//! A reference is one part of the path, so a branch with a slash in its name is written with `%2F`.
mod parse;
mod pattern;
mod resolve;

use url::Url;

use crate::guard::{authority, written};
use crate::{BitbucketCloudHost, GitHost, GiteaHost, GithubHost, GitlabHost, ScmError, Settings};

pub(crate) use parse::malformed;
pub(crate) use pattern::Selection;
pub(crate) use resolve::{edit_url, resolve, same_repository};

/// A place in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RepoTarget {
    /// The owner; with slashes for nested groups, and for the folders of a git server.
    pub(crate) owner: String,
    /// The name of the repository; on a git server with `.git`.
    pub(crate) repo: String,
    /// A branch, a tag or a commit.
    pub(crate) reference: String,
    /// The path in the repository, decoded, without a slash at either end; empty for the root.
    pub(crate) path: String,
    /// Whether the path is a file's or a folder's.
    pub(crate) kind: Kind,
    url: Url,
    /// How many parts of the URL's path lead to the repository.
    repository: usize,
    /// How many parts of the URL's path stand before the path in the repository.
    lead: usize,
}

/// What a path leads to, as far as the URL tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file, or several where the path has stars.
    File,
    /// A folder: the URL ends in a slash, or stops at the reference.
    Folder,
}

/// The host that a URL belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Host<'a> {
    /// One of `integrations.github`.
    Github(&'a GithubHost),
    /// One of `integrations.gitlab`.
    Gitlab(&'a GitlabHost),
    /// One of `integrations.gitea`.
    Gitea(&'a GiteaHost),
    /// One of `integrations.bitbucketCloud`.
    BitbucketCloud(&'a BitbucketCloudHost),
    /// One of `callboard.integrations.git`.
    Git(&'a GitHost),
    /// Any other web server.
    Plain,
}

impl<'a> Host<'a> {
    /// Finds the host of a URL.
    pub(crate) fn of(settings: &'a Settings, url: &Url) -> Self {
        let name = authority(url);
        let is_it = |host: &str| written(host) == name;
        if let Some(host) = settings.github.iter().find(|host| is_it(&host.host)) {
            Self::Github(host)
        } else if let Some(host) = settings.gitlab.iter().find(|host| is_it(&host.host)) {
            Self::Gitlab(host)
        } else if let Some(host) = settings.gitea.iter().find(|host| is_it(&host.host)) {
            Self::Gitea(host)
        } else if let Some(host) = (settings.bitbucket_cloud.iter()).find(|host| is_it(&host.host))
        {
            Self::BitbucketCloud(host)
        } else if let Some(host) = settings.git.iter().find(|host| is_it(&host.host)) {
            Self::Git(host)
        } else {
            Self::Plain
        }
    }

    /// Reads a URL as this host means it; a plain server has no repositories.
    pub(crate) fn target(self, url: &Url) -> Result<RepoTarget, ScmError> {
        match self {
            Self::Github(_) => RepoTarget::github(url),
            Self::Gitlab(host) => RepoTarget::gitlab(url, host),
            Self::Gitea(host) => RepoTarget::gitea(url, host),
            Self::BitbucketCloud(_) => RepoTarget::bitbucket_cloud(url),
            Self::Git(_) => RepoTarget::git(url),
            Self::Plain => Err(malformed(
                "no integration knows the repositories of this host",
            )),
        }
    }
}

impl RepoTarget {
    /// Tells whether the path stands for every file it matches.
    ///
    /// Only a star makes a pattern, as in Backstage: brackets and braces occur in the names of files.
    pub(crate) fn is_pattern(&self) -> bool {
        self.path.contains('*')
    }

    /// Returns the URL of another file of the same repository and reference, in the same form.
    pub(crate) fn url_of(&self, path: &str) -> String {
        let mut url = self.up_to(self.lead);
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.extend(path.split('/'));
        }
        url.set_query(self.url.query());
        url.to_string()
    }

    /// Returns the URL of the repository.
    pub(crate) fn repository_url(&self) -> Url {
        self.up_to(self.repository)
    }

    /// Returns the URL with that many parts of its path.
    fn up_to(&self, parts: usize) -> Url {
        let mut url = self.url.clone();
        url.set_query(None);
        url.set_fragment(None);
        let kept: Vec<_> = self.url.path().split('/').take(parts + 1).collect();
        url.set_path(&kept.join("/"));
        url
    }
}
