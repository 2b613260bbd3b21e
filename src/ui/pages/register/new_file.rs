//! `/catalog-import/new`: a first catalog file, made in a form.
use callboard_model::view::{EntityLabel, NewFileForm, NewFileView, OpenedPullRequest};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    super::{error::ErrorPage, sheet::Sheet},
    proposal::{Made, Opened},
};
use crate::{
    api::register::get_new_file,
    paths,
    ui::{
        frame::FormMistake,
        kit::{
            alert::Alert,
            area_text::area_text,
            badge::Tone,
            field::{Choice, Field},
            icon::{Glyph, Icon},
        },
        layout::page_header::PageHeader,
    },
};

const LEAD: &str = "A repository without a catalog file gets its first one here. Nothing is written anywhere before you say so.";
const KINDS: [&str; 4] = ["Component", "Resource", "System", "Domain"];
const TYPES: [&str; 7] = [
    "service",
    "website",
    "library",
    "mobile-app",
    "documentation",
    "database",
    "other",
];
const LIFECYCLES: [&str; 3] = ["experimental", "production", "deprecated"];

/// The page with the form.
#[component]
pub(in crate::ui::pages) fn NewFilePage() -> impl IntoView {
    // After a pull request was asked for, the form comes with the request.
    let form =
        use_context::<NewFileForm>().unwrap_or_else(|| use_query_map().with_untracked(parse));
    let mistake = use_context::<FormMistake>();
    let opened = use_context::<OpenedPullRequest>();
    let page = Suspend::new(async move {
        match get_new_file(form).await {
            Ok(view) => content(view, mistake, opened).into_any(),
            Err(error) => {
                view! { <ErrorPage title="The form could not be shown" error/> }.into_any()
            }
        }
    });
    view! { <Sheet name="import"/> {page} }
}

fn parse(params: &ParamsMap) -> NewFileForm {
    let text = |key: &str| params.get(key).unwrap_or_default();
    NewFileForm {
        url: text("url"),
        path: text("path"),
        kind: text("kind"),
        name: text("name"),
        title: text("title"),
        description: text("description"),
        owner: text("owner"),
        entity_type: text("type"),
        lifecycle: text("lifecycle"),
        system: text("system"),
        tags: text("tags"),
        preview: text("preview"),
        branch: text("branch"),
        pr_title: text("pr_title"),
        pr_body: text("pr_body"),
    }
}

fn content(
    view: NewFileView,
    mistake: Option<FormMistake>,
    opened: Option<OpenedPullRequest>,
) -> impl IntoView {
    let mistake = mistake.map(|FormMistake(text)| {
        view! { <Alert tone=Tone::Danger title="The pull request was not opened" answers=true><p>{text}</p></Alert> }
    });
    let wrong = view.mistake.clone().map(|text| {
        view! { <Alert tone=Tone::Warn title="The repository is not known"><p>{text}</p></Alert> }
    });
    let readonly = view.readonly.then(|| view! {
        <Alert tone=Tone::Info title="Registering is switched off">
            <p><code>"catalog.readonly"</code>" is true in "<code>"app-config.yaml"</code>". The file can be made all the same."</p>
        </Alert>
    });
    let is_opened = opened.is_some();
    let opened = opened.map(|opened| view! { <Opened opened/> });
    let made = view.preview.clone().filter(|_| !is_opened).map(|preview| {
        view! { <Made preview form=view.form.clone() target=view.target.clone() can_propose=view.can_propose && !view.readonly/> }
    });
    view! {
        <Title text="First catalog file"/>
        <PageHeader title="Make a catalog file" lead=LEAD.to_owned()/>
        {readonly} {opened} {mistake} {wrong} {made}
        <FileForm form=view.form owners=view.owners systems=view.systems/>
    }
}

/// The form; it leads to the same page with a preview.
#[component]
fn FileForm(
    /// What is filled in.
    form: NewFileForm,
    /// Owners to choose from.
    owners: Vec<EntityLabel>,
    /// Systems to choose from.
    systems: Vec<EntityLabel>,
) -> impl IntoView {
    let kinds = KINDS
        .map(|kind| (kind.to_owned(), kind.to_owned()))
        .to_vec();
    let kind = KINDS
        .iter()
        .find(|kind| kind.eq_ignore_ascii_case(&form.kind));
    let chosen = kind.map_or("Component", |kind| kind);
    view! {
        <form class="card new-file" method="get" action=paths::NEW_FILE aria-labelledby="describe">
            <h2 id="describe">"Describe it"</h2>
            <input type="hidden" name="preview" value="1"/>
            <Text id="f-url" name="url" label="Repository" value=form.url class="wide" hint="Its address as the browser shows it. Without one the file can only be downloaded."/>
            <Text id="f-path" name="path" label="Path of the file" value=form.path class="wide"/>
            <Choice label="Kind" id="f-kind" name="kind" options=kinds chosen/>
            <Text id="f-name" name="name" label="Name" value=form.name required=true hint="Letters, digits, dashes, dots; at most 63."/>
            <Text id="f-title" name="title" label="Title" value=form.title hint="For people; may be left out."/>
            <Text id="f-owner" name="owner" label="Owner" value=form.owner list="owners" hint="A group or a person."/>
            <Text id="f-type" name="type" label="Type" value=form.entity_type list="types"/>
            <Text id="f-lifecycle" name="lifecycle" label="Lifecycle" value=form.lifecycle list="lifecycles"/>
            <Text id="f-system" name="system" label="System" value=form.system list="systems"/>
            <Text id="f-tags" name="tags" label="Tags" value=form.tags hint="Between commas, for example java, web."/>
            <Field label="Description" id="f-description" class="wide">
                <textarea id="f-description" name="description" rows="3" maxlength="10000" dir="auto">{area_text(&form.description)}</textarea>
            </Field>
            {options("owners", references(owners))}
            {options("systems", references(systems))}
            {options("types", words(&TYPES))}
            {options("lifecycles", words(&LIFECYCLES))}
            <div class="wide"><button class="btn primary"><Icon glyph=Glyph::Eye/>"Preview"</button></div>
        </form>
    }
}

/// One line of text.
#[component]
fn Text(
    /// Unique on the page.
    id: &'static str,
    /// Name in the form.
    name: &'static str,
    /// What to fill in.
    label: &'static str,
    /// What is filled in.
    value: String,
    /// The list of what can be chosen.
    #[prop(optional)]
    list: &'static str,
    /// Whether it has to be filled in.
    #[prop(optional)]
    required: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// Help below it.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let list = (!list.is_empty()).then_some(list);
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> });
    view! {
        <Field label id class>
            <input
                type="text"
                id=id
                name=name
                value=value
                list=list
                required=required
                maxlength="4096"
                autocomplete="off"
                dir="auto"
                aria-describedby=described
            />
            {hint}
        </Field>
    }
}

fn references(labels: Vec<EntityLabel>) -> Vec<(String, String)> {
    let pair = |label: EntityLabel| (label.entity_ref.to_string(), label.title);
    labels.into_iter().map(pair).collect()
}

fn words(words: &[&str]) -> Vec<(String, String)> {
    words
        .iter()
        .map(|word| ((*word).to_owned(), String::new()))
        .collect()
}

fn options(id: &'static str, values: Vec<(String, String)>) -> impl IntoView {
    let options = values
        .into_iter()
        .map(|(value, text)| view! { <option value=value>{text}</option> })
        .collect_view();
    view! { <datalist id=id>{options}</datalist> }
}
