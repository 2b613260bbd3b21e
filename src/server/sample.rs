//! The sample organisation inside the binary, for a portal that was started without configuration.
use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use callboard_catalog::Settings;
use callboard_config::{Sources, load};
use rust_embed::Embed;

use super::settings;

#[derive(Embed)]
#[folder = "examples/"]
struct Sample;

/// Writes the sample organisation below the data folder and returns where. Files that are there are replaced.
pub(super) fn unpack(data: &Path) -> Result<PathBuf> {
    let folder = std::path::absolute(data.join("sample"))?;
    for name in Sample::iter() {
        let path = folder.join(&*name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        if let Some(file) = Sample::get(&name) {
            fs::write(&path, file.data)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(folder)
}

/// Returns what the catalog engine is told of it.
pub(super) fn settings(folder: &Path) -> Result<Settings> {
    let sources = Sources::folder(folder).with_files([folder.join("app-config.yaml")]);
    let config = load(&sources)
        .config
        .context("the sample organisation has no valid configuration")?;
    Ok(settings::catalog(&config))
}

/// Returns its name.
pub(super) fn organization() -> Option<String> {
    let file = Sample::get("app-config.yaml")?;
    let value: serde_json::Value = serde_yaml::from_slice(&file.data).ok()?;
    value
        .pointer("/organization/name")?
        .as_str()
        .map(str::to_owned)
}
