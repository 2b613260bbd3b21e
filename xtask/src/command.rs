//! Running other programs, and the environment xtask itself reads.
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::repo;

/// Returns the value of an environment variable that is set, is text and is not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where xtask reads its environment"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Tells whether this is a continuous-integration run, where nothing may be skipped.
pub fn is_ci() -> bool {
    variable("CI").is_some_and(|value| value != "false" && value != "0")
}

/// Makes a cargo command in the repository.
///
/// `cargo run` hands xtask's own `CARGO_PKG_*` variables on; build scripts that watch them would then be run again
/// each time a person changes between `cargo xtask` and plain cargo, so they are taken away.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(variable("CARGO").unwrap_or_else(|| "cargo".to_owned()));
    command.current_dir(repo::root()).args(args);
    for name in inherited_package_variables() {
        command.env_remove(name);
    }
    command
}

#[expect(
    clippy::disallowed_methods,
    reason = "only the names are looked at, to take them away from cargo"
)]
fn inherited_package_variables() -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names.filter(|name| is_package_variable(name)).collect()
}

fn is_package_variable(name: &str) -> bool {
    const SINGLE: [&str; 5] = [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_PRIMARY_PACKAGE",
    ];
    name.starts_with("CARGO_PKG_") || SINGLE.contains(&name)
}

/// Makes a command of another program, run in the repository.
pub fn program(path: impl AsRef<Path>, args: &[&str]) -> Command {
    let mut command = Command::new(path.as_ref());
    command.current_dir(repo::root()).args(args);
    command
}

/// Finds a program in the folders of `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

/// The ways xtask runs a command.
pub trait Run {
    /// Runs the command with its output shown; an exit status other than 0 is an error that names the command.
    ///
    /// # Errors
    /// When the program cannot be started or does not succeed.
    fn run(&mut self) -> Result<()>;

    /// Runs the command and returns what it printed; its error output is shown.
    ///
    /// # Errors
    /// When the program cannot be started, does not succeed, or prints something that is not UTF-8.
    fn capture(&mut self) -> Result<String>;
}

impl Run for Command {
    fn run(&mut self) -> Result<()> {
        let status = self
            .status()
            .with_context(|| format!("cannot start `{}`", shown(self)))?;
        if !status.success() {
            bail!("`{}` failed ({status})", shown(self));
        }
        Ok(())
    }

    fn capture(&mut self) -> Result<String> {
        self.stderr(Stdio::inherit());
        let output = self
            .output()
            .with_context(|| format!("cannot start `{}`", shown(self)))?;
        if !output.status.success() {
            bail!("`{}` failed ({})", shown(self), output.status);
        }
        String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` printed no UTF-8", shown(self)))
    }
}

/// Writes a command as a person would type it, the program without its folder.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    let args = command.get_args().map(|arg| quoted(&arg.to_string_lossy()));
    std::iter::once(program)
        .chain(args)
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(arg: &str) -> String {
    if arg.is_empty() || arg.contains([' ', '\'', '"', '$']) {
        format!("'{}'", arg.replace('\'', r"'\''"))
    } else {
        arg.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_a_person_would_type_it() {
        let mut command = Command::new("/usr/bin/echo");
        command.args(["-n", "two words", ""]);
        assert_eq!(shown(&command), "echo -n 'two words' ''");
    }

    #[test]
    fn a_failing_program_is_named_in_the_error() {
        let error = Command::new("false")
            .run()
            .expect_err("`false` fails by definition");
        assert!(error.to_string().contains("`false` failed"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named_in_the_error() {
        let error = Command::new("no-such-program-here")
            .run()
            .expect_err("it does not exist");
        assert!(
            error
                .to_string()
                .contains("cannot start `no-such-program-here`"),
            "{error}"
        );
    }

    #[test]
    fn only_the_variables_of_a_package_are_taken_away() {
        assert!(is_package_variable("CARGO_PKG_VERSION"));
        assert!(is_package_variable("CARGO_MANIFEST_DIR"));
        assert!(!is_package_variable("CARGO_TARGET_DIR"));
        assert!(!is_package_variable("CARGO_HOME"));
    }
}
