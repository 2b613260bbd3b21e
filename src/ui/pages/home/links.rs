//! The card "Quick links": what the configuration names.
use callboard_model::view::QuickLink;
use leptos::prelude::*;

use crate::ui::kit::{
    card::Card,
    icon::{Glyph, Icon},
};

/// Links in their groups, in the order of the configuration.
#[component]
pub(super) fn LinksCard(
    /// The links.
    links: Vec<QuickLink>,
) -> impl IntoView {
    let mut groups: Vec<(String, Vec<QuickLink>)> = Vec::new();
    for link in links {
        match groups.iter_mut().find(|(name, _)| *name == link.group) {
            Some((_, links)) => links.push(link),
            None => groups.push((link.group.clone(), vec![link])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(name, links)| {
            let heading = (!name.is_empty()).then(|| view! { <h3 dir="auto">{name}</h3> });
            let items = links.into_iter().map(item).collect_view();
            view! { {heading} <ul class="links">{items}</ul> }
        })
        .collect_view();
    view! { <Card title="Quick links" id="links">{groups}</Card> }
}

fn item(link: QuickLink) -> impl IntoView {
    let glyph = picture(&link.icon);
    // A path of the portal is not elsewhere; everything else is said to be.
    let elsewhere = (!link.url.starts_with('/')).then(|| view! { <Icon glyph=Glyph::External/> });
    view! {
        <li><a href=link.url rel="noopener"><Icon glyph/><span dir="auto">{link.title}</span>{elsewhere}</a></li>
    }
}

/// Returns the picture of a word of the configuration.
fn picture(word: &str) -> Glyph {
    match word {
        "alert" => Glyph::Bell,
        "api" => Glyph::Api,
        "book" => Glyph::Book,
        "calendar" => Glyph::Calendar,
        "catalog" => Glyph::Catalog,
        "code" => Glyph::Code,
        "group" => Glyph::Group,
        "help" => Glyph::Help,
        "mail" => Glyph::Mail,
        "settings" => Glyph::Settings,
        "terminal" => Glyph::Terminal,
        "user" => Glyph::User,
        _ => Glyph::Link,
    }
}
