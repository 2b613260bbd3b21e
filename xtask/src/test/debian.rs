//! Installing what a check needs on a Debian machine where xtask runs as root, as in a container.
use std::{os::unix::fs::MetadataExt, path::Path, sync::OnceLock};

use anyhow::Result;

use crate::{
    command::{self, Run, program, shown},
    say,
};

/// Tells whether packages can be installed here without asking anybody.
pub fn can_install() -> bool {
    is_root() && Path::new("/etc/debian_version").exists() && command::find("apt-get").is_some()
}

/// Tells whether xtask runs as root.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Installs one package; the package lists are fetched once per run.
///
/// Recommended packages are left out: Chromium's would bring in half a desktop.
///
/// # Errors
/// When apt fails.
pub fn install(package: &str) -> Result<()> {
    static UPDATED: OnceLock<()> = OnceLock::new();
    if UPDATED.set(()).is_ok() {
        apt(&["update", "-qq"])?;
    }
    apt(&["install", "-qq", "-y", "--no-install-recommends", package])
}

fn apt(args: &[&str]) -> Result<()> {
    let mut command = program("apt-get", &["-o", "DPkg::Lock::Timeout=300"]);
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    say::line(format_args!("$ {}", shown(&command)));
    command.run()
}
