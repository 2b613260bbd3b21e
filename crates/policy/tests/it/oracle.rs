//! Random policies decide what their rules say: something allows, and nothing denies.
//!
//! A policy is made as a plain structure, written as files, and read; what it decides for a random user is compared,
//! for random things, with what the structure says.
use callboard_policy::{Condition, Precedence, Who};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ROLES: usize = 4;
const PERMISSIONS: [&str; 3] = [
    "catalog.entity.read",
    "catalog.entity.delete",
    "catalog.entity.create",
];

/// A condition over six facts; fact 4 is owning the thing, and fact 5 a label with the user's name.
#[derive(Debug, Clone)]
enum Tree {
    Fact(u8),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

#[derive(Debug, Clone)]
struct Line {
    is_allow: bool,
    /// 0 to 2: one of the permissions; 3: those of entities; 4: all.
    pattern: usize,
    when: Option<Tree>,
    /// 0: a group; 1: not that group; 2: fails.
    guard: Option<u8>,
}

#[derive(Debug, Clone)]
struct Made {
    /// Bits: everyone, anonymous, ada, g0, g1.
    members: u8,
    /// Bits of roles that come later.
    includes: u8,
    lines: Vec<Line>,
    /// Lines of the CSV file: whether they allow, and the permission (0 or 1).
    basic: Vec<(bool, usize)>,
    /// Conditional policies: the permission (0 or 1), and the condition.
    conditional: Vec<(usize, Tree)>,
}

fn trees() -> impl Strategy<Value = Tree> {
    let fact = (0..6_u8).prop_map(Tree::Fact);
    fact.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Tree::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::All),
            prop::collection::vec(inner, 1..4).prop_map(Tree::Any),
        ]
    })
}

fn lines() -> impl Strategy<Value = Line> {
    let parts = (
        prop::bool::weighted(0.7),
        0..5_usize,
        prop::option::of(trees()),
        prop::option::weighted(0.3, 0..3_u8),
    );
    parts.prop_map(|(is_allow, pattern, when, guard)| Line {
        is_allow,
        pattern,
        // Only the first two permissions can have a condition.
        when: when.filter(|_| pattern < 2),
        guard,
    })
}

fn roles() -> impl Strategy<Value = Vec<Made>> {
    let role = (
        0..32_u8,
        prop::bits::u8::between(0, ROLES),
        prop::collection::vec(lines(), 0..4),
        prop::collection::vec((prop::bool::weighted(0.7), 0..2_usize), 0..2),
        prop::collection::vec((0..2_usize, trees()), 0..2),
    );
    let role = role.prop_map(|(members, includes, lines, basic, conditional)| Made {
        members,
        includes,
        lines,
        basic,
        conditional,
    });
    prop::collection::vec(role, ROLES)
}

fn users() -> impl Strategy<Value = Who> {
    prop_oneof![
        1 => Just(Who::default()),
        4 => (prop::bool::ANY, prop::bool::ANY, prop::bool::ANY).prop_map(|(is_ada, g0, g1)| {
            let groups: Vec<_> = [("g0", g0), ("g1", g1)].into_iter().filter(|(_, is_in)| *is_in).map(|(name, _)| name).collect();
            user(if is_ada { "ada" } else { "bob" }, &groups, &[])
        }),
    ]
}

impl Tree {
    fn json(&self) -> Value {
        let rule = |rule: &str, params| json!({ "rule": rule, "resourceType": "catalog-entity", "params": params });
        match self {
            Self::Fact(4) => rule("IS_ENTITY_OWNER", json!({ "claims": ["$ownerRefs"] })),
            Self::Fact(5) => rule(
                "HAS_LABEL",
                json!({ "label": "f5", "value": "$currentUser" }),
            ),
            Self::Fact(at) => rule("HAS_LABEL", json!({ "label": format!("f{at}") })),
            Self::Not(inner) => json!({ "not": inner.json() }),
            Self::All(items) => {
                json!({ "allOf": items.iter().map(Self::json).collect::<Vec<_>>() })
            }
            Self::Any(items) => {
                json!({ "anyOf": items.iter().map(Self::json).collect::<Vec<_>>() })
            }
        }
    }

    fn has_user(&self) -> bool {
        match self {
            Self::Fact(at) => *at == 5,
            Self::Not(inner) => inner.has_user(),
            Self::All(items) | Self::Any(items) => items.iter().any(Self::has_user),
        }
    }

    fn holds(&self, facts: u8) -> bool {
        match self {
            Self::Fact(at) => facts >> at & 1 == 1,
            Self::Not(inner) => !inner.holds(facts),
            Self::All(items) => items.iter().all(|item| item.holds(facts)),
            Self::Any(items) => items.iter().any(|item| item.holds(facts)),
        }
    }
}

/// Evaluates what was decided, for one thing.
fn holds(condition: &Condition, facts: u8) -> bool {
    match condition {
        Condition::AllOf(items) => items.iter().all(|item| holds(item, facts)),
        Condition::AnyOf(items) => items.iter().any(|item| holds(item, facts)),
        Condition::Not(inner) => !holds(inner, facts),
        Condition::Rule { rule, .. } if rule == "IS_ENTITY_OWNER" => facts >> 4 & 1 == 1,
        Condition::Rule { params, .. } => {
            let label = params["label"].as_str().expect("labels are text");
            facts >> label[1..].parse::<u8>().expect("labels end with a digit") & 1 == 1
        }
    }
}

fn written(roles: &[Made], precedence: Precedence) -> Sources {
    let subjects = [
        "everyone",
        "anonymous",
        "user:default/ada",
        "group:default/g0",
        "group:default/g1",
    ];
    let mut csv = String::new();
    let mut conditional = String::new();
    let mut own = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        let members = subjects
            .iter()
            .enumerate()
            .filter(|(bit, _)| role.members >> bit & 1 == 1);
        let includes = (at + 1..ROLES).filter(|other| role.includes >> other & 1 == 1);
        let rules = role.lines.iter().map(|line| {
            let patterns = [
                "catalog.entity.read",
                "catalog.entity.delete",
                "catalog.entity.create",
                "catalog.entity.*",
                "*",
            ];
            let mut rule =
                json!({ if line.is_allow { "allow" } else { "deny" }: patterns[line.pattern] });
            if let Some(when) = &line.when {
                rule["when"] = when.json();
            }
            if let Some(guard) = line.guard {
                let guards = [
                    "'group:default/g1' in user.groups",
                    "!user.groups.exists(g, g == 'group:default/g1')",
                    "user.groups[9] == ''",
                ];
                rule["if"] = guards[usize::from(guard)].into();
            }
            rule
        });
        own.push(json!({
            "name": format!("r{at}"),
            "members": members.map(|(_, subject)| *subject).collect::<Vec<_>>(),
            "includes": includes.map(|other| format!("r{other}")).collect::<Vec<_>>(),
            "rules": rules.collect::<Vec<_>>(),
        }));
        for (is_allow, permission) in &role.basic {
            let effect = if *is_allow { "allow" } else { "deny" };
            csv += &format!(
                "p, role:default/r{at}, catalog-entity, {}, {effect}\n",
                ["read", "delete"][*permission]
            );
        }
        for (permission, tree) in &role.conditional {
            let action = ["read", "delete"][*permission];
            let document = json!({
                "result": "CONDITIONAL", "roleEntityRef": format!("role:default/r{at}"), "pluginId": "catalog",
                "resourceType": "catalog-entity", "permissionMapping": [action], "conditions": tree.json(),
            });
            conditional += &format!("---\n{document}\n");
        }
    }
    let policy = json!({ "apiVersion": "callboard.dev/v1", "kind": "Policy", "roles": own });
    let mut settings = enabled();
    settings.precedence = precedence;
    Sources {
        policies: vec![source("policy.yaml", &policy.to_string())],
        csv: Some(source("rbac.csv", &csv)),
        conditional: Some(source("conditional.yaml", &conditional))
            .filter(|source| !source.text.is_empty()),
        settings,
    }
}

/// The roles that somebody has.
fn held(roles: &[Made], who: &Who) -> Vec<bool> {
    let is_in = |group: &str| who.groups.iter().any(|(name, _)| name == group);
    let signed_in = who.user.is_some();
    let bits = [
        signed_in,
        !signed_in,
        who.user.as_deref() == Some("user:default/ada"),
        is_in("group:default/g0"),
        is_in("group:default/g1"),
    ];
    let mut held = vec![false; roles.len()];
    for (at, role) in roles.iter().enumerate() {
        held[at] |= (0..5).any(|bit| bits[bit] && role.members >> bit & 1 == 1);
        for other in at + 1..roles.len() {
            held[other] |= held[at] && role.includes >> other & 1 == 1;
        }
    }
    held
}

/// Whether somebody may do something to a thing, as the structure says.
fn may(roles: &[Made], who: &Who, permission: usize, precedence: Precedence, facts: u8) -> bool {
    let signed_in = who.user.is_some();
    // Nobody owns anything, and nothing is labelled with nobody.
    let facts = if signed_in { facts } else { facts & 0b1111 };
    let in_g1 = who
        .groups
        .iter()
        .any(|(name, _)| name == "group:default/g1");
    // What holds where a condition is about nobody.
    let tree = |tree: &Tree, is_allow: bool| {
        if tree.has_user() && !signed_in {
            !is_allow
        } else {
            tree.holds(facts)
        }
    };
    let (mut allowed, mut denied) = (false, false);
    let mut say = |is_allow: bool, holds: bool| {
        allowed |= is_allow && holds;
        denied |= !is_allow && holds;
    };
    let held = held(roles, who);
    let mine: Vec<_> = roles
        .iter()
        .zip(held)
        .filter(|(_, held)| *held)
        .map(|(role, _)| role)
        .collect();
    for line in mine.iter().flat_map(|role| &role.lines) {
        let guard = match line.guard {
            None => true,
            Some(0) => in_g1,
            Some(1) => !in_g1,
            Some(_) => !line.is_allow,
        };
        let when = line
            .when
            .as_ref()
            .is_none_or(|when| tree(when, line.is_allow));
        if line.pattern == permission || line.pattern >= 3 {
            say(line.is_allow, guard && when);
        }
    }
    let basic: Vec<_> = mine
        .iter()
        .flat_map(|role| &role.basic)
        .filter(|(_, of)| *of == permission)
        .collect();
    let conditional: Vec<_> = mine
        .iter()
        .flat_map(|role| &role.conditional)
        .filter(|(of, _)| *of == permission)
        .collect();
    if precedence == Precedence::Basic || conditional.is_empty() {
        basic.iter().for_each(|(is_allow, _)| say(*is_allow, true));
    }
    if precedence == Precedence::Conditional || basic.is_empty() {
        conditional
            .iter()
            .for_each(|(_, when)| say(true, tree(when, true)));
    }
    allowed && !denied
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_decision_is_what_the_rules_say(
        roles in roles(),
        who in users(),
        is_basic in any::<bool>(),
    ) {
        let precedence = if is_basic { Precedence::Basic } else { Precedence::Conditional };
        let policy = load(written(&roles, precedence));
        for (at, name) in PERMISSIONS.iter().enumerate() {
            let decision = decide(&policy, &who, name).decision;
            for facts in 0..64 {
                let found = match &decision {
                    Decision::Allow => true,
                    Decision::Deny => false,
                    Decision::Conditional(condition) => holds(condition, facts),
                };
                prop_assert_eq!(found, may(&roles, &who, at, precedence, facts), "{} {:b} {:?}", name, facts, decision);
            }
        }
    }
}
