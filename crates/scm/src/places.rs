//! What can be said of an address without asking its host: which host it is, where its repository begins, and where
//! catalog files of it would be.
use url::Url;

use crate::guard::authority;
use crate::target::{Host, Kind, RepoTarget};
use crate::{Reader, ScmError};

/// A host that the configuration or the portal itself knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHost {
    /// Its name, with a port where there is one.
    pub name: String,
    /// What runs there, as people call it.
    pub kind: &'static str,
    /// Whether there is a token, a password or an app for it.
    pub has_credentials: bool,
    /// Whether pull requests can be opened there.
    pub can_propose: bool,
    /// The address of a file there, as an example.
    pub example: String,
}

/// A file of a repository that may not be there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryFile {
    /// Owner of the repository, with the groups above it.
    pub owner: String,
    /// Name of the repository.
    pub name: String,
    /// The repository's own page.
    pub repository: String,
    /// The file, on the default branch if the address names no other.
    pub target: String,
    /// Whether a pull request with it can be opened.
    pub can_propose: bool,
    /// The annotation key with which other tools find the repository.
    pub annotation: Option<&'static str>,
}

impl Reader {
    /// Returns the hosts of the integrations.
    #[must_use]
    pub fn known_hosts(&self) -> Vec<KnownHost> {
        let settings = self.settings();
        let host = |name: &str, kind, has_credentials, path: &str| KnownHost {
            name: name.to_owned(),
            kind,
            has_credentials,
            can_propose: kind == "GitHub" && has_credentials,
            example: format!("https://{name}/{path}"),
        };
        let github = settings.github.iter().map(|one| {
            let has_credentials = one.token.is_some() || !one.apps.is_empty();
            let path = "OWNER/REPOSITORY/blob/main/catalog-info.yaml";
            host(&one.host, "GitHub", has_credentials, path)
        });
        let gitlab = settings.gitlab.iter().map(|one| {
            let path = "GROUP/PROJECT/-/blob/main/catalog-info.yaml";
            host(&one.host, "GitLab", one.token.is_some(), path)
        });
        let gitea = settings.gitea.iter().map(|one| {
            let path = "OWNER/REPOSITORY/src/branch/main/catalog-info.yaml";
            host(&one.host, "Gitea", one.password.is_some(), path)
        });
        let bitbucket = settings.bitbucket_cloud.iter().map(|one| {
            let path = "WORKSPACE/REPOSITORY/src/main/catalog-info.yaml";
            host(&one.host, "Bitbucket Cloud", one.token.is_some(), path)
        });
        let git = settings.git.iter().map(|one| {
            let path = "PATH.git/blob/main/catalog-info.yaml";
            host(&one.host, "git server", one.password.is_some(), path)
        });
        let allowed = settings.allow.iter().map(|one| {
            let path = "catalog-info.yaml";
            host(&one.host, "web server", false, path)
        });
        let all = github.chain(gitlab).chain(gitea).chain(bitbucket);
        all.chain(git).chain(allowed).collect()
    }

    /// Returns the pattern that finds every file of a name below a folder or repository; nothing when the address
    /// names a file or a pattern itself, or when its host has no repositories.
    #[must_use]
    pub fn pattern_below(&self, target: &str, file: &str) -> Option<String> {
        let folder = self.as_folder(target).ok()?;
        let place = self.place(&folder).ok()?;
        if place.kind == Kind::File || place.is_pattern() {
            return None;
        }
        let path = match place.path.as_str() {
            "" => format!("**/{file}"),
            path => format!("{path}/**/{file}"),
        };
        Some(place.url_of(&path))
    }

    /// Returns the place of a file of that path in the repository of an address.
    ///
    /// # Errors
    /// When the address belongs to no repository.
    pub fn repository_file(&self, target: &str, path: &str) -> Result<RepositoryFile, ScmError> {
        let folder = self.as_folder(target)?;
        let host = Host::of(self.settings(), &folder);
        let place = host.target(&folder)?;
        let (can_propose, annotation) = match host {
            Host::Github(host) => {
                let can_propose = host.token.is_some() || !host.apps.is_empty();
                (can_propose, Some("github.com/project-slug"))
            }
            Host::Gitlab(_) => (false, Some("gitlab.com/project-slug")),
            Host::BitbucketCloud(_) => (false, Some("bitbucket.org/project-slug")),
            Host::Gitea(_) | Host::Git(_) | Host::Plain => (false, None),
        };
        let found = RepositoryFile {
            owner: place.owner.clone(),
            name: place.repo.trim_end_matches(".git").to_owned(),
            repository: place.repository_url().to_string(),
            target: place.url_of(path),
            can_propose,
            annotation,
        };
        self.admits(&found.target)?;
        Ok(found)
    }

    /// Reads an address as that of a file or folder; the page of a repository is the folder at its root.
    pub(crate) fn as_folder(&self, target: &str) -> Result<Url, ScmError> {
        let url = Url::parse(target.trim())
            .map_err(|error| crate::target::malformed(format!("it is not a URL: {error}")))?;
        let host = Host::of(self.settings(), &url);
        let Err(as_written) = host.target(&url) else {
            return Ok(url);
        };
        let rest = match host {
            Host::Github(_) => "blob/HEAD/",
            Host::Gitlab(_) => "-/blob/HEAD/",
            Host::Gitea(_) => "src/branch/HEAD/",
            Host::BitbucketCloud(_) => "src/HEAD/",
            Host::Git(_) => "blob/HEAD/",
            Host::Plain => return Err(as_written),
        };
        let mut page = url.clone();
        page.set_query(None);
        page.set_fragment(None);
        let path = page.path().trim_end_matches('/');
        let path = match host {
            Host::Git(_) => path,
            _ => path.strip_suffix(".git").unwrap_or(path),
        };
        let path = format!("{path}/{rest}");
        page.set_path(&path);
        // A GitHub page such as `/OWNER/REPO/issues` is no repository.
        let found = host.target(&page).map_err(|_| as_written.clone())?;
        let is_whole =
            !found.repo.is_empty() && !found.owner.is_empty() || matches!(host, Host::Git(_));
        if is_whole && authority(&page) == authority(&url) {
            Ok(page)
        } else {
            Err(as_written)
        }
    }

    fn place(&self, url: &Url) -> Result<RepoTarget, ScmError> {
        Host::of(self.settings(), url).target(url)
    }
}
