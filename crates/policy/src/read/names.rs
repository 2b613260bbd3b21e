//! Names in files and in messages: references, permissions, and what somebody most likely meant.
use callboard_diagnostics::codes;
use callboard_model::{
    EntityRef, Span,
    entity_ref::DEFAULT_NAMESPACE,
    validate::{format::is_object_name, nearest::nearest},
};

use super::Report;
use crate::{PERMISSIONS, find, matcher::Matcher};

/// The word for all who have signed in.
pub(crate) const EVERYONE: &str = "everyone";

/// The word for all who have not.
pub(crate) const ANONYMOUS: &str = "anonymous";

/// Longest part of a file that a message repeats, in characters.
const SHOWN: usize = 80;

/// Most names among which a similar one is looked for.
const COMPARED: usize = 1_000;

/// Returns a text as messages repeat it.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Returns names as a list for a message.
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Returns advice that names what was most likely meant, or else all there is.
pub(super) fn meant(text: &str, known: &[&str]) -> String {
    match similar(text, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", listed(known)),
    }
}

/// Returns the name that was most likely meant.
pub(super) fn similar<'a>(text: &str, known: &[&'a str]) -> Option<&'a str> {
    (known.len() <= COMPARED)
        .then(|| nearest(text, known))
        .flatten()
}

/// Reads the name of a role; its kind and namespace may be left out.
pub(super) fn role(report: &mut Report, text: &str, span: Option<Span>) -> Option<String> {
    let help = "write `role:default/name`, or shortly `name`";
    match EntityRef::parse(text, Some("role"), DEFAULT_NAMESPACE) {
        Ok(name) if name.kind == "role" && name.namespace == "built-in" => {
            let message = "the namespace `built-in` is kept for roles that are always there";
            report.error(
                codes::POL_REFERENCE,
                span,
                message,
                "take another namespace",
            );
            None
        }
        Ok(name) if name.kind == "role" && is_valid(&name) => Some(name.to_string()),
        Ok(name) if name.kind != "role" => {
            let message = format!(
                "\"{}\" is no role, but a {}",
                shown(text),
                shown(&name.kind)
            );
            report.error(codes::POL_REFERENCE, span, message, help);
            None
        }
        _ => {
            let message = format!("\"{}\" is not the name of a role", shown(text));
            report.error(codes::POL_REFERENCE, span, message, help);
            None
        }
    }
}

/// Reads a member; its kind is needed.
pub(super) fn member(report: &mut Report, text: &str, span: Option<Span>) -> Option<String> {
    match text {
        "*" | EVERYONE => return Some(EVERYONE.to_owned()),
        ANONYMOUS => return Some(ANONYMOUS.to_owned()),
        _ => {}
    }
    let help = match EntityRef::parse(text, None, DEFAULT_NAMESPACE) {
        Ok(found) if matches!(found.kind.as_str(), "user" | "group") && is_valid(&found) => {
            return Some(found.to_string());
        }
        Ok(found) if found.kind == "role" => {
            "to give a role what another has, name the other in `includes`".to_owned()
        }
        Err(_) if nearest(text, &[EVERYONE, ANONYMOUS]).is_some() => {
            meant(text, &[EVERYONE, ANONYMOUS])
        }
        Err(_) if !text.contains([':', '/']) => {
            let text = shown(text);
            format!("name its kind: `user:default/{text}` or `group:default/{text}`")
        }
        _ => {
            "write `user:default/name`, `group:default/name`, `everyone` or `anonymous`".to_owned()
        }
    };
    let message = format!("\"{}\" is not a user or group", shown(text));
    report.error(codes::POL_REFERENCE, span, message, help);
    None
}

/// Whether namespace and name could be those of an entity.
fn is_valid(found: &EntityRef) -> bool {
    is_object_name(&found.namespace) && is_object_name(&found.name)
}

/// Reads a pattern for permissions, which has to match one that exists.
pub(super) fn permission(report: &mut Report, text: &str, span: Span) -> Option<Matcher> {
    let matcher = Matcher::read(text);
    if PERMISSIONS
        .iter()
        .any(|known| matcher.matches(&known.into()))
    {
        return Some(matcher);
    }
    let of_type = PERMISSIONS
        .iter()
        .filter(|known| known.resource_type == Some(text));
    let of_type: Vec<_> = of_type.map(|known| known.name).collect();
    let (message, help) = if of_type.is_empty() {
        let message = format!("there is no permission `{}`", shown(text));
        (message, similar_permission(text))
    } else {
        let message = format!("`{text}` is a type of thing, not a permission");
        (message, format!("name permissions: {}", listed(&of_type)))
    };
    report.error(codes::POL_PERMISSION, span, message, help);
    None
}

fn similar_permission(text: &str) -> String {
    let stem = text.trim_end_matches(['*', '.']);
    let names: Vec<_> = PERMISSIONS.iter().map(|known| known.name).collect();
    if let Some(meant) = similar(text, &names) {
        return format!("did you mean `{meant}`?");
    }
    if text.ends_with('*') && find(stem).is_some() {
        return format!("did you mean `{stem}`?");
    }
    let dotted = format!("{stem}.");
    if !stem.is_empty() && names.iter().any(|name| name.starts_with(&dotted)) {
        return format!("to name all that start alike, write `{stem}.*`");
    }
    let mut plugins: Vec<_> = names
        .iter()
        .filter_map(|name| name.split('.').next())
        .collect();
    plugins.dedup();
    let starts: Vec<_> = plugins.iter().map(|plugin| format!("{plugin}.*")).collect();
    match similar(text.split('.').next().unwrap_or(text), &plugins) {
        Some(meant) if !text.starts_with(&format!("{meant}.")) => {
            format!("its start is most likely meant to be `{meant}.`")
        }
        _ => format!(
            "the page on permissions lists all of {}",
            listed(&starts.iter().map(String::as_str).collect::<Vec<_>>())
        ),
    }
}
