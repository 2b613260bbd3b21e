//! The values that the catalog can be filtered by, with how many entities have each.
use callboard_catalog::{Index, index::EntitySet};
use callboard_model::view::{CatalogPage, CatalogQuery, Facet, FacetValue};

use super::Asked;
use crate::server::access::Access;

/// Values of one facet that are answered, beyond those that are chosen.
const VALUES: usize = 10;

/// Values that a search within a facet answers.
const FOUND: usize = 50;

/// A parameter of the query whose values are those of one key in the index.
#[derive(Debug)]
pub(super) struct Kind {
    /// Query parameter.
    pub(super) name: &'static str,
    /// Heading.
    title: &'static str,
    /// Key in the index.
    pub(super) key: &'static str,
}

const fn kind(name: &'static str, title: &'static str, key: &'static str) -> Kind {
    Kind { name, title, key }
}

/// What the page can be filtered by, from top to bottom; the state comes last.
pub(super) const FACETS: &[Kind] = &[
    kind("kind", "Kind", "kind"),
    kind("type", "Type", "spec.type"),
    kind("owner", "Owner", "relations.ownedby"),
    kind("lifecycle", "Lifecycle", "spec.lifecycle"),
    kind("tag", "Tags", "metadata.tags"),
    kind("namespace", "Namespace", "metadata.namespace"),
];

/// States that can be chosen, and their names.
const STATES: [(&str, &str); 2] = [("orphan", "Orphan"), ("error", "Has errors")];

impl Kind {
    /// Returns the values that the query asks for.
    pub(super) fn chosen<'a>(&self, query: &'a CatalogQuery) -> &'a [String] {
        match self.name {
            "kind" if query.kind.is_empty() => &[],
            "kind" => std::slice::from_ref(&query.kind),
            "type" => &query.entity_type,
            "owner" => &query.owner,
            "lifecycle" => &query.lifecycle,
            "tag" => &query.tag,
            _ => &query.namespace,
        }
    }
}

impl Access {
    /// Returns all groups of values; `found` are the entities for which the whole query holds.
    pub(super) fn facets(&self, index: &Index, asked: &Asked, found: &EntitySet) -> Vec<Facet> {
        let each = FACETS
            .iter()
            .map(|kind| self.facet(index, asked, kind, found));
        let mut facets: Vec<Facet> = each.collect();
        facets.push(self.states(index, asked, found));
        facets
    }

    fn facet(&self, index: &Index, asked: &Asked, kind: &Kind, found: &EntitySet) -> Facet {
        let chosen = kind.chosen(&asked.query);
        // A facet is not narrowed by its own choice, so that another value can be added or taken instead.
        let wider = (!chosen.is_empty()).then(|| self.found(index, asked.filter(kind.name)));
        let mut counts = index.facet(kind.key, wider.as_ref().unwrap_or(found));
        self.shown_values(index, kind.key, &mut counts);
        let is_chosen = |value: &str| chosen.iter().any(|one| one.eq_ignore_ascii_case(value));
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .map(|(value, count)| FacetValue {
                selected: is_chosen(&value),
                label: value.clone(),
                value,
                count,
            })
            .collect();
        for value in chosen {
            let mut known = values.iter();
            if !known.any(|known| known.value.eq_ignore_ascii_case(value)) {
                values.push(FacetValue {
                    value: value.clone(),
                    label: value.clone(),
                    count: 0,
                    selected: true,
                });
            }
        }
        let selected = values.iter().filter(|value| value.selected).count();
        let mut keep = VALUES + selected;
        if asked.query.facet == kind.name && !asked.query.fq.is_empty() {
            self.search_values(index, kind, &asked.query.fq, &mut values);
            keep = FOUND + selected;
        }
        let total = values.len();
        let rank = |value: &FacetValue| (value.selected, value.count);
        values.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.value.cmp(&b.value)));
        values.truncate(keep);
        Facet {
            key: kind.name.to_owned(),
            title: kind.title.to_owned(),
            values,
            total,
        }
    }

    /// Leaves the values that contain a text, and those that are chosen.
    fn search_values(&self, index: &Index, kind: &Kind, text: &str, values: &mut Vec<FacetValue>) {
        let text = text.to_lowercase();
        let is_named = |value: &str| {
            let id = index.id(&value.to_lowercase());
            let id = id.filter(|id| kind.name == "owner" && self.sees(index, *id));
            let title = id.and_then(|id| index.label(id)?.title);
            title.is_some_and(|title| has(title, &text))
        };
        values.retain(|one| one.selected || has(&one.value, &text) || is_named(&one.value));
    }

    /// Counts the states.
    fn states(&self, index: &Index, asked: &Asked, found: &EntitySet) -> Facet {
        let chosen = &asked.query.status;
        let wider = (!chosen.is_empty()).then(|| self.found(index, asked.filter("status")));
        let among = wider.as_ref().unwrap_or(found);
        let values = STATES.iter().filter_map(|(word, label)| {
            let having = index.matching(&asked.status(word)?);
            let count = usize::try_from(among.intersection_len(&having)).unwrap_or(usize::MAX);
            let selected = chosen.iter().any(|one| one == word);
            (count > 0 || selected).then(|| FacetValue {
                value: (*word).to_owned(),
                label: (*label).to_owned(),
                count,
                selected,
            })
        });
        let values: Vec<_> = values.collect();
        Facet {
            key: "status".to_owned(),
            title: "State".to_owned(),
            total: values.len(),
            values,
        }
    }

    /// Owners are chosen by reference and read by name.
    pub(super) fn name_owners(&self, page: &mut CatalogPage) {
        for facet in page.facets.iter_mut().filter(|facet| facet.key == "owner") {
            for value in &mut facet.values {
                if let Some(label) = self.label_of(&value.value) {
                    value.label = label.title;
                }
            }
        }
    }
}

fn has(value: &str, lower: &str) -> bool {
    value.to_lowercase().contains(lower)
}
