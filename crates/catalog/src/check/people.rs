//! Profiles of users and groups.
use callboard_diagnostics::codes;
use callboard_model::{
    Diagnostic,
    validate::format::{is_absolute_url, is_script_url},
};

use super::Sheet;

/// Looks at `spec.profile`.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let is_people = |name| matches!(name, "User" | "Group");
    if sheet.kind().is_none_or(|kind| !is_people(kind.name)) {
        return;
    }
    let (profile, is_there) = sheet.root.pointer("/spec/profile");
    let field = |name| profile.get(name).filter(|_| is_there);
    if let Some(node) = field("email")
        && let Some(text) = node.as_str().filter(|text| !is_email(text))
    {
        let message = format!("\"{text}\" is not an e-mail address");
        let problem = sheet.problem(codes::CAT_EMAIL, node.span, message);
        found.push(problem.with_help("people are found at sign-in by this address"));
    }
    if let Some(node) = field("picture")
        && let Some(text) = node.as_str()
        && (is_script_url(text) || !(is_absolute_url(text) || text.starts_with('/')))
    {
        let message = format!("\"{text}\" is not the URL of a picture");
        let problem = sheet.problem(codes::CAT_PICTURE, node.span, message);
        found.push(problem.with_help("write a whole URL with its scheme"));
    }
}

fn is_email(text: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    text.is_empty()
        || text
            .split_once('@')
            .is_some_and(|(user, host)| is_plain(user) && is_plain(host) && !host.contains('@'))
}
