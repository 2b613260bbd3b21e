//! The key that tells whether the site is up to date: a hash over everything it is made from.
use std::{fs, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{Mode, optimize::Optimizer};
use crate::repo;

/// The folders and files the site is made from, xtask itself included.
const SOURCES: [&str; 9] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "crates/model",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask/src/site",
];

/// Returns the key of the site as it would be built now.
///
/// # Errors
/// When a source cannot be read.
pub fn key(mode: Mode, optimizer: &Optimizer) -> Result<String> {
    let settings = format!(
        "{} {} {}",
        mode.name(),
        optimizer.id(),
        super::hash(include_bytes!("../site.rs"))
    );
    of(&repo::root(), &SOURCES, &settings)
}

fn of(root: &Path, sources: &[&str], settings: &str) -> Result<String> {
    let mut digest = Sha256::new();
    digest.update(settings);
    for source in sources {
        let path = root.join(source);
        let files = if path.is_file() {
            vec![path]
        } else {
            repo::files_under(&path)?
        };
        for file in files {
            let data =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let name = file
                .strip_prefix(root)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            digest.update(format!("\n{name} {}\n", data.len()));
            digest.update(data);
        }
    }
    Ok(format!("{:x}", digest.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_changes_with_a_file_its_name_and_the_settings_and_with_nothing_else() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join("src")).expect("a folder");
        fs::write(dir.path().join("src/a.rs"), "one").expect("a file");
        fs::write(dir.path().join("other"), "x").expect("a file");
        let key = |settings| of(dir.path(), &["src", "absent"], settings).expect("readable");
        let first = key("dev");

        fs::write(dir.path().join("other"), "y").expect("a file");
        assert_eq!(key("dev"), first, "a file that is no source");
        assert_ne!(key("release"), first, "other settings");
        fs::write(dir.path().join("src/a.rs"), "two").expect("a file");
        let second = key("dev");
        assert_ne!(second, first, "other content");
        fs::rename(dir.path().join("src/a.rs"), dir.path().join("src/b.rs")).expect("renamed");
        assert_ne!(key("dev"), second, "another name");
    }
}
