//! `cargo xtask TASK`: everything one does with the project, in Rust, with no tool to install first.
mod bench;
mod build;
mod command;
mod http;
mod process;
mod repo;
mod say;
mod serve;
mod site;
mod test;
mod tidy;
mod toolchain;
mod wait;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask TASK

  serve [--release] [ARGS…]            build what is needed and start the portal on http://localhost:7007
                                       with the sample organisation; ARGS go to `callboard serve`
  build                                the release binary, with the site inside: target/release/callboard
  site [--dev]                         only the browser's files: target/site
  test [--only STEP]… [--skip STEP]…   every check; `test --list` names the steps
  tidy                                 the project's own rules
  bench [--only ROW]…                  the budgets, measured; `bench --list` names the rows
  bench catalog [--entities N] [--database sqlite|postgres]
                                       a generated catalog of some size on both databases, beside Backstage
  bench auth [--entities N] [--database sqlite|postgres]
                                       sessions, roles, and pages of what one may read";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match task(&args) {
        Ok(code) => code,
        Err(error) => {
            say::line(format_args!("\nerror: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn task(args: &[String]) -> Result<ExitCode> {
    let Some((name, rest)) = args.split_first() else {
        say::line(USAGE);
        return Ok(ExitCode::from(2));
    };
    match name.as_str() {
        "serve" => serve::run(rest)?,
        "build" => build::run(rest)?,
        "site" => build::site_only(rest)?,
        "test" => return test::run(rest),
        "tidy" => return tidy::run(rest),
        "bench" => return bench::run(rest),
        "help" | "--help" | "-h" => say::line(USAGE),
        other => bail!("there is no task `{other}`\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
