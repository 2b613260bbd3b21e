//! An entity as a file to keep.
use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use callboard_model::{EntityRef, view::TextForm};
use serde::Deserialize;

use super::access::Access;

/// Which form a file has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    format: String,
}

/// Answers one entity as a file, as YAML or as JSON.
pub(super) async fn download(
    access: Access,
    Path((namespace, kind, name)): Path<(String, String, String)>,
    Query(query): Query<FileQuery>,
) -> Response {
    let entity_ref = EntityRef::new(&kind, &namespace, &name);
    let form = TextForm::from_word(&query.format);
    let (ending, content_type) = match form {
        TextForm::Json => ("json", "application/json"),
        TextForm::Yaml | TextForm::File => ("yaml", "application/yaml"),
    };
    match access.entity_file(&entity_ref, form).await {
        Ok(text) => {
            let name = file_name(&entity_ref, ending);
            let disposition = format!("attachment; filename=\"{name}\"");
            let headers = [
                (header::CONTENT_TYPE, content_type.to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
                (header::CACHE_CONTROL, "private, no-cache".to_owned()),
            ];
            (headers, text).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}

/// Returns a name that every file system takes.
fn file_name(entity_ref: &EntityRef, ending: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect()
    };
    let (kind, name) = (plain(&entity_ref.kind), plain(&entity_ref.name));
    format!("{kind}-{name}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_that_cannot_leave_its_folder_or_its_header() {
        let odd = EntityRef::new("API", "default", "../a\"\r\nb");
        assert_eq!(file_name(&odd, "yaml"), "api-.._a___b.yaml");
    }
}
