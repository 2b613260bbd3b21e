//! cargo-deny with `deny.toml`: licences, banned packages, sources, and known weaknesses where their list is at hand.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Outcome, steps::checked};
use crate::{
    command::{self, Run, cargo, program},
    repo, say,
};

/// The version that CI installs.
const VERSION: &str = "0.20.2";

/// The oldest version that knows the options used here.
const OLDEST: (u32, u32) = (0, 20);

/// Its own profile takes three times as long to compile, for a program that runs for a second.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

/// Checks what the project is built with.
///
/// # Errors
/// When it cannot be installed, or finds something.
pub fn check() -> Result<Outcome> {
    let tools = repo::target_dir()?.join("tools");
    let Some(tool) = find_or_install(&tools)? else {
        return Ok(Outcome::Skipped(format!(
            "cargo-deny {}.{} or newer is not installed; get it with `cargo install cargo-deny --version {VERSION} --locked`",
            OLDEST.0, OLDEST.1
        )));
    };
    // Warnings are for those who call cargo-deny themselves.
    let quiet = ["--log-level", "error", "--workspace", "--locked"];
    let mut command = program(&tool, &quiet);
    checked(command.args(["check", "bans", "licenses", "sources"]))?;
    let databases = cargo_home().map(|home| home.join("advisory-dbs"));
    if !databases.is_some_and(|dir| has_database(&dir)) {
        let text = "without known weaknesses: their list is not here (`cargo deny fetch db` gets it from github.com)";
        return Ok(Outcome::Passed(text.to_owned()));
    }
    let mut command = program(&tool, &quiet);
    checked(command.args(["--offline", "check", "advisories"]))
}

/// Finds the program, or installs it on CI.
fn find_or_install(tools: &Path) -> Result<Option<PathBuf>> {
    let own = tools.join("bin/cargo-deny");
    let known = [Some(own.clone()), command::find("cargo-deny")];
    let found = known.into_iter().flatten().find(|tool| is_usable(tool));
    if found.is_some() || !command::is_ci() {
        return Ok(found);
    }
    install(tools)?;
    Ok(Some(own))
}

fn is_usable(tool: &Path) -> bool {
    let output = program(tool, &["--version"]).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.is_ok_and(|text| version(&text).is_some_and(|version| version >= OLDEST))
}

/// Reads `(0, 20)` from `cargo-deny 0.20.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix("cargo-deny ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Compiles the program into cargo's target folder, which CI keeps from run to run.
fn install(tools: &Path) -> Result<()> {
    say::note("compiling cargo-deny (once, some minutes)");
    let build = tools.join("build");
    let mut command = cargo(&["install", "cargo-deny", "--version", VERSION, "--locked"]);
    command.arg("--root").arg(tools).envs(QUICK);
    command.env("CARGO_TARGET_DIR", &build).run()?;
    // What it was made of is large and of no further use.
    std::fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
}

fn cargo_home() -> Option<PathBuf> {
    let home = || Some(PathBuf::from(command::variable("HOME")?).join(".cargo"));
    command::variable("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(home)
}

/// Tells whether cargo-deny has put a database into its folder.
fn has_database(dir: &Path) -> bool {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("advisory-db-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_it_prints() {
        assert_eq!(version("cargo-deny 0.20.2\n"), Some((0, 20)));
        assert!(version("cargo-deny 0.18.9").is_some_and(|version| version < OLDEST));
        assert!(version("cargo-deny 1.0.0").is_some_and(|version| version >= OLDEST));
        assert_eq!(version("cargo 1.95.0"), None);
    }

    #[test]
    fn a_database_is_a_folder_that_the_program_made() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(!has_database(&dir.path().join("none")));
        std::fs::write(dir.path().join("db.lock"), "").expect("a file");
        assert!(!has_database(dir.path()));
        std::fs::create_dir(dir.path().join("advisory-db-3157b0e258782691")).expect("a folder");
        assert!(has_database(dir.path()));
    }
}
