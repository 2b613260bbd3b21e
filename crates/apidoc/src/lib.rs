//! Definitions of APIs as operations, types and examples: text in, a [`ApiDoc`] out, whatever the format.
//!
//! [`read`] takes OpenAPI 2 and 3, AsyncAPI 2 and 3, GraphQL's schema language and protobuf. It opens no file and fetches
//! nothing; what it cannot show becomes a problem, and time and memory are bounded whatever the text is.
#![warn(unreachable_pub)]

mod asyncapi;
mod doc;
mod draft;
mod example;
mod expand;
mod find;
mod graphql;
mod json;
mod openapi;
mod protobuf;
mod refs;
mod schema;
mod source;

pub use doc::{ApiDoc, Group};
pub use expand::Budget;
pub use find::{entry_of, entry_of_type};

use draft::Draft;
use source::Source;

/// Bytes of text that are rendered; a longer definition is shown as text.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Reads a definition; `kind` is the `spec.type` of its entity.
#[must_use]
pub fn read(text: &str, kind: &str) -> ApiDoc {
    let mut draft = Draft::new(text);
    if text.len() > MAX_BYTES {
        draft.problem(
            "The definition has more than 10 MiB, so it is shown as text only. Split it into several APIs.",
            None,
        );
        return draft.finish();
    }
    match kind.trim().to_ascii_lowercase().as_str() {
        "openapi" | "swagger" | "asyncapi" => documents(text, &mut draft),
        "graphql" => graphql::read(text, &mut draft),
        "grpc" | "protobuf" | "proto" => protobuf::read(text, &mut draft),
        _ => {}
    }
    draft.finish()
}

/// Reads a definition that is JSON or YAML: what it says it is counts, not what its entity says.
fn documents(text: &str, draft: &mut Draft<'_>) {
    let Some(Source { root }) = source::read(text, draft) else {
        return;
    };
    if root.get("asyncapi").is_some() {
        asyncapi::read(&root, draft);
    } else if root.get("swagger").is_some() || root.get("openapi").is_some() {
        openapi::read(&root, draft);
    } else {
        draft.problem(
            "The definition names no version: it needs a key `openapi`, `swagger` or `asyncapi` at its top.",
            None,
        );
    }
}
