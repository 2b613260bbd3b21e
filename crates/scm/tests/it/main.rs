//! Reading from local servers that behave as well and as badly as real ones.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests fail as tests do, and say when they skip"
)]
mod bitbucket;
mod git;
mod gitea;
mod github;
mod gitlab;
mod guard;
mod pack;
mod plain;
mod server;
mod stub;
mod target;
mod web;
