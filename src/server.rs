//! The server: builds every engine once, mounts the doors, and stops cleanly.
mod assets;
mod cli;
mod errors;
mod jobs;
mod logging;
mod rest;
mod router;
mod sample;
mod services;
mod settings;
mod site;
mod start;

pub use cli::{Cli, run};
pub use router::router;
pub use services::{Portal, Secrets, Services, Sources};
