//! A private PostgreSQL cluster for the tests: in a folder of its own, without a port, gone afterwards.
use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};

use super::debian;
use crate::{
    command::{self, Run},
    process::{Process, bound_to_us},
    say,
};

/// Nothing has to survive a crash here, so nothing is written through to the disk.
const SETTINGS: [&str; 5] = [
    "fsync=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=200",
    "synchronous_commit=off",
];

/// Whether this machine has PostgreSQL's programs.
pub enum Found {
    /// They are in this folder.
    Programs(PathBuf),
    /// They are not, and this is how to get them.
    Missing(String),
}

/// Looks for the newest PostgreSQL; on a CI machine where that is possible it is installed when absent.
///
/// # Errors
/// When the installation fails.
pub fn find_or_install() -> Result<Found> {
    if let Some(dir) = find() {
        return Ok(Found::Programs(dir));
    }
    if command::is_ci() && debian::can_install() {
        debian::install("postgresql")?;
    }
    Ok(find().map_or_else(
        || {
            let text = "PostgreSQL's programs (initdb, postgres, pg_isready) are not installed; \
                        on Debian: apt-get install --no-install-recommends postgresql";
            Found::Missing(text.to_owned())
        },
        Found::Programs,
    ))
}

fn find() -> Option<PathBuf> {
    let installed = newest(Path::new("/usr/lib/postgresql"));
    installed
        .or_else(|| command::find("initdb").and_then(|path| path.parent().map(Path::to_path_buf)))
}

/// Returns `VERSION/bin` with the highest version that holds a server.
fn newest(dir: &Path) -> Option<PathBuf> {
    let names = fs::read_dir(dir)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut versions: Vec<u32> = names.filter_map(|name| name.parse().ok()).collect();
    versions.sort_unstable();
    let bins = versions
        .iter()
        .rev()
        .map(|version| dir.join(version.to_string()).join("bin"));
    bins.into_iter()
        .find(|bin| bin.join("postgres").is_file() && bin.join("initdb").is_file())
}

/// A running cluster; it is stopped and removed when this is dropped.
pub struct Cluster {
    server: Process,
    dir: tempfile::TempDir,
}

impl Cluster {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// When a program of PostgreSQL fails; its own message is part of the error.
    pub fn start(programs: &Path) -> Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("callboard-pg-")
            .tempdir()
            .context("no temporary folder")?;
        let user = service_user()?;
        if let Some((uid, gid)) = user {
            chown(dir.path(), Some(uid), Some(gid))
                .context("cannot give the folder to the user postgres")?;
        }
        let data = dir.path().join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb
            .args([
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync",
                "-D",
            ])
            .arg(&data);
        as_user(&mut initdb, user, dir.path())
            .capture()
            .context("cannot make a PostgreSQL cluster")?;

        let mut server = bound_to_us(&programs.join("postgres"), "QUIT");
        server.arg("-D").arg(&data).arg("-k").arg(dir.path());
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        let log = dir.path().join("log");
        let mut server = Process::start(as_user(&mut server, user, dir.path()), &log)?;
        let ask = || {
            let mut ready = Command::new(programs.join("pg_isready"));
            let output = ready
                .args(["-q", "-U", "postgres", "-h"])
                .arg(dir.path())
                .output();
            output
                .is_ok_and(|output| output.status.success())
                .then_some(())
        };
        server.wait_for(Duration::from_secs(60), ask)?;
        Ok(Self { server, dir })
    }

    /// Returns the folder it lives in.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Returns the URL of its first database.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@localhost/postgres?host={}",
            self.dir().display()
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // QUIT is PostgreSQL's immediate end; what is in the folder is not needed any more.
        if let Err(error) = self.server.stop("QUIT", Duration::from_secs(20)) {
            say::note(format_args!("{error:#}"));
        }
    }
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn service_user() -> Result<Option<(u32, u32)>> {
    if !debian::is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let user = user_named(&users, "postgres");
    user.map(Some)
        .context("PostgreSQL refuses to run as root and there is no user `postgres`")
}

fn user_named(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = users
        .lines()
        .map(|line| line.split(':'))
        .find_map(|mut fields| {
            let found = fields.next() == Some(name);
            found.then_some(fields)
        })?;
    let (uid, gid) = (fields.nth(1)?, fields.next()?);
    Some((uid.parse().ok()?, gid.parse().ok()?))
}

fn as_user<'a>(command: &'a mut Command, user: Option<(u32, u32)>, dir: &Path) -> &'a mut Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.current_dir(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_found_by_number() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for version in ["9", "15", "16"] {
            let bin = dir.path().join(version).join("bin");
            fs::create_dir_all(&bin).expect("a folder");
            fs::write(bin.join("initdb"), "").expect("a file");
            if version != "16" {
                fs::write(bin.join("postgres"), "").expect("a file");
            }
        }
        assert_eq!(
            newest(dir.path()),
            Some(dir.path().join("15/bin")),
            "16 has no server, 9 is older"
        );
    }

    #[test]
    fn the_service_user_is_read_from_the_list_of_users() {
        let users = "root:x:0:0:root:/root:/bin/sh\npostgres:x:103:111:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user_named(users, "postgres"), Some((103, 111)));
        assert_eq!(user_named(users, "nobody"), None);
    }

    #[test]
    fn a_cluster_answers_while_it_is_held_and_is_gone_afterwards() {
        let Some(programs) = find() else {
            assert!(!command::is_ci(), "CI must have PostgreSQL");
            return;
        };
        let cluster = Cluster::start(&programs).expect("PostgreSQL starts");
        let dir = cluster.dir().to_path_buf();
        let mut psql = Command::new(programs.join("psql"));
        let answer = psql
            .args([&cluster.url(), "-Atc", "select 6 * 7"])
            .capture()
            .expect("it answers");
        assert_eq!(answer.trim(), "42");
        drop(cluster);
        assert!(!dir.exists(), "its folder is removed");
    }
}
