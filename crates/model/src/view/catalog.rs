//! The catalog page: what it asks for, and what it is answered.
use serde::{Deserialize, Serialize};

use super::{EntityLabel, SavedView};

/// What the catalog page asks for; every field is part of its URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogQuery {
    /// One kind in any case; empty means every kind.
    pub kind: String,
    /// `spec.type` values, any of them.
    #[serde(rename = "type")]
    pub entity_type: Vec<String>,
    /// Owner references, any of them.
    pub owner: Vec<String>,
    /// Lifecycles, any of them.
    pub lifecycle: Vec<String>,
    /// Tags, any of them.
    pub tag: Vec<String>,
    /// Namespaces, any of them.
    pub namespace: Vec<String>,
    /// States, any of them: `orphan`, `error`.
    pub status: Vec<String>,
    /// `owned`, `starred`, or empty for all.
    pub list: String,
    /// A line of the filter language.
    pub q: String,
    /// Sort key: a column that can be sorted by, with `-` in front for descending.
    pub sort: String,
    /// Columns beside the name, separated by commas; empty means those of the kind.
    pub columns: String,
    /// Rows on one page: 25, 50 or 100; 0 means 25.
    pub size: u32,
    /// Facet whose values are searched.
    pub facet: String,
    /// Text that values of that facet contain.
    pub fq: String,
    /// Id of the saved view that this started from.
    pub view: String,
    /// Page, counted from 1; 0 means 1.
    pub page: u32,
}

impl CatalogQuery {
    /// Returns the parameters of the URL, without those that say nothing.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let number = |number: u32, nothing: u32| {
            if number > nothing {
                number.to_string()
            } else {
                String::new()
            }
        };
        let one = |key: &'static str, value: &str| vec![(key, value.to_owned())];
        let many = |key: &'static str, values: &[String]| {
            let values = values.iter();
            values.map(|value| (key, value.clone())).collect::<Vec<_>>()
        };
        let mut pairs = [
            one("kind", &self.kind),
            many("type", &self.entity_type),
            many("owner", &self.owner),
            many("lifecycle", &self.lifecycle),
            many("tag", &self.tag),
            many("namespace", &self.namespace),
            many("status", &self.status),
            one("list", &self.list),
            one("q", &self.q),
            one("sort", &self.sort),
            one("columns", &self.columns),
            one("size", &number(self.size, 0)),
            one("facet", &self.facet),
            one("fq", &self.fq),
            one("view", &self.view),
            one("page", &number(self.page, 1)),
        ]
        .concat();
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// Reads the parameters of a URL; what it does not understand counts as not said.
    #[must_use]
    pub fn of_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        /// Values of one parameter that count.
        const MOST: usize = 200;
        let mut query = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let list = match key {
                "type" => &mut query.entity_type,
                "owner" => &mut query.owner,
                "lifecycle" => &mut query.lifecycle,
                "tag" => &mut query.tag,
                "namespace" => &mut query.namespace,
                "status" => &mut query.status,
                _ => {
                    query.take(key, value);
                    continue;
                }
            };
            if list.len() < MOST {
                list.push(value.to_owned());
            }
        }
        query
    }

    /// Takes in a parameter that has one value.
    fn take(&mut self, key: &str, value: &str) {
        let text = match key {
            "kind" => &mut self.kind,
            "list" => &mut self.list,
            "q" => &mut self.q,
            "sort" => &mut self.sort,
            "facet" => &mut self.facet,
            "fq" => &mut self.fq,
            "view" => &mut self.view,
            // The menu of the columns sends one parameter for each.
            "columns" => {
                let comma = if self.columns.is_empty() { "" } else { "," };
                self.columns.push_str(comma);
                self.columns.push_str(value);
                return;
            }
            "size" => {
                self.size = value.parse().unwrap_or_default();
                return;
            }
            "page" => {
                self.page = value.parse().unwrap_or_default();
                return;
            }
            _ => return,
        };
        value.clone_into(text);
    }

    /// Returns the query as a saved view keeps it: without the page and what belongs to the moment.
    #[must_use]
    pub fn kept(&self) -> Self {
        Self {
            page: 0,
            facet: String::new(),
            fq: String::new(),
            view: String::new(),
            ..self.clone()
        }
    }
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// Value as it goes into the URL.
    pub value: String,
    /// Value as people read it.
    pub label: String,
    /// How many entities have it, given the other filters.
    pub count: usize,
    /// Whether the query asks for it.
    pub selected: bool,
}

/// One group of values to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Name of the query parameter, for example `kind` or `owner`.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Values, most frequent first; selected ones are always there.
    pub values: Vec<FacetValue>,
    /// How many values there are in all, or how many the search within the facet found.
    pub total: usize,
}

/// A column of the catalog beside the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogColumn {
    /// Name in the URL, for example `owner` or `label:tier`.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Whether the list can be sorted by it.
    pub is_sortable: bool,
    /// Whether it is shown.
    pub is_shown: bool,
}

/// What an entity has in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CatalogCell {
    /// Nothing.
    Empty,
    /// A word or two.
    Text(String),
    /// One or two sentences.
    Prose(String),
    /// Another entity.
    Entity(EntityLabel),
    /// A lifecycle.
    Lifecycle(String),
    /// Words in a row.
    Tags(Vec<String>),
}

/// One row of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogRow {
    /// Who it is.
    pub label: EntityLabel,
    /// One cell for each column that is shown.
    pub cells: Vec<CatalogCell>,
    /// Whether the caller starred it.
    pub is_starred: bool,
    /// Page that shows its file.
    pub view_url: Option<String>,
    /// Page that edits its file.
    pub edit_url: Option<String>,
}

/// One part of the filter line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterTerm {
    /// The part as it is written.
    pub text: String,
    /// The line without it.
    pub rest: String,
}

/// Something that the page did not understand of its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterProblem {
    /// What was not understood, as it is written; empty when it is plain from the message.
    pub text: String,
    /// What is wrong with it and what becomes of it.
    pub message: String,
    /// What was probably meant, and the filter line with that.
    pub instead: Option<(String, String)>,
}

/// How many entities each list has, given the filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListCounts {
    /// All.
    pub all: usize,
    /// What the caller owns.
    pub owned: usize,
    /// What the caller starred.
    pub starred: usize,
}

/// How the page and the saved views relate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewState {
    /// The views of the caller and their groups.
    pub views: Vec<SavedView>,
    /// Which of them is shown, or was shown before the filters were changed.
    pub current: Option<usize>,
    /// Whether the filters were changed since.
    pub is_changed: bool,
    /// Groups that the caller can save views for.
    pub groups: Vec<EntityLabel>,
}

/// Answer to [`CatalogQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogPage {
    /// The rows of this page.
    pub rows: Vec<CatalogRow>,
    /// The columns that there are for these rows, in order; the rows have cells for those that are shown.
    pub columns: Vec<CatalogColumn>,
    /// How many entities match.
    pub total: usize,
    /// How many entities the catalog has, whatever the filter.
    pub catalog_total: usize,
    /// This page, counted from 1.
    pub page: u32,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// Rows on a full page.
    pub size: u32,
    /// Values to filter by.
    pub facets: Vec<Facet>,
    /// The parts of the filter line.
    pub terms: Vec<FilterTerm>,
    /// What was not understood.
    pub problems: Vec<FilterProblem>,
    /// How many entities each list has.
    pub lists: ListCounts,
    /// The saved views.
    pub views: ViewState,
    /// True until the first ingestion of a new database is complete.
    pub is_ingesting: bool,
    /// Microseconds spent in the index.
    pub took_us: u64,
}

/// What the filter box is answered while somebody types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterAnswer {
    /// How many entities match.
    pub total: usize,
    /// How many entities the catalog has, whatever the filter.
    pub catalog_total: usize,
    /// The part of the page that shows them.
    pub html: String,
}

/// A few entities side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The entities.
    pub entities: Vec<EntityLabel>,
    /// Name of a fact, what each entity has, and whether they differ.
    pub facts: Vec<(String, Vec<CatalogCell>, bool)>,
    /// How many of the references name nothing that can be shown.
    pub missing: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_it_is_written() {
        let list = |text: &str| vec![text.to_owned(), "b".to_owned()];
        let query = CatalogQuery {
            kind: "api".to_owned(),
            entity_type: list("t"),
            owner: list("o"),
            lifecycle: list("l"),
            tag: list("g"),
            namespace: list("n"),
            status: list("s"),
            list: "owned".to_owned(),
            q: "a & b".to_owned(),
            sort: "-name".to_owned(),
            columns: "owner,label:tier".to_owned(),
            size: 50,
            facet: "owner".to_owned(),
            fq: "pay".to_owned(),
            view: "v1".to_owned(),
            page: 3,
        };
        let pairs = query.pairs();
        let read = CatalogQuery::of_pairs(pairs.iter().map(|(key, value)| (*key, value.as_str())));
        assert_eq!(read, query);
        assert!(CatalogQuery::default().pairs().is_empty());
    }

    #[test]
    fn what_is_not_understood_counts_as_not_said() {
        let odd = [
            ("page", "-1"),
            ("page", "two"),
            ("size", "many"),
            ("foo", "1"),
            ("tag", " "),
            ("columns", "owner"),
            ("columns", "tags"),
        ];
        let read = CatalogQuery::of_pairs(odd);
        assert_eq!(read.columns, "owner,tags");
        let plain = CatalogQuery {
            columns: String::new(),
            ..read
        };
        assert_eq!(plain, CatalogQuery::default());
    }

    #[test]
    fn a_parameter_that_is_repeated_for_ever_is_cut() {
        let many = std::iter::repeat_n(("tag", "a"), 1_000);
        assert_eq!(CatalogQuery::of_pairs(many).tag.len(), 200);
    }
}
