//! Cards of single kinds: what a location brought, and what a template asks for and does.
use callboard_model::view::{CatalogQuery, Produced};
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::{
    paths,
    ui::{
        components::{
            entity_table::{Column, EntityTable},
            kind,
        },
        kit::{
            card::Card,
            number::{counted, thousands},
        },
    },
};

/// Steps and pages that are shown.
const SHOWN: usize = 20;

/// The entities that a location brought.
#[component]
pub(super) fn ProducedCard(
    /// What it brought.
    produced: Produced,
) -> impl IntoView {
    if produced.total == 0 {
        return view! {
            <Card title="What it brought" id="produced">
                <p class="none">
                    "Nothing. The files it leads to were not read yet, have errors, or hold no entity: the problems page \
                     says which."
                </p>
            </Card>
        }
        .into_any();
    }
    let kinds = produced
        .kinds
        .into_iter()
        .map(|count| {
            let name = kind::plural(&count.kind);
            view! { <li>{name}" "<span class="count">{thousands(count.count)}</span></li> }
        })
        .collect_view();
    let rest = produced.total - produced.rows.len().min(produced.total);
    let more = (rest > 0).then(|| {
        let text = format!("and {} more", thousands(rest));
        view! { <p class="all none">{text}</p> }
    });
    view! {
        <Card title="What it brought" id="produced" count=produced.total class="flush related">
            <ul class="kinds">{kinds}</ul>
            <EntityTable rows=produced.rows columns=Column::BRIEF caption="What it brought"/>
            {more}
        </Card>
    }
    .into_any()
}

/// The pages of a template's form, and its steps.
#[component]
pub(super) fn TemplateCard(
    /// `spec` of the template.
    spec: Map<String, Value>,
) -> impl IntoView {
    let pages = pages(&spec);
    let steps = steps(&spec);
    let list = |lines: Vec<(String, String)>| {
        let rest = lines.len() - lines.len().min(SHOWN);
        let more = (rest > 0).then(|| view! { <li>{format!("and {} more", thousands(rest))}</li> });
        let lines = lines
            .into_iter()
            .take(SHOWN)
            .map(|(name, note)| view! { <li><bdi>{name}</bdi>" "<small>{note}</small></li> })
            .collect_view();
        view! { <ol class="steps">{lines}{more}</ol> }
    };
    let asks = (!pages.is_empty()).then(|| view! { <h3>"What it asks for"</h3> {list(pages)} });
    let does = (!steps.is_empty()).then(|| view! { <h3>"What it does"</h3> {list(steps)} });
    let same = Some(spec.get("type").and_then(Value::as_str).unwrap_or_default());
    let same = same.filter(|text| !text.is_empty()).map(|text| {
        let href = paths::catalog(&CatalogQuery {
            kind: "template".to_owned(),
            entity_type: vec![text.to_owned()],
            ..CatalogQuery::default()
        });
        view! { <p><a href=href>"Templates of the same type"</a></p> }
    });
    view! { <Card title="Template" id="template">{asks} {does} {same}</Card> }
}

/// Returns the pages of the form with how many fields each has. One page need not be a list.
fn pages(spec: &Map<String, Value>) -> Vec<(String, String)> {
    let pages: &[Value] = match spec.get("parameters") {
        Some(Value::Array(pages)) => pages,
        Some(page @ Value::Object(_)) => std::slice::from_ref(page),
        _ => &[],
    };
    let page = |(at, page): (usize, &Value)| {
        let title = page["title"].as_str().map(str::to_owned);
        let fields = page["properties"].as_object().map_or(0, Map::len);
        let title = title.unwrap_or_else(|| format!("Page {}", at + 1));
        (title, counted(fields, "field"))
    };
    pages.iter().enumerate().map(page).collect()
}

/// Returns the names of the steps with their actions.
fn steps(spec: &Map<String, Value>) -> Vec<(String, String)> {
    let steps = spec.get("steps").and_then(Value::as_array);
    let step = |step: &Value| {
        let text = |key: &str| step[key].as_str().map(str::to_owned);
        let action = text("action").unwrap_or_default();
        let name = text("name").or_else(|| text("id"));
        (name.unwrap_or_else(|| action.clone()), action)
    };
    steps.into_iter().flatten().map(step).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(spec: &Value) -> Map<String, Value> {
        spec.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn pages_and_steps_are_read_in_every_shape() {
        let spec = of(&json!({
            "parameters": [{"title": "Basics", "properties": {"a": {}, "b": {}}}, {}, "odd"],
            "steps": [{"id": "fetch", "action": "fetch:template"}, {"name": "Publish", "action": "publish:github"}, 4],
        }));
        let pages = pages(&spec);
        assert_eq!(pages[0], ("Basics".to_owned(), "2 fields".to_owned()));
        assert_eq!(pages[1].0, "Page 2");
        assert_eq!(steps(&spec)[0].0, "fetch");
        assert_eq!(steps(&spec)[1].1, "publish:github");
        let single = of(&json!({"parameters": {"title": "Only", "properties": {"a": {}}}}));
        assert_eq!(super::pages(&single)[0].1, "1 field");
        assert!(super::pages(&of(&json!({"parameters": 3}))).is_empty());
    }
}
