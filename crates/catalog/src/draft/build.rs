//! From a valid entity to a draft: the annotations of the catalog, the relations it makes, its text.
use callboard_diagnostics::Node;
use callboard_model::{annotation, entity_ref::DEFAULT_NAMESPACE, relation, validate};
use callboard_scm::Reader;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use super::{Draft, DraftEdge, Text};
use crate::LocationRef;

/// What Backstage puts in place of a link that would run a script.
const REJECTED_URL: &str = "https://backstage.io/annotation-rejected-for-security-reasons";

/// What the catalog says about where an entity comes from.
pub(crate) struct Annotations<'a> {
    pub(crate) location: &'a LocationRef,
    pub(crate) origin: &'a LocationRef,
    pub(crate) links: Option<&'a Links>,
}

/// Links to the source of what came from another host; those that the author wrote win.
pub(crate) struct Links {
    view: String,
    edit: Option<String>,
    source: Option<String>,
}

impl Links {
    pub(crate) fn of(reader: &Reader, location: &LocationRef) -> Self {
        let folder = reader.resolve("./", &location.target).ok();
        Self {
            view: location.target.clone(),
            edit: reader.edit_url(&location.target),
            source: folder.map(|folder| format!("url:{folder}")),
        }
    }
}

impl Annotations<'_> {
    fn put_into(&self, annotations: &mut Map<String, Value>) {
        for key in [annotation::VIEW_URL, annotation::EDIT_URL] {
            if let Some(Value::String(url)) = annotations.get_mut(key)
                && validate::format::is_script_url(url)
            {
                REJECTED_URL.clone_into(url);
            }
        }
        let of_catalog = [
            (annotation::LOCATION, self.location.to_string()),
            (annotation::ORIGIN_LOCATION, self.origin.to_string()),
        ];
        for (key, value) in of_catalog {
            annotations.insert(key.to_owned(), value.into());
        }
        let Some(links) = self.links else { return };
        let by_default = [
            (annotation::VIEW_URL, Some(&links.view)),
            (annotation::EDIT_URL, links.edit.as_ref()),
            (annotation::SOURCE_LOCATION, links.source.as_ref()),
        ];
        for (key, value) in by_default {
            if let Some(value) = value {
                let text = || Value::from(value.as_str());
                annotations.entry(key.to_owned()).or_insert_with(text);
            }
        }
    }
}

impl Draft {
    /// Builds a draft from a valid entity; `root` gives places when the file is at hand.
    pub(crate) fn new(
        mut entity: Map<String, Value>,
        origin: &Annotations<'_>,
        root: Option<&Node>,
    ) -> Option<Self> {
        let kind = entity.get("kind")?.as_str()?.to_owned();
        let Value::Object(mut metadata) = entity.remove("metadata")? else {
            return None;
        };
        metadata.shift_remove("uid");
        metadata.shift_remove("etag");
        metadata
            .entry("namespace")
            .or_insert_with(|| DEFAULT_NAMESPACE.into());
        if let Value::Object(annotations) = metadata
            .entry("annotations")
            .or_insert_with(|| Value::Object(Map::new()))
        {
            origin.put_into(annotations);
        }
        let mut spec = match entity.remove("spec") {
            Some(Value::Object(spec)) => Some(spec),
            _ => None,
        };
        let namespace = metadata.get("namespace")?.as_str()?;
        let edges = spec
            .as_ref()
            .map(|spec| draft_edges(&kind, namespace, spec, root));
        if let Some(spec) = &mut spec {
            relation::sort_references(&kind, spec);
        }
        let metadata = Value::Object(metadata);
        let identity = serde_json::json!({"kind": &kind, "metadata": {
            "name": metadata.get("name")?, "namespace": metadata.get("namespace")?}});
        let text = Text::new(entity.get("apiVersion")?, &kind, &metadata, spec);
        Some(Self {
            entity_ref: reference(&identity)?,
            digest: text.digest(),
            text: Some(Box::new(text)),
            edges: edges.unwrap_or_default(),
            name_span: root.map(|root| root.place("/metadata/name")),
            status: Vec::new(),
        })
    }
}

impl Text {
    /// Writes the parts of an entity.
    pub(crate) fn new(
        version: &Value,
        kind: &str,
        metadata: &Value,
        spec: Option<Map<String, Value>>,
    ) -> Self {
        let kind = Value::from(kind);
        let mut head =
            format!("{{\"apiVersion\":{version},\"kind\":{kind},\"metadata\":{metadata}");
        head.pop();
        let tail = spec.map_or_else(String::new, |spec| {
            format!(",\"spec\":{}", Value::Object(spec))
        });
        Self {
            head: head.into(),
            tail: tail.into(),
        }
    }

    /// Returns the SHA-1 of the text.
    pub(crate) fn digest(&self) -> [u8; 20] {
        let mut hash = Sha1::new();
        hash.update(&*self.head);
        hash.update(&*self.tail);
        hash.finalize().into()
    }
}

fn draft_edges(
    kind_name: &str,
    namespace: &str,
    spec: &Map<String, Value>,
    root: Option<&Node>,
) -> Box<[DraftEdge]> {
    relation::references(kind_name, namespace, spec)
        .into_iter()
        .filter_map(|reference| {
            Some(DraftEdge {
                rule: reference.rule,
                target: reference.target.ok()?.to_string().into(),
                span: root.map(|root| root.place(&reference.pointer)),
            })
        })
        .collect()
}

/// Returns the canonical reference of an entity.
pub(crate) fn reference(entity: &Value) -> Option<String> {
    validate::reference_of(entity).map(|entity_ref| entity_ref.to_string())
}
