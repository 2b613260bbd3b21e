//! The release server as the benchmark runs it: a folder of its own, and a clock from the start on.
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    http::{self, Answer, Client},
    process::{Process, bound_to_us},
};

const LIMIT: Duration = Duration::from_secs(120);

/// A running server.
pub struct Server {
    process: Process,
    /// Where it listens.
    pub address: SocketAddr,
    started: Instant,
}

impl Server {
    /// Starts a server with `dir/app-config.yaml` and the data folder `dir/data`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(binary: &Path, dir: &Path) -> Result<Self> {
        let address = http::free_address()?;
        let mut command = bound_to_us(binary, "TERM");
        command
            .args(["serve", "--listen", &address.to_string(), "--config"])
            .arg(dir.join("app-config.yaml"));
        command.arg("--data").arg(dir.join("data"));
        let started = Instant::now();
        let process = Process::start(&mut command, &dir.join("log"))?;
        Ok(Self {
            process,
            address,
            started,
        })
    }

    /// Waits until both the home page and the readiness check answer 200 and returns the time since the start.
    ///
    /// # Errors
    /// When it ends or does not answer in time.
    pub fn wait_until_ready(&mut self) -> Result<Duration> {
        let address = self.address;
        let ok = |path| http::get(address, path).is_ok_and(|answer| answer.status == 200);
        let ready = || (ok("/") && ok("/.backstage/health/v1/readiness")).then(Instant::now);
        let ready = self.process.wait_for(LIMIT, ready)?;
        Ok(ready - self.started)
    }

    /// Waits until the catalog has at least so many entities and returns the time since the start.
    ///
    /// # Errors
    /// When it does not get there in time.
    pub fn wait_for_entities(&mut self, count: u64) -> Result<Duration> {
        let address = self.address;
        let found = self
            .process
            .wait_every(Duration::from_millis(20), LIMIT, || {
                let answer = http::get(address, "/api/catalog/entities/by-query?limit=1").ok()?;
                (total(&answer)? >= count).then(Instant::now)
            });
        let found = found.with_context(|| format!("waiting for {count} entities"))?;
        Ok(found - self.started)
    }

    /// Returns the duration of the ingestion as the server's log tells it.
    pub fn ingestion_time(&self) -> Option<Duration> {
        let log = self.process.log();
        let line = log
            .lines()
            .find(|line| line.contains("ingestion complete"))?;
        number_after(line, "took_ms").map(Duration::from_millis)
    }

    /// Returns the resident memory now and at its highest, in megabytes.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn memory(&self) -> Result<(f64, f64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let value = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key));
            line.and_then(|line| number_after(line, key))
                .map(|kilobytes| kilobytes as f64 * 1024.0 / 1e6)
        };
        Ok((
            value("VmRSS").context("no VmRSS")?,
            value("VmHWM").context("no VmHWM")?,
        ))
    }

    /// Returns the address that a browser opens, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn client(&self) -> Result<Client> {
        Client::connect(self.address)
    }

    /// Stops the server.
    ///
    /// # Errors
    /// When it does not end in time.
    pub fn stop(mut self) -> Result<()> {
        self.process
            .stop("TERM", Duration::from_secs(10))
            .map(|_| ())
    }
}

fn total(answer: &Answer) -> Option<u64> {
    serde_json::from_slice::<Value>(&answer.body).ok()?["totalItems"].as_u64()
}

/// Reads the first number after a key, whatever stands between them: `took_ms=5`, `"took_ms":5`, `VmRSS:  5 kB`.
fn number_after(text: &str, key: &str) -> Option<u64> {
    let rest = &text[text.find(key)? + key.len()..];
    let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_every_form_of_the_log() {
        assert_eq!(
            number_after("ingestion complete entities=3 took_ms=512", "took_ms"),
            Some(512)
        );
        assert_eq!(
            number_after(r#"{"took_ms":512,"entities":3}"#, "took_ms"),
            Some(512)
        );
        assert_eq!(number_after("VmRSS:\t   2048 kB", "VmRSS"), Some(2048));
        assert_eq!(number_after("nothing", "took_ms"), None);
    }
}
