//! What somebody would send for one field of a root type.
use std::{collections::HashMap, fmt::Write};

use callboard_model::view::{ApiBody, ApiContent, ApiExample, ApiField, ApiNamed};

use crate::draft::Draft;

/// Fields that an example asks for at each level.
const FIELDS: usize = 12;

/// Fields of a type that are looked at for them.
const LOOKED_AT: usize = 40;
/// Levels of fields.
const LEVELS: usize = 2;

/// Makes the document that calls a field, with its arguments as variables.
pub(super) fn body(
    verb: &str,
    field: &ApiField,
    types: &HashMap<&str, &ApiNamed>,
    draft: &mut Draft<'_>,
) -> Option<ApiBody> {
    let mut text = verb.to_lowercase();
    let listed = |form: fn(&ApiField) -> String| {
        let arguments: Vec<String> = field.arguments.iter().take(FIELDS).map(form).collect();
        if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        }
    };
    let variables = listed(|argument| format!("${}: {}", argument.name, argument.schema.label));
    let arguments = listed(|argument| format!("{0}: ${0}", argument.name));
    if !variables.is_empty() {
        let _ = write!(text, " {}{variables}", field.name);
    }
    let _ = write!(text, " {{\n  {}{arguments}", field.name);
    select(field, types, LEVELS, 1, &mut text);
    text.push_str("\n}");
    Some(ApiBody {
        title: "Request".to_owned(),
        contents: vec![ApiContent {
            name: "application/graphql".to_owned(),
            examples: vec![ApiExample {
                name: "Example".to_owned(),
                text: draft.long(&text)?,
                made: true,
            }],
            ..ApiContent::default()
        }],
        ..ApiBody::default()
    })
}

/// Writes the fields to ask for, when the type of a field has some.
fn select(
    field: &ApiField,
    types: &HashMap<&str, &ApiNamed>,
    levels: usize,
    depth: usize,
    out: &mut String,
) {
    let named = field
        .schema
        .link
        .as_deref()
        .and_then(|name| types.get(name));
    let Some(named) =
        named.filter(|named| !named.schema.fields.is_empty() || named.kind == "union")
    else {
        return;
    };
    let indent = "  ".repeat(depth + 1);
    out.push_str(" {");
    let mut written = 0;
    for inner in named
        .schema
        .fields
        .iter()
        .take(LOOKED_AT)
        .filter(|inner| !inner.arguments.iter().any(|one| one.required))
    {
        let of_type = inner
            .schema
            .link
            .as_deref()
            .and_then(|name| types.get(name));
        let has_fields =
            of_type.is_some_and(|named| !named.schema.fields.is_empty() || named.kind == "union");
        if written >= FIELDS {
            break;
        }
        if has_fields && levels <= 1 {
            continue;
        }
        let _ = write!(out, "\n{indent}{}", inner.name);
        if has_fields {
            select(inner, types, levels - 1, depth + 1, out);
        }
        written += 1;
    }
    if written == 0 {
        let _ = write!(out, "\n{indent}__typename");
    }
    let _ = write!(out, "\n{}}}", "  ".repeat(depth));
}
