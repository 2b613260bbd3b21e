//! The WASM and its JavaScript: compiled by cargo, bound by wasm-bindgen, made smaller by wasm-opt.
//!
//! The result is kept with a key over the compiled WASM: an edit that only concerns the server changes the sources
//! but not the WASM, and then neither wasm-bindgen nor wasm-opt has to run again.
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Mode, optimize::Optimizer};
use crate::{
    command::{Run, cargo},
    repo::{self, NAME, WASM_TARGET},
    say,
};

/// Builds the bundle and returns the folder that holds `callboard.js`, `callboard_bg.wasm` and any snippets.
///
/// # Errors
/// When a tool fails.
pub fn build(mode: Mode, optimizer: &Optimizer) -> Result<PathBuf> {
    let compiled = compile(mode)?;
    let data =
        fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let own = super::hash(include_bytes!("bundle.rs"));
    let key = format!("{} {} {own}", super::hash(&data), optimizer.id());
    let dir = repo::site_dir()
        .with_file_name("site-bundle")
        .join(mode.name());
    let stamp = dir.join("key");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        say::note("the WASM did not change");
        return Ok(dir);
    }
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).context("cannot make the bundle's folder")?;
    bind(mode, &compiled, &dir)?;
    shrink(optimizer, &dir.join(format!("{NAME}_bg.wasm")))?;
    fs::write(&stamp, key).context("cannot write the bundle's key")?;
    Ok(dir)
}

/// Compiles the library for the browser.
///
/// The crate type is asked for here and not in the manifest: a manifest that names `cdylib` beside `rlib` switches
/// link-time optimisation off without a word.
fn compile(mode: Mode) -> Result<PathBuf> {
    let (profile, folder) = match mode {
        Mode::Dev => ("dev", "debug"),
        Mode::Release => ("wasm-release", "wasm-release"),
    };
    let args = [
        "rustc",
        "-p",
        NAME,
        "--lib",
        "--crate-type",
        "cdylib",
        "--target",
        WASM_TARGET,
    ];
    let features = [
        "--no-default-features",
        "--features",
        "hydrate",
        "--profile",
        profile,
    ];
    cargo(&args).args(features).run()?;
    Ok(repo::target_dir()?
        .join(WASM_TARGET)
        .join(folder)
        .join(format!("{NAME}.wasm")))
}

fn bind(mode: Mode, wasm: &Path, to: &Path) -> Result<()> {
    let started = Instant::now();
    let dev = mode == Mode::Dev;
    Bindgen::new()
        .input_path(wasm)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .debug(dev)
        .keep_debug(dev)
        .remove_name_section(!dev)
        .remove_producers_section(!dev)
        .omit_default_module_path(true)
        .generate(to)
        .context("wasm-bindgen failed")?;
    say::note(format_args!(
        "wasm-bindgen: {}",
        say::duration(started.elapsed())
    ));
    Ok(())
}

fn shrink(optimizer: &Optimizer, wasm: &Path) -> Result<()> {
    let size = || {
        fs::metadata(wasm)
            .map(|data| data.len())
            .context("wasm-bindgen wrote no WASM")
    };
    let started = Instant::now();
    let before = size()?;
    optimizer.run(wasm)?;
    say::note(format_args!(
        "{}: {before} -> {} bytes of WASM, {}",
        optimizer.id(),
        size()?,
        say::duration(started.elapsed())
    ));
    Ok(())
}
