//! Whatever is typed or written, nothing breaks and everything has an end.
use std::{sync::OnceLock, time::Instant};

use callboard_search::{Document, Engine, Field, Request};
use proptest::prelude::*;

use crate::{
    generated::catalog,
    support::{ask, component, engine},
};

fn shared() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut documents = catalog(100);
        documents.push(component(
            "ünïcode-日本語-שלום",
            "ß ﬁ ½ İstanbul \u{202e}rtl\u{202c} e\u{301}",
        ));
        engine(&documents)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_query_breaks_it(term in any::<String>(), offset in 0..200_usize, limit in 0..200_usize, value in any::<String>()) {
        let request = Request {
            term,
            filters: vec![(Field::Kind, vec![value, "component".to_owned()])],
            facets: vec![Field::Owner, Field::Tag],
            offset,
            limit,
        };
        let answer = shared().search(&request, None).unwrap();
        prop_assert!(answer.hits.len() <= limit.min(100));
        prop_assert!(answer.total <= 101);
    }

    #[test]
    fn no_mixture_of_words_breaks_it(words in prop::collection::vec("(payment|ordr|日本|ünï|שלום|ß|ﬁ|kafka|-|:|/|[a-z]{1,9})", 0..20)) {
        let request = Request { term: words.join(" "), limit: 10, ..Request::default() };
        let answer = shared().search(&request, None).unwrap();
        for hit in &answer.hits {
            let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(title, hit.document.shown());
        }
    }

    #[test]
    fn no_document_breaks_it(title in any::<String>(), text in any::<String>(), tags in prop::collection::vec(any::<String>(), 0..5), term in any::<String>()) {
        let document = Document { title: title.clone(), text, tags, ..component("odd", "") };
        let engine = engine(&[document]);
        let all = ask(&engine, "");
        prop_assert_eq!(all.total, 1);
        ask(&engine, &term);
        // It is found by what it is called, if that has words.
        let by_title = ask(&engine, &title.chars().take(60).collect::<String>());
        prop_assert!(by_title.total <= 1);
    }
}

#[test]
fn a_very_long_query_is_cut() {
    let started = Instant::now();
    for term in [
        "a ".repeat(100_000),
        "payment".repeat(50_000),
        "日".repeat(100_000),
        "\u{301}".repeat(100_000),
    ] {
        ask(shared(), &term);
    }
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn a_very_long_document_is_found_by_its_start() {
    let text = format!("needle {} haystack", "word ".repeat(50_000));
    let tags: Vec<String> = (0..300).map(|at| format!("tag-{at}")).collect();
    let engine = engine(&[Document {
        tags,
        ..component(&"x".repeat(63), &text)
    }]);
    assert_eq!(ask(&engine, "needle").total, 1);
    assert_eq!(ask(&engine, "299").total, 1);
    assert_eq!(ask(&engine, &"x".repeat(63)).total, 1);
    let shown: String = ask(&engine, "word").hits[0]
        .text
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    assert!(shown.chars().count() < 300);
}

#[test]
fn a_name_with_markup_is_a_text_like_any_other() {
    let engine = engine(&[component("<script>alert(1)</script>", "")]);
    assert_eq!(ask(&engine, "script alert").total, 1);
    assert_eq!(ask(&engine, "<script>").hits[0].title[0].text, "<");
}
