//! The REST API: Backstage's routes, one file per resource. A handler extracts, asks the services, and shapes.
use axum::{
    Router,
    middleware::from_fn,
    routing::{any, get},
};

use super::Services;

mod answer;
mod body;
mod by_query;
mod catalog;
mod cursor;
mod error;
mod events;
mod facets;
mod fields;
mod health;
mod list;
mod locations;
mod openapi;
mod processing;
mod query;
mod validate;

/// All routes below `/api` and the health routes.
pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/.backstage/health/v1/readiness", get(health::readiness))
        .route("/.backstage/health/v1/liveness", get(health::liveness))
        .nest("/api/catalog", catalog::routes())
        .nest("/api/events", events::routes())
        .route("/api/openapi.json", get(openapi::openapi))
        .route("/api/{*rest}", any(error::no_such_route))
        // After all routes: a layer covers what stands before it.
        .layer(from_fn(error::in_envelope))
}
