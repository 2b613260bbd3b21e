//! A catalog over a folder and a database.
use std::collections::BTreeMap;

use callboard_catalog::{Allow, Ingester, Registered, Report, Rule, Settings};
use callboard_db::{Db, StoredProblem};
use callboard_model::kind::KINDS;
use serde_json::Value;

use crate::Folder;

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
        let register = |target: &&str| Registered {
            location_type: "file".to_owned(),
            target: (*target).to_owned(),
            bases: vec![folder.path()],
            ..Registered::default()
        };
        let allow = |kind: &&str| Allow {
            kind: (*kind).to_owned(),
            spec_type: None,
        };
        let rule = Rule {
            allow: kinds.iter().map(allow).collect(),
            locations: None,
        };
        let settings = Settings {
            locations: targets.iter().map(register).collect(),
            rules: vec![rule],
        };
        Self {
            db: db.clone(),
            ingester: Ingester::new(db.clone(), settings, Some(folder.path())),
        }
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
