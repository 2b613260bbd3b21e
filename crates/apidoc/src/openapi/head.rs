//! What a definition says about itself.
use callboard_model::view::{ApiFact, ApiServer};
use serde_json::Value;

use super::security;
use crate::{draft::Draft, json};

/// Reads format, title, version, servers and security.
pub(super) fn read(root: &Value, draft: &mut Draft<'_>) {
    let swagger = json::text(root, "swagger");
    let version = swagger
        .clone()
        .or_else(|| json::text(root, "openapi"))
        .unwrap_or_default();
    let known = match &swagger {
        Some(version) => version.starts_with('2'),
        None => ["3.0", "3.1", "3.2"]
            .iter()
            .any(|known| version == *known || version.starts_with(&format!("{known}."))),
    };
    if !known {
        let shown = crate::draft::cut(&version, 40);
        draft.problem_at(
            &format!("OpenAPI {shown} is not a version that is known here (2.0, 3.0, 3.1, 3.2); it is read like 3.1."),
            if swagger.is_some() { "swagger" } else { "openapi" },
        );
    }
    let name = if swagger.is_some() {
        "Swagger"
    } else {
        "OpenAPI"
    };
    draft.head.format = draft.short(&format!("{name} {version}"));
    info(root.get("info").unwrap_or(&Value::Null), draft);
    outside(root, draft);
    if swagger.is_some() {
        old_servers(root, draft);
    } else {
        for server in json::items(root, "servers").iter().take(100) {
            let server = self::server(server, draft);
            draft.head.servers.push(server);
        }
    }
    security::read(root, draft);
}

/// Reads title, version, description, contact and licence; AsyncAPI has them as well.
pub(crate) fn info(info: &Value, draft: &mut Draft<'_>) {
    draft.head.title = draft.short(&json::text(info, "title").unwrap_or_default());
    draft.head.version = draft.short(&json::text(info, "version").unwrap_or_default());
    let summary = json::str(info, "summary").unwrap_or_default();
    let description = json::str(info, "description").unwrap_or_default();
    let both = if summary.is_empty() || description.is_empty() {
        format!("{summary}{description}")
    } else {
        format!("{summary}\n\n{description}")
    };
    draft.head.description = draft.long(&both);
    let mut facts: Vec<ApiFact> = Vec::new();
    let contact = info.get("contact").unwrap_or(&Value::Null);
    for key in ["name", "email", "url"] {
        if let Some(value) = json::str(contact, key) {
            facts.push(draft.fact("Contact", value));
        }
    }
    let license = info.get("license").unwrap_or(&Value::Null);
    for key in ["name", "identifier", "url"] {
        if let Some(value) = json::str(license, key) {
            facts.push(draft.fact("Licence", value));
        }
    }
    if let Some(terms) = json::str(info, "termsOfService") {
        facts.push(draft.fact("Terms", terms));
    }
    draft.head.facts.extend(facts);
}

/// Reads the link to documentation elsewhere.
pub(crate) fn outside(value: &Value, draft: &mut Draft<'_>) {
    if let Some(url) = value
        .get("externalDocs")
        .and_then(|docs| json::str(docs, "url"))
    {
        let fact = draft.fact("More", url);
        draft.head.facts.push(fact);
    }
}

fn server(server: &Value, draft: &mut Draft<'_>) -> ApiServer {
    let variables = json::members(server, "variables").take(50);
    let variables = variables.map(|(name, variable)| {
        let default = json::text(variable, "default").unwrap_or_default();
        let others: Vec<String> = json::items(variable, "enum")
            .iter()
            .take(20)
            .map(json::plain)
            .collect();
        let among = if others.is_empty() {
            String::new()
        } else {
            format!(" (of {})", others.join(", "))
        };
        draft.fact(name, &format!("{default}{among}"))
    });
    let variables = variables.collect();
    ApiServer {
        url: draft.short(json::str(server, "url").unwrap_or("/")),
        protocol: None,
        description: json::description(draft, server),
        variables,
    }
}

/// Swagger has schemes, one host and one path.
fn old_servers(root: &Value, draft: &mut Draft<'_>) {
    let path = json::str(root, "basePath").unwrap_or("/");
    let Some(host) = json::str(root, "host") else {
        if root.get("basePath").is_some() {
            let url = draft.short(path);
            draft.head.servers.push(ApiServer {
                url,
                ..ApiServer::default()
            });
        }
        return;
    };
    let schemes: Vec<&str> = json::items(root, "schemes")
        .iter()
        .filter_map(Value::as_str)
        .take(8)
        .collect();
    for scheme in if schemes.is_empty() {
        vec!["https"]
    } else {
        schemes
    } {
        let url = draft.short(&format!("{scheme}://{host}{path}"));
        draft.head.servers.push(ApiServer {
            url,
            ..ApiServer::default()
        });
    }
}
