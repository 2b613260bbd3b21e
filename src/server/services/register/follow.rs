//! What became of a registration: whether its files were read, and which entities are there.
use callboard_catalog::NOT_READ_YET;
use callboard_db::{StoredLocation, StoredProblem};
use callboard_model::{
    Diagnostic, EntityRef, Severity,
    view::{FollowQuery, FollowState, FollowView, FollowedEntity, FollowedLocation},
};

use super::{CREATE, overview::is_of};
use crate::{error::AppError, server::access::Access};

/// Most locations that are followed at a time.
const LOCATIONS: usize = 200;

/// Most entities that are shown.
const ENTITIES: usize = 200;

/// Most problems of one location that are shown.
const PROBLEMS: usize = 10;

impl Access {
    /// Answers the page that follows a registration.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `catalog.location.create`; `Internal` when the database does not answer.
    pub async fn follow_view(&self, query: &FollowQuery) -> Result<FollowView, AppError> {
        self.require(CREATE, None).await?;
        let known = self.db().location_list().await?;
        let problems = self.db().problem_list().await?;
        let mut view = FollowView::default();
        let mut came = Vec::new();
        for id in query.id.iter().take(LOCATIONS) {
            let Some(location) = known.iter().find(|one| one.id == *id) else {
                view.locations.push(FollowedLocation {
                    state: FollowState::Failed,
                    ..FollowedLocation::default()
                });
                continue;
            };
            let origin = format!("{}:{}", location.location_type, location.target);
            let (labels, total) = self.brought_by(&origin, ENTITIES);
            view.total += total;
            let of_it = self.problems_below(location, &problems);
            view.locations.push(self.followed(location, of_it, total));
            came.extend(labels);
        }
        let refs = came.iter().map(|label| label.entity_ref.to_string());
        let mut refs: Vec<String> = refs.collect();
        for promised in query.entity.iter().take(ENTITIES) {
            if let Ok(promised) = promised.parse::<EntityRef>() {
                refs.push(promised.to_string());
            }
        }
        refs.sort();
        refs.dedup();
        refs.truncate(ENTITIES);
        let errors: Vec<&Diagnostic> = view
            .locations
            .iter()
            .flat_map(|one| &one.problems)
            .collect();
        let followed = refs
            .iter()
            .filter_map(|one| self.followed_entity(one, &errors));
        view.entities = followed.collect();
        view.is_done = is_done(&view);
        Ok(view)
    }

    /// Returns the problems of a location's files, the worst first, without those that tell what is hidden.
    fn problems_below(&self, location: &StoredLocation, all: &[StoredProblem]) -> Vec<Diagnostic> {
        let index = self.index().read();
        let is_shown = |one: &&StoredProblem| {
            let about = one.diagnostic.entity_ref.as_deref();
            is_of(&location.target, &one.diagnostic.file)
                && one.diagnostic.severity != Severity::Info
                && !about.is_some_and(|about| self.is_hidden(&index, about))
                && (self.sees_all() || one.diagnostic.severity == Severity::Error)
        };
        let shown = all.iter().filter(is_shown);
        let mut shown: Vec<Diagnostic> = shown.map(|one| one.diagnostic.clone()).collect();
        shown.sort_by_key(|one| one.severity);
        shown.truncate(PROBLEMS);
        shown
    }

    fn followed(
        &self,
        location: &StoredLocation,
        mut problems: Vec<Diagnostic>,
        came: usize,
    ) -> FollowedLocation {
        let is_ingested = self.index().read().id(&location.entity_ref).is_some();
        // For a moment after it was registered nobody has asked its host yet.
        let is_asked = !problems
            .iter()
            .any(|one| one.message.ends_with(NOT_READ_YET));
        problems.retain(|one| !one.message.ends_with(NOT_READ_YET));
        let has_errors = problems.iter().any(|one| one.severity == Severity::Error);
        let state = match (is_ingested && is_asked, came, has_errors) {
            (false, ..) | (true, 0, false) => FollowState::Waiting,
            (true, 0, true) => FollowState::Failed,
            (true, ..) => FollowState::There,
        };
        FollowedLocation {
            target: Some(location.target.clone()),
            state,
            problems,
        }
    }

    fn followed_entity(
        &self,
        entity_ref: &str,
        problems: &[&Diagnostic],
    ) -> Option<FollowedEntity> {
        let label = self.label_of(entity_ref)?;
        let is_about = |one: &&&Diagnostic| {
            one.entity_ref.as_deref() == Some(entity_ref) && one.severity == Severity::Error
        };
        let problem = problems.iter().find(is_about).map(|one| (*one).clone());
        let state = match (label.exists, &problem) {
            (true, _) => FollowState::There,
            (false, Some(_)) => FollowState::Failed,
            (false, None) => FollowState::Waiting,
        };
        Some(FollowedEntity {
            label,
            state,
            problem,
        })
    }
}

/// Nothing more is waited for when every location was read and everything that was promised is there or failed.
fn is_done(view: &FollowView) -> bool {
    let locations = view.locations.iter().map(|one| one.state);
    let entities = view.entities.iter().map(|one| one.state);
    let has_failed = view
        .locations
        .iter()
        .all(|one| one.state == FollowState::Failed);
    let mut all = locations.chain(entities);
    has_failed || all.all(|state| state != FollowState::Waiting)
}
