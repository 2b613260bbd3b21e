//! The doors of the catalog page beside the page itself: its file, and what is done with the rows that were selected.
use axum::{
    extract::{RawQuery, Request},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use callboard_model::{EntityRef, view::CatalogQuery};

use super::{
    access::Access,
    forms::{failed, mistaken, split},
    services::{Export, ExportForm},
    site::{Pages, is_local},
};
use crate::paths;

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
pub(super) async fn refresh(pages: Pages, access: Access, request: Request) -> Response {
    let (mut page, pairs) = match split::<Vec<(String, String)>>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    let accepted = page.headers().get(header::ACCEPT).cloned();
    let is_script = accepted.is_some_and(|types| types.as_bytes().starts_with(b"application/json"));
    let back = pairs.iter().find(|(key, _)| key == "back");
    let back = back.map_or("", |(_, back)| back.as_str());
    let refs = pairs.iter().filter(|(key, _)| key == "ref");
    let mut refs: Vec<EntityRef> = refs.filter_map(|(_, value)| value.parse().ok()).collect();
    refs.sort();
    refs.dedup();
    let mut refused = None;
    let mut done = 0;
    for entity_ref in refs.iter().take(REFRESHED) {
        match access.refresh(entity_ref).await {
            Ok(()) => done += 1,
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        // Where one of several could not be read again, the others were.
        Some(error) if done == 0 && (is_script || access.caller().user().is_none()) => {
            failed(&error)
        }
        Some(error) if done == 0 => {
            *page.uri_mut() = Uri::from_static(paths::SETTINGS);
            mistaken(pages, page, &error).await
        }
        _ if is_script => StatusCode::NO_CONTENT.into_response(),
        _ => {
            let target = if is_local(back) { back } else { paths::CATALOG };
            let target = HeaderValue::from_str(target);
            let target = target.unwrap_or(HeaderValue::from_static(paths::CATALOG));
            (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
        }
    }
}
