//! A policy of a thousand roles, as a large organisation may have grown it.
//!
//! What it says follows from the number of the role alone, so that two measurements are of the same policy.
use std::fmt::Write as _;

use super::people::Person;

/// Roles of the policy.
pub const ROLES: usize = 1_000;

/// Rules of each role.
pub const RULES: usize = 10;

/// One role of so many is one that the measured user has.
const EVERY: usize = 50;

/// Groups that are members of each role without being groups of the measured user.
const OTHERS: usize = 4;

/// Values of the generated catalog. The number of the tags is a prime, so that the roles of a user have different ones.
const TAGS: [&str; 31] = [
    "java",
    "go",
    "rust",
    "python",
    "node",
    "typescript",
    "kotlin",
    "scala",
    "grpc",
    "rest",
    "graphql",
    "kafka",
    "postgres",
    "redis",
    "mysql",
    "spark",
    "flink",
    "react",
    "vue",
    "angular",
    "ios",
    "android",
    "data",
    "ml",
    "internal",
    "external",
    "tier1",
    "tier2",
    "tier3",
    "pci",
    "gdpr",
];
const TIERS: [&str; 3] = ["tier-1", "tier-2", "tier-3"];
const REGIONS: [&str; 3] = ["eu-west-1", "us-east-1", "ap-south-1"];
const LIFECYCLES: [&str; 3] = ["production", "experimental", "deprecated"];

/// Writes the policy file.
pub fn policy(person: &Person) -> String {
    let mut text = String::from("apiVersion: callboard.dev/v1\nkind: Policy\nroles:\n");
    for role in 0..ROLES {
        let members = members(role, person).join(", ");
        let head = format!("  - name: role-{role}\n    members: [{members}]\n    rules:\n");
        text.push_str(&head);
        for rule in rules(role, person) {
            // Writing to a text does not fail.
            let _ = writeln!(text, "      - {{ {rule} }}");
        }
    }
    text
}

/// Returns the members of a role. Every so many roles have the user, or a group of the user at some distance.
fn members(role: usize, person: &Person) -> Vec<&str> {
    let mut members: Vec<&str> = (0..OTHERS)
        .map(|at| person.others[(role * OTHERS + at) % person.others.len()].as_str())
        .collect();
    if role.is_multiple_of(EVERY) {
        let own: Vec<&str> = person
            .groups
            .iter()
            .chain([&person.user])
            .map(String::as_str)
            .collect();
        members.push(own[role / EVERY % own.len()]);
    }
    members
}

fn rules(role: usize, person: &Person) -> [String; RULES] {
    let tag = |more: usize| {
        rule(
            "HAS_METADATA",
            "key: tags",
            TAGS[(role + more) % TAGS.len()],
        )
    };
    let label =
        |name: &str, value: &str| rule("HAS_LABEL", &format!("label: example.com/{name}"), value);
    let tier = label("tier", TIERS[role % TIERS.len()]);
    let region = label("region", REGIONS[role / 3 % REGIONS.len()]);
    let center = |more: usize| {
        let number = 100 + (role + role / EVERY + more) % 100;
        label("cost-center", &format!("cc-{number}"))
    };
    let lifecycle = |value: &str| rule("HAS_SPEC", "key: lifecycle", value);
    let own_lifecycle = lifecycle(LIFECYCLES[role % LIFECYCLES.len()]);
    let (production, deprecated) = (lifecycle("production"), lifecycle("deprecated"));
    let own = "{ rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }";
    let other = &person.others[role * 7 % person.others.len()];
    let others =
        format!("{{ rule: IS_ENTITY_OWNER, params: {{ claims: [$currentUser, \"{other}\"] }} }}");
    let apis = "{ rule: IS_ENTITY_KIND, params: { kinds: [API] } }";
    let slug = "{ rule: HAS_ANNOTATION, params: { annotation: github.com/project-slug } }";
    let read = "catalog.entity.read";
    [
        format!("allow: [{read}, catalog.entity.refresh, catalog.entity.delete], when: {own}"),
        format!(
            "allow: {read}, when: {{ allOf: [{}, {own_lifecycle}] }}",
            tag(0)
        ),
        format!(
            "allow: {read}, when: {{ allOf: [{tier}, {region}, {}] }}",
            tag(11)
        ),
        format!(
            "allow: {read}, when: {{ allOf: [{}, {{ not: {deprecated} }}] }}",
            center(0)
        ),
        format!(
            "allow: {read}, when: {{ anyOf: [{others}, {{ allOf: [{apis}, {}] }}] }}",
            center(20)
        ),
        format!(
            "allow: [catalog.entity.delete, catalog.entity.refresh], when: {{ allOf: [{slug}, {{ anyOf: [{others}, {}] }}] }}",
            center(40)
        ),
        format!(
            "deny: {read}, when: {{ allOf: [{}, {region}, {{ not: {own} }}] }}",
            tag(23)
        ),
        format!(
            "deny: catalog.entity.delete, when: {{ allOf: [{production}, {}, {{ not: {own} }}] }}",
            tag(5)
        ),
        format!(
            "allow: [catalog.entity.create, \"catalog.location.*\"], if: \"size(user.groups) > {}\"",
            role % 20
        ),
        format!("deny: catalog.location.delete, if: '!(\"{other}\" in user.groups)'"),
    ]
}

fn rule(name: &str, key: &str, value: &str) -> String {
    format!("{{ rule: {name}, params: {{ {key}, value: {value} }} }}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        Person {
            user: "user:default/u".to_owned(),
            groups: (0..6).map(|at| format!("group:default/own-{at}")).collect(),
            others: (0..100)
                .map(|at| format!("group:default/other-{at}"))
                .collect(),
        }
    }

    #[test]
    fn the_user_has_twenty_roles_by_every_group_and_by_name() {
        let person = person();
        let is_own = |member: &&str| !member.contains("other");
        let own: Vec<&str> = (0..ROLES)
            .flat_map(|role| {
                members(role, &person)
                    .into_iter()
                    .filter(is_own)
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(own.len(), 20);
        for one in person.groups.iter().chain([&person.user]) {
            assert!(own.contains(&one.as_str()), "{one}");
        }
    }

    #[test]
    fn the_roles_of_the_user_say_different_things() {
        let person = person();
        let own = (0..ROLES)
            .step_by(EVERY)
            .map(|role| rules(role, &person)[1].clone());
        let different: std::collections::BTreeSet<_> = own.collect();
        assert_eq!(different.len(), 20);
    }

    #[test]
    fn a_policy_has_all_roles_and_rules() {
        let text = policy(&person());
        assert_eq!(text.matches("  - name: ").count(), ROLES);
        assert_eq!(text.matches("\n      - { ").count(), ROLES * RULES);
        // The portal reads no larger file.
        assert!(text.len() < 5 * 1024 * 1024, "{}", text.len());
    }
}
