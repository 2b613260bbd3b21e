//! The files of the site, inside the binary and compressed when it was built.
//!
//! A debug build reads them from `target/site` instead, so that a new bundle needs no new server.
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

use crate::ui::frame::Assets;

#[derive(Embed)]
#[folder = "target/site/"]
#[allow_missing = true]
struct Site;

/// Names in `/pkg` contain a hash of the content, so what a name stands for never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Other files may change with the next version.
const ONE_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Returns the names of the files that every page loads.
pub(super) fn names() -> Assets {
    let manifest = Site::get("manifest.json")
        .and_then(|file| serde_json::from_slice::<serde_json::Value>(&file.data).ok())
        .unwrap_or_default();
    let name = |key: &str| manifest[key].as_str().unwrap_or_default().to_owned();
    let all = manifest.as_object().into_iter().flatten();
    let sheets = all
        .filter_map(|(key, url)| {
            let name = key.strip_prefix("sheet-")?;
            Some((name.to_owned(), url.as_str()?.to_owned()))
        })
        .collect();
    let scripts = manifest.as_object().into_iter().flatten();
    let scripts = scripts
        .filter(|(key, url)| {
            *key != "js" && *key != "boot" && url.as_str().is_some_and(|url| url.ends_with(".js"))
        })
        .filter_map(|(key, url)| Some((key.clone(), url.as_str()?.to_owned())))
        .collect();
    Assets {
        boot: name("boot"),
        js: name("js"),
        wasm: name("wasm"),
        css: name("css"),
        sheets,
        scripts,
    }
}

/// Answers a file of `/pkg`.
pub(super) async fn package(Path(name): Path<String>, headers: HeaderMap) -> Response {
    send(&format!("pkg/{name}"), &headers, FOR_EVER)
}

/// Answers a file of `public/`, such as the icon of the site; `None` when there is none of that name.
pub(super) fn public(path: &str, headers: &HeaderMap) -> Option<Response> {
    is_public(path).then(|| send(path.trim_start_matches('/'), headers, ONE_HOUR))
}

/// Whether a path is that of a file of `public/`.
pub(super) fn is_public(path: &str) -> bool {
    let name = path.trim_start_matches('/');
    let is_public = !name.is_empty() && !name.starts_with("pkg/") && name != "manifest.json";
    is_public && Site::get(name).is_some()
}

fn send(name: &str, headers: &HeaderMap, cache: HeaderValue) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Some((file, encoding)) = find(name, accepted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(mime.essence_str()) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Finds the smallest form of a file that the client takes.
fn find(name: &str, accepted: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepts = |coding: &str| {
        accepted.split(',').any(|part| {
            let mut part = part.split(';').map(str::trim);
            part.next() == Some(coding) && !part.any(|parameter| parameter == "q=0")
        })
    };
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(coding)
            && let Some(file) = Site::get(&format!("{name}.{ending}"))
        {
            return Some((file, Some(coding)));
        }
    }
    Site::get(name).map(|file| (file, None))
}
