//! The engine as others use it: what is found first, for whom, and that nothing breaks it.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
mod bad_input;
mod behaviour;
mod generated;
mod golden;
mod support;
