//! What the audit log is filtered by: the form, and the filters that are on.
use callboard_model::view::AuditQuery;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::decision::{decision_look, result_look},
        kit::{
            field::{Choice, Field},
            filter_chip::FilterChip,
            icon::{Glyph, Icon},
        },
    },
};

/// Decisions to choose from.
const DECISIONS: &[&str] = &["allow", "deny"];

/// Results to choose from.
const RESULTS: &[&str] = &["ok", "refused", "failed"];

/// The form; sending it starts at the newest entry again.
pub(super) fn form(query: &AuditQuery, events: &[String]) -> impl IntoView + use<> {
    let mut names: Vec<String> = events.to_vec();
    if !query.event.is_empty() && !names.contains(&query.event) {
        names.push(query.event.clone());
    }
    let events = names.into_iter().map(|name| (name.clone(), name));
    let decisions = words(DECISIONS, |word| decision_look(word).2);
    let results = words(RESULTS, |word| result_look(word).2);
    let AuditQuery {
        actor,
        event,
        decision,
        result,
        q,
        from,
        to,
        ..
    } = query.clone();
    view! {
        <details class="facets">
            <summary class="btn">"Filters"</summary>
            <form class="card fields log-filter" action=paths::AUDIT role="search" aria-label="Filter the audit log">
                <Field label="Text" id="q" class="grow">
                    <input type="search" id="q" name="q" value=q placeholder="In actor, event, resource or detail" autocomplete="off"/>
                </Field>
                <Field label="Actor" id="actor" class="grow">
                    <input type="text" id="actor" name="actor" value=actor placeholder="user:default/ada" autocomplete="off"/>
                </Field>
                <Choice label="Event" id="event" name="event" options=any(events) chosen=event/>
                <Choice label="Decision" id="decision" name="decision" options=any(decisions) chosen=decision/>
                <Choice label="Result" id="result" name="result" options=any(results) chosen=result/>
                <Field label="From" id="from"><input type="date" id="from" name="from" value=from/></Field>
                <Field label="To" id="to"><input type="date" id="to" name="to" value=to/></Field>
                <button class="btn primary"><Icon glyph=Glyph::Search/>"Filter"</button>
            </form>
        </details>
    }
}

/// Returns values with their words.
fn words(
    values: &'static [&'static str],
    word: impl Fn(&str) -> &'static str,
) -> impl Iterator<Item = (String, String)> {
    values
        .iter()
        .map(move |value| ((*value).to_owned(), word(value).to_owned()))
}

/// Puts the choice of everything before the others.
fn any(options: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let any = (String::new(), "Any".to_owned());
    std::iter::once(any).chain(options).collect()
}

/// One chip for each filter that is on, and a link that takes all of them off; nothing when there is none.
pub(super) fn chips(query: &AuditQuery) -> impl IntoView + use<> {
    let active = active(query);
    (!active.is_empty()).then(|| {
        let all =
            (active.len() > 1).then(|| view! { <li><a href=paths::AUDIT>"Clear all"</a></li> });
        let chips = active
            .into_iter()
            .map(|(name, value, without)| {
                let href = paths::audit(&without);
                view! { <FilterChip name value href/> }
            })
            .collect_view();
        view! { <ul class="chips" aria-label="Active filters">{chips} {all}</ul> }
    })
}

/// Returns the filters that are on: the name and the value for people, and the query without it.
fn active(query: &AuditQuery) -> Vec<(&'static str, String, AuditQuery)> {
    type Part = fn(&mut AuditQuery) -> &mut String;
    let parts: [(&'static str, Part); 7] = [
        ("Text", |query| &mut query.q),
        ("Actor", |query| &mut query.actor),
        ("Event", |query| &mut query.event),
        ("Decision", |query| &mut query.decision),
        ("Result", |query| &mut query.result),
        ("From", |query| &mut query.from),
        ("To", |query| &mut query.to),
    ];
    parts
        .into_iter()
        .filter_map(|(name, part)| {
            let mut without = query.clone();
            without.before = None;
            let value = std::mem::take(part(&mut without));
            let value = match name {
                "Decision" => decision_word(value),
                "Result" => result_word(value),
                _ => value,
            };
            (!value.is_empty()).then_some((name, value, without))
        })
        .collect()
}

/// Returns the word for a decision, or what was asked for if that is none.
fn decision_word(value: String) -> String {
    if DECISIONS.contains(&value.as_str()) {
        decision_look(&value).2.to_owned()
    } else {
        value
    }
}

/// Returns the word for a result, or what was asked for if that is none.
fn result_word(value: String) -> String {
    if RESULTS.contains(&value.as_str()) {
        result_look(&value).2.to_owned()
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_can_be_taken_off_and_starts_at_the_newest_entry() {
        let query = AuditQuery {
            actor: "user:default/ada".to_owned(),
            event: "auth.sign-in".to_owned(),
            decision: "deny".to_owned(),
            result: "refused".to_owned(),
            q: "ferry".to_owned(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-26".to_owned(),
            before: Some(7),
        };
        let mut left = query.clone();
        for (name, ..) in active(&query) {
            let found = active(&left).into_iter().find(|(other, ..)| *other == name);
            left = found.expect("it is still on").2;
        }
        assert_eq!(left, AuditQuery::default());
        let words: Vec<String> = active(&query)
            .into_iter()
            .map(|(_, word, _)| word)
            .collect();
        assert!(words.contains(&"Denied".to_owned()), "{words:?}");
    }

    #[test]
    fn the_page_alone_is_no_filter() {
        let query = AuditQuery {
            before: Some(7),
            ..AuditQuery::default()
        };
        assert!(active(&query).is_empty());
    }
}
