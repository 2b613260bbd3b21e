//! `cargo xtask build` and `cargo xtask site`, and the two ways the server is built.
use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    command::{Run, cargo},
    repo::{self, NAME},
    say::{self, Progress},
    site::{self, Mode},
    toolchain,
};

/// Builds the release binary with the site inside it.
///
/// # Errors
/// When an argument is unknown or a step fails.
pub fn run(args: &[String]) -> Result<()> {
    if let Some(unknown) = args.first() {
        bail!(
            "`cargo xtask build` takes no `{unknown}`; for the browser's files alone there is `cargo xtask site`"
        );
    }
    let mut progress = Progress::new(3);
    progress.step("Rust and its WASM target", toolchain::prepare)?;
    progress.step(
        "the browser's files (the first time about two minutes)",
        || site::build(Mode::Release),
    )?;
    let what = "the server in release mode (the first time about seven minutes)";
    let binary = progress.step(what, release_server)?;
    let size = fs::metadata(&binary)?.len();
    say::line(format_args!(
        "{} is ready: {:.1} MB, built in {}",
        binary.display(),
        size as f64 / 1e6,
        say::duration(progress.elapsed())
    ));
    Ok(())
}

/// Builds the browser's files alone.
///
/// # Errors
/// When an argument is unknown or the build fails.
pub fn site_only(args: &[String]) -> Result<()> {
    let mode = match args {
        [] => Mode::Release,
        [flag] if flag == "--dev" => Mode::Dev,
        _ => bail!("usage: cargo xtask site [--dev]"),
    };
    let mut progress = Progress::new(2);
    progress.step("Rust and its WASM target", toolchain::prepare)?;
    progress.step("the browser's files", || site::build(mode))
}

/// Builds the server in cargo's dev profile; it reads the site from `target/site` when it runs.
///
/// The selection of packages is the one the tests use: another one would unite features differently and build the
/// dependencies a second time.
///
/// # Errors
/// When the build fails.
pub fn dev_server() -> Result<PathBuf> {
    cargo(&["build", "--workspace", "--exclude", "xtask", "--bin", NAME]).run()?;
    Ok(repo::target_dir()?.join("debug").join(NAME))
}

/// Builds the stripped release server, which holds the site of `target/site`, and returns `target/release/callboard`.
///
/// # Errors
/// When the build fails.
pub fn release_server() -> Result<PathBuf> {
    cargo(&["build", "--release", "-p", NAME, "--bin", NAME]).run()?;
    let built = repo::target_dir()?.join("release").join(NAME);
    let wanted = repo::root().join("target/release").join(NAME);
    if built != wanted {
        copy(&built, &wanted)?;
    }
    Ok(wanted)
}

/// Copies the binary in one move, since the old one may be running.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().context("the binary has no folder")?;
    fs::create_dir_all(parent)?;
    let new = to.with_extension("new");
    fs::copy(from, &new).with_context(|| format!("cannot copy {}", from.display()))?;
    fs::rename(&new, to).with_context(|| format!("cannot put {} in place", to.display()))
}
