//! What all tabs of an entity's page have in common: the head, the row of tabs, and what is said when the entity cannot
//! be shown.
use callboard_model::{
    EntityRef,
    view::{EntityHead, MissingView},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::{header::EntityHeader, missing::MissingEntity};
use crate::{
    api::catalog::{get_entity_head, get_missing},
    error::AppError,
    ui::pages::{error::ErrorPage, sheet::Sheet},
};

/// A tab of the page. Each has an address of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// What is most asked for.
    Overview,
    /// What it has to do with others.
    Relations,
    /// What it offers to programs.
    Api,
    /// What is wrong with it.
    Problems,
    /// What its file says.
    Yaml,
}

impl Tab {
    /// Every tab, in the order of the page.
    pub(super) const ALL: [Self; 5] = [
        Self::Overview,
        Self::Relations,
        Self::Api,
        Self::Problems,
        Self::Yaml,
    ];

    /// Returns the last part of the address, and the name.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Overview => ("", "Overview"),
            Self::Relations => ("relations", "Relations"),
            Self::Api => ("api", "API"),
            Self::Problems => ("problems", "Problems"),
            Self::Yaml => ("yaml", "YAML"),
        }
    }
}

/// Shows one tab: the head first, and below it what the content makes of it.
pub(super) fn entity_tab<C, F>(tab: Tab, content: C) -> impl IntoView
where
    C: FnOnce(EntityRef, EntityHead) -> F + Send + 'static,
    F: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    let wanted = use_params_map().with_untracked(parse);
    let content = Suspend::new(async move {
        let shown = match head(&wanted).await {
            Ok(head) => content(wanted.clone(), head.clone())
                .await
                .map(|content| (head, content)),
            Err(error) => Err(error),
        };
        match shown {
            Ok((head, content)) => page(tab, head, content).into_any(),
            Err(AppError::NotFound(_)) => {
                let known = missing(&wanted).await;
                view! { <MissingEntity wanted known/> }.into_any()
            }
            Err(error) => {
                view! { <ErrorPage title="The entity could not be shown" error/> }.into_any()
            }
        }
    });
    // Outside of what is waited for: the head of the document may be written before that is there.
    view! { <Sheet name="entity"/> {content} }
}

async fn head(wanted: &EntityRef) -> Result<EntityHead, AppError> {
    let EntityRef {
        kind,
        namespace,
        name,
    } = wanted.clone();
    get_entity_head(kind, namespace, name).await
}

/// What else is known of it; the page says what it can, also when that is nothing.
async fn missing(wanted: &EntityRef) -> MissingView {
    let EntityRef {
        kind,
        namespace,
        name,
    } = wanted.clone();
    get_missing(kind, namespace, name).await.unwrap_or_default()
}

fn page(tab: Tab, head: EntityHead, content: AnyView) -> impl IntoView {
    let title = match tab {
        Tab::Overview => head.label.title.clone(),
        tab => format!("{} of {}", tab.names().1, head.label.title),
    };
    view! {
        <Title text=title/>
        <EntityHeader head tab/>
        {content}
    }
}

fn parse(params: &ParamsMap) -> EntityRef {
    let part = |key: &str| params.get_str(key).unwrap_or_default().to_owned();
    EntityRef::new(&part("kind"), &part("namespace"), &part("name"))
}
