//! Random policies and entities. The same number makes the same ones, so that a failure can be had again.
use std::fmt::Write as _;

use serde_json::{Value, json};

/// Random numbers from a first one, by the method `SplitMix64`.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 on and below another.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// True so many times out of a hundred.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Some of them, at least one.
    fn some<T: Copy>(&mut self, of: &[T]) -> Vec<T> {
        let sure = self.one(of);
        let others = of.iter().copied().filter(|_| self.chance(20));
        let mut all: Vec<T> = others.collect();
        all.push(sure);
        all
    }
}

const OWNERS: &[&str] = &[
    "crew",
    "dept",
    "strangers",
    "user:default/ada",
    "user:default/bob",
];
const LIFECYCLES: &[&str] = &["production", "experimental", "Production"];
const TYPES: &[&str] = &["service", "library", "website"];
const TAGS: &[&str] = &["java", "rust", "internal"];
const TEAMS: &[&str] = &["One", "two", "three"];
const TIERS: &[&str] = &["1", "Gold"];

/// The people and groups that policies are about: Ada is in the crew, which is part of the department.
const PEOPLE: &str = "
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ada}
spec: {memberOf: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: crew}
spec: {type: team, parent: dept, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: dept}
spec: {type: department, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: strangers}
spec: {type: team, children: []}
";

/// A file with random entities.
pub fn entities(dice: &mut Dice) -> String {
    let mut text = PEOPLE.to_owned();
    for number in 0..8 + dice.below(8) {
        let kind = dice.one(&["Component", "API", "System", "Resource", "Domain"]);
        let mut metadata = json!({"name": format!("thing-{number}")});
        if dice.chance(50) {
            metadata["annotations"] = json!({"example.com/Team": dice.one(TEAMS)});
        }
        if dice.chance(50) {
            metadata["labels"] = json!({"tier": dice.one(TIERS)});
        }
        if dice.chance(60) {
            metadata["tags"] = json!(dice.some(TAGS));
        }
        if dice.chance(30) {
            metadata["title"] = json!(dice.one(TEAMS));
        }
        if dice.chance(20) {
            metadata["namespace"] = json!("other");
        }
        let mut spec = json!({"owner": owner(dice)});
        if matches!(kind, "Component" | "API" | "Resource") {
            spec["type"] = json!(dice.one(TYPES));
        }
        if matches!(kind, "Component" | "API") {
            spec["lifecycle"] = json!(dice.one(LIFECYCLES));
        }
        if kind == "API" {
            spec["definition"] = json!("openapi: 3.1.0");
        }
        let entity = json!({"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec});
        write!(text, "---\n{entity}\n").unwrap();
    }
    text
}

/// An owner in whatever namespace the entity is.
fn owner(dice: &mut Dice) -> String {
    let owner = dice.one(OWNERS);
    if owner.contains(':') {
        owner.to_owned()
    } else {
        format!("group:default/{owner}")
    }
}

/// A random policy. JSON is YAML too.
pub fn policy(dice: &mut Dice) -> Value {
    const MEMBERS: &[&str] = &[
        "everyone",
        "anonymous",
        "user:default/ada",
        "user:default/bob",
        "group:default/crew",
        "group:default/dept",
        "group:default/strangers",
    ];
    let count = 2 + dice.below(3);
    let roles: Vec<Value> = (0..count)
        .map(|number| {
            // The last one, which others may include, allows something to somebody.
            let rules: Vec<Value> = (0..=dice.below(3)).map(|_| rule(dice)).collect();
            let mut role = json!({"name": format!("r{number}"), "members": dice.some(MEMBERS), "rules": rules});
            if number + 1 < count && dice.chance(40) {
                role["includes"] = json!([format!("r{}", number + 1)]);
            }
            role
        })
        .collect();
    json!({"apiVersion": "callboard.dev/v1", "kind": "Policy", "roles": roles})
}

fn rule(dice: &mut Dice) -> Value {
    let effect = if dice.chance(75) { "allow" } else { "deny" };
    let mut rule = if dice.chance(85) {
        let names: &[&str] = if dice.chance(60) {
            &["catalog.entity.read"]
        } else {
            &["catalog.entity.delete", "catalog.entity.read"]
        };
        json!({effect: names, "when": condition(dice, 3)})
    } else {
        // Without a condition, a pattern may be about everything.
        let pattern = dice.one(&["catalog.entity.delete", "catalog.*", "*", "scaffolder.*"]);
        json!({effect: pattern})
    };
    if dice.chance(15) {
        let guard = dice.one(&[
            r#"user.name == "ada""#,
            r#"user.name == "bob""#,
            r#""group:default/dept" in user.groups"#,
            r#"user.ownership.exists(o, o == "group:default/dept")"#,
            r#"permission.action == "read""#,
        ]);
        rule["if"] = json!(guard);
    }
    rule
}

fn condition(dice: &mut Dice, depth: u64) -> Value {
    let many = |dice: &mut Dice| -> Vec<Value> {
        (0..=dice.below(3))
            .map(|_| condition(dice, depth - 1))
            .collect()
    };
    match if depth == 0 { 9 } else { dice.below(10) } {
        0 | 1 => json!({"allOf": many(dice)}),
        2 | 3 => json!({"anyOf": many(dice)}),
        4 => json!({"not": condition(dice, depth - 1)}),
        _ => {
            let (rule, params) = leaf(dice);
            json!({"rule": rule, "resourceType": "catalog-entity", "params": params})
        }
    }
}

/// A rule of the catalog. Letters are of any case, since the index knows no difference.
fn leaf(dice: &mut Dice) -> (&'static str, Value) {
    let has_value = dice.chance(60);
    let with = |name: &str, key: &str, value: &str| {
        if has_value {
            json!({name: key, "value": value})
        } else {
            json!({name: key})
        }
    };
    match dice.below(6) {
        0 => {
            let key = dice.one(&["example.com/Team", "example.com/team", "example.com/none"]);
            (
                "HAS_ANNOTATION",
                with(
                    "annotation",
                    key,
                    dice.one(&["one", "TWO", "three", "four"]),
                ),
            )
        }
        1 => (
            "HAS_LABEL",
            with(
                "label",
                dice.one(&["tier", "Tier", "none"]),
                dice.one(&["1", "gold", "2"]),
            ),
        ),
        2 => {
            let (key, value) = dice.one(&[
                ("tags", "java"),
                ("tags", "RUST"),
                ("title", "one"),
                ("namespace", "other"),
            ]);
            ("HAS_METADATA", with("key", key, value))
        }
        3 => {
            let (key, value) = dice.one(&[
                ("lifecycle", "PRODUCTION"),
                ("type", "library"),
                ("none", "x"),
                ("owner", "group:default/crew"),
            ]);
            ("HAS_SPEC", with("key", key, value))
        }
        4 => (
            "IS_ENTITY_KIND",
            json!({"kinds": dice.some(&["component", "API", "User", "group", "System"])}),
        ),
        _ => {
            let claims = [
                "$ownerRefs",
                "$currentUser",
                "group:default/strangers",
                "user:default/BOB",
            ];
            ("IS_ENTITY_OWNER", json!({"claims": dice.some(&claims)}))
        }
    }
}
