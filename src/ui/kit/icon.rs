//! Icons: pictures of one SVG file that browsers keep.
//!
//! The pictures come from Lucide 1.62 (ISC licence, `public/icons.LICENSE.txt`), reduced to `public/icons.svg`.
//! Icons are decoration: the text beside them says what they mean.
use leptos::prelude::*;

/// A picture of `icons.svg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// A house.
    Home,
    /// Blocks: the catalog.
    Catalog,
    /// A box.
    Component,
    /// Connected points.
    Api,
    /// A drum of data.
    Resource,
    /// A small network.
    System,
    /// Layers.
    Domain,
    /// Several people.
    Group,
    /// One person.
    User,
    /// A page layout.
    Template,
    /// A map pin.
    Location,
    /// Three shapes: a kind without a picture of its own.
    Entity,
    /// A triangle with an exclamation mark.
    Problem,
    /// A crossed circle.
    Error,
    /// A circle with an i.
    Info,
    /// A ticked circle.
    Done,
    /// A magnifying glass.
    Search,
    /// The sun.
    Sun,
    /// The moon.
    Moon,
    /// A screen.
    Screen,
    /// A cross.
    Close,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// Two sheets.
    Copy,
    /// An arrow out of a box.
    External,
    /// A sheet with text.
    File,
    /// A pencil.
    Edit,
    /// An arrow into a box.
    SignIn,
    /// An arrow out of a door.
    SignOut,
    /// Three sliders.
    Settings,
    /// A scroll: the audit log.
    Audit,
    /// A shield with a tick: the policy.
    Policy,
    /// A key.
    Key,
    /// A closed lock.
    Lock,
    /// A struck-out circle: no.
    Deny,
    /// An arrow that forks: it depends.
    Depends,
    /// An arrow head that points down.
    More,
}

impl Glyph {
    /// Returns the address of the picture.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            Self::Home => "/icons.svg#home",
            Self::Catalog => "/icons.svg#catalog",
            Self::Component => "/icons.svg#component",
            Self::Api => "/icons.svg#api",
            Self::Resource => "/icons.svg#resource",
            Self::System => "/icons.svg#system",
            Self::Domain => "/icons.svg#domain",
            Self::Group => "/icons.svg#group",
            Self::User => "/icons.svg#user",
            Self::Template => "/icons.svg#template",
            Self::Location => "/icons.svg#location",
            Self::Entity => "/icons.svg#entity",
            Self::Problem => "/icons.svg#problem",
            Self::Error => "/icons.svg#error",
            Self::Info => "/icons.svg#info",
            Self::Done => "/icons.svg#ok",
            Self::Search => "/icons.svg#search",
            Self::Sun => "/icons.svg#sun",
            Self::Moon => "/icons.svg#moon",
            Self::Screen => "/icons.svg#screen",
            Self::Close => "/icons.svg#close",
            Self::Up => "/icons.svg#up",
            Self::Down => "/icons.svg#down",
            Self::Copy => "/icons.svg#copy",
            Self::External => "/icons.svg#external",
            Self::File => "/icons.svg#file",
            Self::Edit => "/icons.svg#edit",
            Self::SignIn => "/icons.svg#sign-in",
            Self::SignOut => "/icons.svg#sign-out",
            Self::Settings => "/icons.svg#settings",
            Self::Audit => "/icons.svg#audit",
            Self::Policy => "/icons.svg#policy",
            Self::Key => "/icons.svg#key",
            Self::Lock => "/icons.svg#lock",
            Self::Deny => "/icons.svg#deny",
            Self::Depends => "/icons.svg#depends",
            Self::More => "/icons.svg#more",
        }
    }
}

/// One icon, as high as the text around it.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    view! { <svg class="i" aria-hidden="true"><use href=glyph.href()></use></svg> }
}

#[cfg(test)]
mod tests {

    #[test]
    fn every_picture_is_in_the_file() {
        let file = include_str!("../../../public/icons.svg");
        let names: Vec<&str> = include_str!("icon.rs")
            .split("=> \"/icons.svg#")
            .skip(1)
            .filter_map(|rest| rest.split_once("\",").map(|(name, _)| name))
            .collect();
        assert!(names.contains(&"home"), "the names were not found");
        for name in names {
            assert!(
                file.contains(&format!("<symbol id=\"{name}\"")),
                "{name} is not in icons.svg"
            );
        }
    }
}
