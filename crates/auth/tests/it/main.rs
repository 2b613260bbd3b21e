//! The engine through its public doors, with providers that live in this process.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
mod explain;
mod external;
mod idp;
mod keys;
mod oauth;
mod oidc;
mod oidc_cache;
mod oidc_claims;
mod oidc_keys;
mod people;
mod provision;
mod proxy;
mod resolver;
mod session;
mod token;
mod web;

/// Some Tuesday, in milliseconds.
const NOW: i64 = 1_700_000_000_000;
/// The same in seconds.
const NOW_S: i64 = NOW / 1000;

/// Waits for a future; nothing here ever really waits.
fn wait<F: Future>(future: F) -> F::Output {
    futures::executor::block_on(future)
}
