//! The checks themselves, in the order they are run: the quick ones first.
use std::process::Command;

use anyhow::Result;

use super::{
    Outcome, Step, browser, deny, node,
    postgres::{self, Cluster},
    rest,
};
use crate::{
    command::{self, Run, cargo, shown},
    repo::{NAME, WASM_TARGET},
    say, site, tidy, toolchain,
};

/// One selection of packages everywhere: another one would unite features differently and build dependencies twice.
const PROJECT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// Returns all steps.
pub fn all() -> Vec<Step> {
    vec![
        step("toolchain", "rustc and its WASM target", &[], toolchain),
        step("fmt", "the code is formatted", &[], fmt),
        step("tidy", "the project's own rules", &[], tidy_rules),
        step(
            "clippy",
            "lints of the server and of all tests",
            &[],
            clippy,
        ),
        step(
            "clippy-browser",
            "lints of what the browser gets",
            &["toolchain"],
            clippy_browser,
        ),
        step("clippy-xtask", "lints of xtask", &[], clippy_xtask),
        step("xtask", "the tests of xtask", &[], xtask_tests),
        step(
            "deny",
            "licences, origins and known weaknesses of dependencies",
            &[],
            deny::check,
        ),
        step("node", "Node's packages", &[], node::packages),
        step(
            "tools",
            "what the browser tests need",
            &["node"],
            browser::tools,
        ),
        step(
            "site",
            "the browser's files, as users get them",
            &["toolchain"],
            site_files,
        ),
        step("build", "server and tests compile", &[], test_build),
        step(
            "tests",
            "unit and integration tests, on SQLite and PostgreSQL",
            &["build"],
            tests,
        ),
        step(
            "doctests",
            "the examples in the documentation",
            &["build"],
            doctests,
        ),
        step("docs", "the documentation builds", &[], docs),
        step(
            "oracles",
            "stand-ins and outputs against published descriptions",
            &["node", "build"],
            node::oracles,
        ),
        step(
            "conformance",
            "the REST API against answers recorded from Backstage",
            &["node", "build"],
            rest::conformance,
        ),
        step(
            "fuzz",
            "the REST API against made-up requests",
            &["build"],
            rest::fuzz,
        ),
        step(
            "browser",
            "the browser tests",
            &["tools", "site", "build"],
            browser::tests,
        ),
    ]
}

const fn step(
    name: &'static str,
    what: &'static str,
    needs: &'static [&'static str],
    run: fn() -> Result<Outcome>,
) -> Step {
    Step {
        name,
        what,
        needs,
        run,
    }
}

/// Shows a command, runs it, and makes its exit status the outcome.
pub fn checked(command: &mut Command) -> Result<Outcome> {
    say::line(format_args!("$ {}", shown(command)));
    command.run()?;
    Ok(Outcome::Passed(String::new()))
}

fn toolchain() -> Result<Outcome> {
    toolchain::prepare()?;
    Ok(Outcome::Passed(String::new()))
}

fn fmt() -> Result<Outcome> {
    checked(&mut cargo(&["fmt", "--all", "--check"]))
}

fn tidy_rules() -> Result<Outcome> {
    let problems = tidy::check()?;
    for problem in &problems {
        say::line(problem);
    }
    Ok(if problems.is_empty() {
        Outcome::Passed(String::new())
    } else {
        Outcome::Failed(format!("{} problems", problems.len()))
    })
}

fn clippy() -> Result<Outcome> {
    checked(
        cargo(&["clippy"])
            .args(PROJECT)
            .args(["--all-targets", "--", "-D", "warnings"]),
    )
}

/// Names the package: without `-p` the default members would be checked for the browser too, and some cannot be.
fn clippy_browser() -> Result<Outcome> {
    let what = [
        "-p",
        NAME,
        "--lib",
        "--no-default-features",
        "--features",
        "hydrate",
        "--target",
        WASM_TARGET,
    ];
    checked(cargo(&["clippy"]).args(what).args(["--", "-D", "warnings"]))
}

fn clippy_xtask() -> Result<Outcome> {
    checked(&mut cargo(&[
        "clippy",
        "-p",
        "xtask",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn xtask_tests() -> Result<Outcome> {
    checked(&mut cargo(&["test", "-q", "-p", "xtask"]))
}

fn has_nextest() -> bool {
    cargo(&["nextest", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Makes the command that runs the tests: nextest where it is installed, else cargo's own runner.
fn test_command() -> Command {
    if !has_nextest() {
        say::note(
            "cargo-nextest is not installed; `cargo test` does the same, one test binary after the other",
        );
        let mut command = cargo(&["test"]);
        command
            .args(PROJECT)
            .args(["--lib", "--bins", "--tests", "--no-fail-fast"]);
        return command;
    }
    let mut command = cargo(&["nextest", "run"]);
    command.args(PROJECT);
    if command::is_ci() {
        command.args(["--profile", "ci"]);
    }
    command
}

fn test_build() -> Result<Outcome> {
    checked(test_command().arg("--no-run"))
}

fn tests() -> Result<Outcome> {
    let mut command = test_command();
    let cluster = match postgres::find_or_install()? {
        postgres::Found::Programs(dir) => Cluster::start(&dir)?,
        postgres::Found::Missing(what) if command::is_ci() => return Ok(Outcome::Failed(what)),
        postgres::Found::Missing(what) => {
            say::note(&what);
            checked(&mut command)?;
            return Ok(Outcome::Passed(format!("on SQLite only: {what}")));
        }
    };
    say::note(format_args!(
        "a private PostgreSQL runs in {}",
        cluster.dir().display()
    ));
    // With this a test that finds no database fails where it would else be left out.
    command.env("CALLBOARD_TESTS_REQUIRE", "postgres");
    checked(command.env("TEST_POSTGRES_URL", cluster.url()))
}

fn doctests() -> Result<Outcome> {
    checked(cargo(&["test", "-q", "--doc"]).args(PROJECT))
}

fn docs() -> Result<Outcome> {
    checked(
        cargo(&["doc", "--no-deps"])
            .args(PROJECT)
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn site_files() -> Result<Outcome> {
    site::build(site::Mode::Release)?;
    Ok(Outcome::Passed(String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_needs_only_steps_that_come_before_it() {
        let steps = all();
        for (place, step) in steps.iter().enumerate() {
            for need in step.needs {
                assert!(
                    steps[..place].iter().any(|before| before.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn no_two_steps_share_a_name() {
        let mut names: Vec<_> = all().iter().map(|step| step.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
