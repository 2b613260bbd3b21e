//! `/api/catalog/locations`: what is registered, and registering, changing and removing it.
use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use callboard_catalog::{LocationRef, index::parse_predicate};
use callboard_db::StoredLocation;
use callboard_model::EntityRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    body::{JsonBody, Segments},
    cursor::{decode, encode},
    error::Asked,
    query::Parameters,
};
use crate::{
    error::AppError,
    server::{
        Services,
        access::Access,
        services::{Conflict, Created},
    },
};

/// Locations on a page of `by-query` when the request does not say.
const DEFAULT_LIMIT: usize = 1_000;

/// Most locations on a page.
const MAX_LIMIT: usize = 10_000;

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/locations", get(list).post(create))
        .route("/locations/by-query", post(by_query))
        .route("/locations/{id}", get(one).put(change).delete(remove))
        .route(
            "/locations/by-entity/{kind}/{namespace}/{name}",
            get(by_entity),
        )
        .route("/analyze-location", post(analyze))
}

/// A location as clients name it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocationInput {
    #[serde(rename = "type")]
    location_type: String,
    target: String,
    #[serde(default)]
    #[expect(dead_code, reason = "reading it checks it")]
    presence: Option<Presence>,
}

/// Whether a missing file is an error. Clients may say it, and it changes nothing for a registered location.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Presence {
    Required,
    Optional,
}

impl LocationInput {
    fn into_location(self) -> Result<LocationRef, AppError> {
        let Self {
            location_type,
            target,
            ..
        } = self;
        match LocationRef::parse(&format!("{location_type}:{target}")) {
            Some(location) if location.location_type == location_type.trim() => Ok(location),
            _ => Err(AppError::Invalid(
                "a location needs a type and a target".to_owned(),
            )),
        }
    }
}

fn shown(location: &StoredLocation) -> Value {
    json!({
        "id": location.id,
        "type": location.location_type,
        "target": location.target,
        "entityRef": location.entity_ref,
    })
}

async fn list(services: Access, asked: Asked) -> Response {
    let all = services.locations().await;
    asked.answer(all.map(|all| {
        let items: Vec<_> = all.iter().map(|one| json!({"data": shown(one)})).collect();
        Json(items)
    }))
}

async fn create(
    services: Access,
    asked: Asked,
    parameters: Parameters,
    JsonBody(input): JsonBody<LocationInput>,
) -> Response {
    let created = create_location(&services, &parameters, input).await;
    asked.answer(created.map(|created| (StatusCode::CREATED, Json(created))))
}

async fn create_location(
    services: &Access,
    parameters: &Parameters,
    input: LocationInput,
) -> Result<Value, AppError> {
    let location = input.into_location()?;
    let on_conflict = match parameters.first("onConflict") {
        None => None,
        Some("refresh") => Some(Conflict::Refresh),
        Some("reject") => Some(Conflict::Reject),
        Some(other) => {
            return Err(AppError::Invalid(format!(
                "invalid onConflict \"{other}\": expected refresh or reject"
            )));
        }
    };
    let created = if is_yes(parameters.first("dryRun")) {
        services.location_preview(&location).await?
    } else {
        services.location_create(&location, on_conflict).await?
    };
    Ok(created_body(&created))
}

fn created_body(created: &Created) -> Value {
    let parse = |body: &String| serde_json::from_str::<Value>(body).ok();
    let entities: Vec<Value> = created.entities.iter().filter_map(parse).collect();
    let mut body = Map::new();
    if let Some(exists) = created.exists {
        body.insert("exists".to_owned(), exists.into());
    }
    body.insert("location".to_owned(), shown(&created.location));
    body.insert("entities".to_owned(), entities.into());
    body.into()
}

/// Reads a yes in the words that Backstage takes for it.
fn is_yes(text: Option<&str>) -> bool {
    let words = ["y", "yes", "true", "1", "on"];
    text.is_some_and(|text| {
        words
            .iter()
            .any(|word| word.eq_ignore_ascii_case(text.trim()))
    })
}

/// Body of `by-query`, and what its cursor carries.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LocationQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after_id: Option<String>,
    #[serde(default, skip_serializing)]
    cursor: Option<String>,
}

async fn by_query(
    services: Access,
    asked: Asked,
    JsonBody(query): JsonBody<LocationQuery>,
) -> Response {
    asked.answer(query_page(&services, query).await.map(Json))
}

async fn query_page(services: &Access, query: LocationQuery) -> Result<Value, AppError> {
    let query = match query.cursor.as_deref() {
        Some(cursor) => decode::<LocationQuery>(cursor)?,
        None => LocationQuery {
            after_id: None,
            ..query
        },
    };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if limit == 0 {
        let message = "Limit must be a positive integer >= 1";
        return Err(AppError::Invalid(message.to_owned()));
    }
    let limit = limit.min(MAX_LIMIT);
    let filter =
        parse_predicate(query.query.as_ref().unwrap_or(&json!({}))).map_err(AppError::Invalid)?;
    let all = services.locations_matching(&filter).await?;
    let total = all.len();
    let is_after = |location: &&StoredLocation| {
        query
            .after_id
            .as_ref()
            .is_none_or(|after| location.id > *after)
    };
    let mut rest = all.iter().filter(is_after);
    let items: Vec<&StoredLocation> = rest.by_ref().take(limit).collect();
    let mut page_info = Map::new();
    if let (Some(last), Some(_)) = (items.last(), rest.next()) {
        let next = LocationQuery {
            query: query.query.clone(),
            limit: Some(limit),
            after_id: Some(last.id.clone()),
            cursor: None,
        };
        page_info.insert("nextCursor".to_owned(), encode(&next).into());
    }
    let items: Vec<Value> = items.into_iter().map(shown).collect();
    Ok(json!({"items": items, "totalItems": total, "pageInfo": page_info}))
}

async fn one(services: Access, asked: Asked, Segments(id): Segments<String>) -> Response {
    let location = services.location(&id).await;
    asked.answer(location.map(|location| Json(shown(&location))))
}

async fn change(
    services: Access,
    asked: Asked,
    Segments(id): Segments<String>,
    JsonBody(input): JsonBody<LocationInput>,
) -> Response {
    let changed = match input.into_location() {
        Ok(location) => services.location_change(&id, &location).await,
        Err(error) => Err(error),
    };
    asked.answer(changed.map(|location| Json(shown(&location))))
}

async fn remove(services: Access, asked: Asked, Segments(id): Segments<String>) -> Response {
    let removed = services.location_remove(&id).await;
    asked.answer(removed.map(|()| StatusCode::NO_CONTENT))
}

async fn by_entity(
    services: Access,
    asked: Asked,
    Segments((kind, namespace, name)): Segments<(String, String, String)>,
) -> Response {
    let entity_ref = EntityRef::new(&kind, &namespace, &name);
    let location = services.location_of(&entity_ref).await;
    asked.answer(location.map(|location| Json(shown(&location))))
}

/// Body of `analyze-location`.
#[derive(Debug, Deserialize)]
struct AnalyzeRequest {
    location: LocationInput,
    /// Backstage's description and its server spell it differently; both are taken.
    #[serde(default, rename = "catalogFilename", alias = "catalogFileName")]
    catalog_filename: Option<String>,
}

async fn analyze(
    services: Access,
    asked: Asked,
    JsonBody(request): JsonBody<AnalyzeRequest>,
) -> Response {
    let AnalyzeRequest {
        location,
        catalog_filename,
    } = request;
    let analyzed = match location.into_location() {
        Ok(location) => {
            let file = catalog_filename.as_deref().filter(|file| !file.is_empty());
            services.analyze(&location, file).await
        }
        Err(error) => Err(error),
    };
    asked.answer(analyzed.map(|analyzed| Json(analyzed).into_response()))
}
