//! `/api/catalog`: how entities came in, reading them again, removing them, and those that are broken.
use axum::{
    Json, Router,
    http::StatusCode,
    response::Response,
    routing::{delete, get, post},
};
use callboard_model::EntityRef;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{JsonBody, Segments},
    error::Asked,
    query::Parameters,
};
use crate::{
    error::AppError,
    server::{
        Services,
        access::Access,
        services::{AncestryItem, Failed},
    },
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(
            "/entities/by-name/{kind}/{namespace}/{name}/ancestry",
            get(ancestry),
        )
        .route("/refresh", post(refresh))
        .route("/entities/unprocessed/failed", get(failed))
        .route("/entities/unprocessed/pending", get(pending))
        .route(
            "/entities/unprocessed/delete/{entity_id}",
            delete(remove_entity),
        )
}

async fn ancestry(
    services: Access,
    asked: Asked,
    Segments((kind, namespace, name)): Segments<(String, String, String)>,
) -> Response {
    let entity_ref = EntityRef::new(&kind, &namespace, &name);
    let items = services.ancestry(&entity_ref).await;
    asked.answer(items.map(|items| {
        let shown = |item: &AncestryItem| {
            let entity: Value = serde_json::from_str(&item.entity).unwrap_or_default();
            json!({"entity": entity, "parentEntityRefs": item.parents})
        };
        let items: Vec<Value> = items.iter().map(shown).collect();
        Json(json!({"rootEntityRef": entity_ref.to_string(), "items": items}))
    }))
}

/// Body of `refresh`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefreshRequest {
    entity_ref: String,
}

async fn refresh(
    services: Access,
    asked: Asked,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Response {
    let refreshed = match request.entity_ref.parse::<EntityRef>() {
        Ok(entity_ref) => services.refresh(&entity_ref).await,
        Err(error) => Err(AppError::Invalid(format!(
            "invalid entityRef \"{}\": {error}",
            request.entity_ref
        ))),
    };
    asked.answer(refreshed.map(|()| StatusCode::OK))
}

/// Removes an entity by its uid; also a uid that nobody has is answered with 204, as Backstage does.
pub(super) async fn remove_entity(
    services: Access,
    asked: Asked,
    Segments(uid): Segments<String>,
) -> Response {
    let removed = services.entity_remove(&uid).await;
    asked.answer(removed.map(|()| StatusCode::NO_CONTENT))
}

async fn failed(services: Access, asked: Asked, parameters: Parameters) -> Response {
    let owner = parameters.first("owner").map(str::to_owned);
    let failed = services.failed().await;
    asked.answer(failed.map(|failed| {
        let entities: Vec<Value> = failed
            .iter()
            .map(shown)
            .filter(|item| {
                let of = item.pointer("/unprocessed_entity/spec/owner");
                owner.as_ref().is_none_or(|owner| of == Some(&json!(owner)))
            })
            .collect();
        Json(json!({"type": "failed", "entities": entities}))
    }))
}

fn shown(failed: &Failed) -> Value {
    let error = |problem: &callboard_db::StoredProblem| {
        let problem = &problem.diagnostic;
        json!({
            "name": "InputError",
            "code": problem.code,
            "message": format!("{}: {}", problem.place(), problem.message),
        })
    };
    let errors: Vec<Value> = failed.problems.iter().map(error).collect();
    let since = failed.problems.iter().map(|problem| problem.since).min();
    let entity: Option<Value> = failed
        .body
        .as_ref()
        .and_then(|body| serde_json::from_str(body).ok());
    let known = failed.entity_ref.parse::<EntityRef>().ok();
    let stub = known.map(|known| {
        json!({"kind": known.kind, "metadata": {"name": known.name, "namespace": known.namespace}})
    });
    let mut item = json!({
        "entity_id": failed.uid,
        "entity_ref": failed.entity_ref,
        "unprocessed_entity": entity.clone().or(stub),
        "last_discovery_at": since,
        "errors": errors,
    });
    if let Some(entity) = entity {
        item["processed_entity"] = entity;
    }
    item
}

async fn pending(services: Access, asked: Asked) -> Response {
    let pending = services.pending().await;
    asked.answer(pending.map(|pending| {
        let shown = |(id, entity_ref): &(String, String)| {
            let name = entity_ref.rsplit('/').next().unwrap_or_default();
            json!({
                "entity_id": id,
                "entity_ref": entity_ref,
                "unprocessed_entity": {"kind": "Location",
                    "metadata": {"name": name, "namespace": "default"}},
                "errors": [],
            })
        };
        let entities: Vec<Value> = pending.iter().map(shown).collect();
        Json(json!({"type": "pending", "entities": entities}))
    }))
}
