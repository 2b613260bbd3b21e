//! `cargo xtask bench`: the project's budgets, measured on the release binary and printed as one table.
//!
//! Times are medians of three runs. They are a picture of this machine at this moment, so nothing else should run
//! beside them.
mod assets;
mod auth;
mod catalog;
mod load;
mod options;
mod scale;
mod server;
mod ui;

use std::{collections::BTreeSet, fs, path::Path, process::ExitCode, time::Duration};

use anyhow::{Context, Result, bail};

use crate::{
    build, say,
    site::{self, Mode},
    toolchain,
};

/// What the table can show, in its order.
const ROWS: [(&str, &str); 10] = [
    ("binary", "size of the stripped release binary"),
    ("start-empty", "start to the first 200, empty database"),
    (
        "ingestion",
        "start to 10,000 entities served, empty database",
    ),
    ("memory", "resident memory after it"),
    (
        "start-full",
        "start to the first 200, 10,000 entities in the database",
    ),
    ("page", "HTML of the catalog page, as it is sent"),
    ("css", "style sheets of a page, as they are sent"),
    ("script", "JavaScript and WASM, brotli"),
    ("cache", "files precompressed and immutable"),
    ("requests", "requests per second with 10,000 entities"),
];

/// How often each time is measured.
const RUNS: usize = 3;

/// One line of the table.
pub struct Row {
    name: &'static str,
    what: String,
    measured: String,
    budget: String,
    verdict: Verdict,
    note: String,
}

/// How a measured value stands to its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Kept,
    Broken,
    /// There is no budget, or the value could not be measured.
    None,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Kept => "ok",
            Self::Broken => "OVER",
            Self::None => "",
        }
    }
}

impl Row {
    /// Makes a line whose value must not exceed the budget.
    fn limited(
        name: &'static str,
        value: f64,
        budget: f64,
        unit: &str,
        note: impl Into<String>,
    ) -> Self {
        let verdict = if value <= budget {
            Verdict::Kept
        } else {
            Verdict::Broken
        };
        let show = |number: f64| {
            let digits = usize::from(number < 100.0 && number.fract() != 0.0);
            format!("{number:.digits$} {unit}")
        };
        Self {
            name,
            what: what(name).to_owned(),
            measured: show(value),
            budget: format!("≤ {}", show(budget)),
            verdict,
            note: note.into(),
        }
    }

    /// Makes a line for something that could not be measured.
    fn missing(name: &'static str, why: impl Into<String>) -> Self {
        let (measured, budget) = (String::from("not measured"), String::new());
        Self {
            name,
            what: what(name).to_owned(),
            measured,
            budget,
            verdict: Verdict::None,
            note: why.into(),
        }
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.what.clone(),
            self.measured.clone(),
            self.budget.clone(),
            self.verdict.word().to_owned(),
            self.note.clone(),
        ]
    }
}

fn what(name: &str) -> &'static str {
    ROWS.iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, what)| what)
}

/// Builds the release binary, measures the chosen rows and prints the table; a broken budget makes the exit status 1.
///
/// # Errors
/// When an argument is unknown, the build fails or the server does not start.
pub fn run(args: &[String]) -> Result<ExitCode> {
    match args.split_first().map(|(name, rest)| (name.as_str(), rest)) {
        Some(("catalog", rest)) => return scale::run(rest),
        Some(("auth", rest)) => return auth::run(rest),
        Some(("ui", rest)) => return ui::run(rest),
        _ => {}
    }
    let Some(wanted) = parse(args)? else {
        for (name, what) in ROWS {
            say::line(format_args!("{name:<12} {what}"));
        }
        return Ok(ExitCode::SUCCESS);
    };
    toolchain::prepare()?;
    site::build(Mode::Release)?;
    let binary = build::release_server()?;
    let mut rows = measure(&binary, &wanted)?;
    rows.retain(|row| wanted.contains(row.name));
    rows.sort_by_key(|row| ROWS.iter().position(|(name, _)| *name == row.name));
    let cells: Vec<_> = rows.iter().map(Row::cells).collect();
    say::line(format_args!(
        "\n{}",
        say::table(&["budget of", "measured", "budget", "", "note"], &cells)
    ));
    if wanted.contains("requests") {
        say::line(
            "In brackets: Backstage 1.55 on a machine of this size on another day; compare orders of magnitude only.",
        );
    }
    let broken = rows.iter().any(|row| row.verdict == Verdict::Broken);
    Ok(if broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(binary: &Path, wanted: &BTreeSet<&'static str>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    if wanted.contains("binary") {
        let size = fs::metadata(binary).context("the binary is gone")?.len();
        rows.push(Row::limited("binary", size as f64 / 1e6, 40.0, "MB", ""));
    }
    if wanted.contains("start-empty") {
        rows.push(catalog::start_empty(binary)?);
    }
    if wanted
        .iter()
        .any(|name| !["binary", "start-empty"].contains(name))
    {
        rows.extend(catalog::with_entities(binary, wanted)?);
    }
    Ok(rows)
}

/// Reads the arguments; `None` stands for `--list`.
fn parse(args: &[String]) -> Result<Option<BTreeSet<&'static str>>> {
    let mut wanted = BTreeSet::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--list" => return Ok(None),
            "--only" => {
                let names = rest
                    .next()
                    .context("`--only` needs the name of a row; `--list` shows them")?;
                for name in names.split(',') {
                    let row = ROWS.iter().find(|(known, _)| *known == name);
                    wanted.insert(
                        row.with_context(|| {
                            format!("there is no row `{name}`; `--list` shows them")
                        })?
                        .0,
                    );
                }
            }
            _ => bail!(
                "unknown argument `{arg}`; usage: cargo xtask bench [--only ROW]… [--list], cargo xtask bench catalog, \
                 cargo xtask bench auth, or cargo xtask bench ui"
            ),
        }
    }
    if wanted.is_empty() {
        wanted.extend(ROWS.iter().map(|(name, _)| name));
    }
    Ok(Some(wanted))
}

/// Returns the middle one of some durations; none at all gives zero.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_above_its_budget_is_marked() {
        assert_eq!(
            Row::limited("css", 20.0, 20.0, "kB", "").verdict,
            Verdict::Kept
        );
        let row = Row::limited("css", 20.5, 20.0, "kB", "");
        assert_eq!(
            row.cells(),
            [
                "style sheets of a page, as they are sent",
                "20.5 kB",
                "≤ 20 kB",
                "OVER",
                ""
            ]
        );
    }

    #[test]
    fn the_median_ignores_one_bad_run() {
        let times = [900, 5, 6].map(Duration::from_millis).to_vec();
        assert_eq!(median(times), Duration::from_millis(6));
    }

    #[test]
    fn only_names_rows() {
        let args = |list: &[&str]| list.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
        let wanted = parse(&args(&["--only", "css,page"]))
            .expect("valid")
            .expect("rows");
        assert_eq!(wanted.into_iter().collect::<Vec<_>>(), ["css", "page"]);
        assert_eq!(parse(&[]).expect("valid").expect("rows").len(), ROWS.len());
        assert!(parse(&args(&["--only", "speed"])).is_err());
    }
}
