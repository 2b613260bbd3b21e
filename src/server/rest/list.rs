//! `/api/catalog/entities` and `by-refs`: many entities in one streamed answer.
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use callboard_catalog::{
    Filter,
    index::{Start, parse_predicate},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    answer::entities,
    body::JsonBody,
    cursor::decode,
    error::Asked,
    fields::Fields,
    query::{Parameters, order, present},
};
use crate::{
    error::AppError,
    server::{access::Access, services::EntitySelection},
};

/// Where the next page of the list begins.
#[derive(Debug, Serialize, Deserialize)]
struct After {
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Answers all entities, or one page of them.
pub(super) async fn list(services: Access, asked: Asked, parameters: Parameters) -> Response {
    let page = list_page(services, &parameters).await;
    page.unwrap_or_else(|error| asked.fail(&error))
}

async fn list_page(services: Access, parameters: &Parameters) -> Result<Response, AppError> {
    let (offset, limit) = page_bounds(parameters)?;
    let orders = parameters.all("order");
    let selection = EntitySelection {
        filter: parameters.filter()?,
        order: orders
            .iter()
            .map(|text| order(text))
            .collect::<Result<_, _>>()?,
        only_ordered: false,
        start: Start::Offset(offset),
        limit: limit.unwrap_or(usize::MAX),
    };
    let fields = Fields::parse(&parameters.all("fields"))?;
    services.check_order(&selection.order)?;
    let found = services.select(&selection);
    let end = offset.saturating_add(found.refs.len());
    let has_after = found.has_after;
    let item = move |_: &str, body: Option<String>| body.map(|body| fields.apply(body));
    let mut response = entities(services, found.refs, ("[", "]"), item).await?;
    if limit.is_some() && has_after {
        let after = After {
            limit,
            offset: Some(end),
        };
        // Backstage writes the path as it stands below its mount point.
        let link = format!("</entities?{}>; rel=\"next\"", parameters.next(&after));
        if let Ok(link) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// Returns where the page begins and how long it is.
fn page_bounds(parameters: &Parameters) -> Result<(usize, Option<usize>), AppError> {
    let limit = parameters.number("limit")?;
    if limit == Some(0) {
        return Err(AppError::Invalid(
            "invalid limit \"0\": expected a whole number, 1 or more".to_owned(),
        ));
    }
    let offset = parameters.number("offset")?;
    let after = parameters.first("after").map(decode::<After>).transpose()?;
    let (after_limit, after_offset) =
        after.map_or((None, None), |after| (after.limit, after.offset));
    Ok((after_offset.or(offset).unwrap_or(0), after_limit.or(limit)))
}

/// Body of `by-refs`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefsRequest {
    entity_refs: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default, deserialize_with = "present")]
    query: Option<Value>,
}

/// Answers the entities of some references, in their order.
pub(super) async fn by_refs(
    services: Access,
    asked: Asked,
    parameters: Parameters,
    JsonBody(request): JsonBody<RefsRequest>,
) -> Response {
    let page = refs_page(services, &parameters, request).await;
    page.unwrap_or_else(|error| asked.fail(&error))
}

async fn refs_page(
    services: Access,
    parameters: &Parameters,
    request: RefsRequest,
) -> Result<Response, AppError> {
    let asked_fields = [request.fields, parameters.all("fields")].concat();
    let fields = Fields::parse(&asked_fields)?;
    let mut all = vec![parameters.filter()?];
    if let Some(query) = &request.query {
        all.push(parse_predicate(query).map_err(AppError::Invalid)?);
    }
    let index = services.index().clone();
    let allowed = services.readable(&index.read(), Filter::All(all));
    // As in Backstage, references are compared as they are: complete and in lower case. Each is looked up when it is
    // written, since the catalog may have changed while a slow client took its time.
    let item = move |entity_ref: &str, body: Option<String>| {
        let index = index.read();
        let id = index.id(entity_ref);
        let is_allowed = id.is_some_and(|id| index.holds(&allowed, id));
        let found = body.filter(|_| is_allowed).map(|body| fields.apply(body));
        Some(found.unwrap_or_else(|| "null".to_owned()))
    };
    entities(services, request.entity_refs, ("{\"items\":[", "]}"), item).await
}
