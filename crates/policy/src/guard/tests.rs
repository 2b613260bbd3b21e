//! Expressions: what they give, what is refused, and that nothing hangs or panics.
use proptest::prelude::*;

use super::*;
use crate::{Action, Asked, Who};

fn ada() -> Who {
    Who {
        user: Some("user:default/ada".to_owned()),
        ownership: vec!["user:default/ada".to_owned(), "group:default/x".to_owned()],
        groups: vec![
            ("group:default/x".to_owned(), 1),
            ("group:default/org".to_owned(), 2),
        ],
    }
}

fn asked() -> Asked<'static> {
    Asked {
        permission: "catalog.entity.read",
        action: Some(Action::Read),
        resource_type: Some("catalog-entity"),
    }
}

fn holds(text: &str) -> Result<bool, Failure> {
    let guard = Guard::read(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
    guard.holds(&Facts::new(&ada(), asked()))
}

fn problem(text: &str) -> String {
    Guard::read(text).expect_err(text).message
}

#[test]
fn expressions_give_what_cel_says() {
    for text in [
        "true",
        "user.ref == 'user:default/ada'",
        "user.namespace == \"default\" && user.name == 'ada'",
        "size(user.groups) == 2 && user.ownership.size() == 2",
        "'group:default/org' in user.groups",
        "!('group:default/org' in user.ownership)",
        "user.groups.exists(g, g.endsWith('/org'))",
        "user.groups.all(g, g.startsWith('group:'))",
        "user.groups.exists_one(g, g.contains('/x'))",
        "user.groups.filter(g, g in user.ownership) == ['group:default/x']",
        "user.groups.map(g, size(g)).exists(n, n > 15)",
        "user.groups.exists(g, user.ownership.exists(o, o == g))",
        "permission.name.startsWith('catalog.') && permission.action == 'read'",
        "(1 + 2 * 3 - 4) / 3 == 1 && 7 % 4 == 3 && -1 < 0",
        "size([]) == 0 && [] == user.groups.filter(g, false)",
        "user.groups[1] == 'group:default/org'",
        "has(user.ref) ? 'a' < 'b' : false",
        "'a' + 'b' == 'ab' && [1] + [2] == [1, 2]",
        "true || user.groups[7] == 'x'",
        "user.groups[7] == 'x' || true",
        "!(user.groups[7] == 'x' && false)",
        "[0, 1].exists(i, user.groups[1 - i] == 'group:default/x')",
    ] {
        assert_eq!(holds(text), Ok(true), "{text}");
    }
}

#[test]
fn somebody_who_has_not_signed_in_has_no_name() {
    let guard = Guard::read("user.ref + user.name + user.namespace == ''").unwrap();
    assert_eq!(guard.holds(&Facts::new(&Who::default(), asked())), Ok(true));
}

#[test]
fn what_cannot_be_computed_is_a_failure() {
    assert_eq!(holds("user.groups[7] == 'x'"), Err(Failure::NoItem));
    assert_eq!(holds("user.groups[-1] == 'x'"), Err(Failure::NoItem));
    assert_eq!(holds("1 / 0 == 1"), Err(Failure::Number));
    assert_eq!(holds("9223372036854775807 + 1 > 0"), Err(Failure::Number));
}

#[test]
fn mistakes_are_found_before_anything_runs() {
    for (text, said) in [
        ("user.grups == []", "`user` has no field `grups`"),
        ("usr.ref == 'x'", "there is no variable `usr`"),
        ("user == 'x'", "`user` alone is no value"),
        ("user.groups", "gives a list of texts, not a boolean"),
        ("size(user.groups)", "gives a number, not a boolean"),
        ("user.ref == 1", "`==` does not go with text and a number"),
        (
            "user.ref.matches('x')",
            "there is no function `matches` here",
        ),
        (
            "user.ref && true",
            "a boolean is needed here, and this is text",
        ),
        ("[1, 'a'] == []", "the items of a list"),
        ("user.ref.startsWith('a', 'b')", "not called in this way"),
        ("{'a': 1} == {}", "maps and messages"),
        ("1.5 > 1.0", "whole numbers"),
        ("user.ref ==", "is not CEL"),
        ("", "is not CEL"),
        ("user.ref = 'x'", "is not CEL"),
    ] {
        let message = problem(text);
        assert!(message.contains(said), "{text}: {message}");
    }
}

#[test]
fn problems_know_their_place() {
    let at = |text: &str| {
        let (first, last) = Guard::read(text).unwrap_err().at.unwrap();
        text[first..=last].to_owned()
    };
    assert_eq!(at("true && usr == 'x'"), "usr");
    assert_eq!(at("true && user.grups == []"), "user.grups");
    assert_eq!(at("!user.ref.matches('a')"), "matches");
    assert_eq!(at("true &&& false"), "&");
}

#[test]
fn length_and_nesting_are_bounded() {
    assert!(problem(&" ".repeat(MAX_LENGTH + 1)).contains("2001 characters"));
    let nested = "user.groups.exists(a, user.groups.exists(b, user.groups.exists(c, true)))";
    assert!(problem(nested).contains("nested more than 2 deep"));
    for (open, inner, close) in [("(", "true", ")"), ("[", "", "]"), ("!(", "true", ")")] {
        let count = MAX_LENGTH / (open.len() + close.len()) - 2;
        let text = format!("{}{inner}{}", open.repeat(count), close.repeat(count));
        assert!(Guard::read(&text).is_err());
        assert!(Guard::read(&open.repeat(MAX_LENGTH / open.len())).is_err());
    }
    for part in ["1+", "1<", "a.", "true?true:", "x.f().", "-"] {
        let text = format!("{}1", part.repeat(MAX_LENGTH / part.len() - 1));
        assert!(Guard::read(&text).is_err(), "{part}");
    }
    let long = vec!["true"; 240].join(" && ");
    assert_eq!(holds(&long), Ok(true));
}

#[test]
fn an_evaluation_ends() {
    let mut who = ada();
    who.groups = (0..5_000)
        .map(|n| (format!("group:default/g{n}"), 1))
        .collect();
    let text = "user.groups.all(a, user.groups.exists(b, a + b == ''))";
    let guard = Guard::read(text).unwrap();
    assert_eq!(guard.holds(&Facts::new(&who, asked())), Ok(false));
    let text = "user.groups.all(a, user.groups.all(b, a + b != ''))";
    let guard = Guard::read(text).unwrap();
    assert_eq!(
        guard.holds(&Facts::new(&who, asked())),
        Err(Failure::TooLong)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}") {
        if let Ok(guard) = Guard::read(&text) {
            let _ = guard.holds(&Facts::new(&ada(), asked()));
        }
    }

    #[test]
    fn no_heap_of_tokens_makes_it_panic(tokens in prop::collection::vec(
        prop::sample::select(vec![
            "user", ".", "ref", "groups", "(", ")", "[", "]", "exists", "all", "map", "g", ",", "==", "'x'", "1", "+",
            "&&", "||", "!", "-", "?", ":", "in", "size", "has", "{", "}", "true", "/", "0", "permission", "name", "\\", "'",
        ]), 0..40)) {
        let text = tokens.concat();
        if let Ok(guard) = Guard::read(&text) {
            let result = guard.holds(&Facts::new(&ada(), asked()));
            prop_assert_ne!(result, Err(Failure::Type));
        }
    }
}
