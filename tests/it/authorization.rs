//! Every route as it answers those who may use it, those who may not, and nobody.
mod arrival;
pub mod callers;
mod cross_site;
pub mod dice;
mod hidden;
mod house;
pub mod oracle;
mod proxied;
mod requests;
mod routes;
mod sign_in;
mod tokens;

use std::collections::BTreeSet;

use callboard::server::{
    Needs,
    table::{FUNCTIONS, PAGES, REST, Row},
};

use crate::support::Answer;
use callers::By;
use house::House;
use requests::{Case, HIDDEN, cases};

/// Everybody who has signed in may use the portal, but only Ada may see and do something there.
const POLICY: &str = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: all
    members: [user:default/ada]
    rules: [{allow: '*'}]
";

fn rows() -> impl Iterator<Item = &'static Row> {
    REST.iter().chain(PAGES).chain(FUNCTIONS)
}

fn needs(case: &Case) -> Needs {
    let mut found = rows().filter(|(method, path, _)| (*method, *path) == case.row);
    found
        .next()
        .unwrap_or_else(|| panic!("{:?} is no route", case.row))
        .2
}

/// What is wrong with an answer; nothing when it is as expected.
fn wrong(case: &Case, who: &str, answer: &Answer, expected: u16, may_see: bool) -> Option<String> {
    let status = answer.status.as_u16();
    let (method, path) = case.row;
    if status != expected {
        let text: String = answer.text.chars().take(200).collect();
        return Some(format!(
            "{method} {path} as {who}: {status}, not {expected}: {text}"
        ));
    }
    let tells = !may_see && answer.status.is_success() && answer.text.contains(HIDDEN);
    tells.then(|| format!("{method} {path} as {who}: names what may not be seen"))
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_route_is_without_a_test() {
    let tested: BTreeSet<_> = cases().iter().map(|case| case.row).collect();
    let without = rows().map(|(method, path, _)| (*method, *path));
    let without: Vec<_> = without.filter(|row| !tested.contains(row)).collect();
    let none: [(&str, &str); 0] = [];
    assert_eq!(without, none, "routes without a test");
}

#[tokio::test]
async fn nobody_gets_only_what_needs_nothing() {
    let house = House::build(POLICY).await;
    let mut found = Vec::new();
    for case in cases() {
        let is_page = case.row.0 == "GET" && PAGES.iter().any(|(_, path, _)| *path == case.row.1);
        let expected = match needs(&case) {
            Needs::Nothing => case.anonymous,
            _ if is_page => 303,
            _ => 401,
        };
        let answer = house.ask(&case, &By::Nobody).await;
        found.extend(wrong(&case, "nobody", &answer, expected, false));
        if expected == 303 && is_page {
            let to = answer.headers["location"].to_str().unwrap();
            assert!(to.starts_with("/sign-in"), "{:?}: {to}", case.row);
        }
    }
    assert_none(&found);
}

#[tokio::test]
async fn whoever_is_allowed_gets_it() {
    let house = House::build(POLICY).await;
    let mut found = Vec::new();
    for case in cases() {
        let expected = if needs(&case) == Needs::Service {
            403
        } else {
            case.allowed
        };
        let ada = house.app.session("user:default/ada").await;
        let answer = house.ask(&case, &ada).await;
        found.extend(wrong(&case, "Ada", &answer, expected, true));
        if !case.is_for_people {
            let answer = house.ask(&case, &By::token(House::PROGRAM)).await;
            found.extend(wrong(&case, "a program", &answer, case.allowed, true));
        }
    }
    assert_none(&found);
}

#[tokio::test]
async fn whoever_is_forbidden_does_not_and_is_not_told_what_there_is() {
    let house = House::build(POLICY).await;
    let mut found = Vec::new();
    for case in cases() {
        let expected = match needs(&case) {
            Needs::Nothing | Needs::SignIn => case.allowed,
            Needs::Permission(_) | Needs::Service => 403,
            Needs::On(_) => case.forbidden,
        };
        let bob = house.app.session("user:default/bob").await;
        let answer = house.ask(&case, &bob).await;
        found.extend(wrong(&case, "Bob", &answer, expected, false));
    }
    assert_none(&found);
}

#[tokio::test]
async fn a_token_for_something_else_is_as_good_as_none() {
    let house = House::build(POLICY).await;
    let (token, _) = house
        .app
        .personal_token("user:default/ada", r#"["devtools.info"]"#, 60_000)
        .await;
    let mut found = Vec::new();
    for case in cases() {
        let needs = needs(&case);
        let is_api = case.row.1.starts_with("/api/");
        let expected = match needs {
            Needs::Permission(_) | Needs::Service => 403,
            Needs::On(_) => case.forbidden,
            Needs::Nothing | Needs::SignIn => continue,
        };
        let answer = house.ask(&case, &token).await;
        found.extend(wrong(&case, "Ada's token", &answer, expected, false));
        // A program for another plugin is stopped at the door of this one.
        let expected = if is_api { 403 } else { expected };
        let answer = house.ask(&case, &By::token(House::OTHER_PROGRAM)).await;
        found.extend(wrong(&case, "another program", &answer, expected, false));
    }
    assert_none(&found);
}

#[tokio::test]
async fn a_program_for_another_plugin_does_not_get_what_needs_a_sign_in_either() {
    let house = House::build(POLICY).await;
    let mut found = Vec::new();
    for case in cases() {
        if needs(&case) == Needs::SignIn && case.row.1.starts_with("/api/") {
            let answer = house.ask(&case, &By::token(House::OTHER_PROGRAM)).await;
            found.extend(wrong(&case, "another program", &answer, 403, false));
        }
    }
    assert_none(&found);
}

#[tokio::test]
async fn asking_for_the_head_alone_is_no_way_around() {
    let house = House::build(POLICY).await;
    for case in cases().into_iter().filter(|case| case.row.0 == "GET") {
        for who in [By::Nobody, house.app.session("user:default/bob").await] {
            let whole = house.ask(&case, &who).await;
            let head = house.ask_with("HEAD", &case, &who).await;
            // Server functions know nothing but their own method.
            let is_as_closed = !head.status.is_success() || whole.status.is_success();
            assert!(is_as_closed, "{:?} {who:?}: {}", case.row, head.status);
        }
    }
}

#[tokio::test]
async fn a_path_that_is_written_otherwise_opens_nothing() {
    let house = House::build(POLICY).await;
    for path in [
        "/api/catalog/entities/",
        "/api//catalog/entities",
        "//api/catalog/entities",
        "/API/catalog/entities",
        "/api/catalog/%65ntities",
        "/api/catalog/entities;x=/sign-in",
        "/api/catalog/entities%3Fx",
        "/sign-in/../api/catalog/entities",
        "/pkg/../api/catalog/entities",
        "/fn/account/sign-in/../../catalog/entities?query%5Bq%5D=",
        "/fn//catalog/entities?query%5Bq%5D=",
        "/fn/catalog/entities/?query%5Bq%5D=",
        "/catalog/",
        "/Catalog",
        "/admin/audit/",
        "/api/catalog/locations/handler/frame",
    ] {
        let call = callers::Call::new("GET", path);
        let answer = call.to(&house.app).await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.text);
        assert!(!answer.text.contains(HIDDEN), "{path}: {}", answer.text);
    }
}
