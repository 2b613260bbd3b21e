//! Reads the rules of a role.
use std::sync::Arc;

use callboard_diagnostics::{Node, codes};
use callboard_model::{Position, Span};

use super::{Report, condition, names, report::one_or_list};
use crate::{
    Condition, Effect, PERMISSIONS, Permission,
    draft::{Draft, Origin, Rule},
    guard::{Guard, Problem},
    matcher::Matcher,
};

const KEYS: &[&str] = &["allow", "deny", "when", "if"];

/// Reads a list of rules.
pub(super) fn read_all(
    node: &Node,
    text: &str,
    draft: &mut Draft,
    report: &mut Report,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    for item in report.list(node, "`rules`") {
        if report.is_full() {
            break;
        }
        if !read(item, text, draft, report, &mut rules) {
            report.too_many(item.place(""));
            break;
        }
    }
    rules
}

/// Reads one rule; returns whether there was room for it.
fn read(
    node: &Node,
    text: &str,
    draft: &mut Draft,
    report: &mut Report,
    rules: &mut Vec<Rule>,
) -> bool {
    if !report.map(node, "a rule", KEYS) {
        return true;
    }
    let Some((effect, named)) = effect(node, report) else {
        return true;
    };
    let items = one_or_list(named);
    if !draft.has_room(items.len()) {
        return false;
    }
    let mut patterns = Vec::with_capacity(items.len());
    for item in items {
        let Some(written) = report.text(item, "a permission") else {
            continue;
        };
        if let Some(matcher) = names::permission(report, written, item.span) {
            patterns.push((written.to_owned(), matcher, item.span));
        }
    }
    let is_complete = patterns.len() == items.len();
    let condition = node
        .get("when")
        .and_then(|when| when_of(when, is_complete, &patterns, report))
        .map(|condition| draft.shared(condition));
    let guard = node
        .get("if")
        .and_then(|node| guard_of(node, text, draft, report));
    for (pattern, matcher, span) in patterns {
        rules.push(Rule {
            effect,
            pattern,
            matcher,
            condition: condition.clone(),
            guard: guard.clone(),
            origin: Origin::Own,
            place: report.place(span),
        });
    }
    true
}

/// Returns what the rule does and the permissions it names.
fn effect<'n>(node: &'n Node, report: &mut Report) -> Option<(Effect, &'n Node)> {
    let help = "write `allow:` or `deny:` with permissions such as `catalog.entity.read`";
    let (effect, named) = match (node.get("allow"), node.entry("deny")) {
        (Some(_), Some(deny)) => {
            let message = "the rule has both `allow` and `deny`";
            let help = "make two rules of it";
            report.error(codes::POL_EFFECT, deny.key_span, message, help);
            return None;
        }
        (Some(allow), None) => (Effect::Allow, allow),
        (None, Some(deny)) => (Effect::Deny, &deny.value),
        (None, None) => {
            let message = "the rule neither allows nor denies anything";
            report.error(codes::POL_EFFECT, node.place(""), message, help);
            return None;
        }
    };
    if one_or_list(named).is_empty() {
        let message = format!("`{}` names no permission", effect.as_str());
        report.error(codes::POL_EFFECT, named.span, message, help);
        return None;
    }
    Some((effect, named))
}

/// Reads `when`, after checking that the permissions are about things of one type.
fn when_of(
    node: &Node,
    is_complete: bool,
    patterns: &[(String, Matcher, Span)],
    report: &mut Report,
) -> Option<Condition> {
    let mut first: Option<&'static Permission> = None;
    let mut is_wrong = false;
    for (pattern, matcher, span) in patterns {
        let mut meant = PERMISSIONS
            .iter()
            .filter(|known| matcher.matches(&(*known).into()));
        let odd = meant.find(|known| {
            let first = *first.get_or_insert(known);
            known.resource_type.is_none() || known.resource_type != first.resource_type
        });
        if let (Some(odd), Some(first)) = (odd, first) {
            is_wrong = true;
            different(pattern, *span, odd, first, report);
        }
    }
    if is_wrong || (first.is_none() && is_complete) {
        return None;
    }
    let wanted = first.and_then(|known| known.resource_type);
    condition::read(node, wanted, report)
}

fn different(pattern: &str, span: Span, odd: &Permission, first: &Permission, report: &mut Report) {
    let name = odd.name;
    let includes = if pattern == name {
        format!("`{name}`")
    } else {
        format!("`{pattern}` includes `{name}`, which")
    };
    let (message, help) = match (odd.resource_type, first.resource_type) {
        (Some(of_odd), Some(of_first)) => (
            format!(
                "{includes} is about a {of_odd}, while `{}` is about a {of_first}",
                first.name
            ),
            "make a rule of its own for each type",
        ),
        _ => (
            format!(
                "{includes} is about no particular thing, so that `when` has nothing to compare"
            ),
            "make a rule of its own without `when`, or use `if`",
        ),
    };
    report.error(codes::POL_NO_CONDITIONS, span, message, help);
}

/// Reads `if`.
fn guard_of(node: &Node, text: &str, draft: &mut Draft, report: &mut Report) -> Option<Arc<Guard>> {
    let expression = match node.data {
        callboard_diagnostics::Data::Bool(true) => "true",
        callboard_diagnostics::Data::Bool(false) => "false",
        _ => report.text(node, "`if`")?,
    };
    match draft.guard(expression) {
        Ok(guard) => Some(guard),
        Err(problem) => {
            let span = span_of(&problem, expression, node.span, text);
            let help = problem
                .help
                .unwrap_or_else(|| "write CEL that gives a boolean".to_owned());
            report.error(codes::POL_EXPRESSION, span, problem.message, help);
            None
        }
    }
}

/// The part of the expression that is wrong, if it stands in the file as it was read; else all of it.
fn span_of(problem: &Problem, expression: &str, whole: Span, text: &str) -> Span {
    let written = text.get(whole.start.offset..whole.end.offset);
    let before = written.and_then(|written| match written.strip_prefix(['\'', '"']) {
        Some(quoted) => {
            (quoted.get(..quoted.len().saturating_sub(1)) == Some(expression)).then_some(1)
        }
        None => (written == expression).then_some(0),
    });
    let is_one_line = whole.start.line == whole.end.line && expression.is_ascii();
    match (problem.at, before) {
        (Some((first, last)), Some(before)) if is_one_line => {
            let at = |offset: usize| {
                let offset = offset.min(expression.len()) + before;
                Position {
                    line: whole.start.line,
                    column: whole.start.column + u32::try_from(offset).unwrap_or(0),
                    offset: whole.start.offset + offset,
                }
            };
            Span {
                start: at(first),
                end: at(last.saturating_add(1)),
            }
        }
        _ => whole,
    }
}
