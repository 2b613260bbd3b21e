//! The `fields` parameter: only these dotted paths of each entity are answered.
//!
//! Keys may themselves contain dots, as annotations do; the longest key that fits is taken.
use serde_json::{Map, Value};

use super::query::MAX_ITEMS;
use crate::error::AppError;

/// The paths a client asked for; none means whole entities.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<String>);

impl Fields {
    /// Reads the parameter.
    ///
    /// # Errors
    /// When a path addresses a list item, which Backstage does not support either.
    pub(super) fn parse(parameters: &[String]) -> Result<Self, AppError> {
        let all = parameters
            .iter()
            .flat_map(|text| text.split(','))
            .map(str::trim);
        let paths: Vec<String> = all
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        if paths.len() > MAX_ITEMS {
            return Err(AppError::Invalid(format!(
                "{} fields are more than {MAX_ITEMS}",
                paths.len()
            )));
        }
        match paths.iter().find(|path| path.contains('[')) {
            Some(path) => Err(AppError::Invalid(format!(
                "invalid field \"{path}\": list items cannot be addressed"
            ))),
            None => Ok(Self(paths)),
        }
    }

    /// Cuts an entity down; the text is passed through where whole entities are wanted.
    pub(super) fn apply(&self, body: String) -> String {
        if self.0.is_empty() {
            return body;
        }
        let Ok(entity) = serde_json::from_str::<Value>(&body) else {
            return body;
        };
        let mut cut = Map::new();
        for path in &self.0 {
            copy(&entity, path, &mut cut);
        }
        Value::Object(cut).to_string()
    }
}

fn copy(from: &Value, path: &str, to: &mut Map<String, Value>) {
    let Value::Object(map) = from else { return };
    let fits = |key: &&String| {
        let rest = path.strip_prefix(key.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let Some(key) = map.keys().filter(fits).max_by_key(|key| key.len()) else {
        return;
    };
    let value = &map[key];
    match path.get(key.len() + 1..) {
        None => {
            to.insert(key.clone(), value.clone());
        }
        Some(rest) => {
            let mut inner = match to.get(key) {
                Some(Value::Object(inner)) => inner.clone(),
                Some(_) => return,
                None => Map::new(),
            };
            copy(value, rest, &mut inner);
            if !inner.is_empty() {
                to.insert(key.clone(), Value::Object(inner));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(fields: &str, want: &Value) {
        let entity = json!({"kind": "A", "metadata": {"name": "n", "annotations": {"a.b/c": "1", "x": "2"}},
            "spec": {"type": "t"}});
        let fields = Fields::parse(&[fields.to_owned()]).unwrap();
        let got: Value = serde_json::from_str(&fields.apply(entity.to_string())).unwrap();
        assert_eq!(got, *want);
    }

    #[test]
    fn fields_cut_an_entity_down() {
        check(
            "kind,metadata.name",
            &json!({"kind": "A", "metadata": {"name": "n"}}),
        );
        check(
            "metadata.annotations.a.b/c",
            &json!({"metadata": {"annotations": {"a.b/c": "1"}}}),
        );
        check("spec.nothing,spec.type", &json!({"spec": {"type": "t"}}));
        check("nothing", &json!({}));
    }

    #[test]
    fn a_list_item_cannot_be_addressed() {
        assert!(Fields::parse(&["metadata.tags[0]".to_owned()]).is_err());
    }
}
