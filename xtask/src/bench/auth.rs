//! `cargo xtask bench auth`: what sign-in and permissions cost, with many sessions, many roles and a large catalog.
mod database;
mod line;
mod pages;
mod people;
mod policy;
mod post;
mod questions;
mod run;
mod sessions;
mod times;

use std::process::ExitCode;

use anyhow::{Context, Result};

use self::{database::Database, line::Line, people::Names};
use super::{catalog, options::Options};
use crate::say;

/// Entities when the command does not say; the budgets are for this many.
const ENTITIES: u64 = 100_000;

/// Fewer have not enough groups for members of roles that the measured user does not have.
const LEAST: u64 = 1_000;

/// Builds the release binary, measures it and prints one table; a broken budget makes the exit status 1.
///
/// # Errors
/// When an argument is unknown, the build fails, the server does not start, or the policy does not have the effect
/// that is to be measured.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = Options::parse("auth", args, ENTITIES, LEAST)?;
    let binary = options.binary()?;
    let source = tempfile::tempdir().context("no temporary folder")?;
    catalog::generate(source.path(), options.entities)?;
    let names = Names::read(&source.path().join("names.txt"))?;
    let job = run::Job {
        binary: &binary,
        catalog: source.path(),
        entities: options.entities,
        names: &names,
    };
    let mut lines = Vec::new();
    for name in &options.databases {
        match Database::start(name)? {
            Some(database) => lines.extend(run::measure(&job, &database)?),
            None => lines.push(Line::new(
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
        "beside it",
        "ratio",
    ];
    say::line(format_args!("\n{}", say::table(&header, &cells)));
    say::line(format_args!(
        "{entities} entities, {} sessions, {} roles with {} rules each; times are p50/p95 on one connection.",
        sessions::COUNT,
        policy::ROLES,
        policy::RULES,
    ));
}
