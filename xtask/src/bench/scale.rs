//! `cargo xtask bench catalog`: a generated catalog of some size on both databases, and Backstage beside it.
mod line;
mod peer;
mod requests;
mod run;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};

use self::{
    line::Line,
    peer::Peer,
    run::{Database, Job},
};
use super::catalog;
use crate::{
    build, say,
    site::{self, Mode},
    toolchain,
};

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// Entities when the command does not say.
const ENTITIES: u64 = 10_000;

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
/// When an argument is unknown, the build fails or the server does not start.
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
                let number = text.parse().ok().filter(|number| *number >= 100);
                options.entities =
                    number.with_context(|| format!("`{text}` is no number from 100 on"))?;
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
                "unknown argument `{arg}`; usage: cargo xtask bench catalog [--entities N] \
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
        assert_eq!((all.entities, all.databases), (10_000, DATABASES.to_vec()));
        let one = parse(&args(&["--entities", "100000", "--database", "postgres"])).expect("valid");
        assert_eq!((one.entities, one.databases), (100_000, vec!["postgres"]));
        for wrong in [
            &["--entities", "many"][..],
            &["--database", "mysql"],
            &["--database"],
            &["--fast"],
        ] {
            assert!(parse(&args(wrong)).is_err(), "{wrong:?}");
        }
    }
}
