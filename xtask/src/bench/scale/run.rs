//! One catalog on one database: from the empty database to the second start.
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use super::{
    Line,
    line::Limit,
    peer::Peer,
    requests::{self, Request},
};
use crate::{
    bench::{catalog, median, server::Server},
    command::{Run, program},
    http::Client,
    test::postgres::{Cluster, Found, find_or_install},
    wait,
};

/// How often a change is written and waited for.
const CHANGES: usize = 5;

/// How often the server is started again.
const RESTARTS: usize = 3;

/// What is measured, and with what.
pub struct Job<'a> {
    /// The server.
    pub binary: &'a Path,
    /// Folder of the generated catalog; its files are changed.
    pub catalog: &'a Path,
    /// Number of entities in it.
    pub entities: u64,
    /// What the server is asked.
    pub requests: &'a [Request],
}

/// A database for one run.
pub enum Database {
    /// A file in the data folder.
    Sqlite,
    /// A cluster of its own.
    Postgres {
        /// The running cluster.
        cluster: Cluster,
        /// Folder of PostgreSQL's programs.
        programs: PathBuf,
    },
}

impl Database {
    /// Prepares a database; `None` when this machine does not have its programs.
    ///
    /// # Errors
    /// When a program of PostgreSQL fails.
    pub fn start(name: &str) -> Result<Option<Self>> {
        if name == "sqlite" {
            return Ok(Some(Self::Sqlite));
        }
        match find_or_install()? {
            Found::Missing(_) => Ok(None),
            Found::Programs(programs) => {
                let cluster = Cluster::start(&programs)?;
                Ok(Some(Self::Postgres { cluster, programs }))
            }
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// Returns the part of the configuration that names it.
    fn section(&self) -> String {
        match self {
            Self::Sqlite => String::new(),
            Self::Postgres { cluster, .. } => {
                let url = cluster.url();
                format!("backend:\n  database:\n    client: pg\n    connection: {url}\n")
            }
        }
    }

    /// Returns its size in megabytes.
    fn size(&self, data: &Path) -> Result<f64> {
        let bytes = match self {
            Self::Sqlite => {
                let files = fs::read_dir(data)?.filter_map(|entry| entry.ok()?.metadata().ok());
                files.map(|file| file.len()).sum()
            }
            Self::Postgres { cluster, programs } => {
                let question = "select pg_database_size(current_database())";
                let mut psql = program(programs.join("psql"), &[&cluster.url(), "-Atc", question]);
                psql.capture()?.trim().parse::<u64>()?
            }
        };
        Ok(bytes as f64 / 1e6)
    }
}

/// Measures everything on one database.
///
/// # Errors
/// When the server or the database fails.
pub fn measure(job: &Job<'_>, database: &Database) -> Result<Vec<Line>> {
    let (name, peer) = (database.name(), Peer::for_entities(job.entities));
    let dir = folder(job, database)?;
    let budget = |limit: Limit| Some(limit.for_entities(job.entities));

    let mut server = Server::start(job.binary, dir.path())?;
    let cold = server.wait_for_entities(job.entities)?.as_secs_f64();
    let told = ingestion(&server)?.as_secs_f64();
    let mut first = Line::without(
        "ingestion, empty database",
        name,
        format!("{cold:.1} s, by its own log {told:.1} s"),
    );
    first.hold(cold, budget(Limit::Ingestion), "s");
    first.compare(cold, peer.ingestion, "s");
    let mut lines = vec![first, memory(&server, "memory after it", job)?];
    lines.extend(requests::measure(&server, job.requests, job.entities, name));
    lines.push(memory(&server, "memory after all requests", job)?);
    lines.push(changes(&server, job, name)?);
    server.stop()?;

    let size = database.size(&dir.path().join("data"))?;
    let mut line = Line::without("database", name, format!("{size:.0} MB"));
    line.compare(size, peer.database, "MB");
    lines.push(line);
    lines.extend(restarts(job, dir.path(), name)?);
    lines.iter_mut().for_each(|line| line.database = name);
    Ok(lines)
}

/// Makes a folder with a configuration that names the catalog and the database.
fn folder(job: &Job<'_>, database: &Database) -> Result<tempfile::TempDir> {
    let target = job.catalog.join("all.yaml");
    let dir = catalog::folder(&format!("[{{ type: file, target: {} }}]", target.display()))?;
    let file = dir.path().join("app-config.yaml");
    let text = fs::read_to_string(&file)? + &database.section();
    fs::write(&file, text)?;
    Ok(dir)
}

/// Waits for the line of the log that tells how long the first ingestion of this process took.
fn ingestion(server: &Server) -> Result<Duration> {
    let told = wait::until(Duration::from_secs(120), || server.ingestion_time());
    told.context("the log tells no ingestion")
}

fn memory(server: &Server, what: &str, job: &Job<'_>) -> Result<Line> {
    let (now, peak) = server.memory()?;
    let mut line = Line::without(what, "", format!("{now:.0} MB, highest {peak:.0} MB"));
    line.hold(now, Some(Limit::Memory.for_entities(job.entities)), "MB");
    line.compare(peak, Peer::for_entities(job.entities).memory, "MB");
    Ok(line)
}

/// Writes one file after the other and waits until what it says is served.
fn changes(server: &Server, job: &Job<'_>, name: &'static str) -> Result<Line> {
    let file = job.catalog.join("part-00000.yaml");
    let mut client = server.client()?;
    let mut times = Vec::new();
    for run in 0..CHANGES {
        let text = fs::read_to_string(&file)?;
        let (path, changed) = change(&text, &format!("Change {run} of {name}."))
            .context("the catalog has no description to change")?;
        fs::write(&file, changed)?;
        let written = Instant::now();
        let wanted = format!("Change {run} of {name}.");
        let visible = || is_visible(&mut client, &path, &wanted).then(Instant::now);
        let visible = wait::until(Duration::from_secs(60), visible);
        times.push(visible.context("a change was not served within a minute")? - written);
    }
    times.sort_unstable();
    let slowest = times.last().copied().unwrap_or_default();
    let text = format!(
        "{} ms, slowest {} ms",
        median(times).as_millis(),
        slowest.as_millis()
    );
    Ok(Line::without(
        "one file written until it is served",
        name,
        text,
    ))
}

fn is_visible(client: &mut Client, path: &str, wanted: &str) -> bool {
    let answer = client.get(path, &[]);
    answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.body).contains(wanted))
}

/// Gives the first entity of a file another description; returns the path at which it is served, and the file.
fn change(text: &str, description: &str) -> Option<(String, String)> {
    let value = |key: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(key))?;
        Some((line, line.split_once(": ")?.1.trim()))
    };
    let (kind, name) = (value("kind: ")?.1, value("name: ")?.1);
    let (line, _) = value("description: ")?;
    let path = format!(
        "/api/catalog/entities/by-name/{}/default/{name}",
        kind.to_lowercase()
    );
    let indent = &line[..line.len() - line.trim_start().len()];
    Some((
        path,
        text.replacen(line, &format!("{indent}description: {description}"), 1),
    ))
}

/// Starts the server on the full database again.
fn restarts(job: &Job<'_>, dir: &Path, name: &'static str) -> Result<Vec<Line>> {
    let (mut ready, mut unchanged, mut last) = (Vec::new(), Vec::new(), None);
    for _ in 0..RESTARTS {
        let mut server = Server::start(job.binary, dir)?;
        ready.push(server.wait_until_ready()?);
        unchanged.push(ingestion(&server)?);
        last = Some(memory(&server, "memory after a restart", job)?);
        server.stop()?;
    }
    let ready = median(ready).as_secs_f64();
    let mut restart = Line::without("restart until it answers", name, format!("{ready:.1} s"));
    restart.hold(ready, Some(Limit::Restart.for_entities(job.entities)), "s");
    restart.compare(
        ready,
        Peer::for_entities(job.entities).restart,
        "s (almost empty)",
    );
    let unchanged = median(unchanged).as_secs_f64();
    let unchanged = Line::without(
        "ingestion, nothing changed",
        name,
        format!("{unchanged:.1} s"),
    );
    Ok([restart, unchanged].into_iter().chain(last).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entity_of_a_file_gets_another_description() {
        let text = "kind: API\nmetadata:\n  name: a\n  description: Old.\n---\nkind: User\n";
        let (path, changed) = change(text, "New.").expect("there is a description");
        assert_eq!(path, "/api/catalog/entities/by-name/api/default/a");
        assert_eq!(changed, text.replace("Old.", "New."));
        assert!(change("kind: API\n", "New.").is_none());
    }
}
