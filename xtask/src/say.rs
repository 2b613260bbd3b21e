//! What xtask tells the person who started it: lines, numbered steps and durations.
//!
//! Everything goes to standard output through here, so that the output stays in one form and in order.
use std::{
    fmt::Display,
    io::Write,
    time::{Duration, Instant},
};

use anyhow::Result;

/// Prints one line. A closed output is no reason to stop the work, so a failure to print is ignored.
pub fn line(text: impl Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Prints one line set in under the step it belongs to.
pub fn note(text: impl Display) {
    line(format_args!("      {text}"));
}

/// Writes a duration as people say it: `0.3 s`, `12 s`, `2 min 05 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 10.0 {
        format!("{seconds:.1} s")
    } else if seconds < 60.0 {
        format!("{seconds:.0} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

/// A job of a known number of steps, each announced with its number and closed with its duration.
pub struct Progress {
    total: usize,
    done: usize,
    started: Instant,
}

impl Progress {
    /// Starts a job of `total` steps.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            done: 0,
            started: Instant::now(),
        }
    }

    /// Announces the next step, runs it, and says how long it took.
    ///
    /// # Errors
    /// The step's own error.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        line(format_args!("[{}/{}] {what}", self.done, self.total));
        let started = Instant::now();
        let result = work()?;
        note(format_args!("done in {}", duration(started.elapsed())));
        Ok(result)
    }

    /// Returns how long the whole job has taken so far.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Lays out rows as a table of left-aligned columns under a header; the last column is not padded.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        widest.max(header.get(column).map_or(0, |name| name.chars().count()))
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let print = |cells: Vec<&str>| {
        let padded = cells
            .iter()
            .zip(&widths)
            .map(|(cell, w)| format!("{cell:<w$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![print(header.to_vec())];
    lines.push(
        widths
            .iter()
            .map(|w| "-".repeat(*w))
            .collect::<Vec<_>>()
            .join("  "),
    );
    lines.extend(
        rows.iter()
            .map(|row| print(row.iter().map(String::as_str).collect())),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(duration(Duration::from_millis(340)), "0.3 s");
        assert_eq!(duration(Duration::from_secs(42)), "42 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_table_lines_its_columns_up() {
        let rows = vec![
            vec!["fmt".to_owned(), "ok".to_owned()],
            vec!["browser".to_owned(), "failed".to_owned()],
        ];
        let expected = "step     result\n-------  ------\nfmt      ok\nbrowser  failed";
        assert_eq!(table(&["step", "result"], &rows), expected);
    }
}
