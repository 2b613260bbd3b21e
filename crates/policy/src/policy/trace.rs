//! The slow way to a decision, which remembers every rule on it.
use super::{Policy, combine::Tally, members::Via, outcome};
use crate::{
    Asked, Decision, Effect, Reason, Verdict, Who,
    condition::Known,
    draft::{Origin, Rule},
    guard::Facts,
};

/// One rule that matches, and how the user came to it.
struct Match<'a> {
    rule: &'a Rule,
    way: &'a Via<'a>,
}

/// Decides by looking at every rule of the user's roles.
pub(super) fn decide(policy: &Policy, who: &Who, asked: &Asked<'_>) -> Verdict {
    let ways = policy.members.ways(who);
    let matches: Vec<_> = ways
        .iter()
        .flat_map(|way| {
            let rules = policy.rules[policy.ranges[way.role].clone()].iter();
            rules.map(move |rule| Match { rule, way })
        })
        .filter(|found| found.rule.matcher.matches(asked))
        .collect();
    let has = |origin: Origin| matches.iter().any(|found| found.rule.origin == origin);
    let counts = policy
        .precedence
        .counts(has(Origin::Basic), has(Origin::Conditional));
    let roles = policy.members.roles(who);
    let is_super_user = policy.members.is_super_user(&roles);
    let facts = Facts::new(who, *asked);
    let mut tally = Tally::default();
    let mut reasons = Vec::with_capacity(matches.len());
    for found in &matches {
        let outcome = outcome::of(found.rule, who, asked, &facts);
        let overridden = if is_super_user {
            let is_reason = policy.roles[found.way.role].name == crate::read::SUPER_ROLE;
            (!is_reason).then_some("the user may do everything, whatever else is said")
        } else if counts.includes(found.rule.origin) {
            None
        } else if found.rule.origin == Origin::Basic {
            Some("a conditional policy of the user's roles takes precedence")
        } else {
            Some("a policy of the CSV file takes precedence")
        };
        if overridden.is_none() {
            tally.add(found.rule.effect, outcome.known.clone());
        }
        reasons.push(reason(policy, found, outcome, overridden));
    }
    let is_denied = tally.is_denied() && !is_super_user;
    if is_denied {
        overrule(&mut reasons);
    }
    let decision = if is_super_user {
        Decision::Allow
    } else {
        tally.decision()
    };
    Verdict { decision, reasons }
}

fn reason(
    policy: &Policy,
    found: &Match<'_>,
    outcome: outcome::Outcome,
    overridden: Option<&str>,
) -> Reason {
    let (line, column) = found.rule.place.line_and_column();
    let through = found.way.through.map(|role| {
        let name = &policy.roles[role].name;
        format!("the user has the role because {name} includes it")
    });
    let notes: Vec<String> = [overridden.map(str::to_owned), outcome.note, through]
        .into_iter()
        .flatten()
        .collect();
    Reason {
        role: policy.roles[found.way.role].name.clone(),
        via: found.way.subject.to_owned(),
        effect: found.rule.effect,
        permission: found.rule.pattern.clone(),
        counts: overridden.is_none() && outcome.known != Known::Never,
        condition: match outcome.known {
            Known::If(condition) => Some(condition),
            _ => None,
        },
        file: found.rule.place.file.to_string(),
        line,
        column,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

/// Marks what does not matter because a rule denies everything.
fn overrule(reasons: &mut [Reason]) {
    for reason in reasons.iter_mut().filter(|reason| reason.counts) {
        if reason.effect == Effect::Allow {
            reason.counts = false;
            let text = "a rule that denies wins over it";
            reason.note = Some(match reason.note.take() {
                Some(note) => format!("{text}; {note}"),
                None => text.to_owned(),
            });
        }
    }
}
