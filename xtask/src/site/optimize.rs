//! `wasm-opt`, the one outside program of the build; without it the WASM is about a tenth larger and works as well.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Mode;
use crate::{
    command::{self, Run, program},
    repo, say,
};

/// The oldest release that knows the flags below.
const OLDEST: u32 = 121;

/// What rustc and wasm-bindgen emit today. Not `--all-features`: recent versions then write compact imports,
/// which browsers refuse to load.
const FLAGS: [&str; 10] = [
    "-Oz",
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
    "--enable-call-indirect-overlong",
];

/// The `wasm-opt` of this machine, if there is one that is wanted and new enough.
pub struct Optimizer {
    program: Option<(PathBuf, u32)>,
}

impl Optimizer {
    /// Looks for `wasm-opt`: first the one `npm ci` puts into `end2end/`, then the one in `PATH`.
    ///
    /// # Errors
    /// When a `wasm-opt` is there but does not run.
    pub fn find(mode: Mode) -> Result<Self> {
        if mode == Mode::Dev {
            return Ok(Self { program: None });
        }
        let local = repo::root().join("end2end/node_modules/.bin/wasm-opt");
        let local = local
            .is_file()
            .then_some(local)
            .filter(|_| command::find("node").is_some());
        let Some(path) = local.or_else(|| command::find("wasm-opt")) else {
            say::note(
                "no wasm-opt: the WASM will be about a tenth larger (`npm ci` in end2end/ brings it)",
            );
            return Ok(Self { program: None });
        };
        let text = program(&path, &["--version"]).capture()?;
        let version = version(&text)
            .with_context(|| format!("cannot read wasm-opt's version from {text:?}"))?;
        if version < OLDEST {
            say::note(format_args!(
                "wasm-opt {version} is too old (from {OLDEST} on): left out"
            ));
            return Ok(Self { program: None });
        }
        Ok(Self {
            program: Some((path, version)),
        })
    }

    /// Returns what tells this optimizer's output from another one's.
    pub fn id(&self) -> String {
        self.program.as_ref().map_or_else(
            || "plain".to_owned(),
            |(_, version)| format!("wasm-opt {version}"),
        )
    }

    /// Makes the file smaller, in place.
    ///
    /// # Errors
    /// When the program fails.
    pub fn run(&self, wasm: &Path) -> Result<()> {
        let Some((path, _)) = &self.program else {
            return Ok(());
        };
        let smaller = wasm.with_extension("opt");
        program(path, &FLAGS)
            .arg("-o")
            .arg(&smaller)
            .arg(wasm)
            .run()?;
        std::fs::rename(&smaller, wasm).context("cannot put the optimised WASM in place")
    }
}

/// Reads `132` from `wasm-opt version 132 (version_132)`.
fn version(text: &str) -> Option<u32> {
    text.strip_prefix("wasm-opt version ")?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_wasm_opt_prints() {
        assert_eq!(version("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(version("wasm-opt version 108\n"), Some(108));
        assert_eq!(version("something else"), None);
    }

    #[test]
    fn a_dev_site_is_never_optimised() {
        let optimizer = Optimizer::find(Mode::Dev).expect("nothing is run");
        assert_eq!(optimizer.id(), "plain");
    }
}
