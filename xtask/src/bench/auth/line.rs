//! One line of the table, and what its value is held to.
use crate::bench::Verdict;

/// One line of the table.
#[derive(Debug)]
pub struct Line {
    what: String,
    database: &'static str,
    measured: String,
    budget: String,
    verdict: Verdict,
    beside: String,
    ratio: String,
}

impl Line {
    /// Makes a line that is held to nothing.
    pub fn new(
        what: impl Into<String>,
        database: &'static str,
        measured: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            database,
            measured: measured.into(),
            budget: String::new(),
            verdict: Verdict::None,
            beside: String::new(),
            ratio: String::new(),
        }
    }

    /// Holds a value to a budget.
    #[must_use]
    pub fn held(mut self, value: f64, budget: f64, unit: &str) -> Self {
        self.budget = format!("≤ {budget} {unit}");
        self.verdict = if value <= budget {
            Verdict::Kept
        } else {
            Verdict::Broken
        };
        self
    }

    /// Puts another value beside it, and tells how many times as much this one is.
    #[must_use]
    pub fn beside(mut self, text: impl Into<String>, value: f64, other: f64) -> Self {
        self.beside = text.into();
        self.ratio = format!("{:.2} x", value / other.max(f64::MIN_POSITIVE));
        self
    }

    /// Whether the value is beyond its budget.
    pub fn is_broken(&self) -> bool {
        self.verdict == Verdict::Broken
    }

    /// Returns the cells of the table.
    pub fn cells(&self) -> Vec<String> {
        let texts = [
            &self.what,
            self.database,
            &self.measured,
            &self.budget,
            self.verdict.word(),
            &self.beside,
            &self.ratio,
        ];
        texts.map(str::to_owned).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_beyond_its_budget_is_marked() {
        let line = |value| Line::new("page", "sqlite", "x").held(value, 20.0, "ms p95");
        assert!(line(20.1).is_broken() && !line(20.0).is_broken());
        let line = line(30.0).beside("super user 15 ms", 30.0, 15.0);
        assert_eq!(
            line.cells(),
            [
                "page",
                "sqlite",
                "x",
                "≤ 20 ms p95",
                "OVER",
                "super user 15 ms",
                "2.00 x"
            ]
        );
    }
}
