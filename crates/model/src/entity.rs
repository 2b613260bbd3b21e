//! The entity envelope: what every kind has in common.
//!
//! Shapes follow Backstage's catalog model: unknown keys of `metadata` are kept, `spec` is free and its shape
//! depends on the kind.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{EntityRef, entity_ref::DEFAULT_NAMESPACE};

/// Annotations with a meaning for the catalog.
pub mod annotation {
    /// Location reference the entity was read from.
    pub const LOCATION: &str = "backstage.io/managed-by-location";
    /// Location reference whose registration caused the entity.
    pub const ORIGIN_LOCATION: &str = "backstage.io/managed-by-origin-location";
    /// Folder of the source code.
    pub const SOURCE_LOCATION: &str = "backstage.io/source-location";
    /// Page that shows the source file.
    pub const VIEW_URL: &str = "backstage.io/view-url";
    /// Page that edits the source file.
    pub const EDIT_URL: &str = "backstage.io/edit-url";
    /// Present and `true` when nothing refers to the entity any more.
    pub const ORPHAN: &str = "backstage.io/orphan";
}

/// One entity of the catalog, as the REST API answers it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entity {
    /// For example `backstage.io/v1alpha1`.
    pub api_version: String,
    /// Kind as written, for example `Component`.
    pub kind: String,
    /// Name, labels, annotations and so on.
    pub metadata: Metadata,
    /// What the kind adds; keys in the order of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<Map<String, Value>>,
    /// Edges from this entity, sorted by type, then target.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// What processors said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Value>,
}

/// The part of an entity that does not depend on its kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Unique within kind and namespace, without regard to case; 1 to 63 characters.
    pub name: String,
    /// A DNS label; `default` when the file says none.
    #[serde(default = "default_namespace")]
    pub namespace: String,
    /// Random id given when the entity is first seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Changes whenever the entity changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Short values for grouping.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Values for programs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Single words for finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Pages elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Keys the model does not know; kept.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

fn default_namespace() -> String {
    DEFAULT_NAMESPACE.to_owned()
}

/// A page elsewhere that belongs to an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Absolute URL.
    pub url: String,
    /// Text to show instead of the URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Name of an icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Free category.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub link_type: Option<String>,
}

/// One edge from an entity to another; the target need not exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    /// For example `ownedBy`.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Canonical reference of the other end.
    pub target_ref: String,
}

impl Entity {
    /// Returns the canonical reference of this entity.
    #[must_use]
    pub fn entity_ref(&self) -> EntityRef {
        EntityRef::new(&self.kind, &self.metadata.namespace, &self.metadata.name)
    }

    /// Returns the name to show: display name, title or name, the first that is there.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.profile("displayName")
            .or(self.metadata.title.as_deref())
            .unwrap_or(&self.metadata.name)
    }

    /// Returns a text of `spec`, for example `type` or `lifecycle`.
    #[must_use]
    pub fn spec_str(&self, key: &str) -> Option<&str> {
        self.spec
            .as_ref()?
            .get(key)?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    /// Returns a text of `spec.profile` of a user or group, for example `email`.
    #[must_use]
    pub fn profile(&self, key: &str) -> Option<&str> {
        self.spec
            .as_ref()?
            .get("profile")?
            .get(key)?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    /// Returns the targets of one type of relation, as canonical references.
    pub fn relation_targets<'a>(&'a self, relation_type: &'a str) -> impl Iterator<Item = &'a str> {
        self.relations
            .iter()
            .filter(move |relation| relation.relation_type == relation_type)
            .map(|relation| relation.target_ref.as_str())
    }

    /// Returns one annotation.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.metadata.annotations.get(key).map(String::as_str)
    }
}
