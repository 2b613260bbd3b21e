//! Expressions of templates: `${{ steps.build.output.url }}` and `${{ parameters.name }}`.
use std::collections::HashSet;

use callboard_diagnostics::{Data, Node, codes};
use callboard_model::{Diagnostic, Fix, Span};

use super::Sheet;

/// Longest text that is searched for expressions.
const LONGEST: usize = 64 * 1024;

/// What expressions may name.
pub(super) struct Scope<'a> {
    /// Ids of the steps in order.
    pub(super) steps: Vec<Option<&'a str>>,
    /// Names of the parameters; absent when not all of them are known.
    pub(super) parameters: Option<HashSet<&'a str>>,
}

/// One name in an expression.
struct Name<'a> {
    root: &'a str,
    name: &'a str,
    /// The whole of it as it is written, for example `steps.build`.
    written: &'a str,
    has_brackets: bool,
}

/// Looks at all texts of a step, or of the output; steps before `step` have run.
pub(super) fn lint(
    sheet: &Sheet<'_>,
    node: &Node,
    scope: &Scope<'_>,
    step: usize,
    found: &mut Vec<Diagnostic>,
) {
    match &node.data {
        Data::String(text) if text.len() <= LONGEST => {
            for name in expressions(text).flat_map(names) {
                found.extend(match name.root {
                    "steps" => check_step(sheet, node, scope, step, &name),
                    _ => check_parameter(sheet, node, scope, &name),
                });
            }
        }
        Data::Mapping(entries) => {
            for entry in entries {
                lint(sheet, &entry.value, scope, step, found);
            }
        }
        Data::Sequence(items) => {
            for item in items {
                lint(sheet, item, scope, step, found);
            }
        }
        _ => {}
    }
}

fn check_parameter(
    sheet: &Sheet<'_>,
    node: &Node,
    scope: &Scope<'_>,
    name: &Name<'_>,
) -> Option<Diagnostic> {
    let is_known = scope.parameters.as_ref()?.contains(name.name);
    (!is_known).then(|| {
        let message = format!("there is no parameter {}", name.name);
        sheet
            .problem(
                codes::CAT_UNKNOWN_PARAMETER,
                place(sheet, node, name.written),
                message,
            )
            .with_help("nothing is put in its place; add it to spec.parameters")
    })
}

fn check_step(
    sheet: &Sheet<'_>,
    node: &Node,
    scope: &Scope<'_>,
    step: usize,
    name: &Name<'_>,
) -> Option<Diagnostic> {
    let span = place(sheet, node, name.written);
    let at = scope.steps.iter().position(|id| *id == Some(name.name));
    let Some(at) = at else {
        let message = format!("there is no step {}", name.name);
        let problem = sheet.problem(codes::CAT_UNKNOWN_STEP, span, message);
        return Some(problem.with_help("nothing is put in its place; check the ids of the steps"));
    };
    if at >= step {
        let message = format!("the step {} has not run yet here", name.name);
        let problem = sheet.problem(codes::CAT_UNKNOWN_STEP, span, message);
        return Some(problem.with_help("nothing is put in its place; move that step up"));
    }
    (name.name.contains('-') && !name.has_brackets).then(|| {
        let better = format!("{}['{}']", name.root, name.name);
        let message = format!("{} is read as a subtraction", name.written);
        let mut problem = sheet
            .problem(codes::CAT_STEP_DASH, span, message)
            .with_help(format!("write {better}"));
        let is_safe = span != node.span
            && sheet
                .written(node.span)
                .is_some_and(|written| !written.starts_with('\''));
        problem.fix = is_safe.then(|| Fix {
            title: format!("Write {better}"),
            span,
            replacement: better,
        });
        problem
    })
}

/// Returns where a part of a text stands, if it stands there once, and the whole text otherwise.
fn place(sheet: &Sheet<'_>, node: &Node, part: &str) -> Span {
    let Some(written) = sheet.written(node.span) else {
        return node.span;
    };
    let mut matches = written.match_indices(part);
    match (matches.next(), matches.next()) {
        (Some((at, _)), None) => sheet.within(node.span, at, part.len()),
        _ => node.span,
    }
}

/// Returns the insides of `${{ … }}`.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    text.split("${{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}").map(|(inside, _)| inside))
}

/// Returns the steps and parameters that one expression names; texts in quotes are passed over.
fn names(expression: &str) -> Vec<Name<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = expression[at..].chars().next() {
        let rest = &expression[at..];
        if c == '"' || c == '\'' {
            at += rest[1..].find(c).map_or(rest.len(), |end| end + 2);
            continue;
        }
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if length == 0 {
            at += c.len_utf8();
            continue;
        }
        let is_field = expression[..at].ends_with('.');
        if matches!(&rest[..length], "steps" | "parameters") && !is_field {
            found.extend(name(rest, length));
        }
        at += length;
    }
    found
}

fn name(text: &str, root: usize) -> Option<Name<'_>> {
    let rest = &text[root..];
    let (start, length, end, has_brackets) = if let Some(rest) = rest.strip_prefix('.') {
        let dashes = text.starts_with("steps");
        let is_part = |c: char| is_word(c) || (dashes && c == '-');
        (
            1,
            rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            0,
            false,
        )
    } else {
        let quote = rest.strip_prefix('[')?.chars().next()?;
        let inside = rest[1..].strip_prefix(['"', '\''])?;
        (2, inside.find(quote)?, 2, true)
    };
    let name = rest.get(start..start + length)?.trim_end_matches('-');
    (!name.is_empty()).then(|| Name {
        root: &text[..root],
        name,
        written: &text[..(root + start + name.len() + end).min(text.len())],
        has_brackets,
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(String, String)> {
        expressions(text)
            .flat_map(names)
            .map(|name| (name.name.to_owned(), name.written.to_owned()))
            .collect()
    }

    #[test]
    fn names_are_found_in_both_forms_and_not_in_texts() {
        let pair = |name: &str, written: &str| (name.to_owned(), written.to_owned());
        assert_eq!(
            all(
                "a ${{ steps.a-b.output.x + steps['c']['steps.no'] }} ${{ parameters.d | f('steps.no') }}"
            ),
            [
                pair("a-b", "steps.a-b"),
                pair("c", "steps['c']"),
                pair("d", "parameters.d"),
            ]
        );
        assert_eq!(all("${{ my.steps.x }} ${{ steps }} steps.y ${{ steps."), []);
        assert_eq!(all("${{ é steps.ü }}"), [pair("ü", "steps.ü")]);
    }
}
