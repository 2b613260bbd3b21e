//! Types of GraphQL's schema language.
use apollo_parser::cst::{self, Definition, Type};
use callboard_model::view::{
    ApiChoice, ApiChoices, ApiFact, ApiField, ApiNamed, ApiParameter, ApiSchema,
};

use super::{name, source};
use crate::draft::Draft;

/// Makes what kinds of types have in common of a definition, or of an extension, which has no description.
macro_rules! base {
    ($node:expr, $base:literal, $about:expr, $draft:expr) => {
        (
            name($node.name()),
            schema($base, $about, $node.directives(), $draft),
        )
    };
}

/// Returns the named type of a definition or of an extension.
pub(super) fn named(definition: &Definition, draft: &mut Draft<'_>) -> Option<ApiNamed> {
    if !draft.node() {
        return None;
    }
    let (kind, (name, mut schema)) = objects(definition, draft)
        .or_else(|| inputs(definition, draft))
        .or_else(|| enums_and_unions(definition, draft))
        .or_else(|| others(definition, draft))?;
    schema.label = draft.short(kind);
    let name = draft.short(&name);
    (!name.is_empty()).then(|| ApiNamed {
        name,
        kind: kind.to_owned(),
        schema,
    })
}

/// The word for a type, its name and its schema.
type Found = Option<(&'static str, (String, ApiSchema))>;

fn objects(definition: &Definition, draft: &mut Draft<'_>) -> Found {
    macro_rules! object {
        ($node:expr, $kind:literal, $about:expr) => {{
            let (name, mut schema) = base!($node, "object", $about, draft);
            implements($node.implements_interfaces(), &mut schema, draft);
            fields($node.fields_definition(), &mut schema, draft);
            Some(($kind, (name, schema)))
        }};
    }
    match definition {
        Definition::ObjectTypeDefinition(node) => object!(node, "type", node.description()),
        Definition::ObjectTypeExtension(node) => object!(node, "type", None),
        Definition::InterfaceTypeDefinition(node) => object!(node, "interface", node.description()),
        Definition::InterfaceTypeExtension(node) => object!(node, "interface", None),
        _ => None,
    }
}

fn inputs(definition: &Definition, draft: &mut Draft<'_>) -> Found {
    let ((name, mut schema), list) = match definition {
        Definition::InputObjectTypeDefinition(node) => (
            base!(node, "object", node.description(), draft),
            node.input_fields_definition(),
        ),
        Definition::InputObjectTypeExtension(node) => (
            base!(node, "object", None, draft),
            node.input_fields_definition(),
        ),
        _ => return None,
    };
    let list = list
        .iter()
        .flat_map(cst::InputFieldsDefinition::input_value_definitions);
    schema.fields = list.map(|one| input(&one, draft)).collect();
    Some(("input", (name, schema)))
}

fn enums_and_unions(definition: &Definition, draft: &mut Draft<'_>) -> Found {
    macro_rules! listed {
        ($node:expr, $kind:literal, $about:expr, $add:ident, $list:ident) => {{
            let (name, mut schema) = base!($node, $kind, $about, draft);
            $add($node.$list(), &mut schema, draft);
            Some(($kind, (name, schema)))
        }};
    }
    match definition {
        Definition::EnumTypeDefinition(node) => {
            listed!(
                node,
                "enum",
                node.description(),
                values,
                enum_values_definition
            )
        }
        Definition::EnumTypeExtension(node) => {
            listed!(node, "enum", None, values, enum_values_definition)
        }
        Definition::UnionTypeDefinition(node) => {
            listed!(node, "union", node.description(), union, union_member_types)
        }
        Definition::UnionTypeExtension(node) => {
            listed!(node, "union", None, union, union_member_types)
        }
        _ => None,
    }
}

fn others(definition: &Definition, draft: &mut Draft<'_>) -> Found {
    match definition {
        Definition::ScalarTypeDefinition(node) => {
            Some(("scalar", base!(node, "scalar", node.description(), draft)))
        }
        Definition::DirectiveDefinition(node) => Some(("directive", directive(node, draft))),
        _ => None,
    }
}

/// Adds to a type what an extension of it has.
pub(super) fn extend(known: &mut ApiNamed, mut more: ApiNamed) {
    let schema = &mut known.schema;
    schema.fields.append(&mut more.schema.fields);
    schema.values.append(&mut more.schema.values);
    schema.choices.append(&mut more.schema.choices);
    schema.facts.append(&mut more.schema.facts);
    if schema.description.is_none() {
        schema.description = more.schema.description;
    }
}

/// Returns a description without its quotes.
pub(super) fn description(node: Option<cst::Description>, draft: &mut Draft<'_>) -> Option<String> {
    let text = String::from(node?.string_value()?);
    draft.long(&text)
}

/// Returns an argument of a root field as a parameter.
pub(super) fn parameter(argument: &ApiField) -> ApiParameter {
    let mut schema = argument.schema.clone();
    ApiParameter {
        name: argument.name.clone(),
        place: "argument".to_owned(),
        required: argument.required,
        deprecated: std::mem::take(&mut schema.deprecated),
        description: schema.description.take(),
        schema,
    }
}

fn schema(
    base: &str,
    about: Option<cst::Description>,
    directives: Option<cst::Directives>,
    draft: &mut Draft<'_>,
) -> ApiSchema {
    let mut schema = ApiSchema {
        base: base.to_owned(),
        description: description(about, draft),
        ..ApiSchema::default()
    };
    annotate(directives, &mut schema, draft);
    schema
}

/// Takes deprecation and other directives.
fn annotate(directives: Option<cst::Directives>, schema: &mut ApiSchema, draft: &mut Draft<'_>) {
    for directive in directives
        .iter()
        .flat_map(cst::Directives::directives)
        .take(20)
    {
        let kind = name(directive.name());
        let arguments = directive.arguments();
        let text = arguments
            .iter()
            .flat_map(cst::Arguments::arguments)
            .find_map(|argument| match argument.value() {
                Some(cst::Value::StringValue(text)) => Some(String::from(text)),
                _ => None,
            });
        match kind.as_str() {
            "deprecated" => {
                schema.deprecated = true;
                schema
                    .facts
                    .push(draft.fact("deprecated", text.as_deref().unwrap_or_default()));
            }
            "specifiedBy" => schema
                .facts
                .push(draft.fact("specified by", text.as_deref().unwrap_or_default())),
            _ => schema.facts.push(draft.fact(&source(&directive), "")),
        }
    }
}

fn implements(
    list: Option<cst::ImplementsInterfaces>,
    schema: &mut ApiSchema,
    draft: &mut Draft<'_>,
) {
    for one in list
        .iter()
        .flat_map(cst::ImplementsInterfaces::named_types)
        .take(50)
    {
        schema
            .facts
            .push(draft.fact("implements", &name(one.name())));
    }
}

fn fields(list: Option<cst::FieldsDefinition>, schema: &mut ApiSchema, draft: &mut Draft<'_>) {
    for field in list
        .iter()
        .flat_map(cst::FieldsDefinition::field_definitions)
    {
        if !draft.node() {
            return;
        }
        let mut of = of_type(field.ty(), draft);
        of.description = description(field.description(), draft);
        annotate(field.directives(), &mut of, draft);
        let arguments = field.arguments_definition();
        let arguments = arguments
            .iter()
            .flat_map(cst::ArgumentsDefinition::input_value_definitions);
        let arguments = arguments.take(100).map(|one| input(&one, draft)).collect();
        schema.fields.push(ApiField {
            name: draft.short(&name(field.name())),
            required: of.label.ends_with('!'),
            schema: of,
            arguments,
        });
    }
}

fn input(value: &cst::InputValueDefinition, draft: &mut Draft<'_>) -> ApiField {
    draft.node();
    let mut of = of_type(value.ty(), draft);
    of.description = description(value.description(), draft);
    annotate(value.directives(), &mut of, draft);
    let default = value.default_value().and_then(|default| default.value());
    let required = of.label.ends_with('!') && default.is_none();
    if let Some(default) = default {
        of.facts.push(draft.fact("default", &source(&default)));
    }
    ApiField {
        name: draft.short(&name(value.name())),
        required,
        schema: of,
        arguments: Vec::new(),
    }
}

/// Returns the type of a field: written as GraphQL writes it, with the name inside as its link.
fn of_type(ty: Option<Type>, draft: &mut Draft<'_>) -> ApiSchema {
    let Some(ty) = ty else {
        return ApiSchema::default();
    };
    let label = draft.short(&source(&ty));
    let inner = label.trim_matches(['[', ']', '!', ' ']).to_owned();
    let mut schema = ApiSchema {
        base: inner.clone(),
        link: Some(inner.clone()),
        label,
        ..ApiSchema::default()
    };
    if schema.label.starts_with('[') {
        schema.items = Some(Box::new(ApiSchema {
            label: inner.clone(),
            base: inner.clone(),
            link: Some(inner),
            ..ApiSchema::default()
        }));
        "array".clone_into(&mut schema.base);
    }
    schema
}

fn values(list: Option<cst::EnumValuesDefinition>, schema: &mut ApiSchema, draft: &mut Draft<'_>) {
    for value in list
        .iter()
        .flat_map(cst::EnumValuesDefinition::enum_value_definitions)
    {
        if !draft.node() {
            return;
        }
        let mut about = ApiSchema::default();
        annotate(value.directives(), &mut about, draft);
        let text = description(value.description(), draft).unwrap_or_default();
        let text = match about.facts.iter().find(|fact| fact.name == "deprecated") {
            Some(fact) => format!("{text} Deprecated. {}", fact.value),
            None => text,
        };
        let name = value.enum_value().and_then(|one| one.name());
        let fact: ApiFact = draft.fact(&super::name(name), text.trim());
        schema.values.push(fact);
    }
}

fn union(list: Option<cst::UnionMemberTypes>, schema: &mut ApiSchema, draft: &mut Draft<'_>) {
    let members = list.iter().flat_map(cst::UnionMemberTypes::named_types);
    let members = members.take(500).map(|one| {
        let name = draft.short(&name(one.name()));
        ApiSchema {
            label: name.clone(),
            base: "object".to_owned(),
            link: Some(name),
            ..ApiSchema::default()
        }
    });
    schema.choices.push(ApiChoices {
        how: ApiChoice::One,
        name: None,
        schemas: members.collect(),
    });
}

/// A directive is a type whose fields are its arguments.
fn directive(node: &cst::DirectiveDefinition, draft: &mut Draft<'_>) -> (String, ApiSchema) {
    let mut schema = schema("object", node.description(), None, draft);
    let arguments = node.arguments_definition();
    let arguments = arguments
        .iter()
        .flat_map(cst::ArgumentsDefinition::input_value_definitions);
    schema.fields = arguments.take(100).map(|one| input(&one, draft)).collect();
    if let Some(places) = node.directive_locations() {
        let places: Vec<String> = places
            .directive_locations()
            .map(|one| source(&one))
            .collect();
        schema.facts.push(draft.fact("on", &places.join(", ")));
    }
    if node.repeatable_token().is_some() {
        schema.facts.push(draft.fact("repeatable", ""));
    }
    (format!("@{}", name(node.name())), schema)
}
