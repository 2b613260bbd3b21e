//! Node.js and the packages of `end2end/`, which several checks need.
use std::fs;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{Outcome, missing, steps::checked};
use crate::{
    command::{self, program},
    repo,
};

const OLDEST_NODE: u32 = 20;

/// Brings Node's packages, or says what is missing.
///
/// # Errors
/// When the installation fails.
pub fn packages() -> Result<Outcome> {
    if let Some(what) = missing_node() {
        return Ok(missing(what));
    }
    install_packages()?;
    Ok(Outcome::Passed(String::new()))
}

/// Runs the tests that hold our own stand-ins and outputs against published descriptions.
///
/// # Errors
/// When one fails, or there is none.
pub fn oracles() -> Result<Outcome> {
    let dir = repo::root().join("end2end");
    let mut tests = repo::files_under(&dir.join("oracle"))?;
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if tests.is_empty() {
        return Ok(Outcome::Failed(
            "there is no test in end2end/oracle".to_owned(),
        ));
    }
    let binary = crate::build::dev_server()?;
    let mut node = program("node", &["--test", "--test-reporter=spec"]);
    node.args(&tests)
        .current_dir(&dir)
        .env("CALLBOARD", &binary);
    checked(&mut node)
}

fn missing_node() -> Option<String> {
    let wanted = format!("Node.js {OLDEST_NODE} or newer with npm is needed (https://nodejs.org)");
    let output = program("node", &["--version"])
        .output()
        .ok()
        .filter(|_| command::find("npm").is_some());
    let Some(output) = output else {
        return Some(wanted);
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let new_enough = node_version(&text).is_some_and(|version| version >= OLDEST_NODE);
    (!new_enough).then(|| format!("{wanted}, found {}", text.trim()))
}

/// Reads `20` from `v20.20.2`.
fn node_version(text: &str) -> Option<u32> {
    text.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs `npm ci` unless the packages are those of the lock file already.
fn install_packages() -> Result<()> {
    let dir = repo::root().join("end2end");
    let lock =
        fs::read(dir.join("package-lock.json")).context("cannot read end2end/package-lock.json")?;
    let key = format!("{:x}", Sha256::digest(lock));
    let stamp = dir.join("node_modules/.callboard-stamp");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(());
    }
    checked(program("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(&dir))?;
    fs::write(&stamp, key).context("cannot mark the packages as installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read_from_what_it_prints() {
        assert_eq!(node_version("v20.20.2\n"), Some(20));
        assert_eq!(node_version("20.20.2"), None);
    }
}
