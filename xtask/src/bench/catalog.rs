//! Starts, ingestion and memory: with an empty database, and with a generated catalog of 10,000 entities.
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{RUNS, Row, assets, load, median, milliseconds, server::Server};
use crate::{
    command::{self, Run, program},
    repo, say, wait,
};

const ENTITIES: u64 = 10_000;
const KINDS: &str = "[API, Component, Domain, Group, Location, Resource, System, Template, User]";

/// Measures the start on an empty database with no source.
///
/// # Errors
/// When the server does not start.
pub fn start_empty(binary: &Path) -> Result<Row> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let dir = folder("[]")?;
        let mut server = Server::start(binary, dir.path())?;
        times.push(server.wait_until_ready()?);
        server.stop()?;
    }
    Ok(Row::limited(
        "start-empty",
        milliseconds(median(times)),
        300.0,
        "ms",
        "home page and readiness",
    ))
}

/// Measures everything that needs a full catalog.
///
/// # Errors
/// When the generator or the server fails.
pub fn with_entities(binary: &Path, wanted: &BTreeSet<&'static str>) -> Result<Vec<Row>> {
    let source = tempfile::tempdir().context("no temporary folder")?;
    if let Err(error) = generate(source.path(), ENTITIES) {
        let needing = wanted
            .iter()
            .filter(|name| !["binary", "start-empty"].contains(*name));
        return Ok(needing
            .map(|name| Row::missing(name, format!("{error:#}")))
            .collect());
    }
    let target = source.path().join("all.yaml");
    let locations = format!("[{{ type: file, target: {} }}]", target.display());
    let (mut rows, dir) = ingestion(binary, &locations)?;
    if wanted.contains("start-full") {
        rows.push(start_full(binary, dir.path())?);
    }
    let mut server = Server::start(binary, dir.path())?;
    server.wait_until_ready()?;
    server.wait_for_entities(ENTITIES)?;
    rows.extend(assets::rows(&server)?);
    if wanted.contains("requests") {
        rows.extend(load::rows(&server)?);
    }
    server.stop()?;
    Ok(rows)
}

/// Ingests the catalog into empty databases and returns the last of their folders with the rows.
fn ingestion(binary: &Path, locations: &str) -> Result<(Vec<Row>, tempfile::TempDir)> {
    let (mut times, mut told, mut memory, mut peak) = (Vec::new(), Vec::new(), Vec::new(), 0.0_f64);
    let mut last = folder(locations)?;
    for run in 0..RUNS {
        if run > 0 {
            last = folder(locations)?;
        }
        let mut server = Server::start(binary, last.path())?;
        times.push(server.wait_for_entities(ENTITIES)?);
        // The log line may follow the answer by a moment.
        told.extend(wait::until(std::time::Duration::from_secs(2), || {
            server.ingestion_time()
        }));
        let (now, highest) = server.memory()?;
        memory.push(now);
        peak = peak.max(highest);
        say::note(format_args!(
            "ingestion {}: {:?}, {now:.0} MB",
            run + 1,
            times[run]
        ));
        server.stop()?;
    }
    let note = if told.is_empty() {
        "the log names no time".to_owned()
    } else {
        format!("by its own log {:.1} s", median(told).as_secs_f64())
    };
    memory.sort_by(f64::total_cmp);
    let rows = vec![
        Row::limited(
            "ingestion",
            (median(times).as_secs_f64() * 10.0).round() / 10.0,
            3.0,
            "s",
            note,
        ),
        Row::limited(
            "memory",
            memory[memory.len() / 2].round(),
            150.0,
            "MB",
            format!("highest {peak:.0} MB"),
        ),
    ];
    Ok((rows, last))
}

fn start_full(binary: &Path, dir: &Path) -> Result<Row> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let mut server = Server::start(binary, dir)?;
        times.push(server.wait_until_ready()?);
        server.stop()?;
    }
    Ok(Row::limited(
        "start-full",
        milliseconds(median(times)),
        1000.0,
        "ms",
        "home page and readiness",
    ))
}

/// Makes a folder with a configuration that names these locations.
///
/// # Errors
/// When it cannot be written.
pub fn folder(locations: &str) -> Result<tempfile::TempDir> {
    let dir = tempfile::tempdir().context("no temporary folder")?;
    let text = format!(
        "app:\n  title: Benchmark\ncatalog:\n  rules:\n    - allow: {KINDS}\n  locations: {locations}\n"
    );
    fs::write(dir.path().join("app-config.yaml"), text)?;
    Ok(dir)
}

/// Returns the path of the generator, a Python program that is kept outside the repository.
pub fn generator() -> PathBuf {
    let named = command::variable("CALLBOARD_BENCH_GENERATOR").map(PathBuf::from);
    named.unwrap_or_else(|| repo::root().join("../shared/bench/gen_catalog.py"))
}

/// Generates a catalog of some size.
///
/// # Errors
/// When there is no generator or it fails.
pub fn generate(to: &Path, entities: u64) -> Result<()> {
    let script = generator();
    if !script.is_file() {
        anyhow::bail!("no catalog generator; set CALLBOARD_BENCH_GENERATOR to gen_catalog.py");
    }
    let python = command::find("python3").context("the catalog generator needs python3")?;
    let mut command = program(python, &[]);
    command
        .arg(script)
        .args(["--entities", &entities.to_string(), "--out"])
        .arg(to)
        .capture()
        .map(|_| ())
}
