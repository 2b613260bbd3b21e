//! The section `integrations`.
use super::{base_url, credential};
use crate::cursor::Cursor;
use crate::secret::Secret;

/// The section `integrations`: access to source hosts. Hosts stand here as configured; none is added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Integrations {
    /// `integrations.github`. Default: none, and github.com is read without a token.
    pub github: Vec<GithubIntegration>,
    /// `integrations.gitlab`. Default: none, and gitlab.com is read without a token.
    pub gitlab: Vec<GitlabIntegration>,
    /// `integrations.gitea`. Default: none.
    pub gitea: Vec<GiteaIntegration>,
    /// `integrations.bitbucketCloud`. Default: none, and bitbucket.org is read without a token.
    pub bitbucket_cloud: Vec<BitbucketCloudIntegration>,
}

/// One item of `integrations.github`. Base URLs have no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GithubIntegration {
    /// `host`. Default: `github.com`.
    pub host: String,
    /// `apiBaseUrl`. Default: decided by the reader.
    pub api_base_url: Option<String>,
    /// `rawBaseUrl`. Default: decided by the reader.
    pub raw_base_url: Option<String>,
    /// `token`. Default: none.
    pub token: Option<Secret>,
    /// `apps`, tried before the token. Default: none.
    pub apps: Vec<GithubApp>,
}

/// One item of `integrations.github[].apps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GithubApp {
    /// `appId`.
    pub app_id: u64,
    /// `privateKey`, as PEM text.
    pub private_key: Secret,
    /// `webhookSecret`: what signs the webhooks of this app. Default: none.
    pub webhook_secret: Option<Secret>,
    /// `allowedInstallationOwners`: whose repositories it is used for. Default: everybody's.
    pub allowed_installation_owners: Option<Vec<String>>,
}

/// One item of `integrations.gitlab`. Base URLs have no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitlabIntegration {
    /// `host`.
    pub host: String,
    /// `baseUrl`. Default: decided by the reader.
    pub base_url: Option<String>,
    /// `apiBaseUrl`. Default: decided by the reader.
    pub api_base_url: Option<String>,
    /// `token`. Default: none.
    pub token: Option<Secret>,
}

/// One item of `integrations.gitea`. The base URL has no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiteaIntegration {
    /// `host`.
    pub host: String,
    /// `baseUrl`. Default: decided by the reader.
    pub base_url: Option<String>,
    /// `username`. Default: none, and the password is a token.
    pub username: Option<String>,
    /// `password`. Default: none.
    pub password: Option<Secret>,
}

/// One item of `integrations.bitbucketCloud`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BitbucketCloudIntegration {
    /// `username`. Default: none.
    pub username: Option<String>,
    /// `token`, or else `appPassword`. Default: none.
    pub token: Option<Secret>,
}

impl Integrations {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let items = |name: &str| section.get(name).items();
        Self {
            github: items("github").map(GithubIntegration::read).collect(),
            gitlab: items("gitlab").map(GitlabIntegration::read).collect(),
            gitea: items("gitea").map(GiteaIntegration::read).collect(),
            bitbucket_cloud: items("bitbucketCloud")
                .map(BitbucketCloudIntegration::read)
                .collect(),
        }
    }
}

impl GithubIntegration {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            host: item
                .get("host")
                .text()
                .unwrap_or_else(|| "github.com".to_owned()),
            api_base_url: base_url(item.get("apiBaseUrl")),
            raw_base_url: base_url(item.get("rawBaseUrl")),
            token: credential(item.get("token")),
            apps: item.get("apps").items().map(GithubApp::read).collect(),
        }
    }
}

impl GithubApp {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            app_id: item.get("appId").whole().unwrap_or_default(),
            private_key: Secret::new(item.get("privateKey").text().unwrap_or_default()),
            webhook_secret: item.get("webhookSecret").text().map(Secret::new),
            allowed_installation_owners: item
                .get("allowedInstallationOwners")
                .list(|owner| owner.text().unwrap_or_default()),
        }
    }
}

impl GitlabIntegration {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            host: item.get("host").text().unwrap_or_default(),
            base_url: base_url(item.get("baseUrl")),
            api_base_url: base_url(item.get("apiBaseUrl")),
            token: credential(item.get("token")),
        }
    }
}

impl GiteaIntegration {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            host: item.get("host").text().unwrap_or_default(),
            base_url: base_url(item.get("baseUrl")),
            username: item.get("username").text(),
            password: credential(item.get("password")),
        }
    }
}

impl BitbucketCloudIntegration {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            username: item.get("username").text(),
            token: credential(item.get("token")).or_else(|| credential(item.get("appPassword"))),
        }
    }
}
