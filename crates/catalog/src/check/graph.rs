//! What only the whole catalog shows: references to nothing, circles, and people without groups.
use std::collections::{BTreeMap, HashMap, HashSet};

use callboard_diagnostics::{codes, rule};
use callboard_model::{Diagnostic, Severity, Span};

use super::cycles;
use crate::draft::{Draft, DraftEdge};

/// One entity with the file it is from, as diagnostics name it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) file: &'a str,
    pub(crate) draft: &'a Draft,
}

impl<'a> Member<'a> {
    pub(super) fn entity_ref(self) -> &'a str {
        &self.draft.entity_ref
    }

    pub(super) fn problem(
        self,
        code: &str,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let severity = rule(code).map_or(Severity::Warning, |rule| rule.severity);
        Diagnostic::new(code, severity, self.file, message)
            .with_span(span)
            .about(self.entity_ref())
    }
}

/// Looks at all entities together, given whether the catalog has an entity of some reference.
pub(crate) fn lint_catalog(
    members: &[Member<'_>],
    exists: impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for member in members {
        let edges = member.draft.edges.iter();
        found.extend(edges.filter_map(|edge| reference(*member, edge, &exists)));
    }
    said_twice(members, &mut found);
    cycles::lint(members, &mut found);
    lonely(members, &mut found);
    found
}

fn reference(
    member: Member<'_>,
    edge: &DraftEdge,
    exists: impl Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let target = &*edge.target;
    let (kind, rest) = target.split_once(':').unwrap_or_default();
    let is_owner = edge.rule.forward == "ownedBy";
    if is_owner && !matches!(kind, "group" | "user") {
        let message = format!("the owner {target} is neither a group nor a user");
        let help = "owners are groups or users; without a kind, a group is meant";
        let problem = member.problem(codes::CAT_OWNER_KIND, edge.span, message);
        return Some(problem.with_help(help));
    }
    if exists(target) {
        return None;
    }
    if !is_owner {
        let message = format!("{target} is not in the catalog ({})", edge.rule.forward);
        let help = "check the spelling, kind and namespace, or register the file that describes it";
        let problem = member.problem(codes::CAT_DANGLING, edge.span, message);
        return Some(problem.with_help(help));
    }
    let message = format!("the owner {target} is not in the catalog");
    let other = if kind == "group" { "user" } else { "group" };
    let other = format!("{other}:{rest}");
    let help = if exists(&other) {
        format!("{other} exists; write it with its kind")
    } else {
        "check the spelling, or register the file that describes it".to_owned()
    };
    let problem = member.problem(codes::CAT_OWNER_MISSING, edge.span, message);
    Some(problem.with_help(help))
}

/// Reports `dependsOn` on one side and `dependencyOf` on the other; groups name each other both ways by custom.
fn said_twice(members: &[Member<'_>], found: &mut Vec<Diagnostic>) {
    let forward: HashSet<(&str, &str)> = edges(members, "dependsOn")
        .map(|(member, edge)| (member.entity_ref(), &*edge.target))
        .collect();
    for (member, edge) in edges(members, "dependencyOf") {
        if forward.contains(&(&edge.target, member.entity_ref())) {
            let message = format!("{} says the same with dependsOn", edge.target);
            let problem = member.problem(codes::CAT_SAID_TWICE, edge.span, message);
            found.push(problem.with_help("one of the two is enough"));
        }
    }
}

/// Returns the edges of one type with the entities that make them.
pub(super) fn edges<'a>(
    members: &'a [Member<'a>],
    forward: &'a str,
) -> impl Iterator<Item = (Member<'a>, &'a DraftEdge)> {
    members.iter().flat_map(move |member| {
        let edges = member.draft.edges.iter();
        edges
            .filter(move |edge| edge.rule.forward == forward)
            .map(move |edge| (*member, edge))
    })
}

/// Reports groups without people or groups below them, and people without a group.
fn lonely(members: &[Member<'_>], found: &mut Vec<Diagnostic>) {
    let mut joined: HashSet<&str> = HashSet::new();
    for forward in ["hasMember", "memberOf"] {
        for (member, edge) in edges(members, forward) {
            joined.extend([member.entity_ref(), &*edge.target]);
        }
    }
    joined.extend(edges(members, "parentOf").map(|(parent, _)| parent.entity_ref()));
    joined.extend(edges(members, "childOf").map(|(_, edge)| &*edge.target));
    for member in members {
        let entity_ref = member.entity_ref();
        let (code, message) = match entity_ref.split_once(':') {
            Some(("group", _)) => (codes::CAT_EMPTY_GROUP, "nobody is in this group"),
            Some(("user", _)) => (codes::CAT_NO_GROUP, "this user is in no group"),
            _ => continue,
        };
        if !joined.contains(entity_ref) {
            let problem = member.problem(code, member.draft.name_span, message);
            found.push(problem.with_help("membership is told by spec.members or spec.memberOf"));
        }
    }
}

/// Returns the members by reference.
pub(super) fn by_reference<'a>(members: &'a [Member<'a>]) -> BTreeMap<&'a str, Member<'a>> {
    members
        .iter()
        .map(|member| (member.entity_ref(), *member))
        .collect()
}

/// Returns the other ends of some edges of each entity, `reverse` ones turned round.
pub(super) fn neighbours<'a>(
    members: &'a [Member<'a>],
    forward: &'a str,
    reverse: &'a str,
) -> HashMap<&'a str, Vec<&'a str>> {
    let mut all: HashMap<&str, Vec<&str>> = HashMap::new();
    for (member, edge) in edges(members, forward) {
        all.entry(member.entity_ref())
            .or_default()
            .push(&edge.target);
    }
    for (member, edge) in edges(members, reverse) {
        all.entry(&edge.target)
            .or_default()
            .push(member.entity_ref());
    }
    all
}
