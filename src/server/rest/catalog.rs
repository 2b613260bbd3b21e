//! `/api/catalog`: reading entities as Backstage's catalog backend answers them.
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use callboard_model::EntityRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    answer::{JSON, json_text, stream},
    by_query,
    error::Asked,
    fields::Fields,
    query::{MAX_LIMIT, Parameters, from_cursor, order},
};
use crate::{
    error::AppError,
    server::{Services, services::EntitySelection},
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/entities", get(list))
        .route("/entities/by-query", get(by_query::by_query))
        .route("/entities/by-refs", post(by_refs))
        .route("/entities/by-uid/{uid}", get(by_uid))
        .route("/entities/by-name/{kind}/{namespace}/{name}", get(by_name))
        .route("/entity-facets", get(facets))
        .route("/validate-entity", post(super::validate::validate_entity))
}

/// Where the next page of `/entities` begins.
#[derive(Debug, Serialize, Deserialize)]
struct After {
    limit: usize,
    offset: usize,
}

async fn list(State(services): State<Services>, asked: Asked, parameters: Parameters) -> Response {
    match list_page(services, &parameters) {
        Ok(response) => response,
        Err(error) => asked.fail(&error),
    }
}

fn list_page(services: Services, parameters: &Parameters) -> Result<Response, AppError> {
    let after = parameters
        .first("after")
        .map(from_cursor::<After>)
        .transpose()?;
    let limit = match &after {
        Some(after) => Some(after.limit),
        None => parameters.number("limit")?,
    };
    let offset = match &after {
        Some(after) => after.offset,
        None => parameters.number("offset")?.unwrap_or(0),
    };
    let selection = EntitySelection {
        filter: parameters.filter()?,
        order: parameters
            .all("order")
            .iter()
            .map(|text| order(text))
            .collect::<Result<_, _>>()?,
        only_ordered: false,
        offset,
        limit: limit.map_or(usize::MAX, |limit| limit.min(MAX_LIMIT)),
    };
    let fields = Fields::parse(&parameters.all("fields"))?;
    let (refs, total) = services.select(&selection);
    let end = offset.saturating_add(refs.len());
    let body = stream(services, refs, ("[", "]"), move |_, body| {
        body.map(|body| fields.apply(body))
    });
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, JSON);
    if let Some(limit) = limit.filter(|_| end < total) {
        let link = format!(
            "<entities?{}>; rel=\"next\"",
            parameters.next(&After { limit, offset: end })
        );
        if let Ok(link) = HeaderValue::from_str(&link) {
            headers.insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// Body of `by-refs`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefsRequest {
    entity_refs: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
}

async fn by_refs(
    State(services): State<Services>,
    asked: Asked,
    parameters: Parameters,
    body: Bytes,
) -> Response {
    match refs_page(services, &parameters, &body) {
        Ok(response) => response,
        Err(error) => asked.fail(&error),
    }
}

fn refs_page(
    services: Services,
    parameters: &Parameters,
    body: &[u8],
) -> Result<Response, AppError> {
    let request: RefsRequest = serde_json::from_slice(body).map_err(|error| {
        AppError::Invalid(format!("expected {{\"entityRefs\": [\"…\"]}}: {error}"))
    })?;
    let fields = Fields::parse(&request.fields)?;
    let allowed = services.index().read().matching(&parameters.filter()?);
    let index = services.index().clone();
    // As in Backstage, references are compared as they are: complete and in lower case.
    let shape = move |entity_ref: &str, body: Option<String>| {
        let is_allowed = index
            .read()
            .id(entity_ref)
            .is_some_and(|id| allowed.contains(id));
        let found = body.filter(|_| is_allowed).map(|body| fields.apply(body));
        Some(found.unwrap_or_else(|| "null".to_owned()))
    };
    let body = stream(services, request.entity_refs, ("{\"items\":[", "]}"), shape);
    Ok(([(header::CONTENT_TYPE, JSON)], body).into_response())
}

async fn by_uid(
    State(services): State<Services>,
    asked: Asked,
    Path(uid): Path<String>,
) -> Response {
    let find = async {
        let entity_ref = services.db().entity_ref_by_uid(&uid).await?;
        let entity_ref = entity_ref.and_then(|text| text.parse::<EntityRef>().ok());
        match entity_ref {
            Some(entity_ref) => services.entity_body(&entity_ref).await,
            None => Ok(None),
        }
    };
    match find.await {
        Ok(Some(body)) => json_text(body),
        Ok(None) => asked.fail(&AppError::NotFound(format!("No entity with uid {uid}"))),
        Err(error) => asked.fail(&error),
    }
}

async fn by_name(
    State(services): State<Services>,
    asked: Asked,
    Path((kind, namespace, name)): Path<(String, String, String)>,
) -> Response {
    match services
        .entity_body(&EntityRef::new(&kind, &namespace, &name))
        .await
    {
        Ok(Some(body)) => json_text(body),
        Ok(None) => asked.fail(&AppError::NotFound(format!(
            "No entity named '{name}' found, with kind '{kind}' in namespace '{namespace}'"
        ))),
        Err(error) => asked.fail(&error),
    }
}

async fn facets(
    State(services): State<Services>,
    asked: Asked,
    parameters: Parameters,
) -> Response {
    match facet_values(&services, &parameters) {
        Ok(value) => Json(value).into_response(),
        Err(error) => asked.fail(&error),
    }
}

fn facet_values(services: &Services, parameters: &Parameters) -> Result<Value, AppError> {
    let facets = parameters.all("facet");
    if facets.is_empty() {
        return Err(AppError::Invalid(
            "missing the parameter facet: name at least one field to count".to_owned(),
        ));
    }
    let filter = parameters.filter()?;
    let index = services.index().read();
    let among = index.matching(&filter);
    let mut answer = Map::new();
    for facet in facets {
        let counted = index.facet(&facet, &among).into_iter();
        let values: Vec<Value> = counted
            .map(|(value, count)| json!({"value": value, "count": count}))
            .collect();
        answer.insert(facet, values.into());
    }
    Ok(json!({"facets": answer}))
}
