//! What must be installed before anything is built: a new enough rustc and the browser's target.
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{
    command::{self, Run, program},
    repo::{self, WASM_TARGET},
    say,
};

/// Checks the compiler's version and adds the WASM target when it is absent.
///
/// # Errors
/// When rustc is missing or too old, or the target cannot be added.
pub fn prepare() -> Result<()> {
    let version = program("rustc", &["--version"]).capture().context(
        "rustc does not run; install Rust from https://rustup.rs and start again in a new terminal",
    )?;
    let wanted = wanted_version()?;
    let found = parse_version(&version)
        .with_context(|| format!("cannot read rustc's version from {version:?}"))?;
    if found < wanted {
        let (major, minor) = wanted;
        bail!(
            "rustc {major}.{minor} or newer is needed, found {}; run `rustup update`",
            version.trim()
        );
    }
    say::note(format_args!("{}", version.trim()));
    add_wasm_target()
}

fn add_wasm_target() -> Result<()> {
    let dir = program(
        "rustc",
        &["--print", "target-libdir", "--target", WASM_TARGET],
    )
    .capture()?;
    if Path::new(dir.trim()).is_dir() {
        return Ok(());
    }
    if command::find("rustup").is_none() {
        bail!(
            "the standard library for {WASM_TARGET} is not installed and there is no rustup to add it; \
             install the package of your system that brings it"
        );
    }
    say::note(format_args!("adding the target {WASM_TARGET} (once)"));
    program("rustup", &["target", "add", WASM_TARGET]).run()
}

/// Reads the version the workspace asks for from its Cargo.toml.
fn wanted_version() -> Result<(u32, u32)> {
    let manifest = std::fs::read_to_string(repo::root().join("Cargo.toml"))
        .context("cannot read Cargo.toml")?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version"))
        .unwrap_or_default();
    let text = line.trim_start_matches([' ', '=']).trim().trim_matches('"');
    parse_numbers(text).context("Cargo.toml names no rust-version")
}

/// Reads `(1, 95)` from `rustc 1.95.0 (…)`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    parse_numbers(text.strip_prefix("rustc ")?)
}

fn parse_numbers(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(['.', '-', ' ']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_rustc_prints() {
        assert_eq!(
            parse_version("rustc 1.95.0 (abc 2026-04-01)\n"),
            Some((1, 95))
        );
        assert_eq!(parse_version("rustc 1.97.0-nightly (abc)"), Some((1, 97)));
        assert_eq!(parse_version("cargo 1.95.0"), None);
    }

    #[test]
    fn versions_compare_by_number_and_not_by_text() {
        assert!(parse_version("rustc 1.100.0") > parse_version("rustc 1.95.0"));
    }

    #[test]
    fn the_workspace_names_the_version_it_needs() {
        assert!(wanted_version().expect("Cargo.toml has a rust-version") >= (1, 95));
    }
}
