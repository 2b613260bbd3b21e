//! The command line of Callboard; everything it does is in `callboard::server`.
use std::process::ExitCode;

use callboard::server::{Cli, run};
use clap::Parser;

/// Gives memory back to the system after a large ingestion, which the system's own allocator does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(Cli::parse())
}
