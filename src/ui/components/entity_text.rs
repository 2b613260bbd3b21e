//! A text that may be an entity's reference, as the audit log and the policy name things.
use callboard_model::EntityRef;
use leptos::prelude::*;

use super::kind;
use crate::{paths, ui::kit::icon::Icon};

/// What looks like a kind and is none: programs with a token, and roles of the policy.
const NO_KINDS: &[&str] = &["external", "role"];

/// Reads a text that is a whole reference of an entity.
#[must_use]
pub fn as_entity(text: &str) -> Option<EntityRef> {
    // Anything shorter would be read with defaults, and a plain word is more likely something else.
    let entity = text.parse::<EntityRef>().ok()?;
    let is_whole = entity.to_string() == text.to_lowercase();
    // A location's target, such as `url:https://…`, has the same shape.
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    let parts = [&entity.kind, &entity.namespace, &entity.name];
    let is_entity = is_whole && parts.into_iter().all(|part| is_plain(part));
    (is_entity && !NO_KINDS.contains(&entity.kind.as_str())).then_some(entity)
}

/// The text; if it is a reference, with the icon of its kind and a link to the entity.
#[component]
pub fn EntityText(
    /// The text.
    text: String,
) -> impl IntoView {
    match as_entity(&text) {
        Some(entity) => {
            let (glyph, colour) = kind::look(&entity.kind);
            view! { <a class=format!("el {colour}") href=paths::entity(&entity)><Icon glyph/>{text}</a> }.into_any()
        }
        None => view! { <span>{text}</span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_references_are_links_and_nothing_else_is() {
        assert_eq!(
            as_entity("user:default/ada"),
            Some(EntityRef::new("user", "default", "ada"))
        );
        for other in [
            "anonymous",
            "external:backstage-plugin",
            "external:default/ci",
            "user:ada",
            "role:default/developer",
            "url:https://git.example/a.yaml",
            "",
            "javascript:alert(1)",
        ] {
            assert_eq!(as_entity(other), None, "{other}");
        }
    }
}
