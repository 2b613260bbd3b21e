//! What an entity offers to programs: the definition of an API, or the APIs of what is no API itself.
mod list;
mod operation;
mod overview;
mod raw;
mod schema;
mod tables;

use callboard_model::{
    EntityRef,
    view::{ApiProblem, ApiQuery, ApiShown, ApiView},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::frame::{Tab, entity_tab};
use crate::{
    api::api_doc::get_api,
    paths,
    ui::{
        kit::{
            alert::Alert,
            badge::{Badge, Tone},
            icon::{Glyph, Icon},
            number::counted,
            prose::Prose,
        },
        pages::sheet::Sheet,
    },
};

/// What an entity offers to programs.
#[component]
pub(in crate::ui::pages) fn ApiPage() -> impl IntoView {
    let query = use_query_map().with_untracked(parse);
    let tab = entity_tab(Tab::Api, move |wanted, _| async move {
        let query = ApiQuery {
            kind: wanted.kind,
            namespace: wanted.namespace,
            name: wanted.name,
            ..query
        };
        let view = get_api(query.clone()).await?;
        Ok(content(view, &query).into_any())
    });
    // Not below what is waited for: a page that has to wait would be sent without it.
    view! { <Sheet name="api"/> {tab} }
}

/// Reads the query of the address; what it does not understand counts as not said.
fn parse(params: &ParamsMap) -> ApiQuery {
    let text = |key: &str| params.get_str(key).unwrap_or_default().trim().to_owned();
    ApiQuery {
        q: text("q"),
        op: text("op"),
        schema: text("schema"),
        group: text("group"),
        raw: !matches!(text("raw").as_str(), "" | "0" | "false"),
        page: text("page").parse().unwrap_or_default(),
        ..ApiQuery::default()
    }
}

fn content(view: ApiView, query: &ApiQuery) -> impl IntoView + use<> {
    let ApiView {
        groups,
        problems,
        shown,
        ..
    } = view.clone();
    let shown = match shown {
        ApiShown::Tables(tables) => {
            let content = tables::tables(tables);
            return content.into_any();
        }
        ApiShown::Overview(head) => overview::overview(*head, &view).into_any(),
        ApiShown::Operation(operation) => operation::operation(*operation, query).into_any(),
        ApiShown::Schema(named, uses) => schema::page(*named, uses, query).into_any(),
        ApiShown::Found(found) => list::found(found, query).into_any(),
        ApiShown::Raw(text) => raw::raw(text, query).into_any(),
        ApiShown::Missing(message) => view! {
            <Alert tone=Tone::Warn title="Not found">
                <p>{message}</p>
            </Alert>
        }
        .into_any(),
    };
    let shown = view! { {problem_list(problems)} {shown} };
    let body = if groups.is_empty() {
        view! { <div class="api-page">{shown}</div> }.into_any()
    } else {
        view! {
            <div class="catalog api">
                {list::list(groups, query)}
                <div class="api-page">{shown}</div>
            </div>
        }
        .into_any()
    };
    view! { {bar(&view, query)} {body} }.into_any()
}

/// What the definition is, and the ways to see it.
fn bar(view: &ApiView, query: &ApiQuery) -> impl IntoView + use<> {
    let rendered = !view.format.is_empty();
    let ways = rendered.then(|| ways(matches!(view.shown, ApiShown::Raw(_)), query));
    let format = if rendered {
        view.format.clone()
    } else {
        view.definition_type.clone()
    };
    let title = if view.title.is_empty() {
        view.label.title.clone()
    } else {
        view.title.clone()
    };
    let counts = rendered.then(|| {
        format!(
            "{} · {}",
            counted(view.operations, "operation"),
            counted(view.schemas, "type")
        )
    });
    view! {
        <div class="api-bar">
            <h2 dir="auto">{title}</h2>
            {(!view.version.is_empty()).then(|| view! { <span class="tag">{view.version.clone()}</span> })}
            <Badge tone=Tone::Info text=format/>
            {counts.map(|counts| view! { <span class="none">{counts}</span> })}
            <div class="api-ways">
                {ways}
                <a class="btn" href=paths::api_raw(&view.label.entity_ref) download>
                    <Icon glyph=Glyph::Download/>
                    "Download"
                </a>
            </div>
        </div>
    }
}

/// The two ways to see a definition that is more than a text.
fn ways(is_text: bool, query: &ApiQuery) -> impl IntoView + use<> {
    let entity = EntityRef::new(&query.kind, &query.namespace, &query.name);
    let documentation = paths::entity_tab(&entity, "api");
    let text = paths::api(&ApiQuery {
        kind: entity.kind,
        namespace: entity.namespace,
        name: entity.name,
        raw: true,
        ..ApiQuery::default()
    });
    let current = |is: bool| is.then_some("page");
    view! {
        <nav aria-label="Ways to see the definition">
            <ul class="tabs">
                <li><a href=documentation aria-current=current(!is_text)>"Documentation"</a></li>
                <li><a href=text aria-current=current(is_text)>"Text"</a></li>
            </ul>
        </nav>
    }
}

/// What could not be shown, folded: the rest of the definition is what people came for.
fn problem_list(problems: Vec<ApiProblem>) -> Option<impl IntoView> {
    let title = match problems.len() {
        0 => return None,
        1 => "Part of this definition could not be shown".to_owned(),
        count => format!("{count} parts of this definition could not be shown"),
    };
    let few = problems.len() <= 2;
    let items = problems
        .into_iter()
        .map(|problem| {
            let line = problem.line.map(|line| format!("Line {line}: "));
            view! { <li><b>{line}</b><Prose text=problem.message/></li> }
        })
        .collect_view();
    Some(view! {
        <Alert tone=Tone::Warn title>
            <details class="fold" open=few>
                <summary>"What and where"</summary>
                <ul class="lines">{items}</ul>
            </details>
        </Alert>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_parameters_count_as_not_said() {
        let mut params = ParamsMap::new();
        for (key, value) in [
            ("page", "-1"),
            ("raw", "0"),
            ("foo", "1"),
            ("op", " GET /a "),
        ] {
            params.insert(key.to_owned(), value.to_owned());
        }
        let wanted = ApiQuery {
            op: "GET /a".to_owned(),
            ..ApiQuery::default()
        };
        assert_eq!(parse(&params), wanted);
    }
}
