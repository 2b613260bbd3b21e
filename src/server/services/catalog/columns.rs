//! The columns of the catalog: which there are, which a kind has as Backstage shows it, and what a row has in each.
use callboard_catalog::index::REF_KEY;
use callboard_model::{
    Entity, annotation,
    entity_ref::DEFAULT_NAMESPACE,
    view::{CatalogCell, CatalogColumn, CatalogQuery, CatalogRow},
};
use serde_json::Value;

use super::Asked;
use crate::server::access::Access;

/// Most columns that are shown beside the name.
const MOST: usize = 12;

/// Longest key of a label or an annotation.
const LONGEST: usize = 300;

/// Targets of a location that are shown.
const TARGETS: usize = 5;

/// Name in the URL, heading, and key in the index if the list can be sorted by it.
const KNOWN: &[(&str, &str, Option<&str>)] = &[
    ("kind", "Kind", Some("kind")),
    ("system", "System", Some("relations.partof")),
    ("domain", "Domain", Some("relations.partof")),
    ("owner", "Owner", Some("relations.ownedby")),
    ("type", "Type", Some("spec.type")),
    ("lifecycle", "Lifecycle", Some("spec.lifecycle")),
    ("namespace", "Namespace", Some("metadata.namespace")),
    ("reference", "Reference", Some(REF_KEY)),
    ("email", "Email", Some("spec.profile.email")),
    ("targets", "Targets", None),
    ("description", "Description", None),
    ("tags", "Tags", None),
];

/// What each kind has when nothing else is asked for; the last is for all others.
const DEFAULTS: &[(&str, &[&str])] = &[
    ("user", &["email", "description", "tags"]),
    ("group", &["type", "description", "tags"]),
    ("template", &["type", "description", "tags"]),
    ("domain", &["owner", "description", "tags"]),
    ("system", &["owner", "description", "tags"]),
    ("location", &["type", "targets"]),
    (
        "",
        &[
            "system",
            "owner",
            "type",
            "lifecycle",
            "namespace",
            "description",
            "tags",
        ],
    ),
];

/// The columns of a page.
pub(super) struct Columns {
    shown: Vec<Column>,
    /// Names that were asked for and are none.
    pub(super) unknown: Vec<String>,
    /// Whether the address names the columns; if not, those that have nothing to show are left out.
    is_chosen: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Name in the URL.
    pub(super) key: String,
    /// Heading.
    title: String,
    /// Key in the index, if the list can be sorted by it.
    sort: Option<String>,
}

/// Returns the key in the index of a column that the list can be sorted by.
pub(super) fn sort_key(name: &str) -> Option<String> {
    Column::find(name)?.sort
}

impl Column {
    fn find(name: &str) -> Option<Self> {
        let known = KNOWN
            .iter()
            .find(|(key, ..)| key.eq_ignore_ascii_case(name));
        if let Some((key, title, sort)) = known {
            return Some(Self {
                key: (*key).to_owned(),
                title: (*title).to_owned(),
                sort: sort.map(str::to_owned),
            });
        }
        let (field, key) = name.split_once(':')?;
        let field = match field {
            "label" => "labels",
            "annotation" => "annotations",
            _ => return None,
        };
        (!key.is_empty() && key.len() <= LONGEST).then(|| Self {
            key: name.to_owned(),
            title: key.to_owned(),
            sort: Some(format!("metadata.{field}.{}", key.to_lowercase())),
        })
    }
}

impl Columns {
    /// Returns the columns that a query asks for, or those of its kind.
    pub(super) fn of(query: &CatalogQuery) -> Self {
        let asked = query.columns.split(',').map(str::trim);
        let (mut shown, mut unknown) = (Vec::new(), Vec::new());
        for name in asked.filter(|name| !name.is_empty() && *name != "name") {
            match Column::find(name) {
                Some(column) if shown.contains(&column) || shown.len() == MOST => {}
                Some(column) => shown.push(column),
                None => unknown.push(name.to_owned()),
            }
        }
        let is_chosen = !shown.is_empty() || query.columns == "name";
        if !is_chosen {
            let mut defaults = DEFAULTS.iter();
            let is_own = |kind: &str| kind.is_empty() || kind.eq_ignore_ascii_case(&query.kind);
            let own = defaults.find(|(kind, _)| is_own(kind));
            let names = own.map_or(&[][..], |(_, names)| names);
            shown = names.iter().filter_map(|name| Column::find(name)).collect();
        }
        Self {
            shown,
            unknown,
            is_chosen,
        }
    }

    /// Returns the columns that are shown.
    pub(super) fn shown(&self) -> &[Column] {
        &self.shown
    }

    /// Leaves out columns that nobody asked for and that have nothing to show.
    pub(super) fn fold(&mut self, rows: &mut [CatalogRow]) {
        if self.is_chosen || rows.is_empty() {
            return;
        }
        let full: Vec<bool> = (0..self.shown.len())
            .map(|at| rows.iter().any(|row| row.cells[at] != CatalogCell::Empty))
            .collect();
        let mut columns = full.iter();
        self.shown.retain(|_| columns.next() == Some(&true));
        for row in rows {
            let mut columns = full.iter();
            row.cells.retain(|_| columns.next() == Some(&true));
        }
    }

    /// Returns every column that can be chosen: those that are shown first, in their order.
    pub(super) fn offered(&self) -> Vec<CatalogColumn> {
        let describe = |column: &Column, is_shown| CatalogColumn {
            key: column.key.clone(),
            title: column.title.clone(),
            is_sortable: column.sort.is_some(),
            is_shown,
        };
        let shown = self.shown.iter().map(|column| describe(column, true));
        let others = KNOWN.iter().filter_map(|(key, ..)| Column::find(key));
        let others = others.filter(|column| !self.shown.contains(column));
        let others: Vec<_> = others.map(|column| describe(&column, false)).collect();
        shown.chain(others).collect()
    }
}

impl Access {
    /// Returns the rows of some entities.
    pub(super) fn catalog_rows(
        &self,
        entities: &[Entity],
        columns: &Columns,
        asked: &Asked,
    ) -> Vec<CatalogRow> {
        let starred: std::collections::HashSet<&str> =
            asked.starred.iter().map(String::as_str).collect();
        let web = |entity: &Entity, key| {
            let url = entity.annotation(key)?;
            let is_web = url.starts_with("https://") || url.starts_with("http://");
            is_web.then(|| url.to_owned())
        };
        let row = |entity: &Entity| {
            let entity_ref = entity.entity_ref();
            let shown = columns.shown.iter();
            CatalogRow {
                label: self.label(&entity_ref),
                cells: shown
                    .map(|column| self.cell(entity, &column.key, columns.is_chosen))
                    .collect(),
                is_starred: starred.contains(entity_ref.to_string().as_str()),
                view_url: web(entity, annotation::VIEW_URL),
                edit_url: web(entity, annotation::EDIT_URL),
            }
        };
        entities.iter().map(row).collect()
    }

    /// Returns what an entity has in a column.
    pub(super) fn cell(&self, entity: &Entity, column: &str, is_chosen: bool) -> CatalogCell {
        let text = |text: Option<&str>| {
            let text = text.filter(|text| !text.is_empty());
            text.map_or(CatalogCell::Empty, |text| {
                CatalogCell::Text(text.to_owned())
            })
        };
        let part_of = |start: &str| {
            let mut targets = entity.relation_targets("partOf");
            targets.find(|target| target.starts_with(start))
        };
        let named = |target: Option<&str>| {
            let label = target.and_then(|target| self.label_of(target));
            label.map_or(CatalogCell::Empty, CatalogCell::Entity)
        };
        match column {
            "kind" => text(Some(&entity.kind)),
            "system" => {
                named(part_of("system:").or_else(|| part_of("domain:").filter(|_| !is_chosen)))
            }
            "domain" => named(part_of("domain:")),
            "owner" => named(entity.relation_targets("ownedBy").next()),
            "type" => text(entity.spec_str("type")),
            "lifecycle" => match entity.spec_str("lifecycle") {
                Some(stage) => CatalogCell::Lifecycle(stage.to_owned()),
                None => CatalogCell::Empty,
            },
            "namespace" => {
                let namespace = entity.metadata.namespace.as_str();
                text(Some(namespace).filter(|own| is_chosen || *own != DEFAULT_NAMESPACE))
            }
            "reference" => text(Some(&entity.entity_ref().to_string())),
            "email" => text(entity.profile("email")),
            "targets" => targets(entity),
            "description" => match entity.metadata.description.as_deref() {
                None | Some("") => CatalogCell::Empty,
                Some(text) => CatalogCell::Prose(text.to_owned()),
            },
            "tags" if entity.metadata.tags.is_empty() => CatalogCell::Empty,
            "tags" => CatalogCell::Tags(entity.metadata.tags.clone()),
            other => match other.split_once(':') {
                Some(("label", key)) => text(entity.metadata.labels.get(key).map(String::as_str)),
                Some((_, key)) => text(entity.annotation(key)),
                None => CatalogCell::Empty,
            },
        }
    }
}

/// Returns where a location points.
fn targets(entity: &Entity) -> CatalogCell {
    let spec = entity.spec.as_ref();
    let one = entity.spec_str("target");
    let list = spec.and_then(|spec| spec.get("targets")?.as_array());
    let more = list.into_iter().flatten().filter_map(Value::as_str);
    let all: Vec<&str> = one.into_iter().chain(more).collect();
    if all.is_empty() {
        return CatalogCell::Empty;
    }
    let mut text = all[..all.len().min(TARGETS)].join(", ");
    if all.len() > TARGETS {
        text.push_str(&format!(" and {} more", all.len() - TARGETS));
    }
    CatalogCell::Text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(kind: &str, columns: &str) -> (Vec<String>, Vec<String>) {
        let columns = Columns::of(&CatalogQuery {
            kind: kind.to_owned(),
            columns: columns.to_owned(),
            ..CatalogQuery::default()
        });
        let shown = columns.shown().iter().map(|column| column.key.clone());
        (shown.collect(), columns.unknown)
    }

    #[test]
    fn each_kind_has_the_columns_that_backstage_gives_it() {
        assert_eq!(keys("Location", "").0, ["type", "targets"]);
        assert_eq!(keys("system", "").0, ["owner", "description", "tags"]);
        assert_eq!(keys("group", "").0, ["type", "description", "tags"]);
        let others = [
            "system",
            "owner",
            "type",
            "lifecycle",
            "namespace",
            "description",
            "tags",
        ];
        assert_eq!(keys("component", "").0, others);
        assert_eq!(keys("", "").0, others);
    }

    #[test]
    fn chosen_columns_stand_in_the_order_of_the_address() {
        let (shown, unknown) = keys(
            "component",
            "tags,name,label:tier,owner,<script>,owner,label:",
        );
        assert_eq!(shown, ["tags", "label:tier", "owner"]);
        assert_eq!(unknown, ["<script>", "label:"]);
        assert_eq!(keys("component", "name").0, [] as [&str; 0]);
        assert_eq!(keys("component", "nonsense").0.len(), 7);
        let many: Vec<String> = (0..40).map(|n| format!("label:{n}")).collect();
        assert_eq!(keys("", &many.join(",")).0.len(), MOST);
    }

    #[test]
    fn a_label_can_be_sorted_by_and_a_description_cannot() {
        assert_eq!(
            sort_key("label:Tier").as_deref(),
            Some("metadata.labels.tier")
        );
        assert_eq!(sort_key("owner").as_deref(), Some("relations.ownedby"));
        assert_eq!(sort_key("description"), None);
        assert_eq!(sort_key("colour"), None);
    }
}
