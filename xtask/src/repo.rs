//! Where things are: the repository, cargo's target folder, and the folder of the built site.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{Run, cargo, variable};

/// The name of the package, of the server binary and of the browser's files.
pub const NAME: &str = "callboard";
/// The target triple of the browser build.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Returns the folder that holds the workspace's Cargo.toml.
///
/// The value at run time wins over the one compiled in: a target folder shared by two checkouts may hold an xtask
/// that was built for the other one.
pub fn root() -> PathBuf {
    let own =
        variable("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").to_owned());
    let own = PathBuf::from(own);
    own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
}

/// Returns the folder the server reads (debug) or embeds (release); always inside the repository.
pub fn site_dir() -> PathBuf {
    root().join("target").join("site")
}

/// Returns cargo's target folder, wherever the environment or cargo's configuration put it.
///
/// # Errors
/// When `cargo metadata` fails.
pub fn target_dir() -> Result<PathBuf> {
    let text = cargo(&["metadata", "--no-deps", "--format-version", "1"]).capture()?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).context("cargo metadata printed no JSON")?;
    let dir = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(dir))
}

/// Returns all files under a folder in a fixed order; folders that hold built or downloaded things are left out.
/// A folder that does not exist has no files.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_under(dir: &Path) -> Result<Vec<PathBuf>> {
    const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "callboard-data"];
    let mut files = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else {
            continue;
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", dir.display()))?;
            let skipped = entry
                .file_name()
                .to_str()
                .is_some_and(|name| SKIPPED.contains(&name));
            if entry.file_type()?.is_dir() && !skipped {
                open.push(entry.path());
            } else if entry.file_type()?.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
