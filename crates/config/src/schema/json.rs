//! The keys as JSON Schema 2020-12, for editors.
use serde_json::{Map, Value as Json, json};

use super::{Key, ROOT, Usage};

/// Returns the JSON Schema of `app-config.yaml`.
///
/// Unknown keys are allowed, and every value may be written as a substitution or be null, which unsets it.
#[must_use]
pub fn schema_json() -> Json {
    let mut schema = match describe(&ROOT) {
        Json::Object(schema) => schema,
        other => Map::from_iter([("const".to_owned(), other)]),
    };
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!("app-config.yaml"));
    schema.insert(
        "$defs".to_owned(),
        json!({ "substitution": substitution() }),
    );
    Json::Object(schema)
}

fn substitution() -> Json {
    let special = |key: &str| {
        json!({
            "type": "object",
            "properties": { key: { "type": "string" } },
            "required": [key],
            "additionalProperties": false,
        })
    };
    json!({
        "description": "A value from the environment or another file, or null to unset a value of a lower layer.",
        "anyOf": [
            { "type": "string", "pattern": r"\$\{[^{}]*\}" },
            special("$env"),
            special("$file"),
            special("$include"),
            { "type": "null" },
        ],
    })
}

fn describe(key: &Key) -> Json {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(description(key)));
    if let Some(default) = plain_default(key) {
        schema.insert("default".to_owned(), default);
    }
    if key.secret {
        schema.insert("visibility".to_owned(), json!("secret"));
    }
    match key.usage {
        Usage::Unused => return Json::Object(schema),
        Usage::Old(_) => {
            schema.insert("deprecated".to_owned(), json!(true));
            return Json::Object(schema);
        }
        Usage::Used => {}
    }
    let mut forms: Vec<_> = key.forms.iter().map(|form| form.schema()).collect();
    for form in forms.iter_mut().filter_map(Json::as_object_mut) {
        match form.get("type").and_then(Json::as_str) {
            Some("object") => map_schema(form, key),
            Some("array") => list_schema(form, key),
            _ => {}
        }
    }
    forms.push(json!({ "$ref": "#/$defs/substitution" }));
    schema.insert("anyOf".to_owned(), Json::Array(forms));
    Json::Object(schema)
}

fn description(key: &Key) -> String {
    match key.usage {
        Usage::Used => key.doc.to_owned(),
        Usage::Unused => format!(
            "{} Backstage knows this key; Callboard does not use it.",
            key.doc
        ),
        Usage::Old(advice) => format!("{} {advice}.", key.doc),
    }
}

/// Returns the default as a value, where it is one and not a description.
fn plain_default(key: &Key) -> Option<Json> {
    let text = key.default.strip_prefix('`')?.strip_suffix('`')?;
    if text.contains(['<', '[', '`']) || key.forms.contains(&super::Form::Url) {
        return None;
    }
    Some(serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
}

fn map_schema(schema: &mut Map<String, Json>, key: &Key) {
    if let Some(any) = key.any {
        schema.insert("additionalProperties".to_owned(), describe(any));
    }
    if key.keys.is_empty() {
        return;
    }
    let properties = key
        .keys
        .iter()
        .map(|inner| (inner.name.to_owned(), describe(inner)));
    schema.insert("properties".to_owned(), Json::Object(properties.collect()));
    let required: Vec<_> = key
        .keys
        .iter()
        .filter(|inner| inner.required)
        .map(|inner| inner.name)
        .collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
}

fn list_schema(schema: &mut Map<String, Json>, key: &Key) {
    if let Some(items) = key.items {
        schema.insert("items".to_owned(), describe(items));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::schema_json;

    #[test]
    fn maps_that_take_any_key_say_what_it_holds() {
        let schema = schema_json();
        let root = &schema["anyOf"][0]["properties"];
        let csp = &root["backend"]["anyOf"][0]["properties"]["csp"]["anyOf"][0];
        assert_eq!(csp["additionalProperties"]["anyOf"][0]["type"], "array");
        let providers = &root["auth"]["anyOf"][0]["properties"]["providers"]["anyOf"][0];
        let section = |provider: &serde_json::Value| {
            provider["anyOf"][0]["additionalProperties"]["anyOf"][0]["properties"].clone()
        };
        let github = section(&providers["properties"]["github"]);
        assert_eq!(github["clientSecret"]["visibility"], "secret");
        assert_eq!(
            section(&providers["additionalProperties"])["metadataUrl"]["anyOf"][0]["format"],
            "uri"
        );
    }

    #[test]
    fn the_schema_describes_keys_defaults_and_secrets() {
        let schema = schema_json();
        let backend = &schema["anyOf"][0]["properties"]["backend"]["anyOf"][0]["properties"];
        let listen = &backend["listen"];
        assert_eq!(listen["default"], json!(":7007"));
        assert_eq!(
            listen["anyOf"][2]["properties"]["port"]["default"],
            json!(7007)
        );
        let connection =
            &backend["database"]["anyOf"][0]["properties"]["connection"]["anyOf"][1]["properties"];
        assert_eq!(connection["password"]["visibility"], json!("secret"));
        let location =
            &schema["anyOf"][0]["properties"]["catalog"]["anyOf"][0]["properties"]["locations"];
        assert_eq!(
            location["anyOf"][0]["items"]["anyOf"][0]["required"],
            json!(["type", "target"])
        );
        assert_eq!(
            schema["anyOf"][1],
            json!({ "$ref": "#/$defs/substitution" })
        );
    }
}
