//! How long the same request took, many times over.
use std::time::{Duration, Instant};

use anyhow::Result;

/// Requests before those that are timed, so that nothing is measured that happens only once.
const WARM_UP: usize = 10;

/// Measured durations, the shortest first.
#[derive(Debug)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Asks again and again for some time; each call gets the number of the request.
    ///
    /// # Errors
    /// The first error of a request.
    pub fn measure(time: Duration, mut ask: impl FnMut(usize) -> Result<()>) -> Result<Self> {
        let mut times = Vec::new();
        (0..WARM_UP).try_for_each(&mut ask)?;
        let started = Instant::now();
        for number in WARM_UP.. {
            let asked = Instant::now();
            ask(number)?;
            times.push(asked.elapsed());
            if started.elapsed() >= time {
                break;
            }
        }
        Ok(Self::of(times))
    }

    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// Asks for two things in turn, so that both are measured under the same circumstances.
    ///
    /// # Errors
    /// The first error of a request.
    pub fn alternate(
        time: Duration,
        mut ask: impl FnMut(bool) -> Result<()>,
    ) -> Result<(Self, Self)> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        (0..WARM_UP).try_for_each(|number| ask(number % 2 == 0))?;
        let started = Instant::now();
        while started.elapsed() < time {
            for (times, is_left) in [(&mut left, true), (&mut right, false)] {
                let asked = Instant::now();
                ask(is_left)?;
                times.push(asked.elapsed());
            }
        }
        Ok((Self::of(left), Self::of(right)))
    }

    /// Returns the duration that a share of the requests did not exceed, in seconds.
    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let place = ((self.0.len() as f64 * share) as usize).min(last);
        self.0.get(place).copied().unwrap_or_default().as_secs_f64()
    }

    /// Returns the 95th percentile in milliseconds.
    pub fn p95(&self) -> f64 {
        self.at(0.95) * 1e3
    }

    /// Returns the middle one in milliseconds.
    pub fn p50(&self) -> f64 {
        self.at(0.5) * 1e3
    }

    /// Writes both percentiles.
    pub fn shown(&self) -> String {
        format!("{:.2}/{:.2} ms", self.p50(), self.p95())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_read_off_the_sorted_times() {
        let times = Times::of((1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!(times.shown(), "51.00/96.00 ms");
        let one = Times::of(vec![Duration::from_millis(3)]);
        assert_eq!(one.shown(), "3.00/3.00 ms");
    }

    #[test]
    fn requests_before_the_first_timed_one_do_not_count() {
        let mut numbers = Vec::new();
        let times = Times::measure(Duration::ZERO, |number| {
            numbers.push(number);
            Ok(())
        });
        assert_eq!(times.expect("nothing fails").0.len(), 1);
        assert_eq!(numbers.len(), WARM_UP + 1);
        let failed = Times::measure(Duration::ZERO, |_| anyhow::bail!("refused"));
        assert!(failed.is_err());
    }

    #[test]
    fn both_sides_are_asked_as_often() {
        let (mut left, mut right) = (0, 0);
        let both = Times::alternate(Duration::from_millis(2), |is_left| {
            *(if is_left { &mut left } else { &mut right }) += 1;
            Ok(())
        });
        both.expect("nothing fails");
        assert!(left > WARM_UP / 2 && left == right);
    }
}
