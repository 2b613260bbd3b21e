//! The REST API: Backstage's routes, one file per resource. A handler extracts, asks the services, and shapes.
use axum::{Router, routing::get};

use super::Services;

mod answer;
mod by_query;
mod catalog;
mod error;
mod fields;
mod health;
mod query;
mod validate;

/// All routes below `/api` and the health routes.
pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/.backstage/health/v1/readiness", get(health::readiness))
        .route("/.backstage/health/v1/liveness", get(health::liveness))
        .nest("/api/catalog", catalog::routes())
        .route("/api/{*rest}", axum::routing::any(error::no_such_route))
}
