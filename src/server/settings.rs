//! From configuration to what each engine is told.
use std::{
    fs::File,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use callboard_catalog::{Allow, Ingester, LocationPattern, Registered, Rule, Settings};
use callboard_config::{
    AllowedKind, Config, Database, Interval, LocationConflict, OrphanStrategy, Secret,
    SqliteTarget, StaticLocation, TargetMatch,
};
use callboard_db::{Db, Server, Target};
use callboard_scm::Reader;

use super::services::{Secrets, Sources};

mod external;
mod guards;
mod hosts;
mod providers;

pub(super) use guards::guards;
use hosts::hosts;

/// Name of the database file in the data folder.
const DATABASE_FILE: &str = "callboard.db";

/// Returns the folder for everything the portal keeps.
pub(super) fn data_folder(given: Option<&Path>, config: &Config) -> PathBuf {
    given
        .map(Path::to_owned)
        .or_else(|| config.callboard.data_dir.clone())
        .unwrap_or_else(|| PathBuf::from("callboard-data"))
}

/// Returns the folder of the first configuration file, which file names are shown relative to.
///
/// # Errors
/// When the current folder has no name.
pub(super) fn base_folder(config: &[PathBuf]) -> Result<PathBuf> {
    let folder = config.first().and_then(|file| file.parent());
    let folder = folder.map_or(PathBuf::from("."), |folder| Path::new(".").join(folder));
    std::path::absolute(folder).context("cannot name the current folder")
}

/// Chooses the database.
pub(super) fn database(config: &Config, data: &Path) -> Target {
    match &config.backend.database {
        Database::Postgres(postgres) => Target::Postgres(Server {
            url: postgres.url().expose().to_owned(),
            root_certificate: postgres.ssl.ca.clone(),
            client_certificate: postgres.ssl.cert.clone(),
            client_key: postgres.ssl.key.as_ref().map(|key| key.expose().to_owned()),
        }),
        Database::Sqlite(SqliteTarget::Memory) => Target::Memory,
        Database::Sqlite(SqliteTarget::Default) => Target::File(data.join(DATABASE_FILE)),
        Database::Sqlite(SqliteTarget::File(file)) => Target::File(file.clone()),
        Database::Sqlite(SqliteTarget::Directory(folder)) => {
            Target::File(folder.join(DATABASE_FILE))
        }
    }
}

/// Makes sure that one process at a time uses a SQLite file. The lock ends with the process, however that ends.
///
/// # Errors
/// When another portal uses the file, or its folder cannot be written.
pub(super) fn lock(target: &Target) -> Result<Option<File>> {
    let Target::File(file) = target else {
        return Ok(None);
    };
    let path = file.with_extension("lock");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    }
    let lock = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(std::fs::TryLockError::WouldBlock) => bail!(
            "another portal uses {}; stop it, or give this one a folder of its own with --data",
            file.display()
        ),
        Err(std::fs::TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// Makes what reads the sources, and says what may be done with them by request.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn sources(
    db: &Db,
    config: &Config,
    catalog: Settings,
    names_from: PathBuf,
) -> Result<Sources> {
    let reader = Reader::new(hosts(config));
    let secret = |configured: &Option<Secret>| {
        let is_heard = config.catalog.scm_events != Some(false);
        let secret = configured.as_ref().filter(|_| is_heard);
        secret.map(|secret| callboard_scm::Secret::new(secret.expose()))
    };
    let ingester = Ingester::open(db.clone(), catalog, Some(names_from), reader).await?;
    Ok(Sources {
        ingester,
        readonly: config.catalog.readonly,
        refreshes_on_conflict: config.catalog.location_conflict == LocationConflict::Refresh,
        secrets: Secrets {
            github: secret(&config.events.github_secret).or_else(|| {
                let hosts = config.integrations.github.iter();
                hosts
                    .flat_map(|host| &host.apps)
                    .find_map(|app| secret(&app.webhook_secret))
            }),
            gitlab: secret(&config.events.gitlab_secret),
            gitea: secret(&config.events.gitea_secret),
        },
    })
}

/// Tells the catalog engine its locations and rules.
pub(super) fn catalog(config: &Config) -> Settings {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    Settings {
        locations: config
            .catalog
            .locations
            .iter()
            .map(|location| registered(location, &here))
            .collect(),
        rules: config.catalog.rules.iter().map(rule).collect(),
        ignore_file_placeholders: !config.callboard.file_placeholders,
        keep_orphans: config.catalog.orphan_strategy == OrphanStrategy::Keep,
        interval: match config.catalog.processing_interval {
            Interval::Every(interval) => Some(interval),
            Interval::Off => None,
        },
        severities: config.callboard.diagnostics.clone(),
        ask_in_background: true,
        skip_hosts: false,
    }
}

/// Relative targets are tried against the folder of the file that names them, then against `packages/backend` below
/// it and the current folder, where Backstage's own configuration files expect to be read from.
fn registered(location: &StaticLocation, here: &Path) -> Registered {
    let place = &location.place;
    let folder = here.join(Path::new(&place.file).parent().unwrap_or(Path::new("")));
    Registered {
        location_type: location.type_.clone(),
        target: location.target.clone(),
        bases: vec![
            folder.clone(),
            folder.join("packages/backend"),
            here.to_owned(),
        ],
        allow: location
            .rules
            .iter()
            .flat_map(|rule| rule.allow.iter().map(allow))
            .collect(),
        declared: place.span.map(|span| (place.file.clone(), span)),
    }
}

fn rule(rule: &callboard_config::Rule) -> Rule {
    let pattern = |matcher: &callboard_config::LocationMatcher| LocationPattern {
        location_type: matcher.type_.clone(),
        exact: match &matcher.target {
            TargetMatch::Exact(exact) => Some(exact.clone()),
            TargetMatch::Any | TargetMatch::Pattern(_) => None,
        },
        pattern: match &matcher.target {
            TargetMatch::Pattern(pattern) => Some(pattern.clone()),
            TargetMatch::Any | TargetMatch::Exact(_) => None,
        },
    };
    Rule {
        allow: rule.allow.iter().map(allow).collect(),
        locations: rule
            .locations
            .as_ref()
            .map(|all| all.iter().map(pattern).collect()),
    }
}

fn allow(allowed: &AllowedKind) -> Allow {
    Allow {
        kind: allowed.kind.clone(),
        spec_type: allowed.spec_type.clone(),
    }
}
