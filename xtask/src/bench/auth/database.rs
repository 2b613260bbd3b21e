//! The database of one run.
use anyhow::Result;

use crate::test::postgres::{Cluster, Found, find_or_install};

/// A database of its own.
pub enum Database {
    /// A file in the data folder.
    Sqlite,
    /// A cluster of PostgreSQL, which ends with this.
    Postgres(Cluster),
}

impl Database {
    /// Prepares a database; `None` when this machine does not have its programs.
    ///
    /// # Errors
    /// When a program of PostgreSQL fails.
    pub fn start(name: &str) -> Result<Option<Self>> {
        if name == "sqlite" {
            return Ok(Some(Self::Sqlite));
        }
        match find_or_install()? {
            Found::Missing(_) => Ok(None),
            Found::Programs(programs) => Ok(Some(Self::Postgres(Cluster::start(&programs)?))),
        }
    }

    /// Returns its name in the table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Returns what the section `backend` of the configuration says about it.
    pub fn section(&self) -> String {
        match self {
            Self::Sqlite => String::new(),
            Self::Postgres(cluster) => {
                let url = cluster.url();
                format!("  database:\n    client: pg\n    connection: {url}\n")
            }
        }
    }
}
