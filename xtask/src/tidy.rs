//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Each rule is a function from what is in the repository to the problems it finds, so that its tests can show it
//! finding one.
mod crates;
mod documents;
mod layers;
mod licences;
mod migrations;
mod shape;
mod tree;

use std::{fmt, process::ExitCode};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    command::{Run, cargo},
    repo::{self, WASM_TARGET},
    say,
};
use tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    path: String,
    /// Counted from 1; 0 stands for the whole file.
    line: usize,
    message: String,
}

impl Problem {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(out, "{}: {}", self.path, self.message)
        } else {
            write!(out, "{}:{}: {}", self.path, self.line, self.message)
        }
    }
}

/// Checks every rule and prints what breaks them.
///
/// # Errors
/// When an argument is given or the repository cannot be read.
pub fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = args.first() {
        anyhow::bail!("`cargo xtask tidy` takes no `{unknown}`");
    }
    let problems = check()?;
    for problem in &problems {
        say::line(problem);
    }
    say::line(format_args!("tidy: {} problems", problems.len()));
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Checks every rule and returns the problems, by place.
///
/// # Errors
/// When the repository cannot be read or cargo cannot describe the packages.
pub fn check() -> Result<Vec<Problem>> {
    let tree = Tree::read(&repo::root())?;
    let metadata = metadata()?;
    let mut problems = Vec::new();
    problems.extend(shape::rust_files(&tree));
    problems.extend(layers::check(&tree));
    problems.extend(crates::check(&metadata));
    problems.extend(licences::check(&tree, &metadata));
    problems.extend(migrations::check(&tree));
    problems.extend(documents::check(&tree));
    problems.sort();
    Ok(problems)
}

/// Asks cargo for all packages that take part in a build of the server, the browser's files or xtask.
fn metadata() -> Result<Value> {
    let host = cargo(&["-vV"]).capture()?;
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("cargo names no host")?;
    let args = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        host,
        "--filter-platform",
        WASM_TARGET,
    ];
    let text = cargo(&args).capture()?;
    serde_json::from_str(&text).context("cargo metadata printed no JSON")
}
