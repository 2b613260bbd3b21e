//! Runs `git` with nothing of the environment of this process, and with everything bounded.
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::failure;
use crate::{ErrorKind, ScmError, Secret};

/// Programs that run at a time, for all hosts.
static PERMITS: Semaphore = Semaphore::const_new(4);
/// Where the program is looked for; the search path of this process is not passed on.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin";
/// Bytes of complaints that are looked at.
const MAX_COMPLAINT: u64 = 16 * 1024;
/// How often the size of a growing folder is looked at.
const GLANCE: Duration = Duration::from_millis(100);

/// What every run of the program is told.
#[derive(Debug, Default)]
pub(super) struct Git {
    /// Settings, which the program takes from its environment so that no secret is on a command line.
    pub(super) settings: Vec<(String, String)>,
    /// Texts that no message may hold.
    pub(super) secrets: Vec<Secret>,
}

/// Bounds of one run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub(super) time: Duration,
    /// Most bytes that the program may print.
    pub(super) output: u64,
    /// Most bytes that the folder may have.
    pub(super) folder: Option<(&'a Path, u64)>,
}

impl Git {
    /// Runs the program and returns what it prints.
    pub(super) async fn run(
        &self,
        arguments: &[&str],
        input: &[u8],
        bounds: Bounds<'_>,
    ) -> Result<Vec<u8>, ScmError> {
        let _permit = PERMITS.acquire().await.map_err(|error| broken(&error))?;
        tokio::select! {
            biased;
            ended = tokio::time::timeout(bounds.time, self.finish(arguments, input, bounds.output)) => {
                ended.unwrap_or_else(|_| {
                    let message = format!("git did not finish in {} seconds", bounds.time.as_secs());
                    Err(ScmError::new(ErrorKind::Unavailable, message))
                })
            }
            most = outgrown(bounds.folder) => Err(ScmError::new(
                ErrorKind::TooLarge,
                format!("the commit has more than {most} bytes"),
            )),
        }
    }

    async fn finish(
        &self,
        arguments: &[&str],
        input: &[u8],
        most: u64,
    ) -> Result<Vec<u8>, ScmError> {
        let mut child = self
            .command(arguments)
            .spawn()
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => {
                    ScmError::new(ErrorKind::Unavailable, "the program `git` is not installed")
                }
                _ => broken(&error),
            })?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let feed = async {
            if let Some(mut stdin) = stdin {
                // A program that wants no more says so by its status.
                let _ = stdin.write_all(input).await;
            }
        };
        let ((), output, complaint) = tokio::join!(
            feed,
            limited(stdout, most + 1),
            limited(stderr, MAX_COMPLAINT)
        );
        let output = output.map_err(|error| broken(&error))?;
        if output.len() as u64 > most {
            let message = format!("git printed more than {most} bytes");
            return Err(ScmError::new(ErrorKind::TooLarge, message));
        }
        let status = child.wait().await.map_err(|error| broken(&error))?;
        match status.success() {
            true => Ok(output),
            false => Err(failure::read(&complaint.unwrap_or_default(), &self.secrets)),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(arguments)
            .env_clear()
            .env("PATH", PATH)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env("GIT_CONFIG_COUNT", self.settings.len().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for (index, (key, value)) in self.settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{index}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{index}"), value);
        }
        command
    }
}

/// Reads up to a number of bytes; what a program writes beyond them stops it.
async fn limited(
    from: Option<impl tokio::io::AsyncRead + Unpin>,
    most: u64,
) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        from.take(most).read_to_end(&mut bytes).await?;
    }
    Ok(bytes)
}

/// Ends when a folder has more bytes than it may have.
async fn outgrown(folder: Option<(&Path, u64)>) -> u64 {
    let Some((folder, most)) = folder else {
        return std::future::pending().await;
    };
    loop {
        tokio::time::sleep(GLANCE).await;
        let folder = folder.to_owned();
        let size = tokio::task::spawn_blocking(move || size(&folder)).await;
        if size.is_ok_and(|size| size > most) {
            return most;
        }
    }
}

/// Returns the bytes of all files of a folder; files come and go while it looks.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().filter_map(|entry| {
        let about = entry.metadata().ok()?;
        Some(match about.is_dir() {
            true => size(&entry.path()),
            false => about.len(),
        })
    });
    sizes.sum()
}

fn broken(error: &dyn std::fmt::Display) -> ScmError {
    ScmError::new(
        ErrorKind::Unavailable,
        format!("git cannot be run: {error}"),
    )
}
