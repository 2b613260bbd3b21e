//! `/api/catalog`: reading entities as Backstage's catalog backend answers them.
use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use callboard_catalog::Filter;
use callboard_model::EntityRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    error::Asked,
    fields::Fields,
    query::{Parameters, from_cursor, order, order_field, to_cursor},
};
use crate::{
    error::AppError,
    server::{Services, services::EntitySelection},
};

/// Entities read from the database at a time; an answer of any length needs memory for so many.
const CHUNK: usize = 100;

/// Entities on a page of `by-query` when the request does not say.
const DEFAULT_LIMIT: usize = 200;

/// Fields that free text is looked for in; more are left out.
const MAX_TERM_FIELDS: usize = 20;

/// Most entities on a page.
const MAX_LIMIT: usize = 10_000;

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/entities", get(list))
        .route("/entities/by-query", get(by_query))
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
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
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

/// Writes entities between two texts, without holding all of them in memory.
fn stream(
    services: Services,
    refs: Vec<String>,
    around: (&'static str, &'static str),
    shape: impl Fn(&str, Option<String>) -> Option<String> + Send + 'static,
) -> Body {
    let start = (services, refs, shape, 0_usize, true);
    let chunks = futures::stream::try_unfold(
        start,
        move |(services, refs, shape, at, is_first)| async move {
            if at > refs.len() {
                return Ok(None);
            }
            let end = (at + CHUNK).min(refs.len());
            let bodies = services
                .db()
                .entity_bodies(&refs[at..end])
                .await
                .map_err(std::io::Error::other)?;
            let mut text = String::from(if at == 0 { around.0 } else { "" });
            let mut is_first = is_first;
            for (entity_ref, body) in refs[at..end].iter().zip(bodies) {
                if let Some(item) = shape(entity_ref, body) {
                    text.push_str(if is_first { "" } else { "," });
                    text.push_str(&item);
                    is_first = false;
                }
            }
            let next = if end == refs.len() {
                text.push_str(around.1);
                end + 1
            } else {
                end
            };
            Ok::<_, std::io::Error>(Some((
                Bytes::from(text),
                (services, refs, shape, next, is_first),
            )))
        },
    );
    Body::from_stream(chunks)
}

/// Everything a page of `by-query` depends on; it travels in the cursor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    filters: Vec<String>,
    order_field: Option<String>,
    term: Option<String>,
    term_fields: Vec<String>,
    offset: usize,
    limit: usize,
    /// Counted once and carried along; absent when the client does not want it.
    total: Option<usize>,
    count: bool,
}

async fn by_query(
    State(services): State<Services>,
    asked: Asked,
    parameters: Parameters,
) -> Response {
    match query_page(&services, &parameters).await {
        Ok(response) => response,
        Err(error) => asked.fail(&error),
    }
}

async fn query_page(services: &Services, parameters: &Parameters) -> Result<Response, AppError> {
    let mut cursor = match parameters.first("cursor") {
        Some(text) => from_cursor::<Cursor>(text)?,
        None => new_cursor(parameters)?,
    };
    if let Some(limit) = parameters.number("limit")? {
        cursor.limit = limit;
    }
    cursor.limit = cursor.limit.min(MAX_LIMIT);
    let fields = Fields::parse(&parameters.all("fields"))?;
    let (refs, total) = services.select(&cursor.selection()?);
    cursor.total = cursor.count.then(|| cursor.total.unwrap_or(total));
    let bodies = services.db().entity_bodies(&refs).await?;
    let items: Vec<String> = bodies
        .into_iter()
        .flatten()
        .map(|body| fields.apply(body))
        .collect();
    let mut page_info = Map::new();
    let mut turn = |name: &str, offset: usize| {
        page_info.insert(
            name.to_owned(),
            to_cursor(&Cursor {
                offset,
                ..cursor.clone()
            })
            .into(),
        );
    };
    let end = cursor.offset.saturating_add(refs.len());
    if cursor.limit > 0 && end < total {
        turn("nextCursor", end);
    }
    if cursor.limit > 0 && cursor.offset > 0 {
        turn("prevCursor", cursor.offset.saturating_sub(cursor.limit));
    }
    let total = cursor.total.unwrap_or(0);
    let page_info = Value::Object(page_info);
    let body = format!(
        "{{\"items\":[{}],\"totalItems\":{total},\"pageInfo\":{page_info}}}",
        items.join(",")
    );
    Ok(json_text(body))
}

fn new_cursor(parameters: &Parameters) -> Result<Cursor, AppError> {
    let list = |name| -> Vec<String> {
        let all = parameters.all(name);
        let parts = all.iter().flat_map(|text: &String| text.split(','));
        parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Ok(Cursor {
        filters: parameters.all("filter"),
        order_field: parameters.first("orderField").map(str::to_owned),
        term: parameters.first("fullTextFilterTerm").map(str::to_owned),
        term_fields: list("fullTextFilterFields")
            .into_iter()
            .take(MAX_TERM_FIELDS)
            .collect(),
        offset: parameters.number("offset")?.unwrap_or(0),
        limit: parameters.number("limit")?.unwrap_or(DEFAULT_LIMIT),
        total: None,
        count: parameters.first("totalItems") != Some("exclude"),
    })
}

impl Cursor {
    fn selection(&self) -> Result<EntitySelection, AppError> {
        let order: Vec<_> = self
            .order_field
            .as_deref()
            .map(order_field)
            .transpose()?
            .into_iter()
            .collect();
        let filters =
            callboard_catalog::index::parse_filters(&self.filters).map_err(AppError::Invalid)?;
        let mut all = vec![filters];
        if let Some(term) = self
            .term
            .as_deref()
            .map(str::trim)
            .filter(|term| !term.is_empty())
        {
            let default = || {
                order
                    .first()
                    .map_or_else(|| "metadata.uid".to_owned(), |order| order.key.clone())
            };
            let keys = if self.term_fields.is_empty() {
                vec![default()]
            } else {
                self.term_fields.clone()
            };
            all.push(Filter::Contains(keys, term.to_owned()));
        }
        Ok(EntitySelection {
            filter: Filter::All(all),
            only_ordered: !order.is_empty(),
            order,
            offset: self.offset,
            limit: self.limit,
        })
    }
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
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
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

fn json_text(body: String) -> Response {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (StatusCode::OK, [(header::CONTENT_TYPE, kind)], body).into_response()
}
