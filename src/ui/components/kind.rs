//! How a kind of entity looks: its picture, its colour and its name for many.
use callboard_model::kind;

use crate::ui::kit::icon::Glyph;

/// Picture, colour class and lower-case name of each kind that has its own.
const LOOKS: &[(&str, Glyph, &str)] = &[
    ("component", Glyph::Component, "k-component"),
    ("api", Glyph::Api, "k-api"),
    ("resource", Glyph::Resource, "k-resource"),
    ("system", Glyph::System, "k-system"),
    ("domain", Glyph::Domain, "k-domain"),
    ("group", Glyph::Group, "k-group"),
    ("user", Glyph::User, "k-user"),
    ("template", Glyph::Template, "k-template"),
    ("location", Glyph::Location, "k-other"),
];

/// Returns the picture and the colour class of a kind, in any case.
#[must_use]
pub fn look(kind: &str) -> (Glyph, &'static str) {
    LOOKS
        .iter()
        .find(|(name, ..)| name.eq_ignore_ascii_case(kind))
        .map_or((Glyph::Entity, "k-other"), |(_, glyph, class)| {
            (*glyph, *class)
        })
}

/// Returns a kind as people write it, for example `API` for `api`.
#[must_use]
pub fn name(kind: &str) -> String {
    kind::find(kind).map_or_else(|| kind.to_owned(), |known| known.name.to_owned())
}

/// Returns the name for several of a kind, for example `APIs` for `api`.
#[must_use]
pub fn plural(kind: &str) -> String {
    kind::find(kind).map_or_else(|| format!("{kind}s"), |known| known.plural.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_kind_has_a_plural_whatever_its_case() {
        assert_eq!(plural("api"), "APIs");
        assert_eq!(plural("COMPONENT"), "Components");
        assert_eq!(plural("Robot"), "Robots");
        assert_eq!(name("api"), "API");
    }

    #[test]
    fn an_unknown_kind_has_a_neutral_look() {
        assert_eq!(look("Robot"), (Glyph::Entity, "k-other"));
        assert_eq!(look("Api").1, "k-api");
    }
}
