//! The browser tests: what they need, a server of their own, and the specs of `end2end/`.
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{Outcome, debian, steps::checked};
use crate::{
    build,
    command::{self, program},
    http,
    process::{Process, bound_to_us},
    repo, say,
};

const READY: Duration = Duration::from_secs(60);
/// What the server promises for its shutdown.
const SHUTDOWN: Duration = Duration::from_secs(10);
const OLDEST_NODE: u32 = 20;

/// Brings Node's packages and Chromium, or says what is missing.
///
/// # Errors
/// When an installation fails.
pub fn tools() -> Result<Outcome> {
    if let Some(what) = missing_node() {
        return Ok(missing(what));
    }
    install_packages()?;
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

/// A machine of one's own may lack a tool; on CI nothing is left out.
fn missing(what: String) -> Outcome {
    if command::is_ci() {
        Outcome::Failed(what)
    } else {
        Outcome::Skipped(what)
    }
}

fn missing_node() -> Option<String> {
    let wanted = format!("Node.js {OLDEST_NODE} or newer with npm is needed (https://nodejs.org)");
    let output = program("node", &["--version"])
        .output()
        .ok()
        .filter(|_| command::find("npm").is_some());
    let Some(output) = output else {
        return Some(wanted);
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let new_enough = node_version(&text).is_some_and(|version| version >= OLDEST_NODE);
    (!new_enough).then(|| format!("{wanted}, found {}", text.trim()))
}

/// Reads `20` from `v20.20.2`.
fn node_version(text: &str) -> Option<u32> {
    text.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs `npm ci` unless the packages are those of the lock file already.
fn install_packages() -> Result<()> {
    let dir = repo::root().join("end2end");
    let lock =
        fs::read(dir.join("package-lock.json")).context("cannot read end2end/package-lock.json")?;
    let key = format!("{:x}", Sha256::digest(lock));
    let stamp = dir.join("node_modules/.callboard-stamp");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(());
    }
    checked(program("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(&dir))?;
    fs::write(&stamp, key).context("cannot mark the packages as installed")
}

fn chromium() -> Option<PathBuf> {
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
    let address = http::free_address()?;
    let mut server = start_server(&binary, data.path(), address)?;
    let mut node = program("node", &["--test", "--test-reporter=spec"]);
    node.args(&specs).current_dir(repo::root().join("end2end"));
    node.env("BASE_URL", format!("http://{address}"))
        .env("CHROMIUM", &chromium)
        .env("CALLBOARD_BINARY", &binary);
    let result = checked(&mut node);
    if result.is_err() {
        say::line(format_args!(
            "the end of the server's log:\n{}",
            server.log_end()
        ));
    }
    let (status, time) = server.stop("TERM", SHUTDOWN)?;
    result?;
    if !status.success() {
        bail!(
            "the server ended with {status} after SIGTERM\n{}",
            server.log_end()
        );
    }
    Ok(Outcome::Passed(format!(
        "the server ended {} after SIGTERM",
        say::duration(time)
    )))
}

fn start_server(binary: &Path, data: &Path, address: SocketAddr) -> Result<Process> {
    let mut command: Command = bound_to_us(binary, "TERM");
    command
        .args(["serve", "--config", "examples/app-config.yaml", "--data"])
        .arg(data);
    command.args(["--listen", &address.to_string()]);
    let mut server = Process::start(
        &mut command,
        &repo::site_dir().with_file_name("browser-tests.log"),
    )?;
    server.wait_for(READY, || {
        let answer = http::get(address, "/.backstage/health/v1/readiness").ok()?;
        (answer.status == 200).then_some(())
    })?;
    Ok(server)
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
    use super::*;

    #[test]
    fn the_version_of_node_is_read_from_what_it_prints() {
        assert_eq!(node_version("v20.20.2\n"), Some(20));
        assert_eq!(node_version("20.20.2"), None);
    }

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
