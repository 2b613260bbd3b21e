//! `GET /api/catalog/entities/by-query`: one page of entities, with cursors to the pages around it.
use axum::{extract::State, response::Response};
use callboard_catalog::{Filter, index::parse_filters};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    answer::json_text,
    error::Asked,
    fields::Fields,
    query::{MAX_LIMIT, Parameters, from_cursor, order_field, to_cursor},
};
use crate::{
    error::AppError,
    server::{Services, services::EntitySelection},
};

/// Entities on a page of `by-query` when the request does not say.
const DEFAULT_LIMIT: usize = 200;

/// Fields that free text is looked for in; more are left out.
const MAX_TERM_FIELDS: usize = 20;

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

/// Answers one page.
pub(super) async fn by_query(
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
        let filters = parse_filters(&self.filters).map_err(AppError::Invalid)?;
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
