//! The fields that the language knows, with their keys in the index.
use std::fmt;

use callboard_model::kind::KINDS;

use crate::index::REF_KEY;

/// Where a text without a field is looked for.
const TEXT_KEYS: &[&str] = &[
    "metadata.name",
    "metadata.title",
    "metadata.description",
    "metadata.tags",
    "spec.profile.displayname",
];

/// Something of an entity that can be asked for by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// One of the fields with a name of their own, by its number in the table.
    Known(usize),
    /// A relation by its type, for example `dependsOn`.
    Relation(&'static str),
    /// `metadata.labels`, by key.
    Label(String),
    /// `metadata.annotations`, by key.
    Annotation(String),
}

/// How the values of a field are compared.
pub(super) enum Way {
    /// The whole value is compared, in any case.
    Whole(String),
    /// It is enough that one of these keys contains the value.
    Within(&'static [&'static str]),
    /// The value names an entity; the kinds that a name alone may mean.
    Reference(String, Vec<&'static str>),
}

/// Name, other names, and key. What is no key is decided in [`Field::way`].
const TABLE: &[(&str, &[&str], &str)] = &[
    ("kind", &[], "kind"),
    ("type", &[], "spec.type"),
    ("owner", &["ownedBy"], "relations.ownedby"),
    ("system", &[], "relations.partof"),
    ("domain", &[], "relations.partof"),
    ("lifecycle", &[], "spec.lifecycle"),
    ("tag", &["tags"], "metadata.tags"),
    ("namespace", &["ns"], "metadata.namespace"),
    ("name", &[], "metadata.name"),
    ("title", &[], "metadata.title"),
    ("description", &[], "metadata.description"),
    ("email", &[], "spec.profile.email"),
    ("ref", &[], REF_KEY),
];

impl Field {
    /// Returns the field of a name, in any case.
    pub(super) fn find(name: &str) -> Option<Self> {
        let is = |other: &str| other.eq_ignore_ascii_case(name);
        let known = TABLE
            .iter()
            .position(|(own, others, _)| is(own) || others.iter().any(|other| is(other)));
        if let Some(at) = known {
            return Some(Self::Known(at));
        }
        if let Some(relation) = relations().find(|relation| is(relation)) {
            return Some(Self::Relation(relation));
        }
        let (start, key) = name.split_once('.')?;
        match (start.to_ascii_lowercase().as_str(), key) {
            (_, "") => None,
            ("label" | "labels", key) => Some(Self::Label(key.to_owned())),
            ("annotation" | "annotations", key) => Some(Self::Annotation(key.to_owned())),
            _ => None,
        }
    }

    /// Returns the field that names whole entities.
    pub(super) fn reference() -> Self {
        Self::Known(TABLE.len() - 1)
    }

    /// Returns every name, for suggestions.
    pub(super) fn names() -> Vec<&'static str> {
        let own = TABLE.iter().map(|(name, ..)| *name);
        let mut all: Vec<_> = own.chain(relations()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Returns how values of the field are compared.
    pub(super) fn way(&self) -> Way {
        let all = || KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>();
        match self {
            Self::Label(key) => Way::Whole(format!("metadata.labels.{}", key.to_lowercase())),
            Self::Annotation(key) => {
                Way::Whole(format!("metadata.annotations.{}", key.to_lowercase()))
            }
            Self::Relation(relation) => {
                Way::Reference(format!("relations.{}", relation.to_lowercase()), all())
            }
            Self::Known(at) => {
                let (name, _, key) = TABLE[*at];
                match name {
                    "owner" => Way::Reference(key.to_owned(), vec!["group", "user"]),
                    "system" => Way::Reference(key.to_owned(), vec!["system"]),
                    "domain" => Way::Reference(key.to_owned(), vec!["domain"]),
                    "ref" => Way::Reference(key.to_owned(), all()),
                    "title" => Way::Within(&["metadata.title", "spec.profile.displayname"]),
                    "description" => Way::Within(&["metadata.description"]),
                    _ => Way::Whole(key.to_owned()),
                }
            }
        }
    }

    /// Returns the key whose presence says that the field is there, and how its values start then.
    pub(super) fn presence(&self) -> (String, &'static str) {
        match self {
            Self::Known(at) => match TABLE[*at] {
                ("system", _, key) => (key.to_owned(), "system:"),
                ("domain", _, key) => (key.to_owned(), "domain:"),
                (.., key) => (key.to_owned(), ""),
            },
            other => match other.way() {
                Way::Whole(key) | Way::Reference(key, _) => (key, ""),
                Way::Within(keys) => (keys[0].to_owned(), ""),
            },
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(at) => f.write_str(TABLE[*at].0),
            Self::Relation(relation) => f.write_str(relation),
            Self::Label(key) => write!(f, "label.{key}"),
            Self::Annotation(key) => write!(f, "annotation.{key}"),
        }
    }
}

/// Returns where a text without a field is looked for.
pub(super) fn text_keys() -> Vec<String> {
    TEXT_KEYS.iter().map(|key| (*key).to_owned()).collect()
}

/// Returns the types of all relations that the fields of entities make, both ways.
fn relations() -> impl Iterator<Item = &'static str> {
    let fields = KINDS.iter().flat_map(|kind| kind.fields.iter());
    let rules = fields.filter_map(|field| field.relation.as_ref());
    rules.flat_map(|rule| [rule.forward, rule.reverse])
}
