//! The definition of an API, as text.
use leptos::prelude::*;

use crate::ui::kit::{
    card::Card,
    code_block::{CodeBlock, Highlight},
    number::counted,
};

/// The text in a block that scrolls, folded when it is long.
#[component]
pub(super) fn DefinitionCard(
    /// `spec.definition`.
    text: String,
    /// `spec.type`, for example `openapi`.
    definition_type: String,
) -> impl IntoView {
    let lines = text.lines().count();
    let summary = format!("{definition_type}, {}", counted(lines, "line"));
    let yaml = matches!(definition_type.as_str(), "openapi" | "asyncapi")
        && !text.trim_start().starts_with('{');
    let highlight = if yaml {
        Highlight::Yaml
    } else {
        Highlight::Plain
    };
    view! {
        <Card title="Definition" id="definition" class="flush">
            <details class="fold" open=lines < 400>
                <summary>{summary}</summary>
                <CodeBlock id="definition-text" label="Definition of the API" text highlight/>
            </details>
        </Card>
    }
}
