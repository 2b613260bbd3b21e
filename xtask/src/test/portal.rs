//! A portal that a check starts for itself.
use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::{Result, bail};

use super::Outcome;
use crate::{
    http,
    process::{Process, bound_to_us},
    repo, say,
};

const READY: Duration = Duration::from_secs(60);
/// What the server promises for its shutdown.
const SHUTDOWN: Duration = Duration::from_secs(10);

/// A running portal; it ends with xtask at the latest.
pub struct Portal {
    process: Process,
    address: SocketAddr,
}

impl Portal {
    /// Starts a portal on a free port and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(binary: &Path, config: &Path, data: &Path, log: &str) -> Result<Self> {
        let address = http::free_address()?;
        let mut command = bound_to_us(binary, "TERM");
        command.arg("serve").arg("--config").arg(config);
        command.arg("--data").arg(data);
        command.args(["--listen", &address.to_string()]);
        let log = repo::target_dir()?.join(log).with_extension("log");
        let mut process = Process::start(&mut command, &log)?;
        process.wait_for(READY, || {
            let answer = http::get(address, "/.backstage/health/v1/readiness").ok()?;
            (answer.status == 200).then_some(())
        })?;
        Ok(Self { process, address })
    }

    /// Returns its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the portal when what was done with it is over, and returns how long that took.
    ///
    /// # Errors
    /// When that failed, or the portal does not end as it should.
    pub fn stop_after(&mut self, done: Result<Outcome>) -> Result<Duration> {
        if !matches!(done, Ok(Outcome::Passed(_))) {
            say::line(format_args!(
                "the end of the server's log:\n{}",
                self.process.log_end()
            ));
        }
        let (status, time) = self.process.stop("TERM", SHUTDOWN)?;
        done?;
        if !status.success() {
            bail!(
                "the server ended with {status} after SIGTERM\n{}",
                self.process.log_end()
            );
        }
        Ok(time)
    }
}
