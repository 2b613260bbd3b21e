//! One document out of many: references of an OpenAPI or AsyncAPI document to other files are replaced by what they
//! mean.
//!
//! Source: Backstage's `$openapi` and `$asyncapi`, which bundle in the manner of json-schema-ref-parser: the first
//! reference to a part of another file is replaced by that part, every further one points to the first, so a circle
//! stays finite. References within the document itself stay as they are.
use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::LocationRef;

/// Most files that one document may be made of.
const MAX_FILES: usize = 500;

/// Most parts that are put in; one document of a real API has some hundreds.
const MAX_PARTS: usize = 20_000;

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 200;

/// Where the other files come from.
pub(crate) trait Files {
    /// Reads the file that `target` means, seen from `base`, as YAML or JSON.
    fn load(&mut self, base: &LocationRef, target: &str) -> Result<(LocationRef, Value), String>;
}

/// Replaces references to other files.
///
/// # Errors
/// When a file cannot be read, a reference leads nowhere, or there are too many of them.
pub(crate) fn bundle(
    place: &LocationRef,
    root: Value,
    files: &mut dyn Files,
) -> Result<Value, String> {
    let mut bundler = Bundler {
        root: place.clone(),
        files,
        loaded: HashMap::new(),
        places: HashMap::new(),
        parts: 0,
    };
    bundler.walk(place, root, &mut Vec::new())
}

struct Bundler<'a> {
    root: LocationRef,
    files: &'a mut dyn Files,
    loaded: HashMap<LocationRef, Value>,
    /// Files by the file that names them and the name there.
    places: HashMap<(LocationRef, String), LocationRef>,
    parts: usize,
}

impl Bundler<'_> {
    fn walk(
        &mut self,
        place: &LocationRef,
        value: Value,
        path: &mut Vec<String>,
    ) -> Result<Value, String> {
        let mut seen = HashMap::new();
        self.walk_seen(place, value, path, &mut seen)
    }

    /// Walks a value of the file `place` that stands at `path` of the result.
    fn walk_seen(
        &mut self,
        place: &LocationRef,
        value: Value,
        path: &mut Vec<String>,
        seen: &mut HashMap<(LocationRef, String), String>,
    ) -> Result<Value, String> {
        if path.len() > MAX_DEPTH {
            return Err(format!("references are nested more than {MAX_DEPTH} deep"));
        }
        match value {
            Value::Array(items) => {
                let mut walked = Vec::with_capacity(items.len());
                for (at, item) in items.into_iter().enumerate() {
                    path.push(at.to_string());
                    walked.push(self.walk_seen(place, item, path, seen)?);
                    path.pop();
                }
                Ok(Value::Array(walked))
            }
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref")
                    && (*place != self.root || !reference.starts_with('#'))
                {
                    let reference = reference.clone();
                    return self.replace(place, &reference, path, seen);
                }
                let mut walked = Map::new();
                for (key, item) in map {
                    path.push(key.replace('~', "~0").replace('/', "~1"));
                    let item = self.walk_seen(place, item, path, seen)?;
                    path.pop();
                    walked.insert(key, item);
                }
                Ok(Value::Object(walked))
            }
            other => Ok(other),
        }
    }

    fn replace(
        &mut self,
        place: &LocationRef,
        reference: &str,
        path: &mut Vec<String>,
        seen: &mut HashMap<(LocationRef, String), String>,
    ) -> Result<Value, String> {
        let (target, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if target.is_empty() {
            place.clone()
        } else {
            self.load(place, target)?
        };
        if file == self.root {
            return Ok(json!({"$ref": format!("#{pointer}")}));
        }
        let key = (file.clone(), pointer.to_owned());
        if let Some(first) = seen.get(&key) {
            return Ok(json!({"$ref": first}));
        }
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(format!(
                "there are more than {MAX_PARTS} references to other files"
            ));
        }
        let part = self
            .loaded
            .get(&file)
            .and_then(|document| document.pointer(pointer))
            .cloned()
            .ok_or_else(|| format!("{reference} leads nowhere"))?;
        seen.insert(key, format!("#/{}", path.join("/")));
        self.walk_seen(&file, part, path, seen)
    }

    fn load(&mut self, base: &LocationRef, target: &str) -> Result<LocationRef, String> {
        let key = (base.clone(), target.to_owned());
        if let Some(known) = self.places.get(&key) {
            return Ok(known.clone());
        }
        if self.places.len() >= MAX_FILES {
            return Err(format!("it is made of more than {MAX_FILES} files"));
        }
        let (place, value) = self.files.load(base, target)?;
        if place != self.root {
            self.loaded.entry(place.clone()).or_insert(value);
        }
        self.places.insert(key, place.clone());
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fake(Vec<(&'static str, Value)>);

    impl Files for Fake {
        fn load(&mut self, _: &LocationRef, target: &str) -> Result<(LocationRef, Value), String> {
            let found = self.0.iter().find(|(name, _)| *name == target);
            let (name, value) = found.ok_or_else(|| format!("cannot read {target}"))?;
            Ok((LocationRef::url(*name), value.clone()))
        }
    }

    fn check(root: Value, files: Vec<(&'static str, Value)>, want: &Result<Value, String>) {
        let place = LocationRef::url("root");
        assert_eq!(bundle(&place, root, &mut Fake(files)), *want);
    }

    #[test]
    fn parts_of_other_files_are_put_in_once() {
        check(
            json!({"a": {"$ref": "other#/x"}, "b": {"$ref": "other#/x"}, "c": {"$ref": "#/a"}}),
            vec![("other", json!({"x": {"type": "string"}}))],
            &Ok(json!({"a": {"type": "string"}, "b": {"$ref": "#/a"}, "c": {"$ref": "#/a"}})),
        );
    }

    #[test]
    fn a_circle_between_files_ends() {
        check(
            json!({"a": {"$ref": "node#/Node"}}),
            vec![("node", json!({"Node": {"next": {"$ref": "#/Node"}}}))],
            &Ok(json!({"a": {"next": {"$ref": "#/a"}}})),
        );
    }

    #[test]
    fn a_reference_back_to_the_root_stays_within_it() {
        check(
            json!({"a": {"$ref": "other"}, "b": 1}),
            vec![("other", json!({"$ref": "root#/b"})), ("root", json!({}))],
            &Ok(json!({"a": {"$ref": "#/b"}, "b": 1})),
        );
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_named() {
        check(
            json!({"a": {"$ref": "other#/y"}}),
            vec![("other", json!({}))],
            &Err("other#/y leads nowhere".to_owned()),
        );
    }
}
