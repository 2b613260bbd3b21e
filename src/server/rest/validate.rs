//! `POST /api/catalog/validate-entity`: what ingestion would say of an entity, without taking it.
use axum::{
    Json,
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use callboard_model::validate::{UnknownKinds, validate};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Asked;
use crate::error::AppError;

/// Body of the request.
#[derive(Debug, Deserialize)]
struct ValidateRequest {
    entity: Value,
    /// Location reference the entity would be read from, for example `url:https://example.com/catalog-info.yaml`.
    location: String,
}

/// Answers 200 without a body for a valid entity, and 400 with every violation otherwise.
pub(super) async fn validate_entity(asked: Asked, body: Bytes) -> Response {
    let request = match read(&body) {
        Ok(request) => request,
        Err(error) => return asked.fail(&error),
    };
    let found = validate(&request.entity, UnknownKinds::Refuse);
    if found.is_empty() {
        return StatusCode::OK.into_response();
    }
    let errors: Vec<Value> = found
        .iter()
        .map(|violation| {
            let place = violation.pointer.trim_start_matches('/');
            json!({"name": "InputError", "message": format!("{} ({}): {}", violation.code, place, violation.message)})
        })
        .collect();
    (StatusCode::BAD_REQUEST, Json(json!({"errors": errors}))).into_response()
}

fn read(body: &[u8]) -> Result<ValidateRequest, AppError> {
    let request: ValidateRequest = serde_json::from_slice(body).map_err(|error| {
        AppError::Invalid(format!(
            "expected {{\"entity\": …, \"location\": \"url:…\"}}: {error}"
        ))
    })?;
    match request.location.split_once(':') {
        Some((location_type, target)) if !location_type.is_empty() && !target.is_empty() => {
            Ok(request)
        }
        _ => Err(AppError::Invalid(format!(
            "\"{}\" is not a location: expected type:target",
            request.location
        ))),
    }
}
