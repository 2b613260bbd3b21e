//! AsyncAPI 2 and 3: channels, what is sent and received on them, and the types of messages.
mod message;

use callboard_model::view::{ApiBody, ApiOperation, ApiParameter, ApiSchema, ApiServer};
use serde_json::Value;

use crate::{draft::Draft, json, openapi, refs, schema::Schemas};

/// Servers, parameters and messages of one place that are kept.
const MAX_PARTS: usize = 100;

/// Reads a definition.
pub(crate) fn read(root: &Value, draft: &mut Draft<'_>) {
    let version = json::text(root, "asyncapi").unwrap_or_default();
    if !(version.starts_with("2.") || version.starts_with("3.")) {
        let shown = crate::draft::cut(&version, 40);
        draft.problem_at(
            &format!("AsyncAPI {shown} is not a version that is known here (2.x, 3.x); it is read like 3.0."),
            "asyncapi",
        );
    }
    draft.rendered = true;
    draft.head.format = draft.short(&format!("AsyncAPI {version}"));
    openapi::info(root.get("info").unwrap_or(&Value::Null), draft);
    openapi::outside(root, draft);
    openapi::security(root, draft);
    if let Some(kind) = json::str(root, "defaultContentType") {
        let fact = draft.fact("Content type", kind);
        draft.head.facts.push(fact);
    }
    servers(root, draft);
    let mut schemas = Schemas::new(root, draft);
    if version.starts_with('2') {
        old_channels(&mut schemas);
    } else {
        operations(&mut schemas);
    }
    let components = root.get("components").unwrap_or(&Value::Null);
    for (name, schema) in json::members(components, "schemas") {
        let read = message::schema(schema, &mut schemas);
        let kind = openapi::kind(&read);
        schemas.draft.named(name, &kind, read);
    }
}

fn servers(root: &Value, draft: &mut Draft<'_>) {
    for (name, server) in json::members(root, "servers").take(MAX_PARTS) {
        let Some(server) = refs::followed(root, server, draft) else {
            continue;
        };
        // Version 2 has one address, version 3 has host and path.
        let url = match json::str(server, "url") {
            Some(url) => url.to_owned(),
            None => format!(
                "{}{}",
                json::str(server, "host").unwrap_or_default(),
                json::str(server, "pathname").unwrap_or_default()
            ),
        };
        let mut variables = vec![draft.fact("name", name)];
        for (variable, value) in json::members(server, "variables").take(50) {
            variables.push(draft.fact(variable, &json::text(value, "default").unwrap_or_default()));
        }
        let server = ApiServer {
            url: draft.short(&url),
            protocol: json::str(server, "protocol").map(|protocol| draft.short(protocol)),
            description: json::description(draft, server),
            variables,
        };
        draft.head.servers.push(server);
    }
}

/// Version 2: each channel says what its users do.
fn old_channels(schemas: &mut Schemas<'_, '_, '_>) {
    for (name, channel) in json::members(schemas.root, "channels") {
        let Some(channel) = refs::followed(schemas.root, channel, schemas.draft) else {
            continue;
        };
        for action in ["publish", "subscribe"] {
            let Some(value) = channel.get(action).filter(|value| value.is_object()) else {
                continue;
            };
            if !schemas.draft.node() {
                return;
            }
            let message = value.get("message");
            let messages: Vec<&Value> = match message.map(|message| json::items(message, "oneOf")) {
                Some(several) if !several.is_empty() => several.iter().take(MAX_PARTS).collect(),
                _ => message.into_iter().collect(),
            };
            let request = sent(&messages, schemas);
            let operation = operation(action, name, channel, value, schemas);
            push(
                value,
                ApiOperation {
                    request,
                    ..operation
                },
                schemas,
            );
        }
    }
}

/// Version 3: operations name their channel.
fn operations(schemas: &mut Schemas<'_, '_, '_>) {
    for (id, value) in json::members(schemas.root, "operations") {
        let Some(value) = refs::followed(schemas.root, value, schemas.draft) else {
            continue;
        };
        if !schemas.draft.node() {
            return;
        }
        let channel = value
            .get("channel")
            .and_then(|one| refs::followed(schemas.root, one, schemas.draft));
        let channel = channel.unwrap_or(&Value::Null);
        let listed: Vec<&Value> = match json::items(value, "messages") {
            [] => json::members(channel, "messages")
                .map(|(_, message)| message)
                .take(MAX_PARTS)
                .collect(),
            own => own.iter().take(MAX_PARTS).collect(),
        };
        let address = json::str(channel, "address").unwrap_or(id).to_owned();
        let action = json::str(value, "action").unwrap_or("use").to_owned();
        let request = sent(&listed, schemas);
        let mut operation = operation(&action, &address, channel, value, schemas);
        operation.request = request;
        operation.id = format!("{} {id}", operation.verb);
        operation
            .facts
            .insert(0, schemas.draft.fact("Operation", id));
        reply(value, &mut operation, schemas);
        push(value, operation, schemas);
    }
}

/// Reads what comes back in version 3.
fn reply<'v>(value: &'v Value, operation: &mut ApiOperation, schemas: &mut Schemas<'v, '_, '_>) {
    let reply = value
        .get("reply")
        .and_then(|one| refs::followed(schemas.root, one, schemas.draft));
    let Some(reply) = reply else { return };
    let channel = reply
        .get("channel")
        .and_then(|one| refs::followed(schemas.root, one, schemas.draft));
    let listed: Vec<&Value> = match (json::items(reply, "messages"), channel) {
        ([], Some(channel)) => json::members(channel, "messages")
            .map(|(_, one)| one)
            .take(MAX_PARTS)
            .collect(),
        (own, _) => own.iter().take(MAX_PARTS).collect(),
    };
    let address = channel.and_then(|channel| json::str(channel, "address"));
    let contents = listed
        .into_iter()
        .filter_map(|one| message::read(one, schemas))
        .collect();
    operation
        .responses
        .push(callboard_model::view::ApiResponse {
            status: "Reply".to_owned(),
            description: address
                .and_then(|address| schemas.draft.long(&format!("On `{address}`."))),
            headers: Vec::new(),
            contents,
        });
}

fn operation<'v>(
    action: &str,
    path: &str,
    channel: &'v Value,
    value: &'v Value,
    schemas: &mut Schemas<'v, '_, '_>,
) -> ApiOperation {
    let verb = action.to_uppercase();
    let parameters = parameters(channel, schemas);
    let draft = &mut *schemas.draft;
    let mut facts = Vec::new();
    if let Some(id) = json::str(value, "operationId") {
        facts.push(draft.fact("Operation", id));
    }
    for (protocol, _) in json::members(value, "bindings")
        .chain(json::members(channel, "bindings"))
        .take(20)
    {
        facts.push(draft.fact("Binding", protocol));
    }
    let summary = ["summary", "title"]
        .iter()
        .find_map(|key| json::str(value, key));
    ApiOperation {
        id: format!("{verb} {path}"),
        path: draft.short(path),
        summary: summary.map(|text| draft.short(text)),
        description: json::description(draft, value).or_else(|| json::description(draft, channel)),
        deprecated: json::is(value, "deprecated") || json::is(value, "x-deprecated"),
        facts,
        parameters,
        verb: draft.short(&verb),
        ..ApiOperation::default()
    }
}

fn parameters<'v>(channel: &'v Value, schemas: &mut Schemas<'v, '_, '_>) -> Vec<ApiParameter> {
    let mut parameters = Vec::new();
    for (name, value) in json::members(channel, "parameters").take(MAX_PARTS) {
        let Some(value) = refs::followed(schemas.root, value, schemas.draft) else {
            continue;
        };
        // Version 3 has enum and default beside the description, and every value is a text.
        let mut schema = match value.get("schema") {
            Some(schema) => schemas.read(schema),
            None => ApiSchema {
                label: "string".to_owned(),
                base: "string".to_owned(),
                ..schemas.read(value)
            },
        };
        let description = json::description(schemas.draft, value);
        if schema.description == description {
            schema.description = None;
        }
        parameters.push(ApiParameter {
            name: schemas.draft.short(name),
            place: "channel".to_owned(),
            required: true,
            deprecated: false,
            description,
            schema,
        });
    }
    parameters
}

fn sent<'v>(messages: &[&'v Value], schemas: &mut Schemas<'v, '_, '_>) -> Option<ApiBody> {
    let contents: Vec<_> = messages
        .iter()
        .filter_map(|one| message::read(one, schemas))
        .collect();
    let title = if contents.len() == 1 {
        "Message"
    } else {
        "Messages"
    };
    (!contents.is_empty()).then(|| ApiBody {
        title: title.to_owned(),
        contents,
        ..ApiBody::default()
    })
}

/// Keeps an operation in the group of its first tag.
fn push(value: &Value, operation: ApiOperation, schemas: &mut Schemas<'_, '_, '_>) {
    let tag = json::items(value, "tags").first();
    let tag = tag.and_then(|tag| refs::followed(schemas.root, tag, schemas.draft));
    let tag = tag.and_then(|tag| json::str(tag, "name"));
    let group = schemas.draft.group(tag.unwrap_or("Channels"));
    schemas.draft.operation(ApiOperation { group, ..operation });
}
