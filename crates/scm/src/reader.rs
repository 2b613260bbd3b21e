//! The reader: finds out what a target is, and lets the right host read it.
use std::sync::Arc;

use url::Url;

use crate::github::Github;
use crate::guard::{Resolve, SystemResolver, written};
use crate::http::Http;
use crate::settings::{BitbucketCloudHost, GithubHost, GitlabHost};
use crate::target::{self, Host};
use crate::{Answer, ErrorKind, ScmError, Settings, Web, bitbucket, git, gitea, gitlab, plain};

/// Reads from source hosts; clones share connections, credentials and pauses.
#[derive(Clone)]
pub struct Reader(Arc<Inner>);

struct Inner {
    http: Http,
    settings: Settings,
    github: Vec<Github>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Makes a reader that asks the system for addresses.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with_resolver(settings, Arc::new(SystemResolver))
    }

    /// Makes a reader with another way to find addresses.
    #[must_use]
    pub fn with_resolver(settings: Settings, resolver: Arc<dyn Resolve>) -> Self {
        let settings = with_usual_hosts(settings);
        let http = Http::new(&settings, resolver);
        let github = settings
            .github
            .iter()
            .map(|host| Github::new(&http, host))
            .collect();
        Self(Arc::new(Inner {
            http,
            settings,
            github,
        }))
    }

    /// Tells whether a target may be read, as far as that is known without the network.
    pub fn admits(&self, target: &str) -> Result<(), ScmError> {
        self.parse(target).map(drop)
    }

    /// Reads what a target means: a file, all files of a folder, or all files that a pattern matches.
    ///
    /// `known` is the version of an earlier answer; if nothing changed since, only that is said.
    pub async fn read(&self, target: &str, known: Option<&str>) -> Result<Answer, ScmError> {
        let url = self.parse(target)?;
        let (http, limits) = (&self.0.http, &self.0.settings.limits);
        match Host::of(&self.0.settings, &url) {
            Host::Github(host) => self.github(host)?.read(&url, known, limits).await,
            Host::Gitlab(host) => gitlab::read(http, host, &url, known, limits).await,
            Host::Gitea(host) => gitea::read(http, host, &url, known, limits).await,
            Host::BitbucketCloud(host) => bitbucket::read(http, host, &url, known, limits).await,
            Host::Git(host) => git::read(http, host, &url, known, limits).await,
            Host::Plain => plain::read(http, &url, known, limits).await,
        }
    }

    /// Reads all files of a folder.
    pub async fn tree(&self, target: &str, known: Option<&str>) -> Result<Answer, ScmError> {
        let url = self.parse(target)?;
        let (http, limits) = (&self.0.http, &self.0.settings.limits);
        match Host::of(&self.0.settings, &url) {
            Host::Github(host) => self.github(host)?.tree(&url, known, limits).await,
            Host::Gitlab(host) => gitlab::tree(http, host, &url, known, limits).await,
            Host::Gitea(host) => gitea::tree(http, host, &url, known, limits).await,
            Host::BitbucketCloud(host) => bitbucket::tree(http, host, &url, known, limits).await,
            Host::Git(host) => git::tree(http, host, &url, known, limits).await,
            Host::Plain => plain::tree(),
        }
    }

    /// Resolves a URL that stands in a file against the URL of that file; a slash at the start of it means the root
    /// of the repository.
    pub fn resolve(&self, url: &str, base: &str) -> Result<String, ScmError> {
        target::resolve(&self.0.settings, url, base)
    }

    /// Returns the page on which a person edits a target.
    #[must_use]
    pub fn edit_url(&self, target: &str) -> Option<String> {
        target::edit_url(&self.0.settings, target)
    }

    /// Tells whether two targets are in one repository; `None` if one of them is in none.
    #[must_use]
    pub fn same_repository(&self, a: &str, b: &str) -> Option<bool> {
        target::same_repository(&self.0.settings, a, b)
    }

    /// Returns a way to send other requests, through the same guard and client.
    #[must_use]
    pub fn web(&self) -> Web {
        Web::over(&self.0.http)
    }

    /// Returns what the readers were told.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn github(&self, host: &GithubHost) -> Result<&Github, ScmError> {
        let found = self.0.github.iter().find(|github| github.is(host));
        found.ok_or_else(|| ScmError::new(ErrorKind::Refused, "the host is not in integrations"))
    }

    fn parse(&self, target: &str) -> Result<Url, ScmError> {
        let url = Url::parse(target).map_err(|error| {
            ScmError::new(ErrorKind::Malformed, format!("it is not a URL: {error}"))
        })?;
        self.0.http.guard().admits(&url)?;
        match Host::of(&self.0.settings, &url) {
            Host::Plain => plain::check(&url)?,
            host => drop(host.target(&url)?),
        }
        Ok(url)
    }
}

/// Adds the hosts that are known without configuration.
fn with_usual_hosts(mut settings: Settings) -> Settings {
    if !settings
        .github
        .iter()
        .any(|host| written(&host.host) == "github.com")
    {
        settings.github.push(GithubHost {
            host: "github.com".to_owned(),
            ..GithubHost::default()
        });
    }
    if !settings
        .gitlab
        .iter()
        .any(|host| written(&host.host) == "gitlab.com")
    {
        settings.gitlab.push(GitlabHost {
            host: "gitlab.com".to_owned(),
            ..GitlabHost::default()
        });
    }
    if !settings
        .bitbucket_cloud
        .iter()
        .any(|host| written(&host.host) == "bitbucket.org")
    {
        settings.bitbucket_cloud.push(BitbucketCloudHost {
            host: "bitbucket.org".to_owned(),
            ..BitbucketCloudHost::default()
        });
    }
    settings
}
