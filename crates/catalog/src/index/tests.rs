//! The index against small catalogs.
use serde_json::json;

use super::*;

fn index(entities: &[(&str, Value)]) -> Index {
    let mut index = Index::default();
    for (entity_ref, entity) in entities {
        index.put(entity_ref, entity);
    }
    index
}

fn sample() -> Index {
    let entity = |name: &str, kind: &str, tags: Value, lifecycle: &str| {
        json!({"apiVersion": "v1", "kind": kind,
            "metadata": {"name": name, "namespace": "default", "tags": tags, "labels": {"a.b/c": "X"}},
            "spec": {"lifecycle": lifecycle},
            "relations": [{"type": "ownedBy", "targetRef": "group:default/t"}]})
    };
    index(&[
        (
            "component:default/a",
            entity("a", "Component", json!(["java", "Web"]), "production"),
        ),
        (
            "component:default/b",
            entity("b", "Component", json!(["java"]), "experimental"),
        ),
        ("api:default/c", entity("c", "API", json!([]), "Production")),
    ])
}

fn check(filter: &[&str], want: &[&str]) {
    let index = sample();
    let found = index.matching(&parse_filters(filter).unwrap());
    let got: Vec<_> = index
        .ordered(&found, &[], 0, 100)
        .into_iter()
        .map(|id| index.label(id).unwrap().entity_ref.to_owned())
        .collect();
    assert_eq!(got, want, "{filter:?}");
}

#[test]
fn filters_mean_what_backstage_says() {
    check(
        &[],
        &[
            "api:default/c",
            "component:default/a",
            "component:default/b",
        ],
    );
    check(
        &["kind=COMPONENT"],
        &["component:default/a", "component:default/b"],
    );
    check(
        &["kind=component,metadata.tags.web"],
        &["component:default/a"],
    );
    check(
        &["metadata.tags=java,spec.lifecycle=production"],
        &["component:default/a"],
    );
    check(
        &["kind=api", "metadata.tags=web"],
        &["api:default/c", "component:default/a"],
    );
    check(
        &["metadata.name=a,metadata.name=b"],
        &["component:default/a", "component:default/b"],
    );
    check(&["metadata.labels.a.b/c=x,kind=api"], &["api:default/c"]);
    check(
        &["relations.ownedBy=group:default/t,kind=api"],
        &["api:default/c"],
    );
    check(&["metadata.tags.nothing"], &[]);
}

#[test]
fn a_filter_without_a_key_is_refused() {
    assert!(parse_filters(&["kind=component,=x"]).is_err());
}

#[test]
fn facets_keep_the_spelling_of_values() {
    let index = sample();
    let got = index.facet("spec.lifecycle", &index.all());
    let want = [("experimental", 1), ("production", 1), ("Production", 1)];
    assert_eq!(got, want.map(|(value, count)| (value.to_owned(), count)));
}

#[test]
fn order_puts_missing_values_last_and_pages() {
    let mut index = sample();
    index.put(
        "component:default/z",
        &json!({"kind": "Component", "metadata": {"name": "z"}}),
    );
    let names = |keys: &[OrderKey], offset, limit| -> Vec<String> {
        let ids = index.ordered(&index.all(), keys, offset, limit);
        ids.into_iter()
            .map(|id| index.value(id, "metadata.name").unwrap().to_owned())
            .collect()
    };
    let key = |key: &str, descending| OrderKey {
        key: key.to_owned(),
        descending,
    };
    assert_eq!(names(&[key("metadata.name", true)], 0, 2), ["z", "c"]);
    assert_eq!(
        names(&[key("spec.lifecycle", false)], 0, 9),
        ["b", "c", "a", "z"]
    );
    assert_eq!(
        names(&[key("spec.lifecycle", true)], 0, 9),
        ["c", "a", "b", "z"]
    );
    assert_eq!(
        names(&[key("kind", false), key("metadata.name", true)], 0, 9),
        ["c", "z", "b", "a"]
    );
    assert_eq!(names(&[key("metadata.name", false)], 1, 2), ["b", "c"]);
}

#[test]
fn what_is_removed_is_found_no_more() {
    let mut index = sample();
    index.remove("component:default/a");
    index.put(
        "component:default/b",
        &json!({"kind": "Component", "metadata": {"name": "b"}}),
    );
    assert_eq!(
        index
            .matching(&Filter::Has("metadata.tags".to_owned()))
            .len(),
        0
    );
    assert_eq!(index.facet("metadata.tags", &index.all()), []);
    assert_eq!(index.len(), 2);
}

#[test]
fn a_long_value_is_present_but_cannot_be_compared() {
    let long = "x".repeat(201);
    let index = index(&[("api:default/a", json!({"spec": {"definition": long}}))]);
    assert_eq!(
        index
            .matching(&Filter::Has("spec.definition".to_owned()))
            .len(),
        1
    );
    assert_eq!(
        index
            .matching(&Filter::Is("spec.definition".to_owned(), vec![long]))
            .len(),
        0
    );
}

#[test]
fn text_is_found_anywhere_and_prefixes_at_the_start() {
    let index = sample();
    let name = "metadata.name".to_owned();
    assert_eq!(
        index
            .matching(&Filter::Contains(
                vec![name.clone(), "spec.lifecycle".to_owned()],
                "DUCT".to_owned()
            ))
            .len(),
        2
    );
    assert_eq!(
        index
            .matching(&Filter::StartsWith(name, "B".to_owned()))
            .len(),
        1
    );
    assert_eq!(
        index
            .matching(&Filter::Not(Box::new(Filter::Is(
                "kind".to_owned(),
                vec!["api".to_owned()]
            ))))
            .len(),
        2
    );
}

#[test]
fn a_condition_on_one_entity_is_decided_among_many_values() {
    let members: Vec<_> = (0..500)
        .map(|n| json!({"type": "hasMember", "targetRef": format!("user:default/U{n}")}))
        .collect();
    let group = json!({"kind": "Group", "relations": members});
    let index = index(&[
        ("group:default/g", group),
        ("group:default/h", json!({"kind": "Group"})),
    ]);
    let holds = |value: &str, entity_ref: &str| {
        let values = vec!["user:default/nobody".to_owned(), value.to_owned()];
        let filter = Filter::Is("relations.HASMEMBER".to_owned(), values);
        let id = index.id(entity_ref).unwrap();
        assert_eq!(
            index.holds(&filter, id),
            index.matching(&filter).contains(id)
        );
        index.holds(&filter, id)
    };
    assert!(holds("user:default/u499", "group:default/g"));
    assert!(holds("USER:default/u0", "group:default/g"));
    assert!(!holds("user:default/u500", "group:default/g"));
    assert!(!holds("user:default/u0", "group:default/h"));
    assert!(
        !index.holds(&Filter::All(Vec::new()), 2),
        "there is no such entity"
    );
    assert!(!index.holds(
        &Filter::Not(Box::new(Filter::Has("kind".to_owned()))),
        u32::MAX
    ));
}

/// A catalog of which every third entity was replaced and every fifth removed, in batches.
fn changed(batch: usize) -> Index {
    let entity = |number: u32, round: u32| {
        json!({"kind": "Component",
            "metadata": {"name": format!("N{number}-{round}"), "tags": [format!("t{}", number % 7), "all"]},
            "spec": {"type": format!("T{}", number % 3), "rare": if number.is_multiple_of(50) { json!(round) } else { Value::Null }}})
    };
    let mut index = Index::default();
    let mut steps: Vec<(u32, u32)> = (0..600).map(|number| (number, 0)).collect();
    for round in 1..5 {
        steps.extend(
            (0..600)
                .filter(|number| number % 3 == 0)
                .map(|number| (number, round)),
        );
    }
    for batch in steps.chunks(batch) {
        for (number, round) in batch {
            let entity_ref = format!("component:default/{number}");
            index.add(&Entry::of(&entity_ref, &entity(*number, *round)));
        }
        index.settle();
        // An order that exists has to take in what comes later.
        let _ = index.ordered(&index.all(), &[name_key(false)], 0, 1);
    }
    for number in (0..600).filter(|number| number % 5 == 0) {
        index.remove(&format!("component:default/{number}"));
    }
    index
}

fn name_key(descending: bool) -> OrderKey {
    OrderKey {
        key: "metadata.name".to_owned(),
        descending,
    }
}

/// Everything that can be asked of an index that does not depend on the numbers of its entities.
fn answers(index: &Index) -> Vec<Vec<String>> {
    let refs = |ids: &[EntityId]| -> Vec<String> {
        ids.iter()
            .map(|id| index.label(*id).unwrap().entity_ref.to_owned())
            .collect()
    };
    let all = index.all();
    let mut answers = vec![
        refs(&index.ordered(&all, &[name_key(false)], 0, 1000)),
        refs(&index.ordered(&all, &[name_key(true)], 0, 1000)),
    ];
    for filter in [
        "spec.rare",
        "spec.rare=4",
        "metadata.tags.t3",
        "metadata.tags=all",
        "metadata.name=n3-4",
        "metadata.name=n3-1",
    ] {
        let found = index.matching(&parse_filters(&[filter]).unwrap());
        answers.push(refs(&index.ordered(&found, &[], 0, 1000)));
    }
    for key in [
        "metadata.name",
        "metadata.tags",
        "spec.type",
        "spec.rare",
        "metadata.tags.all",
    ] {
        let counted = index.facet(key, &all).into_iter();
        answers.push(
            counted
                .map(|(value, count)| format!("{value} {count}"))
                .collect(),
        );
    }
    answers
}

#[test]
fn what_many_changes_leave_does_not_depend_on_how_they_came() {
    let once = answers(&changed(usize::MAX));
    assert_eq!(once[0].len(), 480);
    assert_eq!(
        once[1].iter().rev().collect::<Vec<_>>(),
        once[0].iter().collect::<Vec<_>>()
    );
    assert_eq!(once[6], ["component:default/3"], "the last version counts");
    assert!(once[7].is_empty(), "and no other");
    for batch in [1, 7, 100] {
        assert_eq!(answers(&changed(batch)), once, "in batches of {batch}");
    }
    let mut shrunk = changed(100);
    shrunk.finish_load();
    assert_eq!(answers(&shrunk), once);
}
