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

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};

use self::{database::Database, line::Line, people::Names};
use super::catalog;
use crate::{
    build, say,
    site::{self, Mode},
    toolchain,
};

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// Entities when the command does not say; the budgets are for this many.
const ENTITIES: u64 = 100_000;

/// What to measure.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    entities: u64,
    databases: Vec<&'static str>,
    /// Measure this server instead of building one.
    binary: Option<PathBuf>,
}

/// Builds the release binary, measures it and prints one table; a broken budget makes the exit status 1.
///
/// # Errors
/// When an argument is unknown, the build fails, the server does not start, or the policy does not have the effect
/// that is to be measured.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = parse(args)?;
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => {
            toolchain::prepare()?;
            site::build(Mode::Release)?;
            build::release_server()?
        }
    };
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

fn parse(args: &[String]) -> Result<Options> {
    let mut options = Options {
        entities: ENTITIES,
        databases: DATABASES.to_vec(),
        binary: None,
    };
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut value = || {
            rest.next()
                .with_context(|| format!("`{arg}` needs a value"))
        };
        match arg.as_str() {
            "--entities" => {
                let text = value()?;
                // Fewer have not enough groups for members of roles that the measured user does not have.
                let number = text.parse().ok().filter(|number| *number >= 1_000);
                options.entities =
                    number.with_context(|| format!("`{text}` is no number from 1000 on"))?;
            }
            "--database" => {
                let text = value()?;
                let known = DATABASES.into_iter().find(|known| known == text);
                options.databases = vec![known.with_context(|| {
                    format!("there is no database `{text}`: use sqlite or postgres")
                })?];
            }
            "--binary" => options.binary = Some(std::path::absolute(value()?)?),
            _ => bail!(
                "unknown argument `{arg}`; usage: cargo xtask bench auth [--entities N] \
                 [--database sqlite|postgres] [--binary FILE]"
            ),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_choose_size_and_database() {
        let args = |list: &[&str]| list.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
        let all = parse(&[]).expect("valid");
        assert_eq!((all.entities, all.databases), (100_000, DATABASES.to_vec()));
        let one = parse(&args(&["--entities", "5000", "--database", "sqlite"])).expect("valid");
        assert_eq!((one.entities, one.databases), (5_000, vec!["sqlite"]));
        for wrong in [
            &["--entities", "999"][..],
            &["--entities"],
            &["--database", "mysql"],
            &["--sessions", "7"],
        ] {
            assert!(parse(&args(wrong)).is_err(), "{wrong:?}");
        }
    }
}
