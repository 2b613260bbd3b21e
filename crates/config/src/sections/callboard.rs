//! The section `callboard`, which Backstage does not have.
use std::path::PathBuf;
use std::time::Duration;

use callboard_diagnostics::Severities;

use super::home::Home;
use crate::cursor::Cursor;
use crate::files::join;
use crate::secret::Secret;

/// The section `callboard`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callboard {
    /// `callboard.dataDir`: the folder of everything the portal keeps. Default: decided by the server.
    pub data_dir: Option<PathBuf>,
    /// `callboard.catalog.filePlaceholders`: whether `$text` and its kin beside a `file` location are read.
    /// Default: true.
    pub file_placeholders: bool,
    /// `callboard.diagnostics`: severities that differ from the registry's. Default: none.
    pub diagnostics: Severities,
    /// `callboard.reading.private`: names, addresses and networks that may be read although they are private.
    /// Default: none.
    pub reading_private: Vec<String>,
    /// `callboard.integrations.git`: servers that speak git over HTTP. Default: none.
    pub git: Vec<GitIntegration>,
    /// `callboard.policy.files`: the policy files; relative ones start at the folder of the file that names them.
    /// Default: none.
    pub policy_files: Vec<PathBuf>,
    /// `callboard.home`: what the home page shows.
    pub home: Home,
    /// `callboard.auth`: what sign-in does beyond Backstage's.
    pub auth: CallboardAuth,
}

/// The section `callboard.auth`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallboardAuth {
    /// `nestedGroups`: whether people own what belongs to the groups above their own. Default: false.
    pub nested_groups: bool,
    /// `session.idle`: the time without a request after which a session ends. Default: 7 days.
    pub session_idle: Duration,
    /// `session.absolute`: the time after which every session ends. Default: 30 days.
    pub session_absolute: Duration,
}

/// One item of `callboard.integrations.git`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitIntegration {
    /// `host`, with its port if it is not the usual one.
    pub host: String,
    /// `scheme`: `https` or `http`. Default: `https`.
    pub scheme: String,
    /// `username`. Default: none.
    pub username: Option<String>,
    /// `password`. Default: none.
    pub password: Option<Secret>,
}

impl Callboard {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let private = section.get("reading").get("private");
        let git = section.get("integrations").get("git");
        Self {
            data_dir: section.get("dataDir").text().map(PathBuf::from),
            file_placeholders: section
                .get("catalog")
                .get("filePlaceholders")
                .boolean()
                .unwrap_or(true),
            diagnostics: super::diagnostics::read(section.get("diagnostics")),
            reading_private: private.items().filter_map(Cursor::text).collect(),
            git: git.items().map(GitIntegration::read).collect(),
            policy_files: section
                .get("policy")
                .get("files")
                .items()
                .filter_map(|file| Some(join(&file.folder(), file.text()?)))
                .collect(),
            home: Home::read(section.get("home")),
            auth: CallboardAuth::read(section.get("auth")),
        }
    }
}

impl CallboardAuth {
    /// A day.
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn read(section: Cursor<'_>) -> Self {
        let limit = |key: &str, days: u32| {
            let limit = section.get("session").get(key).duration();
            limit.unwrap_or(Self::DAY * days)
        };
        Self {
            nested_groups: section.get("nestedGroups").boolean().unwrap_or(false),
            session_idle: limit("idle", 7),
            session_absolute: limit("absolute", 30),
        }
    }
}

impl GitIntegration {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            host: item.get("host").text().unwrap_or_default(),
            scheme: item
                .get("scheme")
                .text()
                .unwrap_or_else(|| "https".to_owned()),
            username: item.get("username").text(),
            password: item.get("password").text().map(Secret::new),
        }
    }
}
