//! One message: payload, headers and examples.
use callboard_model::view::{ApiContent, ApiExample, ApiSchema};
use serde_json::Value;

use crate::{json, refs, schema::Schemas};

/// Examples of one message that are kept.
const MAX_EXAMPLES: usize = 20;

/// Reads a message.
pub(super) fn read<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Option<ApiContent> {
    let fallback = json::str(value, "$ref").and_then(|pointer| pointer.rsplit('/').next());
    let value = refs::followed(schemas.root, value, schemas.draft)?;
    if !schemas.draft.node() {
        return None;
    }
    let name = ["title", "name", "messageId"]
        .iter()
        .find_map(|key| json::str(value, key));
    let kind = json::str(value, "contentType");
    let name = name.or(fallback).unwrap_or("Message");
    let name = match kind {
        Some(kind) => format!("{name} · {kind}"),
        None => name.to_owned(),
    };
    let summary = json::str(value, "summary").and_then(|text| schemas.draft.long(text));
    let mut content = ApiContent {
        name: schemas.draft.short(&name),
        description: json::description(schemas.draft, value).or(summary),
        ..ApiContent::default()
    };
    // Traits bring what many messages have in common, mostly headers.
    let traits = json::items(value, "traits").iter().take(20);
    let traits = traits.filter_map(|one| refs::followed(schemas.root, one, schemas.draft));
    let traits: Vec<&Value> = traits.collect();
    let headers = value
        .get("headers")
        .or_else(|| traits.iter().find_map(|one| one.get("headers")));
    content.headers = headers.map(|headers| schema(headers, schemas));
    if let Some(payload) = value.get("payload") {
        match json::str(value, "schemaFormat") {
            Some(format) if !is_json_schema(format) => {
                foreign(format, payload, &mut content, schemas);
            }
            _ => content.schema = Some(schema(payload, schemas)),
        }
    }
    for example in json::items(value, "examples").iter().take(MAX_EXAMPLES) {
        let text = example
            .get("payload")
            .and_then(|text| schemas.draft.long(&json::laid_out(text)));
        if let Some(text) = text {
            content.examples.push(ApiExample {
                name: schemas
                    .draft
                    .short(json::str(example, "name").unwrap_or("Example")),
                text,
                made: false,
            });
        }
    }
    Some(content)
}

/// Reads a schema; version 3 can put it into a map that names its format.
pub(super) fn schema<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> ApiSchema {
    match (json::str(value, "schemaFormat"), value.get("schema")) {
        (Some(format), Some(inner)) if is_json_schema(format) => schemas.read(inner),
        (Some(format), Some(inner)) => {
            let about = format!("A schema in the format `{format}`, which is shown as it is.");
            ApiSchema {
                label: schemas.draft.short(format),
                description: schemas.draft.long(&about),
                example: schemas.draft.long(&json::laid_out(inner)),
                ..ApiSchema::default()
            }
        }
        _ => schemas.read(value),
    }
}

fn is_json_schema(format: &str) -> bool {
    ["asyncapi", "schema+json", "schema+yaml", "oai.openapi"]
        .iter()
        .any(|known| format.contains(known))
}

/// Shows a payload in a format that is not read here as it is.
fn foreign(
    format: &str,
    payload: &Value,
    content: &mut ApiContent,
    schemas: &mut Schemas<'_, '_, '_>,
) {
    if let Some(text) = schemas.draft.long(&json::laid_out(payload)) {
        content.examples.push(ApiExample {
            name: schemas.draft.short(&format!("Schema ({format})")),
            text,
            made: false,
        });
    }
}
