//! What configuration says about source hosts: `integrations`, `backend.reading` and `callboard.reading`.
use std::time::Duration;

/// Everything the readers are told.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `integrations.github`; github.com is always among them.
    pub github: Vec<GithubHost>,
    /// `integrations.gitlab`; gitlab.com is always among them.
    pub gitlab: Vec<GitlabHost>,
    /// `integrations.gitea`, also for Forgejo.
    pub gitea: Vec<GiteaHost>,
    /// `integrations.bitbucketCloud`; bitbucket.org is always among them.
    pub bitbucket_cloud: Vec<BitbucketCloudHost>,
    /// `callboard.integrations.git`: servers that speak git over HTTP and nothing else we know.
    pub git: Vec<GitHost>,
    /// `backend.reading.allow`.
    pub allow: Vec<AllowedHost>,
    /// `callboard.reading.private`: names, addresses and networks (`10.0.0.0/8`) that may be read although they are private.
    pub private: Vec<String>,
    /// Identity providers that configuration writes out: their URLs, or their hosts with a port where there is one.
    /// Requests of [`crate::Web`] may go there without TLS and to private addresses; nothing is read from there because
    /// of it.
    pub trusted: Vec<String>,
    /// Bounds of every read.
    pub limits: Limits,
}

/// One item of `integrations.github`.
#[derive(Debug, Clone, Default)]
pub struct GithubHost {
    /// `host`, with a port where there is one.
    pub host: String,
    /// `apiBaseUrl`. Default: `https://api.github.com`, or `https://HOST/api/v3`.
    pub api_base_url: Option<String>,
    /// `rawBaseUrl`. Default: `https://raw.githubusercontent.com`, or `https://HOST/raw`.
    pub raw_base_url: Option<String>,
    /// `token`.
    pub token: Option<Secret>,
    /// `apps`, tried before the token.
    pub apps: Vec<GithubApp>,
    /// Whether configuration names this host, rather than Callboard by default.
    pub is_configured: bool,
}

/// One item of `integrations.github[].apps`.
#[derive(Debug, Clone)]
pub struct GithubApp {
    /// `appId`.
    pub app_id: u64,
    /// `privateKey`, as PEM.
    pub private_key: Secret,
    /// `allowedInstallationOwners`: only for these owners, in any case; empty means for all.
    pub allowed_owners: Vec<String>,
}

/// One item of `integrations.gitlab`.
#[derive(Debug, Clone, Default)]
pub struct GitlabHost {
    /// `host`.
    pub host: String,
    /// `baseUrl`. Default: `https://HOST`.
    pub base_url: Option<String>,
    /// `apiBaseUrl`. Default: `https://HOST/api/v4`.
    pub api_base_url: Option<String>,
    /// `token`.
    pub token: Option<Secret>,
    /// Whether configuration names this host.
    pub is_configured: bool,
}

/// One item of `integrations.gitea`.
#[derive(Debug, Clone, Default)]
pub struct GiteaHost {
    /// `host`.
    pub host: String,
    /// `baseUrl`. Default: `https://HOST`.
    pub base_url: Option<String>,
    /// `username`.
    pub username: Option<String>,
    /// `password`: a token, or the password of `username`.
    pub password: Option<Secret>,
}

/// One item of `integrations.bitbucketCloud`.
#[derive(Debug, Clone, Default)]
pub struct BitbucketCloudHost {
    /// `host`; Backstage knows only `bitbucket.org`.
    pub host: String,
    /// `apiBaseUrl`. Default: `https://api.bitbucket.org/2.0`.
    pub api_base_url: Option<String>,
    /// `username`, for an app password or an API token.
    pub username: Option<String>,
    /// `token` or `appPassword`.
    pub token: Option<Secret>,
    /// Whether configuration names this host.
    pub is_configured: bool,
}

/// One item of `callboard.integrations.git`.
#[derive(Debug, Clone, Default)]
pub struct GitHost {
    /// `host`, with a port where there is one.
    pub host: String,
    /// `scheme`: `https`, or `http` for servers inside.
    pub scheme: Option<String>,
    /// `username` for basic authentication.
    pub username: Option<String>,
    /// `password` for basic authentication.
    pub password: Option<Secret>,
}

/// One item of `backend.reading.allow`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedHost {
    /// `host`: a name with an optional port, or `*.` and a name.
    pub host: String,
    /// `paths`: prefixes of the path; absent means every path.
    pub paths: Option<Vec<String>>,
}

/// Bounds of every read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest single file, in bytes.
    pub file_bytes: u64,
    /// Largest archive as it travels, in bytes.
    pub archive_bytes: u64,
    /// Most bytes of all files of one folder or pattern.
    pub tree_bytes: u64,
    /// Most files of one folder or pattern.
    pub tree_files: usize,
    /// Most redirects of one request.
    pub redirects: usize,
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest wait for the whole answer of one request; an archive may take fifteen times as long.
    pub request: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        const MB: u64 = 1024 * 1024;
        Self {
            file_bytes: 10 * MB,
            archive_bytes: 500 * MB,
            tree_bytes: 200 * MB,
            tree_files: 20_000,
            redirects: 5,
            connect: Duration::from_secs(5),
            request: Duration::from_secs(20),
        }
    }
}

/// A text that is never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being printed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}
