//! Entities that are broken, and places that were not read yet.
use std::collections::BTreeMap;

use callboard_db::StoredProblem;
use callboard_model::Severity;

use crate::{error::AppError, server::access::Access};

/// An entity whose file has errors.
#[derive(Debug, Clone)]
pub(in crate::server) struct Failed {
    pub(in crate::server) entity_ref: String,
    /// Its uid, when a good version of it is in the catalog.
    pub(in crate::server) uid: Option<String>,
    /// That version, as JSON text.
    pub(in crate::server) body: Option<String>,
    /// What is wrong.
    pub(in crate::server) problems: Vec<StoredProblem>,
}

impl Access {
    /// Returns every entity that has errors, by reference, but for those in the catalog that the caller may not read.
    pub(in crate::server) async fn failed(&self) -> Result<Vec<Failed>, AppError> {
        self.require("catalog.ingestion.read", None).await?;
        let mut by_ref: BTreeMap<String, Vec<StoredProblem>> = BTreeMap::new();
        for problem in self.db().problem_list().await? {
            let is_error = problem.diagnostic.severity == Severity::Error;
            let Some(entity_ref) = &problem.diagnostic.entity_ref else {
                continue;
            };
            let is_hidden = self.is_hidden(&self.index().read(), entity_ref);
            if is_error && !is_hidden {
                by_ref.entry(entity_ref.clone()).or_default().push(problem);
            }
        }
        let refs: Vec<String> = by_ref.keys().cloned().collect();
        let bodies = self.db().entity_bodies(&refs).await?;
        Ok(by_ref
            .into_iter()
            .zip(bodies)
            .map(|((entity_ref, problems), body)| Failed {
                entity_ref,
                uid: body.as_deref().and_then(uid),
                body,
                problems,
            })
            .collect())
    }

    /// Returns the references of Location entities that stand for registered locations and are not in the catalog
    /// yet.
    pub(in crate::server) async fn pending(&self) -> Result<Vec<(String, String)>, AppError> {
        self.require("catalog.ingestion.read", None).await?;
        let index = self.index();
        let locations = self.db().location_list().await?;
        let index = index.read();
        Ok(locations
            .into_iter()
            .filter(|location| index.id(&location.entity_ref).is_none())
            .map(|location| (location.id, location.entity_ref))
            .collect())
    }
}

fn uid(body: &str) -> Option<String> {
    let entity: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(entity.pointer("/metadata/uid")?.as_str()?.to_owned())
}
