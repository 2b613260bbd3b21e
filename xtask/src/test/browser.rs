//! The browser tests: what they need, a server of their own, and the specs of `end2end/`.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Outcome, debian, missing, portal::Portal, steps::checked};
use crate::{
    build,
    command::{self, program},
    repo, say,
};

/// Brings Chromium, or says that it is missing.
///
/// # Errors
/// When an installation fails.
pub fn tools() -> Result<Outcome> {
    if chromium().is_none() && debian::can_install() {
        debian::install("chromium")?;
    }
    Ok(chromium().map_or_else(
        || {
            let text = "Chromium is not installed (on Debian: apt-get install --no-install-recommends chromium; \
                        elsewhere set CHROMIUM to the program's path)";
            missing(text.to_owned())
        },
        |path| Outcome::Passed(path.display().to_string()),
    ))
}

/// Returns the path of Chromium, if it is installed.
pub fn chromium() -> Option<PathBuf> {
    let named = command::variable("CHROMIUM").map(PathBuf::from);
    named.or_else(|| {
        ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| command::find(name))
    })
}

/// Builds the server, starts it on the sample organisation, runs every spec against it, and stops it again.
///
/// # Errors
/// When the server does not start, a spec fails, or the server does not end when asked to.
pub fn tests() -> Result<Outcome> {
    let specs = specs(&repo::root().join("end2end/tests"))?;
    let chromium = chromium().context("Chromium is not installed")?;
    let binary = build::dev_server()?;
    let data = tempfile::tempdir().context("no temporary folder")?;
    let config = repo::root().join("examples/app-config.yaml");
    let mut portal = Portal::start(&binary, &config, data.path(), "browser-tests")?;
    let mut node = program("node", &["--test", "--test-reporter=spec"]);
    node.args(&specs).current_dir(repo::root().join("end2end"));
    node.env("BASE_URL", portal.url())
        .env("CHROMIUM", &chromium)
        .env("CALLBOARD_BINARY", &binary);
    let time = portal.stop_after(checked(&mut node))?;
    Ok(Outcome::Passed(format!(
        "the server ended {} after SIGTERM",
        say::duration(time)
    )))
}

fn specs(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut specs = repo::files_under(dir)?;
    specs.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if specs.is_empty() {
        bail!("there is no spec in {}", dir.display());
    }
    Ok(specs)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_specs_are_run_and_none_at_all_is_an_error() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(specs(dir.path()).is_err());
        for name in ["b.test.mjs", "a.test.mjs", "helper.mjs"] {
            fs::write(dir.path().join(name), "").expect("a file");
        }
        let found = specs(dir.path()).expect("two specs");
        assert_eq!(
            found,
            [dir.path().join("a.test.mjs"), dir.path().join("b.test.mjs")]
        );
    }
}
