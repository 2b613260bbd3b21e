//! Archives as source hosts pack them, and the answers around them.
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, Found};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::found;

/// The commit that the servers of these tests are at.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Packs files below a folder that the host made up; names are not checked.
pub fn archive(root: &str, files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in files {
        let name = format!("{root}/{path}");
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_cksum();
        builder.append(&header, content.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// The files of every repository of these tests.
pub fn repository() -> Vec<u8> {
    let files = [
        ("catalog-info.yaml", "kind: Component"),
        ("docs/index.md", "# Index"),
        ("docs/deep/page.md", "# Page"),
        ("services/a/catalog-info.yaml", "kind: API"),
        ("services/b/catalog-info.yaml", "kind: System"),
        ("services/b/catalog-info.json", "{}"),
    ];
    archive("repo-made-up", &files)
}

/// Answers a file with its version, or says that it is known.
pub fn versioned(headers: &HeaderMap, content: &'static str) -> Response {
    let tag = "\"version-1\"";
    let is_known = headers
        .get("if-none-match")
        .is_some_and(|known| known == tag);
    match is_known {
        true => (StatusCode::NOT_MODIFIED, [("etag", tag)]).into_response(),
        false => ([("etag", tag)], content).into_response(),
    }
}

/// The files of an answer as URL and content.
pub fn contents(answer: Answer) -> Vec<(String, String)> {
    let Found { files, .. } = found(answer);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    files
        .into_iter()
        .map(|file| (file.url, text(file.bytes)))
        .collect()
}
