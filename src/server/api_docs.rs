//! The definition of an API as a file, and the address under which Backstage lists APIs.
use axum::{
    extract::{Path, RawQuery},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use callboard_model::{EntityRef, view::CatalogQuery};

use super::access::Access;
use crate::paths;

/// Answers a definition as a file.
pub(super) async fn raw(
    access: Access,
    Path((namespace, kind, name)): Path<(String, String, String)>,
) -> Response {
    let entity_ref = EntityRef::new(&kind, &namespace, &name);
    let file = match access.api_file(&entity_ref).await {
        Ok(file) => file,
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            return (
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                format!("{error}\n"),
            )
                .into_response();
        }
    };
    // The name has letters, digits and a few signs only.
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
    let headers = [
        // Whatever the text is, a browser must not take it for a page.
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
    ];
    (headers, file.text).into_response()
}

/// Leads to the list of APIs in the catalog, with the filters that the address has.
pub(super) async fn list(RawQuery(query): RawQuery) -> Response {
    let target = paths::catalog(&filters(query.as_deref().unwrap_or_default()));
    let location =
        HeaderValue::from_str(&target).unwrap_or(HeaderValue::from_static(paths::CATALOG));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Reads filters as the catalog names them, and as Backstage does: `filters[owners]`.
fn filters(query: &str) -> CatalogQuery {
    let mut found = CatalogQuery {
        kind: "api".to_owned(),
        ..CatalogQuery::default()
    };
    for (key, value) in url::form_urlencoded::parse(query.as_bytes()).take(100) {
        let inner = key
            .strip_prefix("filters[")
            .and_then(|key| key.split(']').next());
        let value = value.into_owned();
        match inner.unwrap_or(&key) {
            "type" => found.entity_type.push(value),
            "owner" | "owners" => found.owner.push(value),
            "lifecycle" | "lifecycles" => found.lifecycle.push(value),
            "tag" | "tags" => found.tag.push(value),
            "namespace" => found.namespace.push(value),
            "q" | "text" => found.q = value,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_of_both_portals_are_kept_and_others_are_not() {
        let url = |query: &str| paths::catalog(&filters(query));
        assert_eq!(url(""), "/catalog?kind=api");
        assert_eq!(
            url(
                "filters[kind]=api&filters[type]=grpc&filters%5Bowners%5D%5B0%5D=group:default/a&filters[user]=all"
            ),
            "/catalog?kind=api&type=grpc&owner=group:default/a"
        );
        assert_eq!(
            url("tag=a&tag=b&q=x%20y&page=-1"),
            "/catalog?kind=api&tag=a&tag=b&q=x%20y"
        );
    }
}
