//! A type as a tree of fields, and the page of a named type.
use callboard_model::view::{
    ApiChoice, ApiChoices, ApiEntry, ApiFact, ApiField, ApiNamed, ApiQuery, ApiSchema,
};
use leptos::prelude::*;

use super::{list, operation::Verb};
use crate::{
    paths,
    ui::{
        kit::{
            badge::{Badge, Tone},
            card::Card,
            code_block::CodeBlock,
            number::counted,
        },
        pages::markdown::Markdown,
    },
};

/// Trees with fewer fields than this are unfolded at once.
const FEW: usize = 8;
/// Values that are shown before the rest folds away.
const VALUES: usize = 12;

/// The page of a named type.
pub(super) fn page(
    named: ApiNamed,
    uses: Vec<ApiEntry>,
    query: &ApiQuery,
) -> impl IntoView + use<> {
    let mut schema = named.schema;
    let description = schema.description.take();
    let example = schema.example.take();
    let deprecated = std::mem::take(&mut schema.deprecated);
    let used = (!uses.is_empty()).then(|| {
        let count = uses.len();
        let entries = list::entries(uses, query);
        view! { <Card title="Used by" id="used-by" count=count class="flush">{entries}</Card> }
    });
    let content = tree(schema, query);
    view! {
        <article class="card api-op">
            <h2><code>{named.name}</code></h2>
            <p class="api-path">
                <Verb verb=named.kind/>
                {deprecated.then(|| view! { <Badge tone=Tone::Warn text="Deprecated"/> })}
            </p>
            {description.map(|text| view! { <Markdown text/> })}
            <div class="api-pair">
                <div>{content}</div>
                {example
                    .map(|text| {
                        view! {
                            <div>
                                <p class="api-media">"Example"</p>
                                <CodeBlock id="type-example" label="Example" text/>
                            </div>
                        }
                    })}
            </div>
        </article>
        {used}
    }
}

/// A type with everything inside it.
pub(super) fn tree(schema: ApiSchema, query: &ApiQuery) -> AnyView {
    let kind = type_of(&schema, query);
    let description = schema
        .description
        .clone()
        .map(|text| view! { <Markdown text level=7/> });
    let inside = inside(schema, query, 0);
    view! { <div class="api-tree"><p class="api-type">{kind}</p>{description}{inside}</div> }
        .into_any()
}

/// The word for a type with its constraints; a link when it has a page of its own.
pub(super) fn type_of(schema: &ApiSchema, query: &ApiQuery) -> AnyView {
    let label = schema.label.clone();
    let name = match &schema.link {
        Some(link) => {
            let href = paths::api_here(&ApiQuery {
                schema: link.clone(),
                op: String::new(),
                q: String::new(),
                group: String::new(),
                page: 0,
                ..query.clone()
            });
            view! { <a class="api-kind" href=href><code>{label}</code></a> }.into_any()
        }
        None => view! { <code class="api-kind">{label}</code> }.into_any(),
    };
    let format = schema
        .format
        .clone()
        .map(|format| view! { " "<small>{format}</small> });
    let facts = schema.facts.clone().into_iter().map(fact).collect_view();
    let example = schema.example.clone().map(|text| {
        fact(ApiFact {
            name: "example".to_owned(),
            value: text,
        })
    });
    view! { {name} {format} {facts} {example} }.into_any()
}

/// One constraint.
fn fact(fact: ApiFact) -> impl IntoView {
    let value = (!fact.value.is_empty()).then(|| view! { " "<code>{fact.value}</code> });
    view! { " "<span class="api-fact">{fact.name}{value}</span> }
}

/// Facts in a line each.
pub(super) fn facts(facts: Vec<ApiFact>) -> Option<impl IntoView> {
    (!facts.is_empty()).then(|| {
        let items = facts
            .into_iter()
            .map(|fact| view! { <li>{self::fact(fact)}</li> })
            .collect_view();
        view! { <ul class="api-facts">{items}</ul> }
    })
}

/// Values that there can be; many fold away.
fn values(values: Vec<ApiFact>, hidden: usize) -> Option<impl IntoView> {
    if values.is_empty() {
        return None;
    }
    let explained = values.iter().any(|value| !value.value.is_empty());
    let total = values.len() + hidden;
    let items = values
        .into_iter()
        .map(|value| {
            let about = (!value.value.is_empty())
                .then(|| view! { " "<small dir="auto">{value.value}</small> });
            view! { <li><code>{value.name}</code>{about}</li> }
        })
        .collect_view();
    let more = (hidden > 0).then(|| view! { <li>{format!("and {hidden} more")}</li> });
    let class = if explained {
        "api-values lines"
    } else {
        "api-values"
    };
    let list = view! { <ul class=class>{items}{more}</ul> };
    Some(if total > VALUES {
        view! { <details class="fold"><summary>{counted(total, "value")}</summary>{list}</details> }
            .into_any()
    } else {
        list.into_any()
    })
}

/// What is inside a type: values, fields, items and choices.
pub(super) fn inside(schema: ApiSchema, query: &ApiQuery, depth: usize) -> AnyView {
    let ApiSchema {
        values: listed,
        fields,
        items,
        choices,
        hidden,
        cut,
        link,
        ..
    } = schema;
    let of_values = if listed.is_empty() { 0 } else { hidden };
    let rest = if listed.is_empty() { hidden } else { 0 };
    let rows = fields
        .into_iter()
        .map(|one| field(one, query, depth))
        .collect_view();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="api-fields">{rows}</ul> });
    let choices = choices
        .into_iter()
        .map(|one| choice(one, query, depth))
        .collect_view();
    let items = items.map(|items| inside(*items, query, depth));
    let more = (rest > 0).then(|| {
        let more = format!(
            "{} more: there is no room for them on this page; search finds them.",
            counted(rest, "field")
        );
        view! { <p class="none">{more}</p> }
    });
    let cut = (cut && link.is_none())
        .then(|| view! { <p class="none">"It goes on deeper than this page shows."</p> });
    view! { {values(listed, of_values)} {rows} {choices} {items} {more} {cut} }.into_any()
}

fn field(field: ApiField, query: &ApiQuery, depth: usize) -> AnyView {
    let mut schema = field.schema;
    let kind = type_of(&schema, query);
    let description = schema.description.take();
    let deprecated = schema.deprecated;
    let (count, word) = size(&schema);
    let simple_values =
        schema.fields.is_empty() && schema.items.is_none() && schema.choices.is_empty();
    let content = if count == 0 && schema.values.is_empty() && !schema.cut {
        None
    } else if simple_values {
        Some(inside(schema, query, depth + 1))
    } else {
        let open =
            depth == 0 && count <= FEW && count > 0 && !word.is_empty() && depth < 1 && count <= 3;
        let summary = format!("{} inside", counted(count, word));
        let content = inside(schema, query, depth + 1);
        Some(view! { <details class="fold" open=open><summary>{summary}</summary>{content}</details> }.into_any())
    };
    let arguments = field
        .arguments
        .into_iter()
        .map(|one| {
            let kind = type_of(&one.schema, query);
            view! { <li><code>{one.name}</code>" "{kind}</li> }
        })
        .collect_view();
    let arguments = (!arguments.is_empty()).then(
        || view! { <div class="api-args"><small>"Arguments"</small><ul>{arguments}</ul></div> },
    );
    view! {
        <li>
            <div class="api-line">
                <code class="api-name" dir="auto">{field.name}</code>
                {field.required.then(|| view! { <em class="must">"required"</em> })}
                <span>{kind}</span>
                {deprecated.then(|| view! { <Badge tone=Tone::Warn text="Deprecated"/> })}
            </div>
            {description.map(|text| view! { <Markdown text level=7/> })}
            {arguments} {content}
        </li>
    }
    .into_any()
}

/// Returns how many things are inside a type, and what they are.
fn size(schema: &ApiSchema) -> (usize, &'static str) {
    if !schema.fields.is_empty() {
        return (schema.fields.len() + schema.hidden, "field");
    }
    match (&schema.items, schema.choices.first()) {
        (Some(items), _) => size(items),
        (None, Some(choices)) => (choices.schemas.len(), "choice"),
        (None, None) => (schema.values.len() + schema.hidden, "value"),
    }
}

/// Schemas of which a type is made.
fn choice(choices: ApiChoices, query: &ApiQuery, depth: usize) -> AnyView {
    let title = match choices.how {
        ApiChoice::All => "All of",
        ApiChoice::One => "One of",
        ApiChoice::Any => "Any of",
        ApiChoice::Not => "None of",
    };
    // What belongs together is shown as one, where nobody has to choose.
    let open = choices.how == ApiChoice::All && depth == 0;
    let name = choices.name.map(|name| view! { " "<code>{name}</code> });
    let schemas = choices
        .schemas
        .into_iter()
        .map(|mut one| {
            let kind = type_of(&one, query);
            let description = one.description.take().map(|text| view! { <Markdown text level=7/> });
            if size(&one).0 == 0 {
                return view! { <li><div class="api-line"><span>{kind}</span></div>{description}</li> }.into_any();
            }
            let content = inside(one, query, depth + 1);
            view! {
                <li>
                    <details class="fold" open=open>
                        <summary><span class="api-line">{kind}</span></summary>
                        {description} {content}
                    </details>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="api-choice"><p>{title}{name}</p><ul class="api-fields">{schemas}</ul></div> }.into_any()
}
