//! The layout of `target/site`: hashed names under `pkg/`, the rest of `public/` as it is, and the manifest.
use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{copy_folder, hash};
use crate::repo::NAME;

/// A style sheet as it is served.
pub struct Sheet {
    /// Key in the manifest.
    pub key: String,
    /// How the name of its file begins.
    pub stem: String,
    /// The text.
    pub css: String,
}

/// Lays the site out: the bundle, the style sheets, the scripts and files of `public/`, and `manifest.json`, whose
/// keys are `js`, `wasm`, those of the style sheets and the name of each script of `public/`, and whose values are URLs.
///
/// # Errors
/// When a file cannot be read or written.
pub fn assemble(bundle: &Path, sheets: &[Sheet], public: &Path, site: &Path) -> Result<()> {
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg).context("cannot make the site's folder")?;
    copy_folder(public, site)?;
    copy_folder(&bundle.join("snippets"), &pkg.join("snippets"))?;
    let mut manifest = Map::new();
    let mut add = |key: &str, stem: &str, extension: &str, data: &[u8]| -> Result<()> {
        let name = format!("{stem}.{}.{extension}", hash(data));
        fs::write(pkg.join(&name), data).with_context(|| format!("cannot write {name}"))?;
        manifest.insert(key.to_owned(), Value::String(format!("/pkg/{name}")));
        Ok(())
    };
    let read = |name: &str| {
        fs::read(bundle.join(name)).with_context(|| format!("the bundle lacks {name}"))
    };
    add("js", NAME, "js", &read(&format!("{NAME}.js"))?)?;
    add("wasm", NAME, "wasm", &read(&format!("{NAME}_bg.wasm"))?)?;
    for Sheet { key, stem, css } in sheets {
        add(key, stem, "css", css.as_bytes())?;
    }
    for (stem, data) in take_scripts(site)? {
        add(&stem, &stem, "js", &data)?;
    }
    let text = serde_json::to_string_pretty(&Value::Object(manifest))?;
    fs::write(site.join("manifest.json"), text).context("cannot write manifest.json")
}

/// Takes the scripts of `public/` out of the site's top folder and returns their names and contents.
fn take_scripts(site: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some("js"), Some(stem)) = (path.extension().and_then(|e| e.to_str()), stem) {
            scripts.push((stem.to_owned(), fs::read(&path)?));
            fs::remove_file(&path)?;
        }
    }
    scripts.sort();
    Ok(scripts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, Value) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let files = [
            ("bundle/callboard.js", "js"),
            ("bundle/callboard_bg.wasm", "wasm"),
            ("bundle/snippets/dep-1/inline0.js", "snippet"),
            ("public/boot.js", "boot"),
            ("public/favicon.svg", "<svg/>"),
        ];
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let root = dir.path();
        let sheet = |key: &str, stem: &str, css: &str| Sheet {
            key: key.to_owned(),
            stem: stem.to_owned(),
            css: css.to_owned(),
        };
        assemble(
            &root.join("bundle"),
            &[
                sheet("css", NAME, "p{}"),
                sheet("sheet-account", "account", "a{}"),
            ],
            &root.join("public"),
            &root.join("site"),
        )
        .expect("all files are there");
        let text = fs::read_to_string(root.join("site/manifest.json")).expect("a manifest");
        (dir, serde_json::from_str(&text).expect("JSON"))
    }

    #[test]
    fn the_manifest_names_files_that_exist_and_carry_their_hash() {
        let (dir, manifest) = site();
        for (key, content) in [
            ("js", "js"),
            ("wasm", "wasm"),
            ("css", "p{}"),
            ("sheet-account", "a{}"),
            ("boot", "boot"),
        ] {
            let url = manifest[key]
                .as_str()
                .unwrap_or_else(|| panic!("no {key} in {manifest}"));
            let file = dir.path().join("site").join(url.trim_start_matches('/'));
            assert_eq!(
                fs::read_to_string(file).expect("the file it names"),
                content
            );
            assert!(url.contains(&hash(content.as_bytes())), "{url}");
        }
    }

    #[test]
    fn a_script_of_public_is_served_under_its_hashed_name_only() {
        let (dir, _) = site();
        assert!(!dir.path().join("site/boot.js").exists());
        assert!(dir.path().join("site/favicon.svg").is_file());
        assert!(
            dir.path()
                .join("site/pkg/snippets/dep-1/inline0.js")
                .is_file()
        );
    }
}
