//! Settings of a person by bucket and key, as Backstage's pages keep them.
use axum::{Json, Router, http::StatusCode, response::Response, routing::get};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{JsonBody, Segments},
    error::Asked,
};
use crate::server::{Services, access::Access};

/// Routes below `/api/user-settings`.
pub(super) fn routes() -> Router<Services> {
    Router::new().route(
        "/buckets/{bucket}/keys/{key}",
        get(read).put(write).delete(forget),
    )
}

type Place = Segments<(String, String)>;

async fn read(access: Access, asked: Asked, Segments((bucket, key)): Place) -> Response {
    let found = access.setting(&bucket, &key).await;
    asked.answer(found.map(|value| shown(&bucket, &key, &value)))
}

#[derive(Debug, Deserialize)]
struct Input {
    value: Value,
}

async fn write(
    access: Access,
    asked: Asked,
    Segments((bucket, key)): Place,
    JsonBody(input): JsonBody<Input>,
) -> Response {
    let done = access.setting_put(&bucket, &key, &input.value).await;
    asked.answer(done.map(|()| shown(&bucket, &key, &input.value)))
}

async fn forget(access: Access, asked: Asked, Segments((bucket, key)): Place) -> Response {
    let done = access.setting_remove(&bucket, &key).await;
    asked.answer(done.map(|()| StatusCode::NO_CONTENT))
}

fn shown(bucket: &str, key: &str, value: &Value) -> Json<Value> {
    Json(json!({"bucket": bucket, "key": key, "value": value}))
}
