//! What can be found, and how an entity becomes it.
use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use callboard_model::Entity;
use serde::{Deserialize, Serialize};

use crate::SOFTWARE_CATALOG;

/// Bytes of a text that are kept and searched; the rest of a longer one is left out.
const MAX_TEXT: usize = 64 * 1024;

/// One thing that can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What no other document has; of an entity, its reference.
    pub id: String,
    /// What sort of document it is, for example `software-catalog`.
    pub doc_type: String,
    /// `metadata.title`, or the name.
    pub title: String,
    /// What people call it, where that is not the title: the display name of a user or group.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display: String,
    /// What it says.
    pub text: String,
    /// Name of the entity.
    pub name: String,
    /// Kind of the entity as written, for example `Component`.
    pub kind: String,
    /// Namespace of the entity.
    pub namespace: String,
    /// `spec.type`; `other` where there is none.
    pub component_type: String,
    /// `spec.lifecycle`, or empty.
    pub lifecycle: String,
    /// `spec.owner` as written, or empty.
    pub owner: String,
    /// Reference of the owner, or empty.
    pub owner_ref: String,
    /// Tags of the entity.
    pub tags: Vec<String>,
    /// Address of its page.
    pub location: String,
}

impl Document {
    /// Makes a document of an entity.
    #[must_use]
    pub fn of_entity(entity: &Entity, location: String) -> Self {
        let spec = |key| entity.spec_str(key).unwrap_or_default().to_owned();
        let is_person = ["user", "group"].contains(&entity.kind.to_lowercase().as_str());
        let profile = |key| entity.profile(key).filter(|_| is_person);
        let text = [
            entity.metadata.description.as_deref(),
            profile("displayName"),
            profile("email"),
        ];
        let text: Vec<&str> = text.into_iter().flatten().collect();
        let title = entity.metadata.title.as_deref();
        let title = title.unwrap_or(&entity.metadata.name);
        let display = profile("displayName").filter(|display| *display != title);
        let component_type = entity.spec_str("type").unwrap_or("other");
        Self {
            id: entity.entity_ref().to_string(),
            doc_type: SOFTWARE_CATALOG.to_owned(),
            title: title.to_owned(),
            display: display.unwrap_or_default().to_owned(),
            text: cut(text.join(" : "), MAX_TEXT),
            name: entity.metadata.name.clone(),
            kind: entity.kind.clone(),
            namespace: entity.metadata.namespace.clone(),
            component_type: component_type.to_owned(),
            lifecycle: spec("lifecycle"),
            owner: spec("owner"),
            owner_ref: entity
                .relation_targets("ownedBy")
                .next()
                .unwrap_or_default()
                .to_owned(),
            tags: entity.metadata.tags.clone(),
            location,
        }
    }

    /// Returns what people call it.
    #[must_use]
    pub fn shown(&self) -> &str {
        if self.display.is_empty() {
            &self.title
        } else {
            &self.display
        }
    }
}

/// Keys that nobody knows: what may be seen is decided by these hashes.
static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// Returns the number by which a document is known to filters: the same for the same id, as long as this process lives.
#[must_use]
pub fn id_hash(id: &str) -> u64 {
    KEYS.hash_one(id)
}

/// Shortens a text to so many bytes at most, at a whole character.
pub(crate) fn cut(mut text: String, bytes: usize) -> String {
    if text.len() > bytes {
        let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or_default());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(json: &str) -> Entity {
        serde_json::from_str(json).expect("the test wrote an entity")
    }

    #[test]
    fn a_component_has_what_backstages_documents_have() {
        let entity = entity(
            r#"{"apiVersion": "backstage.io/v1alpha1", "kind": "Component",
                "metadata": {"name": "Ferry", "title": "The ferry", "description": "Sails.", "tags": ["java"]},
                "spec": {"type": "service", "lifecycle": "production", "owner": "deck"},
                "relations": [{"type": "ownedBy", "targetRef": "group:default/deck"}]}"#,
        );
        let document = Document::of_entity(&entity, "/catalog/default/component/ferry".to_owned());
        assert_eq!(document.id, "component:default/ferry");
        assert_eq!(document.title, "The ferry");
        assert_eq!(document.text, "Sails.");
        assert_eq!(document.component_type, "service");
        assert_eq!(document.owner, "deck");
        assert_eq!(document.owner_ref, "group:default/deck");
        assert_eq!(document.tags, ["java"]);
    }

    #[test]
    fn people_are_found_by_what_they_are_called_and_by_their_address() {
        let entity = entity(
            r#"{"apiVersion": "backstage.io/v1alpha1", "kind": "User", "metadata": {"name": "ada"},
                "spec": {"profile": {"displayName": "Ada L.", "email": "ada@example.com"}}}"#,
        );
        let document = Document::of_entity(&entity, String::new());
        assert_eq!(
            (document.title.as_str(), document.shown()),
            ("ada", "Ada L.")
        );
        assert_eq!(document.text, "Ada L. : ada@example.com");
        assert_eq!(document.component_type, "other");
    }

    #[test]
    fn a_text_is_cut_at_a_whole_character() {
        assert_eq!(cut("ab\u{e9}".to_owned(), 3), "ab");
        assert_eq!(cut("ab".to_owned(), 3), "ab");
    }
}
