//! What is sent and what comes back.
use callboard_model::view::{ApiBody, ApiContent, ApiExample, ApiField, ApiResponse, ApiSchema};
use serde_json::Value;

use super::operation::{body, parameter};
use crate::{json, refs, schema::Schemas};

/// Media types, responses and headers of one place that are kept.
const MAX_PARTS: usize = 100;
/// Examples of one body that are kept.
const MAX_EXAMPLES: usize = 20;

/// Reads a request body.
pub(super) fn request<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Option<ApiBody> {
    let value = refs::followed(schemas.root, value, schemas.draft)?;
    let description = json::description(schemas.draft, value);
    let mut request = body("Request body", json::is(value, "required"), description);
    request.contents = contents(value, schemas);
    Some(request)
}

/// Swagger has the body, or the fields of a form, among the parameters.
pub(super) fn old_request<'v>(
    bodies: &[&'v Value],
    operation: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> Option<ApiBody> {
    let first = bodies.first()?;
    let is_body = json::str(first, "in") == Some("body");
    let schema = if is_body {
        first
            .get("schema")
            .map(|schema| schemas.read(schema))
            .unwrap_or_default()
    } else {
        form(bodies, schemas)
    };
    let fallback = if is_body {
        "application/json"
    } else {
        "multipart/form-data"
    };
    let types = media_types(operation, "consumes", fallback, schemas);
    let description = is_body
        .then(|| json::description(schemas.draft, first))
        .flatten();
    let mut request = body(
        "Request body",
        json::is(first, "required") || !is_body,
        description,
    );
    request.contents = with_types(&types, schema);
    Some(request)
}

/// Makes one type of the fields of a form.
fn form<'v>(bodies: &[&'v Value], schemas: &mut Schemas<'v, '_, '_>) -> ApiSchema {
    let fields = bodies.iter().map(|one| {
        let read = parameter(one, schemas);
        ApiField {
            name: read.name,
            required: read.required,
            schema: ApiSchema {
                description: read.description,
                ..read.schema
            },
            arguments: Vec::new(),
        }
    });
    ApiSchema {
        fields: fields.collect(),
        label: "object".to_owned(),
        base: "object".to_owned(),
        ..ApiSchema::default()
    }
}

/// Returns the media types of an operation of Swagger.
fn media_types(
    operation: &Value,
    key: &str,
    fallback: &str,
    schemas: &mut Schemas<'_, '_, '_>,
) -> Vec<String> {
    let own = json::items(operation, key);
    let listed = if own.is_empty() {
        json::items(schemas.root, key)
    } else {
        own
    };
    let types: Vec<String> = listed
        .iter()
        .filter_map(Value::as_str)
        .take(8)
        .map(|one| schemas.draft.short(one))
        .collect();
    if types.is_empty() {
        vec![fallback.to_owned()]
    } else {
        types
    }
}

/// Swagger has one schema for all media types, so it is shown once.
fn with_types(types: &[String], schema: ApiSchema) -> Vec<ApiContent> {
    vec![ApiContent {
        name: types.join(", "),
        schema: Some(schema),
        ..ApiContent::default()
    }]
}

/// Reads all responses of an operation.
pub(super) fn responses<'v>(
    operation: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> Vec<ApiResponse> {
    let mut responses = Vec::new();
    for (status, value) in json::members(operation, "responses").take(MAX_PARTS) {
        if status.starts_with("x-") || !schemas.draft.node() {
            continue;
        }
        let Some(value) = refs::followed(schemas.root, value, schemas.draft) else {
            continue;
        };
        let mut headers = Vec::new();
        for (name, header) in json::members(value, "headers").take(MAX_PARTS) {
            if let Some(header) = refs::followed(schemas.root, header, schemas.draft) {
                let mut header = parameter(header, schemas);
                header.name = schemas.draft.short(name);
                "header".clone_into(&mut header.place);
                headers.push(header);
            }
        }
        let contents = match value.get("schema") {
            Some(schema) => old_contents(operation, value, schema, schemas),
            None => contents(value, schemas),
        };
        let summary = json::str(value, "summary").and_then(|text| schemas.draft.long(text));
        responses.push(ApiResponse {
            status: schemas.draft.short(status),
            description: json::description(schemas.draft, value).or(summary),
            headers,
            contents,
        });
    }
    responses
}

/// A response of Swagger: one schema for all media types, examples by media type.
fn old_contents<'v>(
    operation: &'v Value,
    value: &'v Value,
    schema: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> Vec<ApiContent> {
    let schema = schemas.read(schema);
    let types = media_types(operation, "produces", "application/json", schemas);
    let mut contents = with_types(&types, schema);
    for (media_type, example) in json::members(value, "examples").take(MAX_EXAMPLES) {
        if let Some(text) = schemas.draft.long(&json::laid_out(example)) {
            contents[0].examples.push(ApiExample {
                name: schemas.draft.short(media_type),
                text,
                made: false,
            });
        }
    }
    contents
}

/// Reads a body by media type.
fn contents<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Vec<ApiContent> {
    let mut contents = Vec::new();
    for (media_type, content) in json::members(value, "content").take(MAX_PARTS) {
        let Some(content) = refs::followed(schemas.root, content, schemas.draft) else {
            continue;
        };
        let schema = content.get("schema").or_else(|| content.get("itemSchema"));
        contents.push(ApiContent {
            name: schemas.draft.short(media_type),
            description: json::description(schemas.draft, content),
            schema: schema.map(|schema| schemas.read(schema)),
            headers: None,
            examples: examples(content, schemas),
        });
    }
    contents
}

/// Reads the examples that are given.
fn examples<'v>(content: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Vec<ApiExample> {
    let mut examples = Vec::new();
    if let Some(text) = content
        .get("example")
        .and_then(|one| schemas.draft.long(&json::laid_out(one)))
    {
        examples.push(ApiExample {
            name: "Example".to_owned(),
            text,
            made: false,
        });
    }
    for (name, example) in json::members(content, "examples").take(MAX_EXAMPLES) {
        let Some(example) = refs::followed(schemas.root, example, schemas.draft) else {
            continue;
        };
        let value = ["value", "dataValue", "serializedValue", "externalValue"]
            .iter()
            .find_map(|key| example.get(*key));
        let text = value.and_then(|value| schemas.draft.long(&json::laid_out(value)));
        if let Some(text) = text {
            examples.push(ApiExample {
                name: schemas
                    .draft
                    .short(json::str(example, "summary").unwrap_or(name)),
                text,
                made: false,
            });
        }
    }
    examples
}
