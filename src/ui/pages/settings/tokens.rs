//! Tokens with which programs act in my name, and the form that makes one.
use callboard_model::view::TokenRow;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::when::{Until, When},
        kit::{
            badge::{Badge, Tone},
            card::Card,
            field::{Choice, Field},
            icon::{Glyph, Icon},
        },
    },
};

/// What a token may be used for: the value, the short word and the choice in the form.
const SCOPES: &[(&str, &str, &str)] = &[
    ("read", "Read", "Read only"),
    ("all", "Everything", "Everything I may do"),
];

/// For how many days a token may last.
const DAYS: &[(&str, &str)] = &[
    ("7", "7 days"),
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "One year"),
];

/// A table of tokens and the form that makes one.
#[component]
pub(super) fn TokensCard(
    /// The tokens, the newest first.
    tokens: Vec<TokenRow>,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    let count = (!tokens.is_empty()).then_some(tokens.len());
    let table = if tokens.is_empty() {
        view! {
            <p class="none">"You have no access token. A program or a script needs one to use the API in your name."</p>
        }
        .into_any()
    } else {
        let rows = tokens
            .into_iter()
            .map(|token| row(token, now))
            .collect_view();
        view! {
            <table class="table stacked">
                <caption class="vh">"Access tokens"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"May"</th>
                        <th scope="col">"Made"</th>
                        <th scope="col">"Last used"</th>
                        <th scope="col">"Ends"</th>
                        <th scope="col"><span class="vh">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <Card title="Access tokens" id="tokens" count=count class="flush">{table} <NewToken/></Card>
    }
}

fn row(token: TokenRow, now: i64) -> impl IntoView {
    let scopes = token
        .scopes
        .into_iter()
        .map(|scope| {
            let known = SCOPES.iter().find(|(value, ..)| *value == scope);
            let text = known.map_or(scope, |(_, word, _)| (*word).to_owned());
            view! { <Badge text/> }
        })
        .collect_view();
    let used = match token.last_used_at {
        Some(at) => view! { <When at now/> }.into_any(),
        None => view! { <span class="quiet">"Never"</span> }.into_any(),
    };
    let ends = match token.expires_at {
        Some(at) if at <= now => {
            view! { <span><Badge tone=Tone::Warn text="Ended" glyph=Glyph::Problem/>" "<When at now/></span> }
                .into_any()
        }
        Some(at) => view! { <Until at now/> }.into_any(),
        None => view! { <span>"Never"</span> }.into_any(),
    };
    let label = format!("Revoke the token {}", token.name);
    view! {
        <tr>
            <td><b>{token.name}</b></td>
            <td data-label="May"><span class="tags">{scopes}</span></td>
            <td data-label="Made"><When at=token.created_at now/></td>
            <td data-label="Last used">{used}</td>
            <td data-label="Ends">{ends}</td>
            <td class="act">
                <form method="post" action=paths::REVOKE_TOKEN>
                    <input type="hidden" name="id" value=token.id/>
                    <button class="btn small" aria-label=label>"Revoke"</button>
                </form>
            </td>
        </tr>
    }
}

/// The form that makes a token.
#[component]
fn NewToken() -> impl IntoView {
    let scopes = SCOPES
        .iter()
        .map(|(value, _, text)| ((*value).to_owned(), (*text).to_owned()))
        .collect();
    let days = DAYS
        .iter()
        .map(|(value, text)| ((*value).to_owned(), (*text).to_owned()))
        .collect();
    view! {
        <form class="card-end fields" method="post" action=paths::TOKENS aria-labelledby="new-token">
            <h3 id="new-token">"New token"</h3>
            <Field label="Name" id="token-name" class="grow">
                <input
                    type="text"
                    id="token-name"
                    name="name"
                    required
                    maxlength="100"
                    autocomplete="off"
                    placeholder="What it is for"
                />
            </Field>
            <Choice label="It may" id="token-scope" name="scope" options=scopes chosen="read"/>
            <Choice label="It lasts" id="token-days" name="days" options=days chosen="30"/>
            <button class="btn primary"><Icon glyph=Glyph::Key/>"Make token"</button>
        </form>
    }
}
