//! Checks that every role which another includes exists, and that none includes itself.
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use super::names;
use crate::draft::{Draft, Include};

/// Most problems that are listed.
const MAX_PROBLEMS: usize = 100;

/// Returns what is wrong with the includes of all roles.
pub(super) fn check(draft: &Draft) -> Vec<Diagnostic> {
    let mut found = unknown(draft);
    found.extend(loops(draft));
    found
}

fn unknown(draft: &Draft) -> Vec<Diagnostic> {
    let names: Vec<_> = draft.roles.iter().map(|role| role.name.as_str()).collect();
    let includes = draft.roles.iter().flat_map(|role| &role.includes);
    let missing = includes.filter(|include| draft.position(&include.role).is_none());
    missing
        .take(MAX_PROBLEMS)
        .map(|include| {
            let message = format!("there is no role {}", names::shown(&include.role));
            let help = match names::similar(&include.role, &names) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "define it, or leave it out".to_owned(),
            };
            problem(codes::POL_ROLE, include, message).with_help(help)
        })
        .collect()
}

/// Goes down from every role that was not seen yet; a role that is on the way already closes a loop.
fn loops(draft: &Draft) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen = vec![false; draft.roles.len()];
    let mut on_way = vec![false; draft.roles.len()];
    for start in 0..draft.roles.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        on_way[start] = true;
        // Each step: a role, and the next of its includes to look at.
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            let Some(include) = draft.roles[at].includes.get(*next) else {
                on_way[at] = false;
                way.pop();
                continue;
            };
            *next += 1;
            let Some(to) = draft.position(&include.role) else {
                continue;
            };
            if on_way[to] && found.len() < MAX_PROBLEMS {
                found.push(closed(draft, &way, to, include));
            } else if !seen[to] {
                seen[to] = true;
                on_way[to] = true;
                way.push((to, 0));
            }
        }
    }
    found
}

fn closed(draft: &Draft, way: &[(usize, usize)], to: usize, include: &Include) -> Diagnostic {
    let names = way.iter().map(|(at, _)| *at).skip_while(|at| *at != to);
    let mut names: Vec<_> = names.map(|at| draft.roles[at].name.as_str()).collect();
    names.push(&draft.roles[to].name);
    // A loop of many roles is told by its beginning and end.
    let shown = if names.len() > 8 {
        let end = names.split_off(names.len() - 3);
        names.truncate(4);
        format!("{} -> … -> {}", names.join(" -> "), end.join(" -> "))
    } else {
        names.join(" -> ")
    };
    let message = format!("the role {} includes itself: {shown}", draft.roles[to].name);
    problem(codes::POL_ROLE_LOOP, include, message).with_help("take one of these steps out")
}

fn problem(code: &str, include: &Include, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, &*include.place.file, message)
        .with_span(include.place.span)
}
