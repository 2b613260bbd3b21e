//! The browser's files, built into `target/site`: WASM, JavaScript, CSS and what `public/` holds.
//!
//! Every file of ours gets a name with its content's hash, so the server may let browsers keep it for ever;
//! `manifest.json` tells the server the names. The folder is put in place in one move, and nothing is done when
//! nothing it depends on has changed.
mod assets;
mod bundle;
mod compress;
mod inputs;
mod optimize;
mod style;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{
    repo::{self, NAME},
    say,
};

/// What the site is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build, large, with names and line numbers in the WASM.
    Dev,
    /// What users get: small, optimised, with compressed copies beside each file.
    Release,
}

impl Mode {
    const fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}

/// Builds the site unless it is up to date, and says which.
///
/// # Errors
/// When a part of it cannot be built.
pub fn build(mode: Mode) -> Result<()> {
    let optimizer = optimize::Optimizer::find(mode)?;
    let key = inputs::key(mode, &optimizer)?;
    let site = repo::site_dir();
    let stamp = site.with_file_name("site.stamp");
    if site.join("manifest.json").is_file()
        && fs::read_to_string(&stamp).is_ok_and(|old| old == key)
    {
        say::note("the site is up to date");
        return Ok(());
    }
    let bundle = bundle::build(mode, &optimizer)?;
    let new = site.with_file_name(format!("site.{}", std::process::id()));
    let result = assemble(mode, &bundle, &new).and_then(|()| replace(&site, &new));
    if result.is_err() {
        let _ = fs::remove_dir_all(&new);
    }
    result?;
    fs::write(&stamp, key).context("cannot write target/site.stamp")
}

/// Returns the style sheets with their sources: the one of all pages, and one for each file of `style/sheets/`, which
/// only some pages load. The key of such a sheet in the manifest is `sheet-` and its name.
fn sheets(mode: Mode) -> Result<Vec<assets::Sheet>> {
    let style = repo::root().join("style");
    let mut sources = vec![("css".to_owned(), NAME.to_owned(), style.join("main.css"))];
    for file in repo::files_under(&style.join("sheets"))? {
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.with_context(|| format!("{} has no name", file.display()))?;
        sources.push((format!("sheet-{stem}"), stem.to_owned(), file));
    }
    let sheet = |(key, stem, file): (String, String, PathBuf)| {
        let css = style::bundle(&file, mode)?;
        say::note(format_args!("{stem}.css bundled to {} bytes", css.len()));
        Ok(assets::Sheet { key, stem, css })
    };
    sources.into_iter().map(sheet).collect()
}

fn assemble(mode: Mode, bundle: &Path, site: &Path) -> Result<()> {
    let started = Instant::now();
    let sheets = sheets(mode)?;
    assets::assemble(bundle, &sheets, &repo::root().join("public"), site)?;
    if mode == Mode::Release {
        for file in compress::folder(site)? {
            say::note(file);
        }
    }
    say::note(format_args!(
        "site assembled in {}",
        say::duration(started.elapsed())
    ));
    Ok(())
}

/// Puts the new folder in the place of the old one.
fn replace(site: &Path, new: &Path) -> Result<()> {
    let old = new.with_extension("old");
    if site.exists() {
        fs::rename(site, &old).context("cannot move the old site away")?;
    }
    fs::rename(new, site).context("cannot put the new site in place")?;
    if old.exists() {
        fs::remove_dir_all(&old).context("cannot remove the old site")?;
    }
    Ok(())
}

/// Returns a hash of some bytes that is safe in URLs and file names: 96 bits are plenty to tell builds apart.
fn hash(data: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(data)[..12])
}

/// Copies a folder with everything in it; a folder that does not exist is an empty one.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in repo::files_under(from)? {
        let inner = file
            .strip_prefix(from)
            .context("a file lies outside its own folder")?;
        let target: PathBuf = to.join(inner);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_safe_in_a_url_and_differs_with_the_content() {
        let one = hash(b"one");
        assert_eq!(one.len(), 16);
        assert!(
            one.chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'),
            "{one}"
        );
        assert_ne!(one, hash(b"two"));
    }

    #[test]
    fn the_new_site_takes_the_place_of_the_old_one_as_a_whole() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (site, new) = (dir.path().join("site"), dir.path().join("site.7"));
        for (folder, file) in [(&site, "gone"), (&new, "here")] {
            fs::create_dir_all(folder).expect("a folder");
            fs::write(folder.join(file), "").expect("a file");
        }
        replace(&site, &new).expect("both folders exist");
        assert!(site.join("here").is_file());
        assert!(!site.join("gone").exists());
        assert_eq!(
            fs::read_dir(dir.path()).expect("readable").count(),
            1,
            "nothing is left beside it"
        );
    }
}
