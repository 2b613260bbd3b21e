//! `/api/search`: the query of Backstage's search backend.
use axum::{
    Json, Router,
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_search::{
    Answer, Document, Field, Hit, MAX_DEPTH, MAX_LIMIT, MAX_TERM, Piece, Request, SOFTWARE_CATALOG,
};
use serde_json::{Map, Value, json};

use super::{error::Asked, query::Parameters};
use crate::{
    error::AppError,
    server::{Services, access::Access},
};

/// Documents on a page, unless the request says otherwise.
const PAGE_LIMIT: usize = 25;

/// The types of documents there are.
const TYPES: [&str; 1] = [SOFTWARE_CATALOG];

/// Each of these routes stands in `openapi.json` too; a test compares them.
pub(super) fn routes() -> Router<Services> {
    Router::new().route("/query", get(query))
}

async fn query(access: Access, asked: Asked, parameters: Parameters) -> Response {
    match answer(&access, &parameters) {
        Ok(value) => Json(value).into_response(),
        Err(error) => asked.fail(&error),
    }
}

fn answer(access: &Access, parameters: &Parameters) -> Result<Value, AppError> {
    let (request, page) = read(parameters)?;
    let answer = access.search(&request)?;
    Ok(shape(answer, &request, page))
}

/// Reads what is asked for, and the number of the page, counted from 0.
fn read(parameters: &Parameters) -> Result<(Request, usize), AppError> {
    let term = parameters.first("term").unwrap_or_default();
    let length = term.chars().count();
    if length > MAX_TERM {
        return Err(invalid(&format!(
            "the term length \"{length}\" is greater than \"{MAX_TERM}\""
        )));
    }
    let limit = parameters.number("pageLimit")?.unwrap_or(PAGE_LIMIT);
    if limit > MAX_LIMIT {
        return Err(invalid(&format!(
            "the page limit \"{limit}\" is greater than \"{MAX_LIMIT}\""
        )));
    }
    let page = match parameters.first("pageCursor") {
        Some(cursor) if !cursor.is_empty() => page_of(cursor)?,
        _ => 0,
    };
    let mut filters: Vec<(Field, Vec<String>)> = Vec::new();
    let types = parameters.below("types");
    let types: Vec<String> = types.into_iter().map(|(_, value)| value).collect();
    if let Some(unknown) = types.iter().find(|known| !TYPES.contains(&known.as_str())) {
        return Err(invalid(&format!(
            "there is no type \"{unknown}\": the types are {}",
            TYPES.join(", ")
        )));
    }
    if !types.is_empty() {
        filters.push((Field::Type, types));
    }
    for (key, value) in parameters.below("filters") {
        let field = field(&key, &value);
        match (
            field,
            filters.iter_mut().find(|(known, _)| Some(*known) == field),
        ) {
            (_, Some((_, values))) => values.push(value),
            (Some(field), None) => filters.push((field, vec![value])),
            // No document has such a field, and so none has this value of it.
            (None, None) => filters.push((Field::Type, Vec::new())),
        }
    }
    let request = Request {
        term: term.to_owned(),
        filters,
        facets: Vec::new(),
        offset: page.saturating_mul(limit),
        limit,
    };
    Ok((request, page))
}

/// Returns the field of a filter.
fn field(key: &str, value: &str) -> Option<Field> {
    Some(match key {
        "kind" => Field::Kind,
        "namespace" => Field::Namespace,
        "name" => Field::Name,
        "type" | "componentType" => Field::ComponentType,
        "lifecycle" => Field::Lifecycle,
        // Documents have the owner as it is written; whoever has a whole reference means the relation.
        "owner" if value.contains(':') => Field::Owner,
        "owner" => Field::OwnerText,
        _ => return None,
    })
}

/// Reads a cursor: the number of a page as text in base64.
fn page_of(cursor: &str) -> Result<usize, AppError> {
    let bytes = STANDARD.decode(cursor.trim()).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let number = text.and_then(|text| text.parse().ok());
    number.ok_or_else(|| invalid("the page cursor is none that was given out"))
}

fn cursor_of(page: usize) -> String {
    STANDARD.encode(page.to_string())
}

fn invalid(why: &str) -> AppError {
    AppError::Invalid(format!("Invalid query string: {why}"))
}

/// Writes the answer as Backstage does.
fn shape(answer: Answer, request: &Request, page: usize) -> Value {
    // A text cannot have marks that were not known when it was written.
    let mark = uuid::Uuid::new_v4();
    let tags = (format!("<{mark}>"), format!("</{mark}>"));
    let end = request.offset.saturating_add(request.limit);
    let has_next = end < answer.total.min(MAX_DEPTH) && request.limit > 0;
    let total = answer.total;
    let hits = answer
        .hits
        .into_iter()
        .filter(|hit| is_safe(&hit.document.location));
    let results: Vec<Value> = hits.map(|hit| result(hit, request, &tags)).collect();
    let mut body = Map::new();
    body.insert("results".to_owned(), Value::Array(results));
    if has_next {
        body.insert("nextPageCursor".to_owned(), cursor_of(page + 1).into());
    }
    if let Some(previous) = page.checked_sub(1) {
        body.insert("previousPageCursor".to_owned(), cursor_of(previous).into());
    }
    body.insert("numberOfResults".to_owned(), total.into());
    Value::Object(body)
}

/// Whether an address cannot run a script.
fn is_safe(location: &str) -> bool {
    // Browsers pass over these signs when they read the scheme.
    let plain = |c: &char| !c.is_whitespace() && !c.is_control();
    let start: String = location
        .chars()
        .filter(plain)
        .take("javascript:".len())
        .collect();
    !start.eq_ignore_ascii_case("javascript:")
}

fn result(hit: Hit, request: &Request, tags: &(String, String)) -> Value {
    let mut result = json!({
        "type": hit.document.doc_type,
        "document": document(&hit.document),
        "rank": hit.rank,
    });
    if !request.term.trim().is_empty() {
        let title = if hit.document.display.is_empty() {
            tagged(&hit.title, tags)
        } else {
            hit.document.title
        };
        result["highlight"] = json!({
            "preTag": tags.0,
            "postTag": tags.1,
            "fields": {"title": title, "text": tagged(&hit.text, tags)},
        });
    }
    result
}

fn document(document: &Document) -> Value {
    json!({
        "title": document.title,
        "text": document.text,
        "location": document.location,
        "kind": document.kind,
        "namespace": document.namespace,
        "type": document.component_type,
        "componentType": document.component_type,
        "lifecycle": document.lifecycle,
        "owner": document.owner,
    })
}

fn tagged(pieces: &[Piece], (before, after): &(String, String)) -> String {
    let mut text = String::new();
    for piece in pieces {
        if piece.marked {
            text.push_str(before);
            text.push_str(&piece.text);
            text.push_str(after);
        } else {
            text.push_str(&piece.text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_the_number_of_a_page() {
        assert_eq!(cursor_of(1), "MQ==");
        assert_eq!(page_of("MQ==").unwrap(), 1);
        for wrong in ["", "x", "LTE=", "!!", "MS41"] {
            assert!(page_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_that_runs_a_script_is_not_answered() {
        assert!(is_safe("/catalog/default/component/a"));
        assert!(is_safe("https://example.com/javascript:"));
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn owners_are_filtered_as_written_or_by_reference() {
        assert_eq!(field("owner", "team-a"), Some(Field::OwnerText));
        assert_eq!(field("owner", "group:default/team-a"), Some(Field::Owner));
        assert_eq!(field("colour", "red"), None);
    }
}
