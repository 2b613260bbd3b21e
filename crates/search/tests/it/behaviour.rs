//! Matching, ranking, counting, changing, and what a caller may not see.
use std::collections::HashSet;

use callboard_search::{Document, Field, Piece, Request, id_hash};

use crate::{
    generated::catalog,
    support::{ask, component, engine, ids, names},
};

fn marked(pieces: &[Piece]) -> String {
    let shown = pieces.iter().map(|piece| match piece.marked {
        true => format!("[{}]", piece.text),
        false => piece.text.clone(),
    });
    shown.collect()
}

#[test]
fn every_word_has_to_match_somewhere() {
    let engine = engine(&[
        component("ferry-api", "Sails at dawn."),
        component("ferry-ui", "Shows what sails."),
        component("harbour", "Where the ferry rests at dawn."),
    ]);
    assert_eq!(names(&engine, "ferry dawn"), ["ferry-api", "harbour"]);
    assert_eq!(names(&engine, "ferry submarine"), [""; 0]);
    assert_eq!(names(&engine, "---"), [""; 0]);
}

#[test]
fn a_better_match_comes_first() {
    let engine = engine(&[
        component("unrelated", "About the port."),
        component("airport-sync", ""),
        component("portal", ""),
        component("sport", ""),
        component("port", ""),
        component("port-authority", ""),
        Document {
            tags: vec!["port".to_owned()],
            ..component("tagged", "")
        },
    ]);
    assert_eq!(
        names(&engine, "port"),
        [
            "port",
            "port-authority",
            "portal",
            "tagged",
            "unrelated",
            "sport",
            "airport-sync"
        ]
    );
}

#[test]
fn mistakes_are_forgiven_when_little_else_is_found() {
    let engine = engine(&[
        component("checkout-api", ""),
        component("date-picker", ""),
        component("gateway", ""),
        component("gate-1", ""),
        component("gate-2", ""),
        component("gate-3", ""),
        component("gate-4", ""),
    ]);
    for typed in [
        "chekout",
        "chekcout",
        "checkoutt",
        "chackout",
        "hceckout",
        "cehckuot",
    ] {
        assert_eq!(names(&engine, typed), ["checkout-api"], "{typed}");
    }
    let answer = ask(&engine, "chekcout");
    assert_eq!(answer.suggestion.as_deref(), Some("checkout"));
    assert_eq!(marked(&answer.hits[0].title), "[checkout]-api");
    // `date` is one letter from `gate`, and nobody who finds five gates wants it.
    assert_eq!(ask(&engine, "gate").total, 5);
    assert_eq!(ask(&engine, "gate").suggestion, None);
    assert_eq!(
        names(&engine, "gte"),
        [""; 0],
        "short words have to be right"
    );
}

#[test]
fn what_finds_nothing_is_followed_by_what_was_probably_meant() {
    let engine = engine(&[component("checkout-api", ""), component("ledger", "")]);
    let suggestion = |term| ask(&engine, term).suggestion;
    assert_eq!(suggestion("ledger submarine").as_deref(), Some("ledger"));
    assert_eq!(suggestion("lgdre").as_deref(), Some("ledger"));
    assert_eq!(suggestion("xylophone"), None);
}

#[test]
fn filters_narrow_and_facets_count_what_another_choice_would_find() {
    let engine = engine(&catalog(120));
    let mut request = Request {
        term: "payment".to_owned(),
        facets: vec![Field::Kind, Field::Lifecycle],
        limit: 100,
        ..Request::default()
    };
    let all = engine.search(&request, None).unwrap();
    let count = |facet: usize, value: &str| {
        let values = &all.facets[facet].values;
        values
            .iter()
            .find(|(known, _)| known == value)
            .map_or(0, |(_, count)| *count)
    };
    assert_eq!(count(0, "API") + count(0, "Component"), all.total);
    request.filters = vec![(Field::Kind, vec!["api".to_owned()])];
    let apis = engine.search(&request, None).unwrap();
    assert_eq!(apis.total, count(0, "API"));
    assert!(apis.hits.iter().all(|hit| hit.document.kind == "API"));
    assert_eq!(
        apis.facets[0], all.facets[0],
        "a field is not narrowed by its own filter"
    );
    assert_ne!(apis.facets[1], all.facets[1]);
    request.filters.push((Field::Lifecycle, Vec::new()));
    assert_eq!(engine.search(&request, None).unwrap().total, 0);
}

#[test]
fn what_may_not_be_seen_is_not_there() {
    let documents = catalog(300);
    let engine = engine(&documents);
    let seen: HashSet<u64> = documents
        .iter()
        .step_by(3)
        .map(|one| id_hash(&one.id))
        .collect();
    let request = Request {
        term: "order".to_owned(),
        facets: vec![Field::Kind],
        limit: 100,
        ..Request::default()
    };
    let allowed = |hash: u64| seen.contains(&hash);
    let some = engine.search(&request, Some(&allowed)).unwrap();
    let all = engine.search(&request, None).unwrap();
    assert!(some.total > 0 && some.total < all.total);
    assert!(
        some.hits
            .iter()
            .all(|hit| seen.contains(&id_hash(&hit.document.id)))
    );
    assert_eq!(some.hits.len(), some.total);
    let counted: usize = some.facets[0].values.iter().map(|(_, count)| count).sum();
    assert_eq!(counted, some.total);
    let none = engine.search(&request, Some(&|_| false)).unwrap();
    assert_eq!((none.total, none.suggestion), (0, None));
}

#[test]
fn a_hidden_document_changes_nothing_about_mistakes() {
    // Were it counted, the word would be right and nothing similar would be looked for.
    let hidden = component("chekout", "");
    let hash = id_hash(&hidden.id);
    let mut documents = vec![component("checkout-api", "")];
    let request = Request {
        term: "chekout".to_owned(),
        limit: 10,
        ..Request::default()
    };
    let without = engine(&documents).search(&request, None).unwrap();
    documents.extend(std::iter::repeat_n(hidden, 1));
    let with = engine(&documents);
    let with = with.search(&request, Some(&|other| other != hash)).unwrap();
    assert_eq!(with, without);
    assert_eq!(with.total, 1);
}

#[test]
fn documents_are_replaced_and_removed() {
    let engine = engine(&[component("ferry", "old words"), component("harbour", "")]);
    engine.put(&[component("ferry", "new words")]).unwrap();
    engine
        .remove(&["component:default/harbour", "component:default/nothing"])
        .unwrap();
    assert_eq!(ask(&engine, "old").total, 1, "not before the commit");
    engine.commit().unwrap();
    assert_eq!(engine.len(), 1);
    assert_eq!(ask(&engine, "old").total, 0);
    assert_eq!(ask(&engine, "harbour").total, 0);
    assert_eq!(ids(&ask(&engine, "new")), ["component:default/ferry"]);
    engine
        .put(&[component("harbour", ""), component("harbour", "twice")])
        .unwrap();
    engine.commit().unwrap();
    assert_eq!(ask(&engine, "harbour").total, 1);
    engine
        .remove(&["component:default/harbour", "component:default/ferry"])
        .unwrap();
    engine.commit().unwrap();
    assert!(engine.is_empty());
    assert_eq!(ask(&engine, "").total, 0);
}

#[test]
fn many_small_changes_leave_the_same_as_one_large_one() {
    let documents = catalog(200);
    let one = engine(&documents);
    let many = engine(&documents[100..150]);
    for part in documents.chunks(9) {
        many.put(part).unwrap();
        many.commit().unwrap();
    }
    assert_eq!(many.len(), 200);
    for term in ["", "order", "payment api", "ordr", "kafka"] {
        assert_eq!(ask(&many, term), ask(&one, term), "{term}");
    }
}

#[test]
fn without_words_everything_is_found_by_title() {
    let engine = engine(&[
        component("b", ""),
        component("Ärger", ""),
        component("c", ""),
    ]);
    assert_eq!(names(&engine, "  "), ["Ärger", "b", "c"]);
}

#[test]
fn page_by_page_everything_comes_once() {
    let engine = engine(&catalog(500));
    for term in ["", "order", "payment service", "paymnet"] {
        let total = ask(&engine, term).total;
        let mut seen = Vec::new();
        for offset in (0..=total).step_by(7) {
            let request = Request {
                term: term.to_owned(),
                offset,
                limit: 7,
                ..Request::default()
            };
            let answer = engine.search(&request, None).unwrap();
            assert_eq!(answer.total, total);
            for (at, hit) in answer.hits.into_iter().enumerate() {
                assert_eq!(hit.rank, offset + at + 1);
                seen.push(hit.document.id);
            }
        }
        let distinct: HashSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), distinct.len()), (total, total), "{term}");
    }
}

#[test]
fn pages_end_where_nobody_turns_any_more() {
    let engine = engine(&catalog(20));
    let request = |offset, limit| Request {
        offset,
        limit,
        ..Request::default()
    };
    let hits = |offset, limit| {
        engine
            .search(&request(offset, limit), None)
            .unwrap()
            .hits
            .len()
    };
    assert_eq!(hits(0, usize::MAX), 20);
    assert_eq!(hits(usize::MAX, usize::MAX), 0);
    assert_eq!(hits(0, 0), 0);
}

#[test]
fn the_text_shows_why() {
    let engine = engine(&[component("ferry", "It sails at dawn, and at dusk.")]);
    let answer = ask(&engine, "sail dusk");
    assert_eq!(
        marked(&answer.hits[0].text),
        "It [sail]s at dawn, and at [dusk]."
    );
    assert_eq!(marked(&answer.hits[0].title), "ferry");
}
