//! Waiting for something outside to happen, with an end.
use std::time::{Duration, Instant};

/// Asks every few milliseconds until `ready` answers something or the time is over.
pub fn until<T>(limit: Duration, ready: impl FnMut() -> Option<T>) -> Option<T> {
    every(Duration::from_millis(2), limit, ready)
}

/// Asks with a pause in between until `ready` answers something or the time is over.
#[expect(
    clippy::disallowed_methods,
    reason = "another process is watched here; there is nothing to be woken by"
)]
pub fn every<T>(
    pause: Duration,
    limit: Duration,
    mut ready: impl FnMut() -> Option<T>,
) -> Option<T> {
    let started = Instant::now();
    loop {
        if let Some(answer) = ready() {
            return Some(answer);
        }
        if started.elapsed() >= limit {
            return None;
        }
        std::thread::sleep(pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_the_first_answer() {
        let mut asked = 0;
        let answer = until(Duration::from_secs(5), || {
            asked += 1;
            (asked == 3).then_some("here")
        });
        assert_eq!((answer, asked), (Some("here"), 3));
    }

    #[test]
    fn waiting_ends_when_the_time_is_over() {
        assert_eq!(until(Duration::from_millis(5), || None::<()>), None);
    }
}
