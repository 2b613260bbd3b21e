//! `cargo xtask serve`: from a fresh checkout to a running portal.
use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};

use crate::{
    build,
    command::{program, shown},
    say,
    say::Progress,
    site::{self, Mode},
    toolchain,
};

/// Builds what is needed and becomes the server, so that Ctrl-C and signals reach it and nothing else.
///
/// # Errors
/// When a step fails; once the server runs, this does not come back.
pub fn run(args: &[String]) -> Result<()> {
    let release = args.iter().any(|arg| arg == "--release");
    let extra: Vec<&String> = args.iter().filter(|arg| *arg != "--release").collect();
    say::line("Callboard is built in three steps and then started; later starts take seconds.");
    let mut progress = Progress::new(3);
    progress.step("Rust and its WASM target", toolchain::prepare)?;
    progress.step(
        "the browser's files (the first time about two minutes)",
        || site::build(Mode::Release),
    )?;
    let binary = if release {
        progress.step(
            "the server in release mode (the first time about seven minutes)",
            build::release_server,
        )?
    } else {
        progress.step(
            "the server (the first time about three minutes)",
            build::dev_server,
        )?
    };
    let mut command = program(binary, &["serve"]);
    if !names_a_config(&extra) {
        command.args(["--config", "examples/app-config.yaml"]);
    }
    command.args(extra);
    say::line(format_args!(
        "ready after {}; starting `{}`",
        say::duration(progress.elapsed()),
        shown(&command)
    ));
    if !names_an_address(args) {
        say::line("open http://localhost:7007 in a browser; Ctrl-C stops the portal");
    }
    Err(command.exec()).context("cannot start the server")
}

fn names_a_config(args: &[&String]) -> bool {
    args.iter()
        .any(|arg| *arg == "--config" || arg.starts_with("--config="))
}

fn names_an_address(args: &[String]) -> bool {
    args.iter()
        .any(|arg| arg == "--listen" || arg.starts_with("--listen=") || arg.starts_with("--config"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_config_of_ones_own_takes_the_place_of_the_sample() {
        let args = ["--config=a.yaml".to_owned(), "--data".to_owned()];
        assert!(names_a_config(&args.iter().collect::<Vec<_>>()));
        assert!(!names_a_config(&args[1..].iter().collect::<Vec<_>>()));
    }
}
