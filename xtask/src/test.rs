//! `cargo xtask test`: every check of the project, in order, each with its time.
//!
//! A failed step does not stop the others; only steps that need its result are left out.
mod browser;
mod debian;
mod deny;
pub mod node;
mod plan;
mod portal;
pub mod postgres;
mod rest;
mod steps;

pub use browser::chromium;

use std::{process::ExitCode, time::Instant};

use anyhow::Result;

use crate::{command, say};

/// How one step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it should; the text says what is worth knowing, often nothing.
    Passed(String),
    /// It did not; the text says why.
    Failed(String),
    /// It was not run; the text says why.
    Skipped(String),
}

/// A machine of one's own may lack a tool; on CI nothing is left out.
pub fn missing(what: String) -> Outcome {
    if command::is_ci() {
        Outcome::Failed(what)
    } else {
        Outcome::Skipped(what)
    }
}

/// One check.
pub struct Step {
    /// The name used by `--only` and `--skip`.
    pub name: &'static str,
    /// What it checks, for `--list`.
    pub what: &'static str,
    /// The steps whose success it needs.
    pub needs: &'static [&'static str],
    /// The work.
    pub run: fn() -> Result<Outcome>,
}

/// One step's result, for the table at the end.
struct Report {
    name: &'static str,
    outcome: Outcome,
    time: std::time::Duration,
}

/// Runs the chosen steps and prints a table and, as the last line, the two counts.
///
/// # Errors
/// When an argument is unknown.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let steps = steps::all();
    let plan::Choice::Run(selection) = plan::parse(args, &steps)? else {
        for step in &steps {
            say::line(format_args!("{:<15} {}", step.name, step.what));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let started = Instant::now();
    let mut reports: Vec<Report> = Vec::new();
    for step in steps.iter().filter(|step| selection.contains(&step.name)) {
        let report = run_step(step, &reports);
        reports.push(report);
    }
    let (passed, failed) = summary(&reports);
    say::line(format_args!("\n{}\n", table(&reports)));
    say::line(format_args!(
        "all together {}",
        say::duration(started.elapsed())
    ));
    say::line(format_args!("{passed} passed, {failed} failed"));
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn run_step(step: &Step, before: &[Report]) -> Report {
    say::line(format_args!("\n=== {}: {}", step.name, step.what));
    let started = Instant::now();
    let outcome = outcome_of(step, before);
    let time = started.elapsed();
    let (word, text) = words(&outcome);
    let text = if text.is_empty() {
        String::new()
    } else {
        format!(": {text}")
    };
    say::line(format_args!(
        "=== {} {word} in {}{text}",
        step.name,
        say::duration(time)
    ));
    Report {
        name: step.name,
        outcome,
        time,
    }
}

fn outcome_of(step: &Step, before: &[Report]) -> Outcome {
    missing_need(step, before).unwrap_or_else(|| match (step.run)() {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Failed(format!("{error:#}")),
    })
}

/// Returns why the step cannot run, if a step it needs was run and did not pass.
fn missing_need(step: &Step, before: &[Report]) -> Option<Outcome> {
    let failed = before.iter().find(|report| {
        step.needs.contains(&report.name) && !matches!(report.outcome, Outcome::Passed(_))
    })?;
    Some(Outcome::Skipped(format!("it needs `{}`", failed.name)))
}

fn words(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::Passed(text) => ("passed", text),
        Outcome::Failed(text) => ("failed", text),
        Outcome::Skipped(text) => ("skipped", text),
    }
}

fn summary(reports: &[Report]) -> (usize, usize) {
    let count = |wanted: fn(&Outcome) -> bool| {
        reports
            .iter()
            .filter(|report| wanted(&report.outcome))
            .count()
    };
    (
        count(|outcome| matches!(outcome, Outcome::Passed(_))),
        count(|outcome| matches!(outcome, Outcome::Failed(_))),
    )
}

fn table(reports: &[Report]) -> String {
    let row = |report: &Report| {
        let (word, text) = words(&report.outcome);
        let first = text.lines().next().unwrap_or_default();
        vec![
            report.name.to_owned(),
            word.to_owned(),
            say::duration(report.time),
            first.to_owned(),
        ]
    };
    say::table(
        &["step", "result", "time", "note"],
        &reports.iter().map(row).collect::<Vec<_>>(),
    )
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn step(
        name: &'static str,
        needs: &'static [&'static str],
        run: fn() -> Result<Outcome>,
    ) -> Step {
        Step {
            name,
            what: "",
            needs,
            run,
        }
    }

    fn run_all(steps: &[Step]) -> Vec<Report> {
        let mut reports = Vec::new();
        for step in steps {
            let outcome = outcome_of(step, &reports);
            reports.push(Report {
                name: step.name,
                outcome,
                time: std::time::Duration::ZERO,
            });
        }
        reports
    }

    #[test]
    fn a_failure_skips_what_needs_it_and_nothing_else() {
        let reports = run_all(&[
            step("build", &[], || bail!("no compiler")),
            step("tests", &["build"], || Ok(Outcome::Passed(String::new()))),
            step("tidy", &[], || Ok(Outcome::Passed(String::new()))),
        ]);
        let outcomes: Vec<_> = reports.into_iter().map(|report| report.outcome).collect();
        assert_eq!(outcomes[0], Outcome::Failed("no compiler".to_owned()));
        assert_eq!(outcomes[1], Outcome::Skipped("it needs `build`".to_owned()));
        assert_eq!(outcomes[2], Outcome::Passed(String::new()));
    }

    #[test]
    fn a_skipped_step_counts_as_neither() {
        let reports = run_all(&[
            step("a", &[], || bail!("x")),
            step("b", &["a"], || Ok(Outcome::Passed(String::new()))),
            step("c", &[], || Ok(Outcome::Passed(String::new()))),
        ]);
        assert_eq!(summary(&reports), (1, 1));
    }
}
