//! Reads the CSV file of Backstage's RBAC plugin: `p` lines with rules, `g` lines with members.
use callboard_diagnostics::codes;
use callboard_model::Span;

use super::{Report, names};
use crate::{
    Action, Effect, PERMISSIONS, Source,
    draft::{Draft, Include, Origin, Rule},
    matcher::Matcher,
};

mod line;

use line::{Field, Line};

/// Longest file that is read, in bytes.
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// What a line should be.
const FORM: &str = "write `p, role:default/x, catalog.entity.read, read, allow` or `g, user:default/y, role:default/x`";

/// Reads all lines.
pub(super) fn read(source: &Source, draft: &mut Draft, report: &mut Report) {
    if source.text.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024);
        report.error(
            codes::POL_TOO_MANY,
            None,
            message,
            "give roles to groups instead of users",
        );
        return;
    }
    let mut offset = 0;
    for (number, raw) in source.text.split_inclusive('\n').enumerate() {
        let line = Line {
            number: u32::try_from(number + 1).unwrap_or(u32::MAX),
            offset,
            text: raw.trim_end_matches(['\n', '\r']),
        };
        offset += raw.len();
        if report.is_full() {
            return;
        }
        if !read_line(&line, draft, report) {
            report.too_many(line.span(0, line.text.len()));
            return;
        }
    }
}

/// Reads one line; returns whether there was room for what it says.
fn read_line(line: &Line<'_>, draft: &mut Draft, report: &mut Report) -> bool {
    let content = line.text.trim_start_matches('\u{feff}').trim();
    if content.is_empty() || content.starts_with('#') {
        return true;
    }
    let fields = match line.fields() {
        Ok(fields) => fields,
        Err((span, message)) => {
            report.error(codes::POL_LINE, span, message, FORM);
            return true;
        }
    };
    match fields.as_slice() {
        [kind, role, of, action, effect] if kind.text == "p" => {
            policy([role, of, action, effect], draft, report)
        }
        [kind, member, role] if kind.text == "g" => {
            membership(member, role, draft, report);
            draft.has_room(0)
        }
        all => {
            let whole = line.span(0, line.text.len());
            let first = all.first().map_or("", |field| field.text.as_str());
            let message = match first {
                "p" => format!("a line with `p` has 5 parts, and this has {}", all.len()),
                "g" => format!("a line with `g` has 3 parts, and this has {}", all.len()),
                other => format!(
                    "a line starts with `p` or `g`, not with \"{}\"",
                    names::shown(other)
                ),
            };
            report.error(codes::POL_LINE, whole, message, FORM);
            true
        }
    }
}

fn policy(fields: [&Field; 4], draft: &mut Draft, report: &mut Report) -> bool {
    let [role, of, action, effect] = fields;
    let name = names::role(report, &role.text, Some(role.span));
    let action_read = read_action(&action.text);
    if action_read.is_none() {
        let message = format!("\"{}\" is not an action", names::shown(&action.text));
        let help = "write create, read, update, delete, or use for a permission without action";
        report.error(codes::POL_LINE, action.span, message, help);
    }
    let effect_read = match effect.text.as_str() {
        "allow" => Some(Effect::Allow),
        "deny" => Some(Effect::Deny),
        other => {
            let message = format!("\"{}\" is neither allow nor deny", names::shown(other));
            report.error(codes::POL_LINE, effect.span, message, "write allow or deny");
            None
        }
    };
    if of.text.is_empty() {
        report.error(codes::POL_LINE, of.span, "the permission is empty", FORM);
        return true;
    }
    let (Some(name), Some(action), Some(effect)) = (name, action_read, effect_read) else {
        return true;
    };
    let matcher = matcher(&of.text, action);
    check_effect(&matcher, &of.text, action, of.span, report);
    if !draft.has_room(1) {
        return false;
    }
    let rule = Rule {
        effect,
        pattern: format!("{}, {}", of.text, word(action)),
        matcher,
        condition: None,
        guard: None,
        origin: Origin::Basic,
        place: report.place(of.span),
    };
    let place = || report.place(role.span);
    draft.role(&name, place).rules.push(rule);
    true
}

fn membership(member: &Field, role: &Field, draft: &mut Draft, report: &mut Report) {
    let name = names::role(report, &role.text, Some(role.span));
    if member.text.starts_with("role:") {
        let from = names::role(report, &member.text, Some(member.span));
        if let (Some(from), Some(name)) = (from, name) {
            draft.role(&name, || report.place(role.span));
            let place = report.place(role.span);
            let from = draft.role(&from, || report.place(member.span));
            from.includes.push(Include { role: name, place });
        }
        return;
    }
    let subject = names::member(report, &member.text, Some(member.span));
    if let (Some(subject), Some(name)) = (subject, name) {
        draft
            .role(&name, || report.place(role.span))
            .add_member(subject, false);
    }
}

/// Reads an action; `use` is none.
pub(super) fn read_action(word: &str) -> Option<Option<Action>> {
    match word {
        "use" => Some(None),
        word => Action::parse(word).map(Some),
    }
}

fn word(action: Option<Action>) -> &'static str {
    action.map_or("use", |action| action.as_str())
}

/// Makes the pattern of a policy of the RBAC plugin.
pub(super) fn matcher(of: &str, action: Option<Action>) -> Matcher {
    // There its own permissions have a type; here they are told apart by their names.
    match action {
        Some(action) if of == "policy-entity" => {
            Matcher::Name(format!("policy.entity.{}", action.as_str()))
        }
        _ => Matcher::Action {
            of: of.to_owned(),
            action,
        },
    }
}

/// Warns about a policy that nothing here asks for.
pub(super) fn check_effect(
    matcher: &Matcher,
    of: &str,
    action: Option<Action>,
    span: impl Into<Option<Span>>,
    report: &mut Report,
) {
    if PERMISSIONS
        .iter()
        .any(|known| matcher.matches(&known.into()))
    {
        return;
    }
    let related = PERMISSIONS
        .iter()
        .filter(|known| known.name == of || known.resource_type == Some(of));
    let mut actions: Vec<_> = related.map(|known| word(known.action)).collect();
    actions.dedup();
    let (message, help) = if actions.is_empty() {
        let message = format!("nothing here asks for `{}`", names::shown(of));
        let help =
            "it may belong to a plugin that does not exist here; otherwise check its spelling";
        (message, help.to_owned())
    } else {
        let message = format!("`{of}` does not have the action {}", word(action));
        (message, format!("it has {}", names::listed(&actions)))
    };
    report.warning(codes::POL_NO_EFFECT, span, message, help);
}
