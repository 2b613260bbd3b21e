//! Definitions of APIs: whether they are what `spec.type` says they are.
use callboard_diagnostics::{Limits, codes, read_stream};
use callboard_model::{Diagnostic, Severity, Span, validate::nearest::nearest};
use serde_json::Value;

use super::{Sheet, brackets};

/// Types that Backstage's API pages know how to show.
const TYPES: &[&str] = &[
    "openapi",
    "asyncapi",
    "graphql",
    "grpc",
    "trpc",
    "mcp-server",
];

/// Longest definition that is read whole; what is longer is only looked at for its first key.
const LONGEST: usize = 512 * 1024;

/// Looks at type and definition of an API.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    if sheet.kind().is_none_or(|kind| kind.name != "API") {
        return;
    }
    let field = |name: &str| sheet.entity.get("spec")?.get(name)?.as_str();
    let Some(api_type) = field("type") else {
        return;
    };
    found.extend(known_type(sheet, api_type));
    let (Some(text), Some(entry)) = (field("definition"), sheet.entry("/spec/definition")) else {
        return;
    };
    let at = entry.key_span;
    // A placeholder that could not be read stands for itself.
    let is_stand_in = text.starts_with('$') && text.len() < 12 && !entry.value.entries().is_empty();
    if text.is_empty() || is_stand_in {
        return;
    }
    if text.trim().is_empty() {
        let problem = sheet.problem(codes::CAT_BLANK_DEFINITION, at, "the definition is blank");
        found.push(problem.with_help("write the definition, or read it from a file with $text"));
        return;
    }
    found.extend(match api_type {
        "openapi" => structured(sheet, at, text, api_type, &["openapi", "swagger"]),
        "asyncapi" => structured(sheet, at, text, api_type, &["asyncapi"]),
        "graphql" => balanced(sheet, at, text, api_type, brackets::GRAPHQL),
        "grpc" => balanced(sheet, at, text, api_type, brackets::PROTO),
        _ => None,
    });
}

fn known_type(sheet: &Sheet<'_>, api_type: &str) -> Option<Diagnostic> {
    let meant = nearest(api_type, TYPES).filter(|meant| *meant != api_type)?;
    let span = sheet.root.place("/spec/type");
    let message = format!("the type of the API is \"{api_type}\", and pages know {meant}");
    let mut problem = sheet
        .problem(codes::CAT_API_TYPE, span, message)
        .with_help("an unknown type is shown as plain text");
    problem.fix = sheet.replace(span, meant, format!("Write {meant}"));
    Some(problem)
}

fn unreadable(sheet: &Sheet<'_>, at: Span, api_type: &str, why: &str) -> Diagnostic {
    let message = format!("the definition cannot be read as {api_type}: {why}");
    sheet
        .problem(codes::CAT_DEFINITION_UNREADABLE, at, message)
        .with_help("it is shown as text; correct it, or correct spec.type")
}

/// Looks at a definition that is JSON or YAML with a key that says what it is.
fn structured(
    sheet: &Sheet<'_>,
    at: Span,
    text: &str,
    api_type: &str,
    keys: &[&str],
) -> Option<Diagnostic> {
    let has_key = if text.len() > LONGEST {
        keys.iter().any(|key| text.contains(key))
    } else {
        match root_keys(text) {
            Ok(has) => keys.iter().any(|key| has.iter().any(|had| had == key)),
            Err(why) => return Some(unreadable(sheet, at, api_type, &why)),
        }
    };
    (!has_key).then(|| {
        let message = format!(
            "the definition has no \"{}\" at its root, as {api_type} needs",
            keys[0]
        );
        sheet
            .problem(codes::CAT_DEFINITION_TYPE, at, message)
            .with_help("correct spec.type, or name the right file")
    })
}

/// Returns the keys at the root of a definition, or why it cannot be read.
fn root_keys(text: &str) -> Result<Vec<String>, String> {
    if text.trim_start().starts_with('{')
        && let Ok(Value::Object(map)) = serde_json::from_str::<Value>(text)
    {
        return Ok(map.into_iter().map(|(key, _)| key).collect());
    }
    let stream = read_stream("definition", text.as_bytes(), &Limits::default());
    let broken = stream
        .diagnostics
        .iter()
        .find(|problem| problem.severity == Severity::Error);
    if let Some(problem) = broken {
        let line = problem.span.map_or(1, |span| span.start.line);
        return Err(format!("line {line}: {}", problem.message));
    }
    let root = stream
        .documents
        .into_iter()
        .find_map(|document| document.root);
    let entries = root.as_ref().map_or(&[][..], |root| root.entries());
    Ok(entries.iter().map(|entry| entry.key.clone()).collect())
}

fn balanced(
    sheet: &Sheet<'_>,
    at: Span,
    text: &str,
    api_type: &str,
    language: brackets::Language,
) -> Option<Diagnostic> {
    brackets::unbalanced(text, language).map(|why| unreadable(sheet, at, api_type, &why))
}
