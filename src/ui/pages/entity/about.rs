//! What an entity is, in the words of its file.
use callboard_model::{
    Entity,
    view::{CatalogQuery, EntityHead, EntityView},
};
use leptos::prelude::*;
use serde_json::Value;

use super::link::{OuterLink, safe};
use crate::{
    paths,
    ui::{
        components::{entity_link::EntityLinks, tag_list::TagList},
        kit::{
            avatar::Avatar,
            card::Card,
            icon::{Glyph, Icon},
            key_value::KeyValue,
            number::counted,
        },
    },
};

/// Characters of a description that are shown before the rest folds away.
const OPEN: usize = 600;

/// Tags that are shown before the rest folds away.
const TAGS: usize = 20;

/// Targets that are shown before the rest folds away.
const TARGETS: usize = 10;

/// Description, profile, tags and targets.
#[component]
pub(super) fn AboutCard(
    /// The entity.
    view: EntityView,
    /// What is known of it.
    head: EntityHead,
) -> impl IntoView {
    let entity = view.entity;
    let person = matches!(view.label.entity_ref.kind.as_str(), "user" | "group");
    let profile = person.then(|| profile(&entity));
    let namespace = entity.metadata.namespace.clone();
    let neighbours = paths::catalog(&CatalogQuery {
        namespace: vec![namespace.clone()],
        ..CatalogQuery::default()
    });
    let parents = view.parents;
    let tags = entity.metadata.tags.clone();
    let targets = targets(&entity);
    view! {
        <Card title="About" id="about">
            {profile} {description(entity.metadata.description, &head)}
            <dl class="kv">
                {(!parents.is_empty())
                    .then(|| view! { <KeyValue name="Part of"><EntityLinks labels=parents/></KeyValue> })}
                {(!tags.is_empty()).then(|| view! { <KeyValue name="Tags">{folded_tags(tags)}</KeyValue> })}
                {(!targets.is_empty()).then(|| view! { <KeyValue name="Targets">{folded_targets(targets)}</KeyValue> })}
                <KeyValue name="Namespace"><a href=neighbours><bdi>{namespace}</bdi></a></KeyValue>
            </dl>
        </Card>
    }
}

/// The description, the rest of a long one folded away; or how to add one.
fn description(text: Option<String>, head: &EntityHead) -> AnyView {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        let file = head
            .source
            .clone()
            .map(|file| view! { " in "<code>{file}</code> });
        let edit = head.edit_url.as_deref().and_then(safe).map(|url| {
            view! { " "<a href=url.to_owned() rel="noopener">"Edit the file"</a> }
        });
        return view! {
            <p class="none">"No description. Add one under "<code>"metadata.description"</code>{file}"."{edit}</p>
        }
        .into_any();
    };
    let (open, rest) = split(&text);
    let rest = (!rest.is_empty()).then(|| {
        let words = counted(rest.split_whitespace().count(), "word");
        let summary = format!("Show the rest, {words}");
        view! {
            <details class="rest">
                <summary>{summary}</summary>
                {paragraphs(rest)}
            </details>
        }
    });
    view! { <div class="description">{paragraphs(open)} {rest}</div> }.into_any()
}

/// Parts at empty lines; breaks within a part stay.
fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| view! { <p dir="auto">{part.to_owned()}</p> })
        .collect_view()
}

/// Splits a long text where it folds: between paragraphs, else between words.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    // A fold that hides little is in the way.
    let Some((end, _)) = text.char_indices().nth(OPEN) else {
        return (text, "");
    };
    if text[end..].chars().nth(OPEN / 3).is_none() {
        return (text, "");
    }
    let start = &text[..end];
    let paragraph = start.rfind("\n\n").filter(|at| *at > OPEN / 3);
    let at = paragraph
        .or_else(|| start.rfind(char::is_whitespace))
        .unwrap_or(end);
    (text[..at].trim_end(), text[at..].trim_start())
}

fn folded_tags(mut tags: Vec<String>) -> impl IntoView {
    let rest = tags.split_off(TAGS.min(tags.len()));
    let rest = (!rest.is_empty()).then(|| {
        let more = format!("{} more", counted(rest.len(), "tag"));
        view! { <details class="rest"><summary>{more}</summary><TagList tags=rest/></details> }
    });
    view! { <TagList tags/> {rest} }
}

fn folded_targets(mut targets: Vec<String>) -> impl IntoView {
    let rest = targets.split_off(TARGETS.min(targets.len()));
    let lines = |targets: Vec<String>| {
        let lines = targets.into_iter().map(target).collect_view();
        view! { <span class="lines">{lines}</span> }
    };
    let rest = (!rest.is_empty()).then(|| {
        let more = format!("{} more", counted(rest.len(), "target"));
        view! { <details class="rest"><summary>{more}</summary>{lines(rest)}</details> }
    });
    view! { {lines(targets)} {rest} }
}

fn target(text: String) -> AnyView {
    if text.starts_with("https://") || text.starts_with("http://") {
        view! { <OuterLink url=text.clone() text/> }.into_any()
    } else {
        view! { <code>{text}</code> }.into_any()
    }
}

/// Initials, name and address of a user or group. The picture is a link: no page asks another host for anything.
fn profile(entity: &Entity) -> impl IntoView + use<> {
    let name = entity.display_name().to_owned();
    let email = entity.profile("email").map(|email| {
        let url = format!("mailto:{email}");
        let text = email.to_owned();
        view! { <OuterLink url text glyph=Glyph::Mail/> }
    });
    let picture = entity.profile("picture").and_then(safe).map(|url| {
        view! { <a class="el out" href=url.to_owned() rel="noopener"><Icon glyph=Glyph::User/><span>"Picture"</span></a> }
    });
    view! {
        <div class="profile">
            <Avatar name=name.clone()/>
            <div><b><bdi>{name}</bdi></b><div class="els">{email}{picture}</div></div>
        </div>
    }
}

/// Returns what a location names.
fn targets(entity: &Entity) -> Vec<String> {
    let Some(spec) = entity.spec.as_ref().filter(|_| entity.kind == "Location") else {
        return Vec::new();
    };
    let many = spec.get("targets").and_then(Value::as_array);
    spec.get("target")
        .into_iter()
        .chain(many.into_iter().flatten())
        .filter_map(|target| target.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_folds_between_words_and_loses_none() {
        let long = "one two three ".repeat(300);
        let (open, rest) = split(&long);
        assert!(open.chars().count() <= OPEN);
        let words = open.split_whitespace().count() + rest.split_whitespace().count();
        assert_eq!(words, 900);
        assert_eq!(split("short"), ("short", ""));
        let nearly = "é ".repeat(OPEN / 2 + 20);
        assert_eq!(split(&nearly).1, "", "a few words more do not fold");
    }

    #[test]
    fn a_long_description_folds_between_paragraphs_where_it_can() {
        let text = format!("{}\n\n{}", "a ".repeat(200), "b ".repeat(400));
        let (open, rest) = split(&text);
        assert!(open.ends_with('a') && rest.starts_with('b'));
        assert_eq!(split(&"é".repeat(5_000)).0.chars().count(), OPEN);
    }
}
