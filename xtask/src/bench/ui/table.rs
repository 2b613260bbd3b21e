//! The lines of the table about pages, and their budgets.
use serde_json::Value;

/// What was measured of one page.
#[derive(Debug)]
pub struct Line {
    pub page: &'static str,
    /// Half of the requests took at most so long, in milliseconds.
    pub p50: f64,
    /// Of a hundred requests ninety-five took at most so long, in milliseconds.
    pub p95: f64,
    /// Bytes of the page before compression.
    pub plain: usize,
    /// What Chromium said: bytes as they came over the wire, times in milliseconds.
    pub seen: Value,
}

/// Key in what Chromium said, name, factor to the unit, unit, digits, budget in the unit.
type Seen = (
    &'static str,
    &'static str,
    f64,
    &'static str,
    usize,
    Option<f64>,
);

const SEEN: [Seen; 7] = [
    ("html", "HTML", 1e-3, "kB", 1, Some(30.0)),
    ("css", "CSS", 1e-3, "kB", 1, Some(20.0)),
    ("script", "JavaScript and WASM", 1e-3, "kB", 1, Some(160.0)),
    ("fcp", "first contentful paint", 1.0, "ms", 0, None),
    (
        "lcp",
        "largest contentful paint",
        1.0,
        "ms",
        0,
        Some(1200.0),
    ),
    ("cls", "layout shift", 1.0, "", 3, Some(0.02)),
    ("inp", "answer to a keystroke", 1.0, "ms", 0, Some(100.0)),
];

/// Longest time of the server for the page of an entity, in milliseconds.
const ENTITY_MS: f64 = 10.0;

impl Line {
    /// Returns each measured value with its budget.
    fn values(&self) -> Vec<(String, String, Option<f64>, bool)> {
        let limit = (self.page == "entity").then_some(ENTITY_MS);
        let mut values = vec![
            (
                "server, p50 / p95".to_owned(),
                format!("{:.1} / {:.1} ms", self.p50, self.p95),
                limit,
                limit.is_some_and(|limit| self.p95 > limit),
            ),
            (
                "HTML before compression".to_owned(),
                format!("{:.1} kB", self.plain as f64 / 1e3),
                None,
                false,
            ),
        ];
        for (key, name, factor, unit, digits, budget) in SEEN {
            if let Some(value) = self.seen[key].as_f64() {
                let value = value * factor;
                let is_broken = budget.is_some_and(|budget| value > budget);
                let shown = format!("{value:.digits$} {unit}");
                values.push((name.to_owned(), shown, budget, is_broken));
            }
        }
        values
    }

    /// Returns the cells of the table.
    pub fn cells(&self) -> Vec<Vec<String>> {
        let cells = self
            .values()
            .into_iter()
            .map(|(name, value, budget, is_broken)| {
                let verdict = match (budget, is_broken) {
                    (None, _) => "",
                    (_, false) => "ok",
                    (_, true) => "OVER",
                };
                let budget = budget
                    .map(|budget| format!("≤ {budget}"))
                    .unwrap_or_default();
                vec![
                    self.page.to_owned(),
                    name,
                    value,
                    budget,
                    verdict.to_owned(),
                ]
            });
        cells.collect()
    }

    /// Whether a value exceeds its budget.
    pub fn is_broken(&self) -> bool {
        self.values().iter().any(|(.., is_broken)| *is_broken)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(page: &'static str, p95: f64, seen: Value) -> Line {
        Line {
            page,
            p50: 1.0,
            p95,
            plain: 40_000,
            seen,
        }
    }

    #[test]
    fn a_budget_is_broken_by_one_value_that_is_too_large() {
        assert!(!line("home", 50.0, json!({"lcp": 1200.0, "inp": null})).is_broken());
        assert!(line("home", 50.0, json!({"lcp": 1201.0})).is_broken());
        assert!(line("entity", 50.0, json!({})).is_broken());
        assert!(line("catalog", 1.0, json!({"script": 160_001})).is_broken());
    }

    #[test]
    fn what_was_not_measured_has_no_line() {
        let cells = line("home", 1.0, json!({"css": 8_000, "inp": null})).cells();
        let names: Vec<_> = cells.iter().map(|cells| cells[1].as_str()).collect();
        assert_eq!(
            names,
            ["server, p50 / p95", "HTML before compression", "CSS"]
        );
        assert_eq!(cells[2][2..], ["8.0 kB", "≤ 20", "ok"]);
    }
}
