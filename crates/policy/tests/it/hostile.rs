//! Whatever the files hold, they are read in bounded time and nothing panics.
use proptest::prelude::*;

use super::*;

fn all(policy: &str, csv: &str, conditional: &str) -> Sources {
    Sources {
        policies: vec![source("policy.yaml", policy)],
        csv: Some(source("rbac.csv", csv)),
        conditional: Some(source("conditional.yaml", conditional)),
        settings: enabled(),
    }
}

/// Pieces of which files are made.
const PIECES: &[&str] = &[
    "apiVersion: callboard.dev/v1\n",
    "kind: Policy\n",
    "roles:\n",
    "  - name: a\n",
    "    members: [everyone]\n",
    "    rules:\n",
    "      - allow: catalog.entity.read\n",
    "        when:\n",
    "          rule: HAS_LABEL\n",
    "          params: { label: x }\n",
    "        if: 'true'\n",
    "---\n",
    "p, role:default/a, catalog-entity, read, allow\n",
    "g, user:default/a, role:default/a\n",
    "\"",
    ",",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "\n",
    "ä",
    "\u{feff}",
    "\t",
    "*",
    "&a ",
    "permissionMapping: [read]\n",
    "conditions:\n",
    "resourceType: catalog-entity\n",
    "pluginId: catalog\n",
    "roleEntityRef: a\n",
    "result: CONDITIONAL\n",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,80}",
        prop::collection::vec(prop::sample::select(PIECES), 0..20)
            .prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(policy in text(), csv in text(), conditional in text()) {
        let (loaded, found) = Policy::load(all(&policy, &csv, &conditional));
        let lengths = [policy.len(), csv.len(), conditional.len()];
        for problem in &found {
            prop_assert!(problem.span.is_none_or(|span| span.start.offset <= span.end.offset
                && lengths.iter().any(|length| span.end.offset <= *length)));
        }
        if let Some(loaded) = loaded {
            decide(&loaded, &user("ada", &["x"], &[]), "catalog.entity.read");
        }
    }

    #[test]
    fn lines_keep_what_is_in_them(name in "[a-z]{1,9}", space in "[ \t]{0,3}", quote in any::<bool>()) {
        let quoted = |text: &str| if quote { format!("\"{text}\"") } else { text.to_owned() };
        let role = quoted(&format!("role:default/{name}"));
        let member = quoted("user:default/ada");
        let csv = format!(
            "p{space},{space}{role}{space},catalog-entity,{space}read{space},allow\r\n{space}g,{member},{space}{role}{space}\n"
        );
        let policy = load(Sources { csv: Some(source("rbac.csv", &csv)), settings: enabled(), ..Sources::default() });
        prop_assert!(allows(&policy, &user("ada", &[], &[]), "catalog.entity.read"));
        prop_assert_eq!(&policy.roles()[0].name, &format!("role:default/{name}"));
    }
}

#[test]
fn deep_wide_and_circular_files_are_refused() {
    let deep = format!(
        "roles: [{{ name: a, rules: [{{ allow: catalog.entity.read, when: {}{}{} }}] }}]\n",
        "{ not: ".repeat(30),
        "{ rule: HAS_TAG }",
        " }".repeat(30)
    );
    let (policy, found) = Policy::load(own(&deep));
    assert!(policy.is_none());
    assert_eq!(
        found
            .iter()
            .filter(|problem| problem.code == "POL013")
            .count(),
        1
    );
    let chain: String = (0..5_000)
        .map(|at| format!("  - {{ name: r{at}, includes: [r{}] }}\n", (at + 1) % 5_000))
        .collect();
    let (policy, found) = Policy::load(own(&format!("roles:\n{chain}")));
    assert!(policy.is_none());
    assert_eq!(found.len(), 1);
    assert!(found[0].message.len() < 300, "{}", found[0].message);
    let wide = "- { rule: HAS_LABEL, params: { label: a } }\n              ".repeat(600);
    let (policy, found) = Policy::load(own(&format!(
        "
roles:
  - name: a
    rules:
      - allow: catalog.entity.read
        when:
            anyOf:
              {wide}
"
    )));
    assert!(policy.is_none());
    assert_eq!(found.len(), 1, "{}", told(&found));
}

#[test]
fn there_is_a_limit_of_roles_and_rules() {
    let roles: String = (0..20_002).map(|at| format!("  - name: r{at}\n")).collect();
    let (policy, found) = Policy::load(own(&format!("roles:\n{roles}")));
    assert!(policy.is_none());
    assert_eq!(found[0].code, "POL020");
    let csv = "p, role:default/a, catalog-entity, read, allow\n".repeat(200_001);
    let (policy, found) = Policy::load(Sources {
        csv: Some(source("rbac.csv", &csv)),
        ..Sources::default()
    });
    assert!(policy.is_none());
    assert_eq!(found[0].code, "POL020");
}

#[test]
fn there_is_a_limit_of_expressions_but_not_of_their_uses() {
    let with = |count: usize, differ: bool| {
        let rules: String = (0..count)
            .map(|at| {
                format!(
                    "{{ allow: '*', if: '{} > 0' }},",
                    if differ { at } else { 1 }
                )
            })
            .collect();
        own(&format!("roles: [{{ name: a, rules: [{rules}] }}]\n"))
    };
    assert!(Policy::load(with(3_000, false)).0.is_some());
    let (policy, found) = Policy::load(with(2_001, true));
    assert!(policy.is_none());
    assert!(found[0].message.contains("2000"), "{}", told(&found));
}
