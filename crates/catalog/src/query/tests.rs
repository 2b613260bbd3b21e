//! The language by example, and what holds for every line.
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Index;

fn line(text: &str) -> String {
    parse(text).to_string()
}

fn index() -> Index {
    let mut index = Index::default();
    let put = |index: &mut Index, name: &str, more: serde_json::Value| {
        let mut entity =
            json!({"kind": "Component", "metadata": {"name": name, "namespace": "default"}});
        for (key, value) in more.as_object().unwrap() {
            match (&mut entity[key], value) {
                (serde_json::Value::Object(old), serde_json::Value::Object(new)) => {
                    old.extend(new.clone());
                }
                (old, new) => *old = new.clone(),
            }
        }
        index.put(&format!("component:default/{name}"), &entity);
    };
    let owned = |by: &str| json!([{"type": "ownedBy", "targetRef": by}]);
    put(
        &mut index,
        "payments-api",
        json!({"relations": owned("group:default/payments"), "spec": {"lifecycle": "production", "type": "service"},
            "metadata": {"tags": ["java", "pci"], "labels": {"tier": "1"}, "description": "Takes the money"}}),
    );
    put(
        &mut index,
        "payments-web",
        json!({"relations": owned("user:default/payments"), "spec": {"lifecycle": "deprecated"},
            "metadata": {"tags": ["java", "deprecated"], "annotations": {"backstage.io/orphan": "true"}}}),
    );
    put(
        &mut index,
        "ledger",
        json!({"relations": [{"type": "ownedBy", "targetRef": "group:infra/payments"},
            {"type": "partOf", "targetRef": "system:default/books"}, {"type": "dependsOn", "targetRef": "api:default/money"}],
            "metadata": {"title": "The great: Ledger"}}),
    );
    index
}

fn found(text: &str) -> Vec<String> {
    let sets = Sets {
        owners: &["group:infra/payments".to_owned()],
        starred: &["component:default/ledger".to_owned()],
        watched: &[],
        erring: &["component:default/payments-api".to_owned()],
    };
    let index = index();
    let ids = index.matching(&parse(text).filter(&sets));
    let labels = ids.iter().filter_map(|id| index.label(id));
    let mut names: Vec<String> = labels
        .map(|label| label.entity_ref.rsplit('/').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn parts_are_joined_and_each_finds_what_it_says() {
    let (api, web, ledger) = ("payments-api", "payments-web", "ledger");
    let cases: &[(&str, &[&str])] = &[
        ("", &[ledger, api, web]),
        ("   ", &[ledger, api, web]),
        ("pay", &[api, web]),
        ("pay*", &[api, web]),
        ("PAYMENTS java", &[api, web]),
        ("\"the money\"", &[api]),
        ("\"great: led\"", &[ledger]),
        ("-pay", &[ledger]),
        ("owner:payments", &[api, web]),
        ("owner:group:payments", &[api]),
        ("owner:user:default/payments", &[web]),
        ("owner:infra/payments", &[ledger]),
        ("owner:pay*", &[api, web]),
        ("owner:infra/*", &[ledger]),
        ("-owner:payments", &[ledger]),
        ("lifecycle:production,deprecated", &[api, web]),
        ("lifecycle:prod*,deprecated", &[api, web]),
        ("-lifecycle:deprecated", &[ledger, api]),
        ("tag:java -tag:deprecated", &[api]),
        ("tag:java -deprecated", &[api]),
        ("label.tier:1", &[api]),
        ("annotation.backstage.io/orphan:true", &[web]),
        ("name:payments-*", &[api, web]),
        ("name:payments", &[]),
        ("title:ledger", &[ledger]),
        ("description:money", &[api]),
        ("system:books", &[ledger]),
        ("domain:books", &[]),
        ("has:system", &[ledger]),
        ("has:domain", &[]),
        ("dependsOn:money", &[ledger]),
        ("dependson:api:money", &[ledger]),
        ("has:dependsOn", &[ledger]),
        ("-has:lifecycle", &[ledger]),
        ("has:label.tier", &[api]),
        ("is:orphan", &[web]),
        ("is:error", &[api]),
        ("is:owned", &[ledger]),
        ("is:starred", &[ledger]),
        ("-is:starred", &[api, web]),
        ("is:watched", &[]),
        ("kind:component", &[ledger, api, web]),
        ("component:ledger", &[ledger]),
        ("component:default/ledger", &[ledger]),
        ("ref:component:default/pay*", &[api, web]),
    ];
    for (text, want) in cases {
        assert_eq!(found(text), *want, "{text}");
        assert_eq!(parse(text).problems, [], "{text}");
    }
}

#[test]
fn what_is_not_understood_is_told_and_changes_nothing_else() {
    let problem = |text: &str| {
        let parsed = parse(text);
        assert_eq!(parsed.problems.len(), 1, "{text}: {:?}", parsed.problems);
        parsed.problems[0].clone()
    };
    let typo = problem("x ownr:payments");
    assert_eq!(typo.at, 2..15);
    assert_eq!(typo.instead.as_deref(), Some("owner:payments"));
    assert!(typo.message.contains("\"ownr\""), "{}", typo.message);
    assert_eq!(line("x ownr:payments"), "x \"ownr:payments\"");
    let label = problem("-tier:1");
    assert_eq!(label.instead.as_deref(), Some("-label.tier:1"));
    assert_eq!(problem("owner:").instead.as_deref(), Some("has:owner"));
    assert_eq!(line("a owner: b"), "a b");
    assert_eq!(problem("is:stared").instead.as_deref(), Some("is:starred"));
    assert_eq!(problem("has:ownr").instead.as_deref(), Some("has:owner"));
    assert_eq!(problem("a \"b c").at, 2..6);
    assert_eq!(line("a \"b c"), "a \"b c\"");
    assert_eq!(parse("see https://example.com/x").problems, []);
}

#[test]
fn a_line_is_bounded() {
    let many = "a ".repeat(80);
    let parsed = parse(&many);
    assert_eq!(parsed.terms.len(), MAX_TERMS);
    assert_eq!(parsed.problems.len(), 1);
    let long = parse(&"ü".repeat(5_000));
    assert_eq!(long.problems.len(), 1);
    let values = parse(&format!("tag:{}", "a,".repeat(200)));
    assert!(matches!(&values.terms[0].what, What::Field(_, values) if values.len() == MAX_VALUES));
}

#[test]
fn a_part_can_be_taken_out() {
    let parsed = parse("pay  owner:\"a b\",c* -is:error");
    assert_eq!(parsed.without(0), "owner:\"a b\",c* -is:error");
    assert_eq!(parsed.without(1), "pay -is:error");
    assert_eq!(parsed.without(9), parsed.to_string());
}

proptest! {
    #[test]
    fn every_line_can_be_read_and_is_written_so_that_it_means_the_same(text in "\\PC{0,60}") {
        same_again(&text)?;
    }

    #[test]
    fn so_can_lines_of_the_languages_own_marks(text in "([-:,*\"\\\\ .]|owner|tag|has|is|label\\.|[a-c\0\u{5d0}]){0,24}") {
        same_again(&text)?;
    }
}

fn same_again(text: &str) -> Result<(), TestCaseError> {
    let first = parse(text);
    for problem in &first.problems {
        prop_assert!(text.get(problem.at.clone()).is_some(), "{problem:?}");
    }
    let _ = first.filter(&Sets::default());
    let again = parse(&first.to_string());
    prop_assert_eq!(
        &first.terms,
        &again.terms,
        "{:?} became {:?}",
        text,
        first.to_string()
    );
    prop_assert_eq!(first.to_string(), again.to_string());
    Ok(())
}
