//! The command line: what can be asked of the program and with which status it ends.
//!
//! Status 0: done. 1: what was checked has errors, or the server could not start. 2: the configuration is wrong, or
//! the command was not understood.
use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use callboard_config::{Sources, load};
use callboard_diagnostics::print;
use callboard_model::{Diagnostic, Severity};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::start;

mod admin;
mod check;
mod replace;
mod user;

/// An internal developer portal in one binary.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the portal.
    Serve(Serve),
    /// Check catalog files as ingestion would, say what is wrong, and repair it if asked to.
    Check(check::Check),
    /// Look at the configuration.
    Config(ConfigArgs),
    /// Look at who may do what.
    Policy(admin::PolicyArgs),
    /// Look at the audit log.
    Audit(admin::AuditArgs),
    /// Do something about the accounts of people.
    User(user::UserArgs),
}

/// What `serve` takes.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Configuration file; may be repeated, later files win. Without it, the default layers of the current folder
    /// are read; without any of those, the sample organisation is shown.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Vec<PathBuf>,
    /// Folder for everything the portal keeps.
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Address to listen on, for example `:7007` or `127.0.0.1:8080`.
    #[arg(long, value_name = "ADDR")]
    pub(super) listen: Option<String>,
}

#[derive(Debug, Args)]
struct ConfigArgs {
    #[command(subcommand)]
    what: ConfigCommand,
    /// Configuration file; may be repeated, later files win.
    #[arg(long, value_name = "FILE", global = true)]
    config: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the merged configuration.
    Print {
        /// Show secrets instead of masking them.
        #[arg(long)]
        with_secrets: bool,
    },
    /// Say what is wrong with the configuration.
    Check {
        /// Form of the answer.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Print the JSON Schema of the configuration, for editors.
    Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the source with the place marked.
    Human,
    /// For programs.
    Json,
    /// For code scanning services.
    Sarif,
    /// For GitHub Actions.
    Github,
}

/// Carries out a command and returns the status the process should end with. `collect` makes the allocator give
/// memory back; it is called on the main thread after work that needed much.
#[must_use]
pub fn run(cli: Cli, collect: fn()) -> ExitCode {
    match cli.command {
        Command::Serve(serve) => start::serve(serve, collect),
        Command::Check(check) => check::run(&check),
        Command::Policy(args) => admin::policy(args),
        Command::Audit(args) => admin::audit(args),
        Command::User(args) => user::user(args),
        Command::Config(config) => match config.what {
            ConfigCommand::Print { with_secrets } => print_config(config.config, with_secrets),
            ConfigCommand::Check { format } => check_config(config.config, format),
            ConfigCommand::Schema => {
                write_out(&format!("{:#}\n", callboard_config::schema_json()));
                ExitCode::SUCCESS
            }
        },
    }
}

fn check_config(files: Vec<PathBuf>, format: Format) -> ExitCode {
    let loaded = load(&Sources::from_process(files));
    write_out(&render(&loaded.diagnostics, format));
    status_of(&loaded.diagnostics, 2)
}

fn print_config(files: Vec<PathBuf>, with_secrets: bool) -> ExitCode {
    let loaded = load(&Sources::from_process(files));
    complain(&loaded.diagnostics);
    write_out(&callboard_config::print(&loaded, with_secrets));
    status_of(&loaded.diagnostics, 2)
}

fn status_of(found: &[Diagnostic], failed: u8) -> ExitCode {
    if found
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        ExitCode::from(failed)
    } else {
        ExitCode::SUCCESS
    }
}

fn render(found: &[Diagnostic], format: Format) -> String {
    match format {
        Format::Human => print::human(found, &source_of, std::io::stdout().is_terminal()),
        Format::Json => print::json(found),
        Format::Sarif => print::sarif(found),
        Format::Github => print::github(found),
    }
}

/// Prints problems of the configuration for people, on standard error.
pub(super) fn complain(found: &[Diagnostic]) {
    if !found.is_empty() {
        let is_terminal = std::io::stderr().is_terminal();
        say(&print::human(found, &source_of, is_terminal));
    }
}

/// Prints on standard error.
fn say(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Reads a file again to show the line of a problem; a file that cannot be read is shown without.
fn source_of(file: &str) -> Option<String> {
    let path = Path::new(file);
    let is_small = path.metadata().is_ok_and(|metadata| {
        metadata.is_file() && metadata.len() <= callboard_catalog::MAX_FILE_BYTES
    });
    is_small
        .then(|| std::fs::read(path).ok())
        .flatten()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn write_out(text: &str) {
    // A closed pipe, as with `| head`, is not a failure.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
