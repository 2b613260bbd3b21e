//! What the catalog has of an entity, what its file says, and the way it came in.
use callboard_model::{
    EntityRef,
    view::{EntityText, TextForm},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    frame::{Tab, entity_tab},
    provenance::{ColocatedCard, IdentityCard, WayCard},
};
use crate::{
    api::catalog::get_entity_text,
    paths,
    ui::kit::{
        code_block::{CodeBlock, Highlight},
        icon::{Glyph, Icon},
        number::thousands,
    },
};

/// What the file of an entity says, and what the portal added.
#[component]
pub(in crate::ui::pages) fn YamlPage() -> impl IntoView {
    let form = use_query_map().with_untracked(parse);
    entity_tab(Tab::Yaml, move |wanted, _| async move {
        let EntityRef {
            kind,
            namespace,
            name,
        } = wanted.clone();
        let view = get_entity_text(kind, namespace, name, form).await?;
        Ok(content(&wanted, form, view).into_any())
    })
}

fn parse(params: &ParamsMap) -> TextForm {
    TextForm::from_word(params.get_str("format").unwrap_or_default())
}

fn content(of: &EntityRef, asked: TextForm, view: EntityText) -> impl IntoView + use<> {
    let highlight = if view.form == TextForm::Json {
        Highlight::Plain
    } else {
        Highlight::Yaml
    };
    let label = match view.form {
        TextForm::Yaml => "The entity as YAML",
        TextForm::Json => "The entity as JSON",
        TextForm::File => "The entity as its file has it",
    };
    let remarks = remarks(of, asked, &view);
    let bar = bar(of, &view);
    let text = view.text.clone();
    view! {
        <div class="columns entity-columns">
            <div>
                <section class="card flush text" id="yaml" aria-label=label>
                    {bar} {remarks}
                    <CodeBlock id="yaml-text" label text highlight/>
                </section>
            </div>
            <div>
                <WayCard ancestry=view.ancestry.clone() origin=view.origin.clone()/>
                <ColocatedCard labels=view.colocated.clone() total=view.colocated_total/>
                <IdentityCard view/>
            </div>
        </div>
    }
}

/// The forms to choose from, and the files to keep.
fn bar(of: &EntityRef, view: &EntityText) -> impl IntoView + use<> {
    let tab = |form: TextForm, text: &'static str| {
        let current = (view.form == form).then_some("true");
        let word = if form == TextForm::Yaml {
            ""
        } else {
            form.as_str()
        };
        let href = paths::entity_tab_with(of, "yaml", &[("format", word)]);
        view! { <li><a href=href aria-current=current>{text}</a></li> }
    };
    let file = view
        .has_file
        .then(|| tab(TextForm::File, "As the file has it"));
    let ending = if view.form == TextForm::Json {
        "json"
    } else {
        "yaml"
    };
    let href = paths::download(of, ending);
    let download = format!("Download {}", ending.to_uppercase());
    view! {
        <div class="bar">
            <nav aria-label="Form of the text">
                <ul class="tabs">{tab(TextForm::Yaml, "YAML")} {tab(TextForm::Json, "JSON")} {file}</ul>
            </nav>
            <a class="btn" href=href download><Icon glyph=Glyph::Download/>{download}</a>
        </div>
    }
}

/// What has to be said of the text: that it is not all, from where it is, or why it is another.
fn remarks(of: &EntityRef, asked: TextForm, view: &EntityText) -> impl IntoView + use<> {
    let source = view.source.clone();
    let place = (view.form == TextForm::File).then(|| {
        let line = view.line;
        view! { <p class="remark">"From line "{line}" of "<code>{source}</code>", as it is now."</p> }
    });
    let absent = (asked == TextForm::File && view.form != TextForm::File).then(|| {
        view! {
            <p class="remark">
                "The text of the file is not at hand, or does not have this entity any more. This is what the catalog has."
            </p>
        }
    });
    let cut = view.is_cut.then(|| {
        let bytes = thousands(view.bytes / 1024);
        let href = paths::download(of, if view.form == TextForm::Json { "json" } else { "yaml" });
        view! {
            <p class="remark">
                "This is the beginning: the whole text has "{bytes}" kB. " <a href=href>"Download all of it"</a>
            </p>
        }
    });
    view! { {place} {absent} {cut} }
}
