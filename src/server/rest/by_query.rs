//! `/api/catalog/entities/by-query`: one page of entities, with cursors to the pages around it.
use axum::response::Response;
use callboard_catalog::{
    Filter,
    index::{Start, parse_filters, parse_predicate},
};
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use super::{
    answer::entities,
    body::JsonBody,
    cursor::{Cursor, OrderField, TextFilter, decode},
    error::Asked,
    fields::Fields,
    query::{Parameters, count, order_field, present},
};
use crate::{
    error::AppError,
    server::{access::Access, services::EntitySelection},
};

/// Entities on a page when the request does not say; a cursor does not carry it, as in Backstage.
const DEFAULT_LIMIT: usize = 200;

/// Most entities on a page.
const MAX_LIMIT: usize = 10_000;

/// Most fields that free text is looked for in.
const MAX_TERM_FIELDS: usize = 100;

/// One page, as either method asks for it.
#[derive(Debug)]
struct Page {
    cursor: Cursor,
    start: Start,
    limit: usize,
    fields: Fields,
    /// Whether the page was asked for without a cursor; such a page has none before it.
    is_initial: bool,
    /// Whether the client wants to know how many entities there are.
    counts: bool,
}

/// Body of a request by POST.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PageRequest {
    cursor: Option<String>,
    limit: Option<Number>,
    offset: Option<Number>,
    order_by: Vec<OrderField>,
    full_text_filter: Option<TextFilter>,
    fields: Vec<String>,
    total_items: Option<String>,
    #[serde(deserialize_with = "present")]
    query: Option<Value>,
}

/// Answers the page that query parameters ask for.
pub(super) async fn get(services: Access, asked: Asked, parameters: Parameters) -> Response {
    let page = page_of_parameters(&parameters);
    answer(services, &asked, page).await
}

/// Answers the page that a body asks for.
pub(super) async fn post(
    services: Access,
    asked: Asked,
    JsonBody(request): JsonBody<PageRequest>,
) -> Response {
    let page = page_of_request(request);
    answer(services, &asked, page).await
}

async fn answer(services: Access, asked: &Asked, page: Result<Page, AppError>) -> Response {
    let answered = match page {
        Ok(page) => write(services, page).await,
        Err(error) => Err(error),
    };
    answered.unwrap_or_else(|error| asked.fail(&error))
}

fn page_of_parameters(parameters: &Parameters) -> Result<Page, AppError> {
    let fields = Fields::parse(&parameters.all("fields"))?;
    let limit = parameters.number("limit")?;
    if let Some(text) = parameters.first("cursor") {
        return Page::at(decode(text)?, limit, fields);
    }
    let orders = parameters.all("orderField");
    let text_fields = parameters.list("fullTextFilterFields");
    let term = parameters.first("fullTextFilterTerm");
    let cursor = Cursor {
        order_fields: orders
            .iter()
            .map(|text| order_field(text))
            .collect::<Result<_, _>>()?,
        filters: parameters.all("filter"),
        full_text_filter: term.map(|term| TextFilter {
            term: term.to_owned(),
            fields: Some(text_fields).filter(|fields| !fields.is_empty()),
        }),
        ..Cursor::default()
    };
    let offset = parameters.number("offset")?;
    Page::first(
        cursor,
        offset,
        limit,
        fields,
        parameters.first("totalItems"),
    )
}

fn page_of_request(request: PageRequest) -> Result<Page, AppError> {
    let fields = Fields::parse(&request.fields)?;
    let number =
        |name, number: Option<Number>| number.map(|number| count(name, &number)).transpose();
    let limit = number("limit", request.limit)?;
    if let Some(text) = &request.cursor {
        return Page::at(decode(text)?, limit, fields);
    }
    let cursor = Cursor {
        order_fields: request.order_by,
        query: request.query,
        full_text_filter: request.full_text_filter,
        ..Cursor::default()
    };
    let offset = number("offset", request.offset)?;
    Page::first(
        cursor,
        offset,
        limit,
        fields,
        request.total_items.as_deref(),
    )
}

impl Page {
    fn first(
        cursor: Cursor,
        offset: Option<usize>,
        limit: Option<usize>,
        fields: Fields,
        total_items: Option<&str>,
    ) -> Result<Self, AppError> {
        let counts = match total_items {
            None | Some("include") => true,
            Some("exclude") => false,
            Some(other) => {
                return Err(AppError::Invalid(format!(
                    "invalid totalItems \"{other}\": expected include or exclude"
                )));
            }
        };
        Ok(Self {
            cursor,
            start: offset.map_or(Start::First, Start::Offset),
            limit: limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT),
            fields,
            is_initial: true,
            counts,
        })
    }

    fn at(cursor: Cursor, limit: Option<usize>, fields: Fields) -> Result<Self, AppError> {
        Ok(Self {
            start: cursor.start()?,
            cursor,
            limit: limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT),
            fields,
            is_initial: false,
            counts: false,
        })
    }

    fn selection(&self) -> Result<EntitySelection, AppError> {
        let order = self.cursor.order();
        let mut all = vec![parse_filters(&self.cursor.filters).map_err(AppError::Invalid)?];
        if let Some(query) = &self.cursor.query {
            all.push(parse_predicate(query).map_err(AppError::Invalid)?);
        }
        if let Some(text) = &self.cursor.full_text_filter {
            let default = order
                .as_ref()
                .map_or("metadata.uid", |order| order.key.as_str());
            all.extend(text.filter(default)?);
        }
        Ok(EntitySelection {
            filter: Filter::All(all),
            only_ordered: order.is_some(),
            order: order.into_iter().collect(),
            start: self.start.clone(),
            limit: self.limit,
        })
    }
}

impl TextFilter {
    /// Returns the condition on the fields, or on the one that is meant when none is named.
    fn filter(&self, default: &str) -> Result<Option<Filter>, AppError> {
        let term = self.term.trim();
        if term.is_empty() {
            return Ok(None);
        }
        let fields = self.fields.clone();
        let fields = fields.unwrap_or_else(|| vec![default.to_owned()]);
        if fields.len() > MAX_TERM_FIELDS {
            return Err(AppError::Invalid(format!(
                "the text is looked for in {} fields, more than {MAX_TERM_FIELDS}",
                fields.len()
            )));
        }
        Ok(Some(Filter::Contains(fields, term.to_owned())))
    }
}

async fn write(services: Access, page: Page) -> Result<Response, AppError> {
    let selection = page.selection()?;
    services.check_order(&selection.order)?;
    let found = services.select(&selection);
    let carried = page.cursor.total_items;
    let counted = page
        .counts
        .then(|| u32::try_from(found.total).unwrap_or(u32::MAX));
    // A client that does not want the number gets 0, on every page.
    let total = carried.or(counted).unwrap_or(0);
    let mut page_info = Map::new();
    if page.limit > 0 && found.has_after {
        let next = page.cursor.turned(found.last.as_ref(), false, Some(total));
        page_info.insert("nextCursor".to_owned(), next.into());
    }
    if page.limit > 0 && found.has_before && !page.is_initial {
        let previous = page.cursor.turned(found.first.as_ref(), true, Some(total));
        page_info.insert("prevCursor".to_owned(), previous.into());
    }
    let end = format!(
        "],\"totalItems\":{total},\"pageInfo\":{}}}",
        Value::Object(page_info)
    );
    let fields = page.fields;
    let item = move |_: &str, body: Option<String>| body.map(|body| fields.apply(body));
    entities(services, found.refs, ("{\"items\":[", &end), item).await
}
