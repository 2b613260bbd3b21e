//! Conditions as JSON, exactly as Backstage writes them, with bounds on what is read.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::SerializeMap};
use serde_json::{Map, Value};

use super::Condition;

/// How deep conditions may be nested.
pub(crate) const MAX_DEPTH: usize = 20;

/// How many conditions, those that hold others included, one may consist of.
pub(crate) const MAX_COUNT: usize = 500;

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::AllOf(all) => map.serialize_entry("allOf", all)?,
            Self::AnyOf(any) => map.serialize_entry("anyOf", any)?,
            Self::Not(inner) => map.serialize_entry("not", inner)?,
            Self::Rule {
                rule,
                resource_type,
                params,
            } => {
                map.serialize_entry("rule", rule)?;
                map.serialize_entry("resourceType", resource_type)?;
                map.serialize_entry("params", params)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        read(value, 1, &mut 0).map_err(D::Error::custom)
    }
}

fn read(value: Value, depth: usize, count: &mut usize) -> Result<Condition, String> {
    if depth > MAX_DEPTH {
        return Err(format!("conditions are nested more than {MAX_DEPTH} deep"));
    }
    *count += 1;
    if *count > MAX_COUNT {
        return Err(format!("there are more than {MAX_COUNT} conditions"));
    }
    let Value::Object(mut map) = value else {
        return Err("expected a condition, which is an object".to_owned());
    };
    let known = ["allOf", "anyOf", "not"];
    let Some(key) = known.into_iter().find(|key| map.contains_key(*key)) else {
        return read_rule(map);
    };
    if map.len() > 1 {
        return Err(format!("{key} has to stand alone"));
    }
    let inner = map.remove(key).unwrap_or_default();
    match key {
        "allOf" => read_list(inner, key, depth, count).map(Condition::AllOf),
        "anyOf" => read_list(inner, key, depth, count).map(Condition::AnyOf),
        _ => read(inner, depth + 1, count).map(|inner| Condition::Not(Box::new(inner))),
    }
}

fn read_list(
    value: Value,
    key: &str,
    depth: usize,
    count: &mut usize,
) -> Result<Vec<Condition>, String> {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items = items.into_iter();
            items.map(|item| read(item, depth + 1, count)).collect()
        }
        _ => Err(format!("{key} needs a list with at least one condition")),
    }
}

fn read_rule(mut map: Map<String, Value>) -> Result<Condition, String> {
    let mut text = |key: &str| match map.remove(key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(format!("a condition needs {key}, which is text")),
    };
    let rule = text("rule")?;
    let resource_type = text("resourceType")?;
    let params = match map.remove("params") {
        None => Map::new(),
        Some(Value::Object(params)) => params,
        Some(_) => return Err("params has to be an object".to_owned()),
    };
    match map.keys().next() {
        None => Ok(Condition::Rule {
            rule,
            resource_type,
            params,
        }),
        Some(_) => Err("a condition has only rule, resourceType and params".to_owned()),
    }
}
