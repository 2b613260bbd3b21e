//! One method of one path.
use callboard_model::view::{ApiBody, ApiFact, ApiOperation, ApiParameter};
use serde_json::Value;

use super::{body, security};
use crate::{json, refs, schema::Schemas};

/// Parameters of one operation that are kept.
const MAX_PARAMETERS: usize = 500;

/// Reads an operation; its group is set by the caller.
pub(super) fn read<'v>(
    verb: &str,
    path: &str,
    item: &'v Value,
    value: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> ApiOperation {
    let parameters = parameters(item, value, schemas);
    let (bodies, plain): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|one| matches!(json::str(one, "in"), Some("body" | "formData")));
    let request = match value.get("requestBody") {
        Some(request) => body::request(request, schemas),
        None => body::old_request(&bodies, value, schemas),
    };
    let parameters = plain.iter().map(|one| parameter(one, schemas)).collect();
    let responses = body::responses(value, schemas);
    let root = schemas.root;
    let draft = &mut *schemas.draft;
    ApiOperation {
        id: format!("{verb} {path}"),
        group: 0,
        verb: draft.short(verb),
        path: draft.short(path),
        summary: json::str(value, "summary").map(|text| draft.short(text)),
        description: json::description(draft, value).or_else(|| json::description(draft, item)),
        deprecated: json::is(value, "deprecated"),
        facts: facts(value, schemas),
        security: security::needed(root, value, schemas.draft),
        parameters,
        request,
        responses,
        callbacks: callbacks(value, schemas),
    }
}

/// Returns the parameters of a path and of its operation, which win when both have the same.
fn parameters<'v>(
    item: &'v Value,
    value: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> Vec<&'v Value> {
    let mut all: Vec<&Value> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for list in [
        json::items(value, "parameters"),
        json::items(item, "parameters"),
    ] {
        let mut here = Vec::new();
        for one in list.iter().take(MAX_PARAMETERS) {
            let Some(one) = refs::followed(schemas.root, one, schemas.draft) else {
                continue;
            };
            if known.insert((json::str(one, "in"), json::str(one, "name"))) && schemas.draft.node()
            {
                here.push(one);
            }
        }
        // Those of the path come first, as the path does.
        here.append(&mut all);
        all = here;
    }
    all
}

/// Reads a parameter or a header.
pub(super) fn parameter<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> ApiParameter {
    let content = json::members(value, "content").next();
    let schema = value
        .get("schema")
        .or_else(|| content.and_then(|(_, content)| content.get("schema")));
    // Swagger has the type beside the name.
    let mut schema = schemas.read(schema.unwrap_or(value));
    let draft = &mut *schemas.draft;
    let description = json::description(draft, value);
    if schema.description == description {
        schema.description = None;
    }
    if let Some(example) = value.get("example") {
        schema.example = draft.long(&json::plain(example));
    }
    schema.deprecated = false;
    ApiParameter {
        name: draft.short(json::str(value, "name").unwrap_or_default()),
        place: draft.short(json::str(value, "in").unwrap_or_default()),
        required: json::is(value, "required"),
        deprecated: json::is(value, "deprecated"),
        description,
        schema,
    }
}

fn facts(value: &Value, schemas: &mut Schemas<'_, '_, '_>) -> Vec<ApiFact> {
    let mut facts = Vec::new();
    let draft = &mut *schemas.draft;
    if let Some(id) = json::str(value, "operationId") {
        facts.push(draft.fact("Operation", id));
    }
    if let Some(url) = value
        .get("externalDocs")
        .and_then(|docs| json::str(docs, "url"))
    {
        facts.push(draft.fact("More", url));
    }
    for server in json::items(value, "servers").iter().take(10) {
        if let Some(url) = json::str(server, "url") {
            facts.push(draft.fact("Server", url));
        }
    }
    let tags = json::items(value, "tags")
        .iter()
        .skip(1)
        .take(20)
        .map(json::plain);
    let tags: Vec<String> = tags.collect();
    if !tags.is_empty() {
        facts.push(draft.fact("Also in", &tags.join(", ")));
    }
    facts
}

/// Returns the requests that come back, in a line each.
fn callbacks<'v>(value: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Vec<ApiFact> {
    let mut callbacks = Vec::new();
    for (name, callback) in json::members(value, "callbacks").take(50) {
        let Some(callback) = refs::followed(schemas.root, callback, schemas.draft) else {
            continue;
        };
        for (address, item) in callback.as_object().into_iter().flatten().take(20) {
            for method in super::METHODS
                .iter()
                .filter(|method| item.get(**method).is_some())
            {
                let line = format!("{} {address}", method.to_uppercase());
                callbacks.push(schemas.draft.fact(name, &line));
            }
        }
    }
    callbacks
}

/// Returns a body of one part, when there is something in it.
pub(super) fn body(title: &str, required: bool, description: Option<String>) -> ApiBody {
    ApiBody {
        title: title.to_owned(),
        required,
        description,
        contents: Vec::new(),
    }
}
