//! `cargo xtask bench catalog`: a generated catalog of some size on both databases, and Backstage beside it.
mod line;
mod peer;
mod requests;
mod run;

use std::process::ExitCode;

use anyhow::{Context, Result};

use self::{
    line::Line,
    peer::Peer,
    run::{Database, Job},
};
use super::{catalog, options::Options};
use crate::say;

/// Entities when the command does not say.
const ENTITIES: u64 = 10_000;

/// Fewest entities for which the requests make sense.
const LEAST: u64 = 100;

/// Builds the release binary, measures it and prints one table; a broken budget makes the exit status 1.
///
/// # Errors
/// When an argument is unknown, the build fails or the server does not start.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = Options::parse("catalog", args, ENTITIES, LEAST)?;
    let binary = options.binary()?;
    let source = tempfile::tempdir().context("no temporary folder")?;
    catalog::generate(source.path(), options.entities)?;
    let file = catalog::generator().with_file_name("requests.txt");
    let requests = requests::read(&file, &source.path().join("names.txt"))?;
    let job = Job {
        binary: &binary,
        catalog: source.path(),
        entities: options.entities,
        requests: &requests,
    };
    let mut lines = Vec::new();
    for name in &options.databases {
        match Database::start(name)? {
            Some(database) => lines.extend(run::measure(&job, &database)?),
            None => lines.push(Line::without(
                "everything",
                name,
                "not measured: PostgreSQL is not installed",
            )),
        }
    }
    show(&lines, options.entities);
    let broken = lines.iter().any(Line::is_broken);
    Ok(if broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn show(lines: &[Line], entities: u64) {
    let cells: Vec<_> = lines.iter().map(Line::cells).collect();
    let header = [
        "measured",
        "database",
        "value",
        "budget",
        "",
        "Backstage",
        "ratio",
    ];
    say::line(format_args!("\n{}", say::table(&header, &cells)));
    let peer = Peer::for_entities(entities).entities;
    say::line(format_args!(
        "{entities} entities; requests as rate and p50/p95/p99. Backstage 1.55 with {peer} entities on PostgreSQL, \
         recorded on a machine of this size on another day: compare orders of magnitude only."
    ));
}
