//! Questions of `POST /api/permission/authorize`, and what a session costs.
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{line::Line, post::Poster, times::Times};
use crate::bench::server::Server;

/// Questions in one request.
const QUESTIONS: usize = 500;

/// Microseconds for one decision, 95th percentile.
const BUDGET: f64 = 50.0;

/// Different requests of each kind.
const REQUESTS: usize = 40;

/// How long each kind of request is sent.
const TIME: Duration = Duration::from_secs(4);

const AUTHORIZE: &str = "/api/permission/authorize";

/// A route that needs nothing, so that it costs no more than the way to it.
const HEALTH: &str = "/api/permission/health";

/// Measures decisions, and what it costs to know who asks.
///
/// # Errors
/// When the server refuses a request, or the policy allows all or nothing.
pub fn measure(
    server: &Server,
    database: &'static str,
    cookie: &str,
    components: &[String],
) -> Result<Vec<Line>> {
    let all: Vec<_> = (0..REQUESTS)
        .map(|request| refs(components, request))
        .collect();
    let many: Vec<_> = all.iter().map(|refs| apart(refs)).collect();
    let lists: Vec<_> = all.iter().map(|refs| together(refs)).collect();
    let single: Vec<_> = all[0].iter().enumerate().map(alone).collect();
    let mut lines = Vec::new();
    for (what, bodies) in [
        ("500 questions", &many),
        ("2 questions of 250 things", &lists),
    ] {
        let times = ask(server, cookie, bodies)?;
        let each = |share| times.at(share) * 1e6 / QUESTIONS as f64;
        let text = format!("{:.2}/{:.2} µs each", each(0.5), each(0.95));
        let line = Line::new(format!("authorise, {what} a request"), database, text);
        lines.push(line.held(each(0.95), BUDGET, "µs p95"));
    }
    let (with, without) = who_asks(server, cookie)?;
    let times = ask(server, cookie, &single)?;
    let line = Line::new("authorise, 1 question a request", database, times.shown());
    let text = format!("an empty request {}", with.shown());
    lines.push(line.beside(text, times.p50(), with.p50()));
    let line = Line::new("an empty request with a session", database, with.shown());
    let text = format!("without one {}", without.shown());
    lines.push(line.beside(text, with.p50(), without.p50()));
    Ok(lines)
}

/// Sends one body after the other on one connection.
fn ask(server: &Server, cookie: &str, bodies: &[Vec<u8>]) -> Result<Times> {
    let mut poster = Poster::connect(server.address, AUTHORIZE, cookie)?;
    let mut seen = [false; 2];
    for body in bodies {
        let words = words(&poster.send(body)?)?;
        seen[0] |= words.iter().any(|word| word == "ALLOW");
        seen[1] |= words.iter().any(|word| word == "DENY");
    }
    if seen != [true; 2] {
        bail!("the policy allows all or nothing, so there is nothing to be measured");
    }
    Times::measure(TIME, |number| {
        poster.send(&bodies[number % bodies.len()]).map(drop)
    })
}

/// Measures a request with a session and one without, in turn.
fn who_asks(server: &Server, cookie: &str) -> Result<(Times, Times)> {
    let mut client = server.client()?;
    Times::alternate(TIME, |has_session| {
        let headers: &[&str] = if has_session { &[cookie] } else { &[] };
        let answer = client.get(HEALTH, headers)?;
        match answer.status {
            200 => Ok(()),
            status => bail!("{HEALTH} answered {status}"),
        }
    })
}

/// Returns the answers to all questions.
fn words(answer: &[u8]) -> Result<Vec<String>> {
    let answer: Value = serde_json::from_slice(answer).context("the answer is no JSON")?;
    let items = answer["items"]
        .as_array()
        .context("the answer has no items")?;
    let words = items.iter().flat_map(|item| match &item["result"] {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    });
    let words = words.map(|word| word.as_str().map(str::to_owned));
    words.collect::<Option<_>>().context("an answer is no word")
}

/// Returns references from all over the catalog, others for each request.
fn refs(components: &[String], request: usize) -> Vec<String> {
    let step = components.len() / QUESTIONS;
    let at = |question: usize| (question * step.max(1) + request) % components.len();
    (0..QUESTIONS)
        .map(|question| format!("component:default/{}", components[at(question)]))
        .collect()
}

/// Deleting and reading in turn.
fn permission(number: usize) -> (&'static str, &'static str) {
    if number.is_multiple_of(2) {
        ("catalog.entity.delete", "delete")
    } else {
        ("catalog.entity.read", "read")
    }
}

/// A request with a question for each thing, as Backstage's clients send them.
fn apart(refs: &[String]) -> Vec<u8> {
    let refs = refs.iter().enumerate();
    let items: Vec<Value> = refs
        .map(|(number, one)| item(number, permission(number), &json!(one)))
        .collect();
    bytes(&json!({"items": items}))
}

/// A request with one question.
fn alone((number, one): (usize, &String)) -> Vec<u8> {
    bytes(&json!({"items": [item(number, permission(number), &json!(one))]}))
}

/// A request with one question for each permission and a list of things.
fn together(refs: &[String]) -> Vec<u8> {
    let half = refs.len() / 2;
    let items: Vec<Value> = [&refs[..half], &refs[half..]]
        .into_iter()
        .enumerate()
        .map(|(number, refs)| item(number, permission(number), &json!(refs)))
        .collect();
    bytes(&json!({"items": items}))
}

fn item(number: usize, (name, action): (&str, &str), refs: &Value) -> Value {
    json!({
        "id": format!("question-{number}"),
        "permission": {
            "type": "resource",
            "name": name,
            "attributes": {"action": action},
            "resourceType": "catalog-entity",
        },
        "resourceRef": refs,
    })
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_request_asks_about_different_things() {
        let components: Vec<_> = (0..5_500).map(|at| format!("c{at}")).collect();
        let (first, second) = (refs(&components, 0), refs(&components, 1));
        assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), QUESTIONS);
        assert!(first.iter().all(|one| !second.contains(one)));
    }

    #[test]
    fn both_forms_ask_the_same_number_of_questions() {
        let refs: Vec<_> = (0..QUESTIONS)
            .map(|at| format!("component:default/c{at}"))
            .collect();
        let items =
            |body: Vec<u8>| serde_json::from_slice::<Value>(&body).expect("JSON")["items"].clone();
        let apart = items(apart(&refs));
        assert_eq!(apart.as_array().map(Vec::len), Some(QUESTIONS));
        assert_eq!(apart[1]["permission"]["name"], "catalog.entity.read");
        let together = items(together(&refs));
        assert_eq!(
            together[0]["resourceRef"].as_array().map(Vec::len),
            Some(QUESTIONS / 2)
        );
        assert_eq!(together[1]["resourceRef"][0], refs[QUESTIONS / 2]);
    }

    #[test]
    fn answers_are_read_in_both_forms() {
        let answer = br#"{"items":[{"result":"ALLOW"},{"result":["DENY","ALLOW"]}]}"#;
        assert_eq!(words(answer).expect("words"), ["ALLOW", "DENY", "ALLOW"]);
        assert!(words(br#"{"items":[{}]}"#).is_err());
    }
}
