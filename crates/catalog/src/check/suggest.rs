//! Repairs that are certain only when one sees what else the catalog has.
use callboard_diagnostics::codes;
use callboard_model::{
    Diagnostic, EntityRef, Fix, ParseRefError, entity_ref::DEFAULT_NAMESPACE, kind,
};

/// Adds the repair of a reference, given the text of its file and whether some entity exists.
pub(super) fn suggest(problem: &mut Diagnostic, text: &[u8], exists: impl Fn(&str) -> bool) {
    let Some(span) = problem.span.filter(|_| problem.fix.is_none()) else {
        return;
    };
    let written = text
        .get(span.start.offset..span.end.offset)
        .and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(written) = written else { return };
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let bare = quote.map_or(written, |quote| written.trim_matches(quote));
    let is_simple = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    if !bare.bytes().all(is_simple)
        || EntityRef::parse(bare, None, DEFAULT_NAMESPACE)
            != Err(ParseRefError::NoKind(bare.to_owned()))
    {
        return;
    }
    let namespace = namespace(problem);
    let is_there = |kind: &str| {
        EntityRef::parse(bare, Some(kind), namespace).is_ok_and(|r| exists(&r.to_string()))
    };
    let kinds: Vec<&str> = match problem.code.as_str() {
        codes::CAT_REFERENCE => kind::KINDS
            .iter()
            .map(|kind| kind.name)
            .filter(|kind| is_there(kind))
            .collect(),
        codes::CAT_OWNER_MISSING if is_there("User") => vec!["User"],
        _ => return,
    };
    let [only] = kinds[..] else { return };
    let better = format!("{}:{bare}", only.to_lowercase());
    let quote = quote.map(String::from).unwrap_or_default();
    problem.fix = Some(Fix {
        title: format!("Write {better}"),
        span,
        replacement: format!("{quote}{better}{quote}"),
    });
}

fn namespace(problem: &Diagnostic) -> &str {
    let own = problem.entity_ref.as_deref();
    own.and_then(|own| own.split([':', '/']).nth(1))
        .unwrap_or(DEFAULT_NAMESPACE)
}
