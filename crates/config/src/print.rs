//! Prints the merged configuration as YAML, with secrets masked.
use serde_json::Value as Json;

use crate::load::Loaded;
use crate::schema::{Key, ROOT, Usage};
use crate::secret::{MASK, looks_secret, reads_secret, without_credentials};
use crate::tree::{Data, Value};

/// Returns the merged configuration as YAML.
///
/// Without `with_secrets`, keys that are described as secret, keys the portal does not read whose name sounds
/// secret, values from variables whose name sounds secret, and credentials in URLs are shown as `<secret>`.
#[must_use]
pub fn print(loaded: &Loaded, with_secrets: bool) -> String {
    let value = match with_secrets {
        true => loaded.value.clone(),
        false => masked(&loaded.tree, Some(&ROOT), false),
    };
    serde_yaml::to_string(&value).expect("every JSON value has a form in YAML")
}

/// Masks a value that `key` describes, or that is `hidden` because a key above it sounds secret.
fn masked(value: &Value, key: Option<&Key>, hidden: bool) -> Json {
    let secret = hidden || key.is_some_and(|key| key.secret);
    match &value.data {
        Data::Map(map) => {
            let pairs = map.entries.iter().map(|entry| {
                let used = |inner: &&Key| inner.usage == Usage::Used;
                let inner = key
                    .and_then(|key| key.inner(&entry.key, &entry.value))
                    .filter(used);
                let by_name = inner.is_some_and(|inner| inner.name == entry.key);
                let hidden = hidden || (!by_name && looks_secret(&entry.key));
                (entry.key.clone(), masked(&entry.value, inner, hidden))
            });
            Json::Object(pairs.collect())
        }
        Data::List(items) => {
            let inner = key.and_then(|key| key.items);
            items
                .iter()
                .map(|item| masked(item, inner, secret))
                .collect()
        }
        Data::Null | Data::Bool(_) => value.to_json(),
        Data::Number(_) | Data::Text(_) if secret => MASK.into(),
        Data::Number(_) => value.to_json(),
        Data::Text(_) if value.origin.written.as_deref().is_some_and(reads_secret) => MASK.into(),
        Data::Text(text) => without_credentials(text).into(),
    }
}
