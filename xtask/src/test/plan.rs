//! Which steps are run: the arguments `--only`, `--skip` and `--list`.
use anyhow::{Result, bail};

use super::Step;

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Choice {
    /// The names of the steps, and nothing else.
    List,
    /// To run these steps.
    Run(Vec<&'static str>),
}

/// Reads the arguments; each option may stand several times and may name several steps with commas.
///
/// # Errors
/// When an option or a step is unknown.
pub fn parse(args: &[String], steps: &[Step]) -> Result<Choice> {
    let names: Vec<&'static str> = steps.iter().map(|step| step.name).collect();
    let (mut only, mut skip) = (Vec::new(), Vec::new());
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let (option, value) = match arg.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (arg.as_str(), None),
        };
        let list = match option {
            "--list" => return Ok(Choice::List),
            "--only" => &mut only,
            "--skip" => &mut skip,
            _ => bail!(
                "unknown argument `{arg}`; usage: cargo xtask test [--only STEP]… [--skip STEP]… [--list]"
            ),
        };
        let Some(value) = value.or_else(|| rest.next().map(String::as_str)) else {
            bail!("`{option}` needs the name of a step: {}", names.join(", "));
        };
        for name in value.split(',') {
            list.push(known(name, &names)?);
        }
    }
    let chosen =
        |name: &&'static str| (only.is_empty() || only.contains(name)) && !skip.contains(name);
    Ok(Choice::Run(names.into_iter().filter(chosen).collect()))
}

fn known(name: &str, names: &[&'static str]) -> Result<&'static str> {
    match names.iter().find(|known| **known == name) {
        Some(known) => Ok(known),
        None => bail!("there is no step `{name}`; there are {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::Outcome;

    fn parsed(args: &[&str]) -> Result<Choice> {
        let step = |name| Step {
            name,
            what: "",
            needs: &[],
            run: || Ok(Outcome::Passed(String::new())),
        };
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        parse(&args, &[step("fmt"), step("tidy"), step("tests")])
    }

    #[test]
    fn without_arguments_every_step_is_run_in_its_order() {
        assert_eq!(
            parsed(&[]).expect("valid"),
            Choice::Run(vec!["fmt", "tidy", "tests"])
        );
    }

    #[test]
    fn only_and_skip_choose_steps() {
        assert_eq!(
            parsed(&["--only", "tests,fmt"]).expect("valid"),
            Choice::Run(vec!["fmt", "tests"])
        );
        assert_eq!(
            parsed(&["--skip=tidy", "--skip", "fmt"]).expect("valid"),
            Choice::Run(vec!["tests"])
        );
    }

    #[test]
    fn an_unknown_step_is_named_with_those_there_are() {
        let error = parsed(&["--only", "test"])
            .expect_err("no such step")
            .to_string();
        assert!(
            error.contains("`test`") && error.contains("fmt, tidy, tests"),
            "{error}"
        );
        assert!(parsed(&["--fast"]).is_err());
        assert!(parsed(&["--only"]).is_err());
    }
}
