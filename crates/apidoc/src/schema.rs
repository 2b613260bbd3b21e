//! JSON Schema, in the dialects of OpenAPI and AsyncAPI, as a type.
mod facts;
mod keys;
mod label;

use callboard_model::view::{ApiChoice, ApiChoices, ApiField, ApiSchema};
use serde_json::Value;

use keys::Keys;

use crate::{
    draft::{Draft, MAX_DEPTH},
    json, refs,
};

/// Reads schemas of one document.
pub(crate) struct Schemas<'v, 'd, 't> {
    pub(crate) root: &'v Value,
    pub(crate) draft: &'d mut Draft<'t>,
    /// References that are being followed, so that one that contains itself ends.
    following: Vec<&'v str>,
}

impl<'v, 'd, 't> Schemas<'v, 'd, 't> {
    pub(crate) fn new(root: &'v Value, draft: &'d mut Draft<'t>) -> Self {
        Self {
            root,
            draft,
            following: Vec::new(),
        }
    }

    /// Reads a schema.
    pub(crate) fn read(&mut self, value: &'v Value) -> ApiSchema {
        self.at(value, 0)
    }

    fn at(&mut self, value: &'v Value, depth: usize) -> ApiSchema {
        if depth >= MAX_DEPTH || !self.draft.node() {
            return ApiSchema {
                label: "…".to_owned(),
                cut: true,
                ..ApiSchema::default()
            };
        }
        match value {
            Value::Bool(true) => label::word("anything"),
            Value::Bool(false) => label::word("nothing"),
            Value::Object(members) => {
                self.draft.worked(members.len());
                let keys = Keys::of(members);
                match keys.reference {
                    Some(pointer) => self.reference(&keys, pointer, depth),
                    None => self.inline(&keys, depth),
                }
            }
            _ => label::word("unknown"),
        }
    }

    /// A type that has its own page is a link; anything else is read where it is used.
    fn reference(&mut self, keys: &Keys<'v>, pointer: &'v str, depth: usize) -> ApiSchema {
        let Some(target) = refs::find(self.root, pointer) else {
            refs::lost(pointer, self.draft);
            return label::word(pointer.rsplit(['/', '#']).next().unwrap_or(pointer));
        };
        let mut schema = match refs::type_name(pointer) {
            Some(name) => ApiSchema {
                label: self.draft.short(&name),
                base: target
                    .as_object()
                    .map(|members| label::base(&Keys::of(members)))
                    .unwrap_or_default(),
                link: Some(name),
                ..ApiSchema::default()
            },
            None if self.following.contains(&pointer) => ApiSchema {
                cut: true,
                ..label::word("itself")
            },
            None => {
                self.following.push(pointer);
                let schema = self.at(target, depth + 1);
                self.following.pop();
                schema
            }
        };
        // Since OpenAPI 3.1 a reference can say more beside it.
        if let Some(description) = keys.description.and_then(|text| self.draft.long(text)) {
            schema.description = Some(description);
        }
        schema.deprecated |= keys.deprecated;
        schema
    }

    fn inline(&mut self, keys: &Keys<'v>, depth: usize) -> ApiSchema {
        let about = keys.description.or(keys.title);
        let mut schema = ApiSchema {
            base: label::base(keys),
            description: about.and_then(|text| self.draft.long(text)),
            deprecated: keys.deprecated,
            format: keys.format.map(|format| self.draft.short(format)),
            facts: facts::facts(self.draft, keys),
            values: facts::values(self.draft, keys),
            example: keys
                .example
                .and_then(|example| self.draft.long(&json::plain(example))),
            ..ApiSchema::default()
        };
        self.fields(keys, depth, &mut schema);
        self.items(keys, depth, &mut schema);
        self.choices(keys, depth, &mut schema);
        schema.label = self.draft.short(&label::label(keys, &schema));
        schema
    }

    fn fields(&mut self, keys: &Keys<'v>, depth: usize, schema: &mut ApiSchema) {
        let required: Vec<&str> = keys
            .required
            .iter()
            .filter_map(Value::as_str)
            .take(1_000)
            .collect();
        for (name, property) in keys.properties.into_iter().flatten() {
            let field = ApiField {
                name: self.draft.short(name),
                required: required.contains(&name.as_str()),
                schema: self.at(property, depth + 1),
                arguments: Vec::new(),
            };
            schema.fields.push(field);
        }
        for (pattern, property) in keys.pattern_properties.into_iter().flatten() {
            let field = ApiField {
                name: self.draft.short(&format!("/{pattern}/")),
                schema: self.at(property, depth + 1),
                ..ApiField::default()
            };
            schema.fields.push(field);
        }
        for (place, item) in keys.prefix_items.iter().enumerate() {
            let field = ApiField {
                name: format!("[{place}]"),
                schema: self.at(item, depth + 1),
                ..ApiField::default()
            };
            schema.fields.push(field);
        }
    }

    /// Items of a list, or values of a map.
    fn items(&mut self, keys: &Keys<'v>, depth: usize, schema: &mut ApiSchema) {
        let of_map = keys.additional.filter(|of_map| of_map.is_object());
        let Some(inner) = keys.items.filter(|items| items.is_object()).or(of_map) else {
            return;
        };
        let inner = self.at(inner, depth + 1);
        if schema.base == "object" {
            if !schema.fields.is_empty() {
                schema.fields.push(ApiField {
                    name: "*".to_owned(),
                    schema: inner,
                    ..ApiField::default()
                });
                return;
            }
            "map".clone_into(&mut schema.base);
        }
        schema.link.clone_from(&inner.link);
        schema.items = Some(Box::new(inner));
    }

    fn choices(&mut self, keys: &Keys<'v>, depth: usize, schema: &mut ApiSchema) {
        for (list, how) in [
            (keys.all_of, ApiChoice::All),
            (keys.one_of, ApiChoice::One),
            (keys.any_of, ApiChoice::Any),
        ] {
            let schemas: Vec<ApiSchema> = list.iter().map(|one| self.at(one, depth + 1)).collect();
            if !schemas.is_empty() {
                let name = keys.discriminator.filter(|_| how != ApiChoice::All);
                schema.choices.push(ApiChoices {
                    how,
                    name: name.map(|name| self.draft.short(name)),
                    schemas,
                });
            }
        }
        if let Some(not) = keys.not {
            schema.choices.push(ApiChoices {
                how: ApiChoice::Not,
                name: None,
                schemas: vec![self.at(not, depth + 1)],
            });
        }
    }
}
