//! The REST API: Backstage's routes, one file per resource. A handler extracts, asks the services, and shapes.
use axum::{
    Router,
    middleware::from_fn,
    routing::{any, get},
};

use axum::{
    http::{Method, Uri},
    response::Response,
};

use super::Services;
use crate::error::AppError;

mod answer;
mod audit;
mod auth;
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
mod permission;
mod processing;
mod query;
mod search;
mod user_settings;
mod validate;

/// Refuses a request in the envelope of errors, for what stands before the routes.
pub(super) fn refused(method: &Method, uri: &Uri, error: &AppError) -> Response {
    error::Asked::new(method, uri).fail(error)
}

/// All routes below `/api` and the health routes.
pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/.backstage/health/v1/readiness", get(health::readiness))
        .route("/.backstage/health/v1/liveness", get(health::liveness))
        .nest("/api/catalog", catalog::routes())
        .nest("/api/events", events::routes())
        .nest("/api/auth", auth::routes())
        .nest("/api/permission", permission::routes())
        .nest("/api/search", search::routes())
        .nest("/api/user-settings", user_settings::routes())
        .route("/api/audit/export", get(audit::export))
        .route("/api/app/.backstage/auth/v1/cookie", auth::cookie_route())
        .route(
            "/api/catalog/.backstage/auth/v1/cookie",
            auth::cookie_route(),
        )
        .route(
            "/api/techdocs/.backstage/auth/v1/cookie",
            auth::cookie_route(),
        )
        .route("/api/openapi.json", get(openapi::openapi))
        .route("/api/{*rest}", any(error::no_such_route))
        // After all routes: a layer covers what stands before it.
        .layer(from_fn(error::in_envelope))
}
