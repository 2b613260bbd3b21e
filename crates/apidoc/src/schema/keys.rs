//! The keys of a schema, found in one pass: a definition has tens of thousands of schemas.
use serde_json::{Map, Value};

/// What a schema says, by key; facts are left to [`super::facts`].
#[derive(Default)]
pub(super) struct Keys<'v> {
    pub(super) reference: Option<&'v str>,
    pub(super) kind: Option<&'v Value>,
    pub(super) title: Option<&'v str>,
    pub(super) description: Option<&'v str>,
    pub(super) format: Option<&'v str>,
    pub(super) deprecated: bool,
    pub(super) example: Option<&'v Value>,
    pub(super) values: &'v [Value],
    pub(super) about_values: &'v [Value],
    pub(super) constant: Option<&'v Value>,
    pub(super) required: &'v [Value],
    pub(super) properties: Option<&'v Map<String, Value>>,
    pub(super) pattern_properties: Option<&'v Map<String, Value>>,
    pub(super) prefix_items: &'v [Value],
    pub(super) items: Option<&'v Value>,
    pub(super) additional: Option<&'v Value>,
    pub(super) discriminator: Option<&'v str>,
    pub(super) all_of: &'v [Value],
    pub(super) one_of: &'v [Value],
    pub(super) any_of: &'v [Value],
    pub(super) not: Option<&'v Value>,
    /// Keys that are shown with their values.
    pub(super) others: Vec<(&'v str, &'v Value)>,
}

impl<'v> Keys<'v> {
    pub(super) fn of(members: &'v Map<String, Value>) -> Self {
        let mut keys = Self::default();
        for (key, value) in members {
            keys.take(key, value);
        }
        keys
    }

    fn take(&mut self, key: &'v str, value: &'v Value) {
        let list = || value.as_array().map_or(&[][..], Vec::as_slice);
        match key {
            "$ref" | "$dynamicRef" => self.reference = value.as_str(),
            "type" => self.kind = Some(value),
            "title" => self.title = value.as_str(),
            "description" => self.description = value.as_str(),
            "format" => self.format = value.as_str(),
            "deprecated" => self.deprecated = value.as_bool().unwrap_or(false),
            "example" => self.example = Some(value),
            "examples" => self.example = self.example.or_else(|| list().first()),
            "enum" => self.values = list(),
            "x-enum-descriptions" => self.about_values = list(),
            "const" => {
                self.constant = Some(value);
                self.others.push((key, value));
            }
            "required" => self.required = list(),
            "properties" => self.properties = value.as_object(),
            "patternProperties" => self.pattern_properties = value.as_object(),
            "prefixItems" => self.prefix_items = list(),
            "items" => self.items = Some(value),
            "additionalProperties" => {
                self.additional = Some(value);
                self.others.push((key, value));
            }
            "discriminator" => {
                let inner = value.get("propertyName").unwrap_or(value);
                self.discriminator = inner.as_str();
            }
            "allOf" => self.all_of = list(),
            "oneOf" => self.one_of = list(),
            "anyOf" => self.any_of = list(),
            "not" => self.not = Some(value).filter(|not| not.is_object()),
            _ => self.others.push((key, value)),
        }
    }
}
