//! The catalog file that was made, with what can be done with it: download it, or propose it.
use callboard_model::view::{NewFileForm, NewFilePreview, OpenedPullRequest};
use leptos::prelude::*;

use super::outer::{Address, is_web};
use crate::{
    paths,
    ui::{
        components::problem_item::ProblemItem,
        kit::{
            alert::Alert,
            area_text::area_text,
            badge::Tone,
            card::Card,
            code_block::{CodeBlock, Highlight},
            field::Field,
            icon::{Glyph, Icon},
        },
    },
};

/// The text, its problems and the buttons.
#[component]
pub(super) fn Made(
    /// What was made.
    preview: NewFilePreview,
    /// Of what.
    form: NewFileForm,
    /// The address that the file will have.
    target: Option<String>,
    /// Whether a pull request can be opened.
    can_propose: bool,
) -> impl IntoView {
    let has_errors = preview.has_errors();
    let verdict = verdict(&preview);
    let problems = (!preview.problems.is_empty()).then(|| {
        let items = preview.problems.into_iter();
        let items = items
            .map(|diagnostic| view! { <ProblemItem diagnostic/> })
            .collect_view();
        view! { <ul class="problems">{items}</ul> }
    });
    let place = target.map(|url| view! { <p class="lead">"It will be at "<Address url/></p> });
    let download = (!has_errors).then(|| {
        view! {
            <form method="post" action=paths::NEW_FILE_TEXT>
                {hidden(&form)}
                <button class="btn"><Icon glyph=Glyph::Download/>"Download the file"</button>
            </form>
        }
    });
    let propose = (!has_errors && can_propose).then(|| view! { <Propose form/> });
    view! {
        <Card title="The file" id="file">
            {place} {verdict} {problems}
            <CodeBlock id="file-text" label="The catalog file" text=preview.text highlight=Highlight::Yaml/>
            <div class="actions">{download}</div>
        </Card>
        {propose}
    }
}

fn verdict(preview: &NewFilePreview) -> impl IntoView + use<> {
    let (tone, title, next) = if preview.has_errors() {
        (
            Tone::Danger,
            "The catalog would not take this file",
            "Repair what is said here in the form below, and look at it again.",
        )
    } else if preview.problems.is_empty() {
        (
            Tone::Ok,
            "The catalog takes this file as it is",
            "Download it and commit it to the repository, or open a pull request where the portal can.",
        )
    } else {
        (
            Tone::Warn,
            "The catalog takes this file, with remarks",
            "It can be used as it is; better look at the remarks first.",
        )
    };
    view! { <Alert tone title=title answers=true><p>{next}</p></Alert> }
}

/// The form that opens a pull request.
#[component]
fn Propose(
    /// The file.
    form: NewFileForm,
) -> impl IntoView {
    let or = |text: &str, usual: &str| {
        if text.is_empty() {
            usual.to_owned()
        } else {
            text.to_owned()
        }
    };
    let branch = or(&form.branch, "add-catalog-info");
    let title = or(&form.pr_title, "Add catalog-info.yaml");
    let body = or(
        &form.pr_body,
        "This file describes the repository for the developer portal.",
    );
    view! {
        <Card title="Open a pull request" id="propose">
            <p class="lead">
                "The portal makes a branch with this one file, with its own token, and asks the people of the repository to merge it. It changes nothing that is there."
            </p>
            <form class="new-file" method="post" action=paths::NEW_FILE_PROPOSE>
                {hidden(&form)}
                <Field label="Title" id="pr-title">
                    <input type="text" id="pr-title" name="pr_title" value=title required maxlength="200" autocomplete="off"/>
                </Field>
                <Field label="Branch" id="pr-branch">
                    <input type="text" id="pr-branch" name="branch" value=branch required maxlength="100" autocomplete="off" spellcheck="false"/>
                </Field>
                <Field label="Text" id="pr-body" class="wide">
                    <textarea id="pr-body" name="pr_body" rows="4">{area_text(&body)}</textarea>
                </Field>
                <div class="wide"><button class="btn primary"><Icon glyph=Glyph::PullRequest/>"Open a pull request"</button></div>
            </form>
        </Card>
    }
}

/// The fields of the file, for a form that sends them along.
fn hidden(form: &NewFileForm) -> impl IntoView + use<> {
    let fields = [
        ("url", &form.url),
        ("path", &form.path),
        ("kind", &form.kind),
        ("name", &form.name),
        ("title", &form.title),
        ("description", &form.description),
        ("owner", &form.owner),
        ("type", &form.entity_type),
        ("lifecycle", &form.lifecycle),
        ("system", &form.system),
        ("tags", &form.tags),
    ];
    fields
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone()/> })
        .into_iter()
        .collect_view()
}

/// The pull request that was opened, and what to do once it is merged.
#[component]
pub(super) fn Opened(
    /// The pull request.
    opened: OpenedPullRequest,
) -> impl IntoView {
    let name = format!("Pull request {}", opened.number);
    let link = if is_web(&opened.url) {
        view! { <a href=opened.url rel="noopener">{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let register = paths::import(&opened.target);
    view! {
        <Alert tone=Tone::Ok title="The pull request is open" answers=true>
            <p>{link}" asks to add the file to "<code>{opened.base}</code>"."</p>
            <p>"Once it is merged, the file is at "<Address url=opened.target/>" and can be registered."</p>
            <p class="actions"><a class="btn" href=register><Icon glyph=Glyph::Plus/>"Register it"</a></p>
        </Alert>
    }
}
