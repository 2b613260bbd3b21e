//! The command line of Callboard; everything it does is in `callboard::server`.
use std::process::ExitCode;

use callboard::server::{Cli, run};
use clap::Parser;

/// Gives memory back to the system after a large ingestion, which the system's own allocator does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    give_memory_back_at_once();
    run(Cli::parse(), collect)
}

/// Makes the allocator return what is free without a delay: the portal allocates much at start and little later.
#[expect(
    unsafe_code,
    reason = "setting an option of the allocator is a call into C without any pointer"
)]
fn give_memory_back_at_once() {
    /// `mi_option_purge_delay` of `mimalloc.h`, in milliseconds.
    const PURGE_DELAY: i32 = 15;
    // SAFETY: the call stores a number in a table of options; it takes no pointer and may be made at any time.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) };
}

/// Gives back what other threads have freed since and threads that ended have left behind.
#[expect(
    unsafe_code,
    reason = "asking the allocator to collect is a call into C without any pointer"
)]
fn collect() {
    // SAFETY: the call takes no pointer, frees only what is free, and may be made at any time.
    unsafe { libmimalloc_sys::mi_collect(true) };
}
