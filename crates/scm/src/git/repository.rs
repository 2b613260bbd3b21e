//! A remote repository, and the snapshot of one commit of it.
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use url::Url;

use super::command::{Bounds, Git};
use crate::forge::basic;
use crate::http::Http;
use crate::target::RepoTarget;
use crate::{ErrorKind, GitHost, Limits, ScmError, Secret};

/// Most bytes that a list of references may have; it is asked for two.
const MAX_REFERENCES: u64 = 1024 * 1024;
/// A fetch may take this many times as long as any other answer.
const FETCH_PATIENCE: u32 = 15;
/// What the remote is called in settings.
const NAME: &str = "source";

/// A remote repository whose addresses were checked.
pub(super) struct Remote<'a> {
    git: Git,
    limits: &'a Limits,
}

/// The commit, in a folder that is removed with it.
pub(super) struct Snapshot<'a> {
    remote: &'a Remote<'a>,
    folder: TempDir,
}

/// Which files have to come with a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    /// Those that are asked for later, if the server can send them one by one.
    Asked,
    /// All of them.
    All,
}

impl<'a> Remote<'a> {
    /// Checks that the repository may be reached, and prepares it.
    pub(super) async fn new(
        http: &Http,
        host: &GitHost,
        target: &RepoTarget,
        limits: &'a Limits,
    ) -> Result<Self, ScmError> {
        let url = target.repository_url();
        let scheme = host.scheme.as_deref().unwrap_or("https");
        if url.scheme() != scheme {
            let message = format!(
                "`callboard.integrations.git` says that this host is read over {scheme}; `scheme` there changes it"
            );
            return Err(ScmError::new(ErrorKind::Refused, message));
        }
        let addresses = http.addresses(&url).await?;
        let mut git = Git {
            settings: settings(&url, &addresses, limits),
            secrets: Vec::new(),
        };
        if let Some(password) = &host.password {
            let value = basic(host.username.as_deref().unwrap_or_default(), password)?;
            let value = value.to_str().unwrap_or_default().to_owned();
            // Only this origin is sent it, even if the server names others.
            let key = format!("http.{}/.extraHeader", &url[..url::Position::BeforePath]);
            git.secrets = vec![
                password.clone(),
                Secret::new(value.trim_start_matches("Basic ")),
            ];
            git.settings.push((key, format!("Authorization: {value}")));
        }
        Ok(Self { git, limits })
    }

    /// Lists the branches and tags of a name.
    pub(super) async fn references(&self, name: &str) -> Result<String, ScmError> {
        let (branch, tag) = (format!("refs/heads/{name}"), format!("refs/tags/{name}"));
        let peeled = format!("{tag}^{{}}");
        let arguments = ["ls-remote", "--quiet", "--", NAME, &branch, &tag, &peeled];
        let bounds = Bounds {
            time: self.limits.request,
            output: MAX_REFERENCES,
            folder: None,
        };
        let listed = self.git.run(&arguments, b"", bounds).await?;
        Ok(String::from_utf8_lossy(&listed).into_owned())
    }

    /// Fetches a commit without its history.
    pub(super) async fn fetch(
        &'a self,
        commit: &str,
        files: Files,
    ) -> Result<Snapshot<'a>, ScmError> {
        let folder = tempfile::Builder::new().prefix("callboard-git-").tempdir();
        let folder = folder.map_err(|error| {
            let message = format!("there is no room for the repository: {error}");
            ScmError::new(ErrorKind::Unavailable, message)
        })?;
        let snapshot = Snapshot {
            remote: self,
            folder,
        };
        snapshot
            .run(&["init", "--quiet", "--bare", "--template="], b"", 1024)
            .await?;
        let mut arguments = vec![
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--no-write-fetch-head",
        ];
        if files == Files::Asked {
            arguments.push("--filter=blob:none");
        }
        arguments.extend(["--", NAME, commit]);
        snapshot.run(&arguments, b"", 64 * 1024).await?;
        Ok(snapshot)
    }
}

impl Snapshot<'_> {
    /// Returns the bounds of a read.
    pub(super) fn limits(&self) -> &Limits {
        self.remote.limits
    }

    /// Runs the program in the folder.
    pub(super) async fn run(
        &self,
        arguments: &[&str],
        input: &[u8],
        output: u64,
    ) -> Result<Vec<u8>, ScmError> {
        let folder: &Path = self.folder.path();
        let place = folder.to_str().ok_or_else(|| {
            let message = "the folder for temporary files has a name that is not UTF-8";
            ScmError::new(ErrorKind::Unavailable, message)
        })?;
        let place = format!("--git-dir={place}");
        let arguments: Vec<_> = [place.as_str()]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let limits = self.remote.limits;
        let bounds = Bounds {
            time: patience(limits),
            output,
            folder: Some((folder, limits.archive_bytes)),
        };
        self.remote.git.run(&arguments, input, bounds).await
    }
}

fn patience(limits: &Limits) -> Duration {
    limits.request * FETCH_PATIENCE
}

/// Returns the settings that keep the program to one server, at the addresses that were checked.
///
/// `curloptResolve` needs git 2.37; an older one finds the addresses again by itself.
fn settings(url: &Url, addresses: &[SocketAddr], limits: &Limits) -> Vec<(String, String)> {
    let agent = concat!("Callboard/", env!("CARGO_PKG_VERSION"));
    let fixed = [
        ("protocol.allow", "never"),
        ("protocol.http.allow", "always"),
        ("protocol.https.allow", "always"),
        ("http.followRedirects", "false"),
        ("http.userAgent", agent),
        ("credential.helper", ""),
        ("core.askPass", ""),
        ("core.hooksPath", "/dev/null"),
        ("init.defaultBranch", "main"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("transfer.bundleURI", "false"),
        ("fetch.recurseSubmodules", "false"),
        ("advice.detachedHead", "false"),
    ];
    let mut settings: Vec<_> = (fixed.iter())
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    settings.push((format!("remote.{NAME}.url"), url.to_string()));
    // Its helper outlives a program that is stopped, until it notices that the server says nothing.
    let silence = limits.request.as_secs().max(1).to_string();
    settings.push(("http.lowSpeedLimit".to_owned(), "1".to_owned()));
    settings.push(("http.lowSpeedTime".to_owned(), silence));
    if let (Some(url::Host::Domain(name)), Some(port)) = (url.host(), url.port_or_known_default()) {
        let places = addresses.iter().map(|address| match address {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        });
        let places = places.collect::<Vec<_>>().join(",");
        settings.push((
            "http.curloptResolve".to_owned(),
            format!("{name}:{port}:{places}"),
        ));
    }
    settings
}
