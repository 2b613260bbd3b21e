//! The doors of the catalog page beside the page itself: its file, and what is done with the rows that were selected.
use axum::{
    Form,
    extract::RawQuery,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use callboard_model::{EntityRef, view::CatalogQuery};

use super::{
    access::Access,
    services::{Export, ExportForm},
    site::is_local,
};
use crate::{error::AppError, paths};

/// Entities that one request has read again.
const REFRESHED: usize = 100;

/// Answers the catalog as a file: `format=csv` or `json`, and the parameters of the page.
pub(super) async fn export(access: Access, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let is_json = pairs
        .iter()
        .any(|(key, value)| key == "format" && value.eq_ignore_ascii_case("json"));
    let refs = pairs.iter().filter(|(key, _)| key == "ref");
    let export = Export {
        query: CatalogQuery::of_pairs(pairs.iter().map(|(key, value)| (&**key, &**value))),
        refs: refs.map(|(_, value)| value.to_string()).collect(),
        form: if is_json {
            ExportForm::Json
        } else {
            ExportForm::Csv
        },
    };
    let (media_type, name) = match export.form {
        ExportForm::Csv => (
            "text/csv; charset=utf-8",
            "attachment; filename=\"catalog.csv\"",
        ),
        ExportForm::Json => ("application/json", "attachment; filename=\"catalog.json\""),
    };
    match access.catalog_export(export).await {
        Ok(body) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, body).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Has the sources of some entities read again, and leads back. Those that are gone meanwhile need not be told.
pub(super) async fn refresh(
    access: Access,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let back = pairs.iter().find(|(key, _)| key == "back");
    let back = back.map_or("", |(_, back)| back.as_str());
    let refs = pairs.iter().filter(|(key, _)| key == "ref");
    let mut refs: Vec<EntityRef> = refs.filter_map(|(_, value)| value.parse().ok()).collect();
    refs.dedup();
    let mut refused = None;
    let mut done = 0;
    for entity_ref in refs.iter().take(REFRESHED) {
        match access.refresh(entity_ref).await {
            Ok(()) => done += 1,
            Err(error) => refused = Some(error),
        }
    }
    let accepted = headers.get(header::ACCEPT).map(HeaderValue::as_bytes);
    match refused {
        // Where one of several could not be read again, the others were.
        Some(error) if done == 0 => failed(&error),
        _ if accepted.is_some_and(|types| types.starts_with(b"application/json")) => {
            StatusCode::NO_CONTENT.into_response()
        }
        _ => {
            let target = if is_local(back) { back } else { paths::CATALOG };
            let target = HeaderValue::from_str(target);
            let target = target.unwrap_or(HeaderValue::from_static(paths::CATALOG));
            (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
        }
    }
}

fn failed(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}
