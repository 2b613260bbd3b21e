//! One operation: parameters, what is sent, what comes back.
use callboard_model::view::{
    ApiBody, ApiContent, ApiExample, ApiOperation, ApiParameter, ApiQuery, ApiResponse,
};
use leptos::prelude::*;

use super::schema::{facts, tree, type_of};
use crate::ui::{
    kit::{
        badge::{Badge, Tone},
        code_block::CodeBlock,
        copy_button::CopyButton,
        prose::Prose,
    },
    pages::markdown::Markdown,
};

/// The verb of an operation, or what a type is, with a colour.
#[component]
pub(super) fn Verb(
    /// The word.
    verb: String,
    /// Whether there is little room.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let tone = match verb.as_str() {
        "GET" | "HEAD" | "QUERY" | "SUBSCRIBE" | "RECEIVE" | "UNARY" => Tone::Info,
        "POST" | "PUBLISH" | "SEND" => Tone::Ok,
        "PUT" | "PATCH" | "MUTATION" | "COPY" => Tone::Warn,
        "DELETE" => Tone::Danger,
        _ => Tone::Neutral,
    };
    let text = match verb.as_str() {
        "DELETE" if short => "DEL",
        "OPTIONS" if short => "OPT",
        "MUTATION" if short => "MUT",
        "SUBSCRIPTION" if short => "SUB",
        "SUBSCRIBE" if short => "SUB",
        "PUBLISH" if short => "PUB",
        "RECEIVE" if short => "RECV",
        "CLIENT STREAM" if short => "STREAM↑",
        "SERVER STREAM" if short => "STREAM↓",
        "BIDI STREAM" if short => "STREAM↕",
        other => other,
    };
    let title = (text != verb).then(|| verb.clone());
    view! { <span class=format!("badge verb {}", tone.class()) title=title>{text.to_owned()}</span> }
}

/// Everything about one operation.
pub(super) fn operation(operation: ApiOperation, query: &ApiQuery) -> impl IntoView + use<> {
    let heading = operation
        .summary
        .clone()
        .unwrap_or_else(|| operation.path.clone());
    let description = operation
        .description
        .filter(|text| operation.summary.as_ref() != Some(text));
    let responses = operation.responses.into_iter().enumerate();
    let responses = responses
        .map(|(place, one)| response(one, place, query))
        .collect_view();
    let request = operation.request.map(|one| request(one, query));
    let parameters = parameters(operation.parameters, "Parameters", query);
    view! {
        <article class="card api-op">
            <h2 dir="auto">{heading}</h2>
            <p class="api-path">
                <Verb verb=operation.verb/>
                <code id="api-path">{operation.path}</code>
                <CopyButton source="#api-path" label="Copy the address"/>
                {operation.deprecated.then(|| view! { <Badge tone=Tone::Warn text="Deprecated"/> })}
            </p>
            {description.map(|text| view! { <Markdown text/> })}
            {facts(operation.facts)}
            {security(operation.security)}
            {parameters}
            {request}
            {(!responses.is_empty()).then(|| view! { <h3>"Responses"</h3> {responses} })}
            {(!operation.callbacks.is_empty()).then(|| view! { <h3>"Callbacks"</h3> {facts(operation.callbacks)} })}
        </article>
    }
}

/// What a caller needs.
fn security(needed: Option<Vec<String>>) -> Option<impl IntoView> {
    let needed = needed?;
    let text = if needed.is_empty() {
        view! { "Nobody has to prove who they are." }.into_any()
    } else {
        let lines = needed.into_iter().enumerate();
        let lines = lines.map(|(place, line)| {
            let or = (place > 0).then_some(" or ");
            view! { {or}<code>{line}</code> }
        });
        lines.collect_view().into_any()
    };
    Some(view! { <p class="api-needs"><b>"Authentication "</b>{text}</p> })
}

/// A table of parameters; on a narrow screen each is a block.
fn parameters(
    list: Vec<ApiParameter>,
    title: &'static str,
    query: &ApiQuery,
) -> Option<impl IntoView + use<>> {
    if list.is_empty() {
        return None;
    }
    let rows = list
        .into_iter()
        .map(|one| {
            let kind = type_of(&one.schema, query);
            let inside = super::schema::inside(one.schema.clone(), query, 0);
            view! {
                <tr>
                    <td>
                        <code class="api-name">{one.name}</code>
                        {one.required.then(|| view! { " "<em class="must">"required"</em> })}
                        {one.deprecated.then(|| view! { " "<Badge tone=Tone::Warn text="Deprecated"/> })}
                    </td>
                    <td>{one.place}</td>
                    <td>
                        {kind}
                        {one.description.map(|text| view! { <Markdown text level=7/> })}
                        {one.schema.description.map(|text| view! { <Markdown text level=7/> })}
                        {inside}
                    </td>
                </tr>
            }
        })
        .collect_view();
    Some(view! {
        <h3>{title}</h3>
        <div class="scroll" tabindex="0" role="group" aria-label=title>
            <table class="table api-table">
                <thead><tr><th scope="col">"Name"</th><th scope="col">"In"</th><th scope="col">"Type and meaning"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

fn request(body: ApiBody, query: &ApiQuery) -> impl IntoView + use<> {
    let contents = body.contents.into_iter().enumerate();
    let contents = contents
        .map(|(place, one)| content(one, &format!("request-{place}"), query))
        .collect_view();
    view! {
        <h3>{body.title} {body.required.then(|| view! { " "<em class="must">"required"</em> })}</h3>
        {body.description.map(|text| view! { <Markdown text level=4/> })}
        {contents}
    }
}

fn response(response: ApiResponse, place: usize, query: &ApiQuery) -> impl IntoView + use<> {
    let tone = match response.status.as_bytes().first() {
        Some(b'2') => Tone::Ok,
        Some(b'3') => Tone::Info,
        Some(b'4') => Tone::Warn,
        Some(b'5') => Tone::Danger,
        _ => Tone::Neutral,
    };
    let contents = response.contents.into_iter().enumerate();
    let contents = contents
        .map(|(number, one)| content(one, &format!("response-{place}-{number}"), query))
        .collect_view();
    let headers = parameters(response.headers, "Headers", query);
    // The answer that one hopes for is open.
    let open = place == 0;
    let empty = contents.is_empty() && headers.is_none();
    // A line to unfold the rest holds plain words; what is more than that stands below.
    let text = response.description.unwrap_or_default();
    let first = text.lines().next().unwrap_or_default().to_owned();
    let more = (text.lines().count() > 1 || text.contains("]("))
        .then(|| view! { <Markdown text level=7/> });
    let head =
        view! { <Badge tone text=response.status/><span dir="auto"><Prose text=first/></span> };
    if empty {
        return view! { <div class="api-answer"><p class="api-status">{head}</p>{more}</div> }
            .into_any();
    }
    view! {
        <details class="api-answer" open=open>
            <summary class="api-status">{head}</summary>
            <div>{more} {headers} {contents}</div>
        </details>
    }
    .into_any()
}

/// One body: its schema beside its examples.
fn content(content: ApiContent, id: &str, query: &ApiQuery) -> impl IntoView + use<> {
    // A message is often called like its type, which is named below.
    let is_type = content
        .schema
        .as_ref()
        .is_some_and(|schema| schema.label == content.name);
    let name = (!is_type).then(|| view! { <p class="api-media"><code>{content.name}</code></p> });
    let examples = examples(content.examples, id);
    let schema = content.schema.map(|schema| tree(schema, query));
    let headers = content
        .headers
        .map(|headers| view! { <h4>"Headers"</h4> {tree(headers, query)} });
    view! {
        <div class="api-content">
            {name}
            {content.description.map(|text| view! { <Markdown text level=4/> })}
            <div class="api-pair">
                {(schema.is_some() || headers.is_some()).then(|| view! { <div>{schema} {headers}</div> })}
                {examples.map(|examples| view! { <div>{examples}</div> })}
            </div>
        </div>
    }
}

fn examples(examples: Vec<ApiExample>, id: &str) -> Option<impl IntoView + use<>> {
    if examples.is_empty() {
        return None;
    }
    let blocks = examples.into_iter().enumerate();
    let blocks = blocks.map(|(place, one)| {
        let name = if one.made { format!("{} (made from the schema)", one.name) } else { one.name };
        let label = name.clone();
        view! { <p class="api-media">{name}</p><CodeBlock id=format!("{id}-{place}") label text=one.text/> }
    });
    Some(blocks.collect_view())
}
