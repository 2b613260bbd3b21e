//! The rules that conditions are made of: what each compares, and the JSON Schema of its parameters.
use serde_json::{Value, json};

/// What is known about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// Name, such as `IS_ENTITY_OWNER`.
    pub name: &'static str,
    /// The type of thing it is about.
    pub resource_type: &'static str,
    /// The plugin that owns it.
    pub plugin: &'static str,
    /// When it holds.
    pub description: &'static str,
    /// What it compares with.
    pub(crate) params: &'static [Param],
}

/// One parameter of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) is_required: bool,
    pub(crate) description: &'static str,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Texts,
    /// References of users and groups.
    Refs,
    Number,
    Boolean,
}

impl Form {
    /// Returns the form in words.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts | Self::Refs => "a list of texts",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
        }
    }

    /// Tells whether a list is wanted.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::Texts | Self::Refs)
    }

    fn schema(self) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::Texts | Self::Refs => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Number => json!({ "type": "number" }),
            Self::Boolean => json!({ "type": "boolean" }),
        }
    }
}

/// Returns the rule with a name.
#[must_use]
pub fn find_rule(name: &str) -> Option<&'static RuleInfo> {
    RULES.iter().find(|known| known.name == name)
}

/// Returns the JSON Schema of the parameters of a rule, as Backstage's metadata route answers it.
#[must_use]
pub fn params_schema(rule: &RuleInfo) -> Value {
    let mut properties = serde_json::Map::new();
    for param in rule.params {
        let mut schema = param.form.schema();
        schema["description"] = param.description.into();
        properties.insert(param.name.to_owned(), schema);
    }
    let required = rule.params.iter().filter(|param| param.is_required);
    json!({
        "type": "object",
        "properties": properties,
        "required": required.map(|param| param.name).collect::<Vec<_>>(),
        "additionalProperties": false,
        "$schema": "http://json-schema.org/draft-07/schema#",
    })
}

/// Builds a parameter; a row of the tables.
const fn param(
    name: &'static str,
    form: Form,
    is_required: bool,
    description: &'static str,
) -> Param {
    Param {
        name,
        form,
        is_required,
        description,
    }
}

/// Builds a rule; a row of the table.
const fn row(
    plugin: &'static str,
    resource_type: &'static str,
    name: &'static str,
    description: &'static str,
    params: &'static [Param],
) -> RuleInfo {
    RuleInfo {
        name,
        resource_type,
        plugin,
        description,
        params,
    }
}

/// All known rules, those of one type of thing together.
#[rustfmt::skip]
pub const RULES: &[RuleInfo] = &[
    row("catalog", "catalog-entity", "HAS_ANNOTATION", "Holds for entities with an annotation", &[
        param("annotation", Form::Text, true, "Name of the annotation"),
        param("value", Form::Text, false, "Value that it must have"),
    ]),
    row("catalog", "catalog-entity", "HAS_LABEL", "Holds for entities with a label", &[
        param("label", Form::Text, true, "Name of the label"),
        param("value", Form::Text, false, "Value that it must have"),
    ]),
    row("catalog", "catalog-entity", "HAS_METADATA", "Holds for entities with a field in their metadata", &[
        param("key", Form::Text, true, "Path of the field within the metadata"),
        param("value", Form::Text, false, "Value that it must have"),
    ]),
    row("catalog", "catalog-entity", "HAS_SPEC", "Holds for entities with a field in their spec", &[
        param("key", Form::Text, true, "Path of the field within the spec"),
        param("value", Form::Text, false, "Value that it must have"),
    ]),
    row("catalog", "catalog-entity", "IS_ENTITY_KIND", "Holds for entities of some kinds", &[
        param("kinds", Form::Texts, true, "Kinds, of which one must be the entity's"),
    ]),
    row("catalog", "catalog-entity", "IS_ENTITY_OWNER", "Holds for entities that somebody owns", &[
        param("claims", Form::Refs, true, "Users and groups, of which one must be an owner"),
    ]),
    row("scaffolder", "scaffolder-action", "HAS_ACTION_ID", "Holds for actions with an id", &[
        param("actionId", Form::Text, true, "The id of the action"),
    ]),
    row("scaffolder", "scaffolder-action", "HAS_BOOLEAN_PROPERTY", "Holds for actions with a boolean in their input", &[
        param("key", Form::Text, true, "Path of the property within the input"),
        param("value", Form::Boolean, false, "Value that it must have"),
    ]),
    row("scaffolder", "scaffolder-action", "HAS_NUMBER_PROPERTY", "Holds for actions with a number in their input", &[
        param("key", Form::Text, true, "Path of the property within the input"),
        param("value", Form::Number, false, "Value that it must have"),
    ]),
    row("scaffolder", "scaffolder-action", "HAS_STRING_PROPERTY", "Holds for actions with a text in their input", &[
        param("key", Form::Text, true, "Path of the property within the input"),
        param("value", Form::Text, false, "Value that it must have"),
    ]),
    row("scaffolder", "scaffolder-template", "HAS_TAG", "Holds for parameters and steps with a tag", &[
        param("tag", Form::Text, true, "The tag"),
    ]),
    row("scaffolder", "scaffolder-task", "IS_TASK_OWNER", "Holds for tasks that somebody started", &[
        param("createdBy", Form::Refs, true, "Users, of which one must have started the task"),
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PERMISSIONS;

    #[test]
    fn every_rule_is_about_things_of_some_permission_of_its_plugin() {
        for rule in RULES {
            assert_eq!(find_rule(rule.name), Some(rule), "{}", rule.name);
            assert!(
                PERMISSIONS
                    .iter()
                    .any(|known| known.resource_type == Some(rule.resource_type)
                        && known.plugin == rule.plugin),
                "{}",
                rule.name
            );
        }
    }

    #[test]
    fn the_schema_is_that_of_the_metadata_route() {
        let schema = params_schema(find_rule("HAS_ANNOTATION").unwrap());
        assert_eq!(
            schema,
            json!({
                "type": "object",
                "properties": {
                    "annotation": { "type": "string", "description": "Name of the annotation" },
                    "value": { "type": "string", "description": "Value that it must have" },
                },
                "required": ["annotation"],
                "additionalProperties": false,
                "$schema": "http://json-schema.org/draft-07/schema#",
            })
        );
        let schema = params_schema(find_rule("IS_ENTITY_OWNER").unwrap());
        assert_eq!(schema["properties"]["claims"]["type"], "array");
        assert_eq!(schema["properties"]["claims"]["items"]["type"], "string");
    }
}
