//! `callboard check`: says what is wrong with catalog files, and repairs what can be repaired with certainty.
use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

use callboard_catalog::{FixedFile, Fixes, check_paths, fix_paths};
use callboard_config::{Sources, load};
use callboard_diagnostics::{Severities, print};
use clap::Args;

use super::{Format, complain, render, replace::replace, say, status_of, write_out};

/// Most times that the files are read again after a repair.
const MAX_RUNS: usize = 5;

/// What `check` takes.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files or folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Repair what can be repaired with certainty, and say what is left.
    #[arg(long)]
    fix: bool,
    /// With --fix: print what would change, and change nothing.
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Configuration file that says how much problems matter; may be repeated, later files win.
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
}

/// Carries out the command.
pub(super) fn run(check: &Check) -> ExitCode {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let severities = match severities(&check.config) {
        Ok(severities) => severities,
        Err(status) => return status,
    };
    if check.fix {
        return fix(check, &here, &severities);
    }
    let mut found = severities.apply(check_paths(&check.paths, &here));
    print::sort(&mut found);
    write_out(&render(&found, check.format));
    status_of(&found, 1)
}

/// Reads severities from configuration, if there is any; without `--config`, none is looked for.
fn severities(files: &[PathBuf]) -> Result<Severities, ExitCode> {
    if files.is_empty() {
        return Ok(Severities::default());
    }
    let loaded = load(&Sources::from_process(files.to_vec()));
    complain(&loaded.diagnostics);
    let config = loaded.config.ok_or_else(|| ExitCode::from(2))?;
    Ok(config.callboard.diagnostics)
}

fn fix(check: &Check, here: &Path, severities: &Severities) -> ExitCode {
    let fixes = fix_paths(&check.paths, here, severities);
    if check.dry_run {
        let is_terminal = std::io::stdout().is_terminal();
        for file in &fixes.files {
            write_out(&print::diff(
                &file.name,
                &file.before,
                &file.after,
                is_terminal,
            ));
        }
        say(&format!("{}\n", print::Summary::of(&fixes.left)));
        return status_of(&fixes.left, 1);
    }
    let failed = !write_all(check, here, severities, fixes);
    let mut left = severities.apply(check_paths(&check.paths, here));
    print::sort(&mut left);
    write_out(&render(&left, check.format));
    if failed {
        return ExitCode::FAILURE;
    }
    status_of(&left, 1)
}

/// Writes repaired files, until there are no more: a Location that is valid now may lead to others.
fn write_all(check: &Check, here: &Path, severities: &Severities, mut fixes: Fixes) -> bool {
    for _ in 0..MAX_RUNS {
        for file in &fixes.files {
            match replace(&file.path, &file.before, &file.after) {
                Ok(()) if check.format == Format::Human => write_out(&told(file)),
                Ok(()) => say(&told(file)),
                Err(error) => {
                    say(&format!("cannot write {}: {error}\n", file.path.display()));
                    return false;
                }
            }
        }
        if fixes.files.is_empty() {
            break;
        }
        fixes = fix_paths(&check.paths, here, severities);
    }
    true
}

/// Says what was changed in a file, one line for each repair.
fn told(file: &FixedFile) -> String {
    let line = |problem: &callboard_model::Diagnostic| {
        let title = problem.fix.as_ref().map_or("", |fix| fix.title.as_str());
        let line = format!("fixed {}: {} {title}", problem.place(), problem.code);
        let shown: String = line.chars().filter(|c| !c.is_control()).collect();
        format!("{shown}\n")
    };
    file.applied.iter().map(line).collect()
}
