//! Who may ask, and how that is proven.
use callboard_model::view::{ApiFact, ApiSecurity};
use serde_json::Value;

use crate::{draft::Draft, json, refs};

/// Schemes that are kept.
const MAX_SCHEMES: usize = 100;

/// Reads the ways to prove who asks.
pub(crate) fn read(root: &Value, draft: &mut Draft<'_>) {
    let components = root.get("components").unwrap_or(&Value::Null);
    let schemes = json::members(components, "securitySchemes")
        .chain(json::members(root, "securityDefinitions"));
    for (name, scheme) in schemes.take(MAX_SCHEMES) {
        if let Some(scheme) = refs::followed(root, scheme, draft) {
            let security = ApiSecurity {
                name: draft.short(name),
                kind: draft.short(&kind(scheme)),
                description: json::description(draft, scheme),
                facts: facts(scheme, draft),
            };
            draft.head.security.push(security);
        }
    }
}

/// Returns in words what a scheme is.
fn kind(scheme: &Value) -> String {
    let place = json::str(scheme, "in").unwrap_or("header");
    match json::str(scheme, "type").unwrap_or_default() {
        "apiKey" | "httpApiKey" => match json::str(scheme, "name") {
            Some(name) => format!("API key `{name}` in {place}"),
            None => format!("API key in {place}"),
        },
        "basic" | "userPassword" => "User name and password".to_owned(),
        "http" => match json::str(scheme, "scheme").unwrap_or_default() {
            "basic" => "User name and password (HTTP basic)".to_owned(),
            "bearer" => match json::str(scheme, "bearerFormat") {
                Some(format) => format!("Bearer token ({format})"),
                None => "Bearer token".to_owned(),
            },
            other => format!("HTTP {other}"),
        },
        "oauth2" => "OAuth 2".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        "mutualTLS" | "X509" => "Client certificate".to_owned(),
        other => other.to_owned(),
    }
}

fn facts(scheme: &Value, draft: &mut Draft<'_>) -> Vec<ApiFact> {
    let mut facts = Vec::new();
    let mut flow = |flow: &Value, draft: &mut Draft<'_>| {
        for (key, name) in [
            ("authorizationUrl", "authorization"),
            ("tokenUrl", "token"),
            ("refreshUrl", "refresh"),
        ] {
            if let Some(url) = json::str(flow, key) {
                facts.push(draft.fact(name, url));
            }
        }
        let scopes = json::members(flow, "scopes").chain(json::members(flow, "availableScopes"));
        for (scope, meaning) in scopes.take(200) {
            facts.push(draft.fact(&format!("scope {scope}"), &json::plain(meaning)));
        }
    };
    // Swagger has one flow, and says so in the scheme itself.
    flow(scheme, draft);
    for (_, one) in json::members(scheme, "flows").take(8) {
        flow(one, draft);
    }
    if let Some(url) = json::str(scheme, "openIdConnectUrl") {
        facts.push(draft.fact("discovery", url));
    }
    facts
}

/// Returns what an operation asks for, each line enough by itself; nothing when the definition says nothing.
pub(super) fn needed(
    root: &Value,
    operation: &Value,
    draft: &mut Draft<'_>,
) -> Option<Vec<String>> {
    let list = operation
        .get("security")
        .or_else(|| root.get("security"))?
        .as_array()?;
    let lines = list.iter().take(20).map(|one| {
        let all = one.as_object().into_iter().flatten().map(|(name, scopes)| {
            let scopes = scopes.as_array().map_or(&[][..], Vec::as_slice);
            let scopes: Vec<String> = scopes.iter().take(50).map(json::plain).collect();
            if scopes.is_empty() {
                name.clone()
            } else {
                format!("{name} ({})", scopes.join(", "))
            }
        });
        let all: Vec<String> = all.collect();
        let line = if all.is_empty() {
            "nothing".to_owned()
        } else {
            all.join(" and ")
        };
        draft.short(&line)
    });
    Some(lines.collect())
}
