//! Health for those who run the portal, at Backstage's paths.
use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use crate::server::Services;

/// Whether requests should be sent here: the database answers and the portal is not about to stop.
pub(super) async fn readiness(State(services): State<Services>) -> (StatusCode, Json<Value>) {
    let unready = |message: &str| {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({"status": "error", "message": message})),
        )
    };
    if services.is_stopping() {
        return unready("the portal is stopping");
    }
    match services.db().ping().await {
        Ok(()) => (StatusCode::OK, Json(json!({"status": "ok"}))),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            unready("the database does not answer")
        }
    }
}

/// Whether the process works at all.
pub(super) async fn liveness() -> Json<Value> {
    Json(json!({"status": "ok"}))
}
