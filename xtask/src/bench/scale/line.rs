//! One line of the table, and what its value is held to.
use crate::bench::Verdict;

/// What is held to a budget.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// Seconds from the start until all entities are served, with an empty database.
    Ingestion,
    /// Seconds until the server is ready again.
    Restart,
    /// Milliseconds for a page of entities, 95th percentile.
    Page,
    /// Milliseconds for six facets, 95th percentile.
    Facets,
    /// Megabytes of resident memory.
    Memory,
}

impl Limit {
    /// Returns the budget for a catalog of that size.
    pub fn for_entities(self, entities: u64) -> f64 {
        let is_large = entities > 30_000;
        let (small, large) = match self {
            Self::Ingestion => (15.0, 30.0),
            Self::Restart => (2.5, 5.0),
            Self::Page => (7.5, 15.0),
            Self::Facets => (5.0, 10.0),
            Self::Memory => (300.0, 600.0),
        };
        if is_large { large } else { small }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// On which database.
    pub database: &'static str,
    /// The value in words.
    pub measured: String,
    budget: String,
    verdict: Verdict,
    /// What Backstage gave.
    pub peer: String,
    /// How many times better this is.
    pub ratio: String,
}

impl Line {
    /// Makes a line that is held to nothing.
    pub fn without(what: &str, database: &'static str, measured: impl Into<String>) -> Self {
        Self {
            what: what.to_owned(),
            database,
            measured: measured.into(),
            budget: String::new(),
            verdict: Verdict::None,
            peer: String::new(),
            ratio: String::new(),
        }
    }

    /// Holds a value to a budget, if there is one.
    pub fn hold(&mut self, value: f64, budget: Option<f64>, unit: &str) {
        if let Some(budget) = budget {
            self.budget = format!("≤ {budget} {unit}");
            self.verdict = if value <= budget {
                Verdict::Kept
            } else {
                Verdict::Broken
            };
        }
    }

    /// Compares a value with that of Backstage; less is better.
    pub fn compare(&mut self, value: f64, peer: f64, unit: &str) {
        self.peer = format!("{peer} {unit}");
        self.ratio = format!("{:.1} x", peer / value.max(f64::MIN_POSITIVE));
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
            &self.peer,
            &self.ratio,
        ];
        texts.map(str::to_owned).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_catalog_has_half_the_budget() {
        for limit in [
            Limit::Ingestion,
            Limit::Restart,
            Limit::Page,
            Limit::Facets,
            Limit::Memory,
        ] {
            let (small, large) = (limit.for_entities(10_000), limit.for_entities(100_000));
            assert!(small * 2.0 <= large, "{limit:?}");
        }
    }

    #[test]
    fn a_value_beyond_its_budget_is_marked() {
        let mut line = Line::without("memory", "sqlite", "700 MB");
        line.hold(700.0, Some(600.0), "MB");
        line.compare(700.0, 2207.0, "MB");
        assert_eq!(
            line.cells(),
            [
                "memory",
                "sqlite",
                "700 MB",
                "≤ 600 MB",
                "OVER",
                "2207 MB",
                "3.2 x"
            ]
        );
    }
}
