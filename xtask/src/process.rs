//! A program that runs beside xtask, such as a server under test, and that never outlives it.
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    command::{self, Run, program, shown},
    wait,
};

/// A running program whose output goes to a file.
pub struct Process {
    child: Child,
    name: String,
    log: PathBuf,
}

impl Process {
    /// Starts the command with both its outputs going to `log`.
    ///
    /// # Errors
    /// When the log cannot be made or the program cannot be started.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let name = shown(command);
        command
            .stdin(std::process::Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        Ok(Self {
            child,
            name,
            log: log.to_path_buf(),
        })
    }

    /// Returns the process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `ready` answers; an end of the program before that is an error that shows the end of its log.
    ///
    /// # Errors
    /// When the program ends or the time is over.
    pub fn wait_for<T>(&mut self, limit: Duration, ready: impl FnMut() -> Option<T>) -> Result<T> {
        self.wait_every(Duration::from_millis(2), limit, ready)
    }

    /// Waits as [`Self::wait_for`] does, with a pause between the questions.
    ///
    /// # Errors
    /// When the program ends or the time is over.
    pub fn wait_every<T>(
        &mut self,
        pause: Duration,
        limit: Duration,
        mut ready: impl FnMut() -> Option<T>,
    ) -> Result<T> {
        let answer = wait::every(pause, limit, || match self.child.try_wait() {
            Ok(None) => ready().map(Ok),
            Ok(Some(status)) => Some(Err(format!("ended with {status}"))),
            Err(error) => Some(Err(error.to_string())),
        });
        match answer {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(what)) => bail!(
                "`{}` {what} before it was ready\n{}",
                self.name,
                self.log_end()
            ),
            None => bail!(
                "`{}` was not ready within {limit:?}\n{}",
                self.name,
                self.log_end()
            ),
        }
    }

    /// Asks the program to end with a signal and returns how it ended and after what time.
    ///
    /// # Errors
    /// When it is still there after `limit`; it is then killed.
    pub fn stop(&mut self, signal: &str, limit: Duration) -> Result<(ExitStatus, Duration)> {
        let started = Instant::now();
        if let Some(status) = self.child.try_wait()? {
            return Ok((status, Duration::ZERO));
        }
        send(signal, self.child.id())?;
        let ended = wait::until(limit, || self.child.try_wait().ok().flatten());
        let Some(status) = ended else {
            self.kill();
            bail!(
                "`{}` did not end within {limit:?} after SIG{signal}\n{}",
                self.name,
                self.log_end()
            );
        };
        Ok((status, started.elapsed()))
    }

    /// Ends the program at once.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Returns all the program has written so far.
    pub fn log(&self) -> String {
        let data = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&data).into_owned()
    }

    /// Returns the last lines the program has written.
    pub fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

/// Makes a command whose process gets `signal` when xtask ends, however it ends, where the system can do that.
pub fn bound_to_us(path: &Path, signal: &str) -> Command {
    command::find("setpriv").map_or_else(
        || program(path, &[]),
        |setpriv| {
            let mut command = program(setpriv, &["--pdeathsig", signal]);
            command.arg(path);
            command
        },
    )
}

/// Sends a signal to one process. The standard library can only kill, so the system's `kill` does it.
fn send(signal: &str, id: u32) -> Result<()> {
    program("kill", &["-s", signal, &id.to_string()]).run()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> (tempfile::TempDir, Process) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new("sh");
        let process =
            Process::start(command.args(["-c", script]), &dir.path().join("log")).expect("sh runs");
        (dir, process)
    }

    #[test]
    fn a_program_that_obeys_is_stopped_by_its_signal() {
        let (_dir, mut process) =
            shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done");
        let log = process.log.clone();
        let ready = || {
            std::fs::read_to_string(&log)
                .ok()
                .filter(|text| text.contains("ready"))
        };
        process
            .wait_for(Duration::from_secs(10), ready)
            .expect("it prints a line");
        let (status, _) = process
            .stop("TERM", Duration::from_secs(10))
            .expect("it obeys");
        assert_eq!(status.code(), Some(7));
    }

    #[test]
    fn a_program_that_does_not_end_is_an_error_and_is_killed() {
        let (_dir, mut process) = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done");
        let log = process.log.clone();
        let ready = || {
            std::fs::read_to_string(&log)
                .ok()
                .filter(|text| text.contains("ready"))
        };
        process
            .wait_for(Duration::from_secs(10), ready)
            .expect("it prints a line");
        let error = process
            .stop("TERM", Duration::from_millis(100))
            .expect_err("it does not listen");
        assert!(error.to_string().contains("did not end"), "{error}");
        assert!(
            matches!(process.child.try_wait(), Ok(Some(_))),
            "it is gone all the same"
        );
    }

    #[test]
    fn a_program_that_ends_before_it_is_ready_shows_its_log() {
        let (_dir, mut process) = shell("echo the reason >&2; exit 3");
        let error = process
            .wait_for(Duration::from_secs(10), || None::<()>)
            .expect_err("it ends");
        assert!(error.to_string().contains("the reason"), "{error}");
    }
}
