//! A catalog over a folder and a database.
use std::{collections::BTreeMap, time::Duration};

use callboard_catalog::{Allow, Ingester, Registered, Report, Rule, Settings};
use callboard_db::{Db, StoredProblem};
use callboard_model::kind::KINDS;
use callboard_scm::{AllowedHost, Reader};
use serde_json::Value;

use crate::{Folder, Host};

/// An ingester for a folder, which registers some targets in it.
#[derive(Debug)]
pub struct TestCatalog {
    db: Db,
    ingester: Ingester,
}

impl TestCatalog {
    /// Registers these targets of a folder, with every known kind allowed.
    #[must_use]
    pub fn new(db: &Db, folder: &Folder, targets: &[&str]) -> Self {
        let kinds = KINDS.iter().map(|kind| kind.name);
        Self::with_kinds(db, folder, targets, kinds.collect::<Vec<_>>().as_slice())
    }

    /// Registers these targets of a folder, with these kinds allowed.
    #[must_use]
    pub fn with_kinds(db: &Db, folder: &Folder, targets: &[&str], kinds: &[&str]) -> Self {
        let allow = |kind: &&str| Allow {
            kind: (*kind).to_owned(),
            spec_type: None,
        };
        let settings = Settings {
            rules: vec![Rule {
                allow: kinds.iter().map(allow).collect(),
                locations: None,
            }],
            ..settings(folder, targets)
        };
        Self {
            db: db.clone(),
            ingester: Ingester::new(db.clone(), settings, Some(folder.path())),
        }
    }

    /// Registers these targets, files of a folder or URLs of a host, with every known kind allowed. Hosts are asked
    /// at every ingestion.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn reading(db: &Db, folder: &Folder, host: &Host, targets: &[&str]) -> Self {
        let settings = Settings {
            interval: Some(Duration::ZERO),
            ..settings(folder, targets)
        };
        Self::opened(db, folder, host, settings).await
    }

    /// Opens an ingester with these settings that may read from a host.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn opened(db: &Db, folder: &Folder, host: &Host, settings: Settings) -> Self {
        let hosts = callboard_scm::Settings {
            allow: vec![AllowedHost {
                host: host.name(),
                paths: None,
            }],
            ..callboard_scm::Settings::default()
        };
        let reader = Reader::new(hosts);
        let opened = Ingester::open(db.clone(), settings, Some(folder.path()), reader).await;
        Self {
            db: db.clone(),
            ingester: opened.expect("the test database works"),
        }
    }

    /// Returns what ingests.
    #[must_use]
    pub fn ingester(&self) -> &Ingester {
        &self.ingester
    }

    /// Ingests once.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn ingest(&self) -> Report {
        self.ingester.run().await.expect("the test database works")
    }

    /// Returns every entity by reference, without what differs from run to run.
    ///
    /// # Panics
    /// When the database fails or holds something else than JSON.
    pub async fn entities(&self) -> BTreeMap<String, Value> {
        let all = self
            .db
            .entity_page("", i64::MAX)
            .await
            .expect("the test database works");
        all.into_iter()
            .map(|stored| {
                let mut entity: Value =
                    serde_json::from_str(&stored.body).expect("bodies are JSON");
                if let Some(metadata) = entity["metadata"].as_object_mut() {
                    metadata.remove("uid");
                }
                (stored.entity_ref, entity)
            })
            .collect()
    }

    /// Returns the references of all entities but those that registered locations make, in order.
    pub async fn refs(&self) -> Vec<String> {
        let all = self.entities().await.into_keys();
        all.filter(|entity_ref| !entity_ref.contains("/generated-"))
            .collect()
    }

    /// Returns `CODE file:line:column` of every open problem.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn problems(&self) -> Vec<String> {
        let shown = |problem: &StoredProblem| {
            format!("{} {}", problem.diagnostic.code, problem.diagnostic.place())
        };
        self.db
            .problem_list()
            .await
            .expect("the test database works")
            .iter()
            .map(shown)
            .collect()
    }
}

/// Returns settings that register these targets, files of a folder or URLs, with every known kind allowed.
#[must_use]
pub fn settings(folder: &Folder, targets: &[&str]) -> Settings {
    let register = |target: &&str| Registered {
        location_type: if target.contains("://") {
            "url"
        } else {
            "file"
        }
        .to_owned(),
        target: (*target).to_owned(),
        bases: vec![folder.path()],
        ..Registered::default()
    };
    let allow = |kind: &callboard_model::kind::Kind| Allow {
        kind: kind.name.to_owned(),
        spec_type: None,
    };
    Settings {
        locations: targets.iter().map(register).collect(),
        rules: vec![Rule {
            allow: KINDS.iter().map(allow).collect(),
            locations: None,
        }],
        ..Settings::default()
    }
}
