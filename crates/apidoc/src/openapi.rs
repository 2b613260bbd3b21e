//! OpenAPI 2 (Swagger) and 3: paths, webhooks, and the types they use.
mod body;
mod head;
mod operation;
mod security;

pub(crate) use head::{info, outside};
pub(crate) use security::read as security;

use callboard_model::view::ApiOperation;
use serde_json::Value;

use crate::{draft::Draft, json, refs, schema::Schemas};

/// Keys of a path that are operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Reads a definition.
pub(crate) fn read(root: &Value, draft: &mut Draft<'_>) {
    head::read(root, draft);
    draft.rendered = true;
    for tag in json::items(root, "tags") {
        if let Some(name) = json::str(tag, "name") {
            let place = draft.group(name);
            let description = json::description(draft, tag);
            draft.describe_group(place, description);
        }
    }
    let mut schemas = Schemas::new(root, draft);
    for (path, item) in json::members(root, "paths") {
        if !path.starts_with("x-") {
            path_item(path, item, "Operations", &mut schemas);
        }
    }
    for (name, item) in json::members(root, "webhooks") {
        path_item(name, item, "Webhooks", &mut schemas);
    }
    let components = root.get("components").unwrap_or(&Value::Null);
    for (name, schema) in
        json::members(components, "schemas").chain(json::members(root, "definitions"))
    {
        let read = schemas.read(schema);
        let kind = kind(&read);
        schemas.draft.named(name, &kind, read);
    }
}

/// Returns the word for what a named type is.
pub(crate) fn kind(schema: &callboard_model::view::ApiSchema) -> String {
    if !schema.values.is_empty() {
        return "enum".to_owned();
    }
    match schema.base.as_str() {
        "" if schema.choices.is_empty() => "any".to_owned(),
        "" => "choice".to_owned(),
        base => base.to_owned(),
    }
}

/// Reads the operations of one path; what has no tag goes into the group named here.
fn path_item<'v>(path: &str, item: &'v Value, group: &str, schemas: &mut Schemas<'v, '_, '_>) {
    let Some(item) = refs::followed(schemas.root, item, schemas.draft) else {
        return;
    };
    let named = METHODS
        .iter()
        .filter_map(|method| Some(((*method).to_owned(), item.get(*method)?)));
    let others = json::members(item, "additionalOperations")
        .map(|(method, operation)| (method.clone(), operation));
    for (method, value) in named.chain(others) {
        if value.is_object() && schemas.draft.node() {
            let verb = method.to_uppercase();
            let operation = operation::read(&verb, path, item, value, schemas);
            let tags: Vec<&str> = json::items(value, "tags")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let place = schemas.draft.group(tags.first().copied().unwrap_or(group));
            schemas.draft.operation(ApiOperation {
                group: place,
                ..operation
            });
        }
    }
}
