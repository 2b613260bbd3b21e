//! What tests share: databases of their own, folders with entity files, and a catalog over both.
//!
//! A test that needs PostgreSQL gets it through the variable `TEST_POSTGRES_URL`, which `cargo xtask test` sets to a
//! cluster of its own. Without it such a test runs on SQLite alone and says so; where `CI` is set it fails.
#![warn(unreachable_pub)]

mod catalog;
mod database;
mod folder;
mod host;

pub use catalog::{TestCatalog, settings};
pub use database::{TestDb, databases, sqlite};
pub use folder::{Folder, component};
pub use host::{Failure, Host};
