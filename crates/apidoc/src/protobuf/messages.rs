//! Messages and enums as types.
use std::collections::HashMap;

use callboard_model::view::{ApiChoice, ApiChoices, ApiField, ApiSchema};
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    UninterpretedOption,
    field_descriptor_proto::{Label, Type},
};

use super::comments::Comments;
use crate::draft::Draft;

/// Which names are types of this file: full names without the package, as their pages are called.
pub(super) struct Names {
    package: String,
    /// Whether it is an enum; entries of maps are not in it.
    known: HashMap<String, bool>,
    /// Entries of maps: label and type of the value.
    maps: HashMap<String, (String, FieldDescriptorProto)>,
}

impl Names {
    pub(super) fn of(file: &FileDescriptorProto) -> Self {
        let mut names = Self {
            package: file.package().to_owned(),
            known: HashMap::new(),
            maps: HashMap::new(),
        };
        for message in &file.message_type {
            names.add(message, "");
        }
        for one in &file.enum_type {
            names.known.insert(one.name().to_owned(), true);
        }
        names
    }

    fn add(&mut self, message: &DescriptorProto, outer: &str) {
        let name = joined(outer, message.name());
        if message
            .options
            .as_ref()
            .is_some_and(prost_types::MessageOptions::map_entry)
        {
            if let [key, value] = message.field.as_slice() {
                self.maps
                    .insert(name, (scalar(key.r#type()).to_owned(), value.clone()));
            }
            return;
        }
        for one in &message.enum_type {
            self.known.insert(joined(&name, one.name()), true);
        }
        for nested in &message.nested_type {
            self.add(nested, &name);
        }
        self.known.insert(name, false);
    }

    /// Returns the name of a type as it is known here, looked for from the inside of a message outwards.
    fn resolved<V>(
        &self,
        among: &HashMap<String, V>,
        written: &str,
        inside: &str,
    ) -> Option<String> {
        let name = written.strip_prefix('.').unwrap_or(written);
        let mut scope = inside;
        loop {
            let candidate = joined(scope, name);
            if among.contains_key(&candidate) {
                return Some(candidate);
            }
            if scope.is_empty() {
                break;
            }
            scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        let own = name.strip_prefix(&self.package)?.strip_prefix('.')?;
        among.contains_key(own).then(|| own.to_owned())
    }

    /// Returns a type by its name; one of another file is no more than a word.
    pub(super) fn link(&self, written: &str, inside: &str, draft: &mut Draft<'_>) -> ApiSchema {
        let link = self.resolved(&self.known, written, inside);
        let is_enum = link.as_ref().is_some_and(|name| self.known[name]);
        let shown = link
            .as_deref()
            .unwrap_or_else(|| written.trim_start_matches('.'));
        ApiSchema {
            label: draft.short(shown),
            base: if is_enum { "enum" } else { "object" }.to_owned(),
            link,
            ..ApiSchema::default()
        }
    }
}

/// Keeps all messages and enums of a file.
pub(super) fn all(
    file: &FileDescriptorProto,
    comments: &Comments<'_>,
    names: &Names,
    draft: &mut Draft<'_>,
) {
    for (place, message) in (0..).zip(&file.message_type) {
        self::message(message, "", &mut vec![4, place], comments, names, draft);
    }
    for (place, one) in (0..).zip(&file.enum_type) {
        enumeration(one, "", &mut vec![5, place], comments, draft);
    }
}

fn message(
    message: &DescriptorProto,
    outer: &str,
    path: &mut Vec<i32>,
    comments: &Comments<'_>,
    names: &Names,
    draft: &mut Draft<'_>,
) {
    let is_entry = message
        .options
        .as_ref()
        .is_some_and(prost_types::MessageOptions::map_entry);
    if is_entry || !draft.node() {
        return;
    }
    let name = joined(outer, message.name());
    let options = message
        .options
        .as_ref()
        .map_or(&[][..], |options| &options.uninterpreted_option);
    let mut schema = ApiSchema {
        label: "message".to_owned(),
        base: "object".to_owned(),
        description: comments.at(path).and_then(|text| draft.long(&text)),
        deprecated: is_deprecated(options),
        ..ApiSchema::default()
    };
    fields(message, &name, path, &mut schema, comments, names, draft);
    draft.named(&name, "message", schema);
    for (place, nested) in (0..).zip(&message.nested_type) {
        at(path, &[3, place], |path| {
            self::message(nested, &name, path, comments, names, draft);
        });
    }
    for (place, one) in (0..).zip(&message.enum_type) {
        at(path, &[4, place], |path| {
            enumeration(one, &name, path, comments, draft);
        });
    }
}

/// Reads the fields of a message; those of which only one can be there belong to a choice.
fn fields(
    message: &DescriptorProto,
    name: &str,
    path: &mut Vec<i32>,
    schema: &mut ApiSchema,
    comments: &Comments<'_>,
    names: &Names,
    draft: &mut Draft<'_>,
) {
    let declared = message.oneof_decl.iter().map(|one| ApiChoices {
        how: ApiChoice::One,
        name: Some(draft.short(one.name())),
        schemas: Vec::new(),
    });
    let mut choices: Vec<ApiChoices> = declared.collect();
    for (place, one) in (0..).zip(&message.field) {
        let read = at(path, &[2, place], |path| {
            field(one, name, path, comments, names, draft)
        });
        // The parser makes a choice of one for a field that is only optional.
        let choice = one.oneof_index.filter(|_| !one.proto3_optional());
        match choice.and_then(|place| choices.get_mut(usize::try_from(place).ok()?)) {
            Some(choice) => choice.schemas.push(ApiSchema {
                label: read.name.clone(),
                base: "object".to_owned(),
                fields: vec![read],
                ..ApiSchema::default()
            }),
            None => schema.fields.push(read),
        }
    }
    choices.retain(|choice| !choice.schemas.is_empty());
    schema.choices = choices;
}

/// Does something one step deeper.
fn at<T>(path: &mut Vec<i32>, step: &[i32], done: impl FnOnce(&mut Vec<i32>) -> T) -> T {
    let depth = path.len();
    path.extend(step);
    let value = done(path);
    path.truncate(depth);
    value
}

fn field(
    field: &FieldDescriptorProto,
    inside: &str,
    path: &[i32],
    comments: &Comments<'_>,
    names: &Names,
    draft: &mut Draft<'_>,
) -> ApiField {
    draft.node();
    let mut schema = of_field(field, inside, names, draft);
    schema.description = comments.at(path).and_then(|text| draft.long(&text));
    let options = field
        .options
        .as_ref()
        .map_or(&[][..], |options| &options.uninterpreted_option);
    schema.deprecated = is_deprecated(options);
    schema
        .facts
        .push(draft.fact("number", &field.number().to_string()));
    if field.proto3_optional() {
        schema.facts.push(draft.fact("optional", ""));
    }
    if let Some(default) = &field.default_value {
        schema.facts.push(draft.fact("default", default));
    }
    ApiField {
        name: draft.short(field.name()),
        required: field.label == Some(Label::Required as i32),
        schema,
        arguments: Vec::new(),
    }
}

/// Returns the type of a field: a scalar, a link, a list or a map.
fn of_field(
    field: &FieldDescriptorProto,
    inside: &str,
    names: &Names,
    draft: &mut Draft<'_>,
) -> ApiSchema {
    if let Some(entry) = names.resolved(&names.maps, field.type_name(), inside) {
        let (key, value) = &names.maps[&entry];
        let value = of_field(value, inside, names, draft);
        return ApiSchema {
            label: draft.short(&format!("map<{key}, {}>", value.label)),
            base: "map".to_owned(),
            link: value.link.clone(),
            items: Some(Box::new(value)),
            ..ApiSchema::default()
        };
    }
    let one = if field.type_name().is_empty() {
        let name = scalar(field.r#type());
        ApiSchema {
            label: name.to_owned(),
            base: name.to_owned(),
            ..ApiSchema::default()
        }
    } else {
        names.link(field.type_name(), inside, draft)
    };
    if field.label != Some(Label::Repeated as i32) {
        return one;
    }
    ApiSchema {
        label: format!("repeated {}", one.label),
        base: "array".to_owned(),
        link: one.link.clone(),
        items: Some(Box::new(one)),
        ..ApiSchema::default()
    }
}

fn enumeration(
    one: &EnumDescriptorProto,
    outer: &str,
    path: &mut Vec<i32>,
    comments: &Comments<'_>,
    draft: &mut Draft<'_>,
) {
    let options = one
        .options
        .as_ref()
        .map_or(&[][..], |options| &options.uninterpreted_option);
    let mut schema = ApiSchema {
        label: "enum".to_owned(),
        base: "enum".to_owned(),
        description: comments.at(path).and_then(|text| draft.long(&text)),
        deprecated: is_deprecated(options),
        ..ApiSchema::default()
    };
    for (place, value) in (0..).zip(&one.value) {
        let about = at(path, &[2, place], |path| comments.at(path)).unwrap_or_default();
        let number = format!("= {} {about}", value.number());
        schema.values.push(draft.fact(value.name(), &number));
    }
    draft.named(&joined(outer, one.name()), "enum", schema);
}

/// Tells whether options say that something should not be used any more.
pub(super) fn is_deprecated(options: &[UninterpretedOption]) -> bool {
    options.iter().any(|option| {
        let named = matches!(option.name.as_slice(), [part] if part.name_part == "deprecated");
        named && option.identifier_value() == "true"
    })
}

fn joined(outer: &str, name: &str) -> String {
    if outer.is_empty() {
        name.to_owned()
    } else {
        format!("{outer}.{name}")
    }
}

fn scalar(of: Type) -> &'static str {
    match of {
        Type::Double => "double",
        Type::Float => "float",
        Type::Int64 => "int64",
        Type::Uint64 => "uint64",
        Type::Int32 => "int32",
        Type::Fixed64 => "fixed64",
        Type::Fixed32 => "fixed32",
        Type::Bool => "bool",
        Type::String => "string",
        Type::Group => "group",
        Type::Message => "message",
        Type::Bytes => "bytes",
        Type::Uint32 => "uint32",
        Type::Enum => "enum",
        Type::Sfixed32 => "sfixed32",
        Type::Sfixed64 => "sfixed64",
        Type::Sint32 => "sint32",
        Type::Sint64 => "sint64",
    }
}
