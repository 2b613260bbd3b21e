//! What is remembered of each host: how many requests are under way, and until when it wants to be left alone.
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use crate::guard::authority;
use crate::{ErrorKind, ScmError};

/// Most requests to one host at a time.
const AT_A_TIME: usize = 8;
/// The longest time that a host can be paused for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);
/// How long a host is paused that wants fewer requests and does not say for how long.
pub(super) const USUAL_PAUSE: Duration = Duration::from_secs(60);
/// After so many requests without an answer a host is left alone.
const MANY_UNANSWERED: u32 = 4;
/// How long a host is left alone that does not answer.
const OUTAGE_PAUSE: Duration = Duration::from_secs(30);
/// From this number on, hosts without anything to remember are forgotten.
const MANY_HOSTS: usize = 1000;

/// All hosts that were asked, by name and port.
#[derive(Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Host>>);

struct Host {
    permits: Arc<Semaphore>,
    paused_until: Option<Instant>,
    /// Requests in a row that got no answer.
    unanswered: u32,
}

impl Host {
    fn new() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_A_TIME)),
            paused_until: None,
            unanswered: 0,
        }
    }

    fn is_idle(&self) -> bool {
        self.permits.available_permits() == AT_A_TIME && self.pause_left().is_none()
    }

    fn pause_left(&self) -> Option<Duration> {
        let left = self.paused_until?.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }
}

impl Hosts {
    /// Waits for its turn at a host; an error without waiting while the host is paused.
    pub(super) async fn enter(&self, url: &Url) -> Result<OwnedSemaphorePermit, ScmError> {
        let name = authority(url);
        self.refuse_while_paused(&name)?;
        let permits = Arc::clone(&self.host(&mut self.lock(), &name).permits);
        let permit = permits
            .acquire_owned()
            .await
            .map_err(|_| ScmError::new(ErrorKind::Unavailable, "the reader is being stopped"))?;
        // The pause may have begun while this request waited for its turn.
        self.refuse_while_paused(&name)?;
        Ok(permit)
    }

    /// Leaves a host alone for a time.
    pub(super) fn pause(&self, url: &Url, time: Option<Duration>) {
        let until = Instant::now() + time.unwrap_or(USUAL_PAUSE).min(LONGEST_PAUSE);
        let mut hosts = self.lock();
        let host = self.host(&mut hosts, &authority(url));
        host.paused_until = host.paused_until.max(Some(until));
    }

    fn refuse_while_paused(&self, name: &str) -> Result<(), ScmError> {
        let hosts = self.lock();
        let Some(host) = hosts.get(name) else {
            return Ok(());
        };
        let Some(left) = host.pause_left() else {
            return Ok(());
        };
        let (kind, why) = if host.unanswered >= MANY_UNANSWERED {
            (ErrorKind::Unavailable, "did not answer several requests")
        } else {
            (ErrorKind::Throttled, "wants fewer requests")
        };
        Err(ScmError {
            retry_after: Some(left),
            ..ScmError::new(kind, format!("{name} {why}, and is left alone for a while"))
        })
    }

    /// Notes whether a host answered at all. One that is down would otherwise hold up every other question for as
    /// long as each connection may take.
    pub(super) fn answered(&self, url: &Url, is_answer: bool) {
        let mut hosts = self.lock();
        let host = self.host(&mut hosts, &authority(url));
        host.unanswered = if is_answer { 0 } else { host.unanswered + 1 };
        if host.unanswered >= MANY_UNANSWERED {
            let until = Instant::now() + OUTAGE_PAUSE;
            host.paused_until = host.paused_until.max(Some(until));
        }
    }

    fn host<'a>(&self, hosts: &'a mut HashMap<String, Host>, name: &str) -> &'a mut Host {
        if hosts.len() >= MANY_HOSTS && !hosts.contains_key(name) {
            hosts.retain(|_, host| !host.is_idle());
        }
        hosts.entry(name.to_owned()).or_insert_with(Host::new)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_pause_is_never_longer_than_an_hour() {
        let hosts = Hosts::default();
        hosts.pause(
            &url("https://a.example/x"),
            Some(Duration::from_secs(1_000_000)),
        );
        let error = hosts.enter(&url("https://a.example/y")).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Throttled);
        assert!(error.retry_after.unwrap() <= LONGEST_PAUSE);
        assert!(hosts.enter(&url("https://b.example/y")).await.is_ok());
    }

    #[tokio::test]
    async fn a_host_that_does_not_answer_is_left_alone_until_it_does() {
        let hosts = Hosts::default();
        let place = url("https://a.example/");
        for _ in 1..MANY_UNANSWERED {
            hosts.answered(&place, false);
        }
        assert!(hosts.enter(&place).await.is_ok());
        hosts.answered(&place, true);
        for _ in 0..MANY_UNANSWERED {
            assert!(hosts.enter(&place).await.is_ok());
            hosts.answered(&place, false);
        }
        let error = hosts.enter(&place).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable);
    }

    #[tokio::test]
    async fn a_shorter_pause_does_not_end_a_longer_one() {
        let hosts = Hosts::default();
        let place = url("https://a.example/");
        hosts.pause(&place, Some(Duration::from_secs(600)));
        hosts.pause(&place, Some(Duration::ZERO));
        assert!(hosts.enter(&place).await.is_err());
    }

    #[tokio::test]
    async fn a_ninth_request_waits_for_the_eighth() {
        let hosts = Hosts::default();
        let place = url("https://a.example/");
        let mut permits = Vec::new();
        for _ in 0..AT_A_TIME {
            permits.push(hosts.enter(&place).await.unwrap());
        }
        let mut ninth = Box::pin(hosts.enter(&place));
        assert!(futures::poll!(&mut ninth).is_pending());
        permits.pop();
        assert!(ninth.await.is_ok());
    }

    #[tokio::test]
    async fn hosts_without_anything_to_remember_are_forgotten() {
        let hosts = Hosts::default();
        hosts.pause(&url("https://paused.example/"), None);
        for number in 0..MANY_HOSTS + 10 {
            let place = url(&format!("https://h{number}.example/"));
            drop(hosts.enter(&place).await.unwrap());
        }
        assert!(hosts.lock().len() < MANY_HOSTS);
        assert!(hosts.lock().contains_key("paused.example"));
    }
}
