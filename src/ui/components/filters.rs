//! What the links of the catalog page do to its query: switch a value, take a filter off, sort.
use callboard_model::view::CatalogQuery;

use crate::ui::kit::sort_header::Order;

/// Returns the values of one facet of the query; `kind` is not among them, since it has one value at most.
fn values_mut<'a>(query: &'a mut CatalogQuery, key: &str) -> Option<&'a mut Vec<String>> {
    match key {
        "type" => Some(&mut query.entity_type),
        "owner" => Some(&mut query.owner),
        "lifecycle" => Some(&mut query.lifecycle),
        "tag" => Some(&mut query.tag),
        "namespace" => Some(&mut query.namespace),
        "status" => Some(&mut query.status),
        _ => None,
    }
}

/// Returns the query with one value of a facet switched on or off, on its first page.
#[must_use]
pub fn toggled(query: &CatalogQuery, key: &str, value: &str, selected: bool) -> CatalogQuery {
    let mut query = query.clone();
    query.page = 0;
    if key == "kind" {
        query.kind = if selected {
            String::new()
        } else {
            value.to_owned()
        };
        // Types belong to a kind: a service is no API.
        query.entity_type.clear();
    } else if let Some(values) = values_mut(&mut query, key) {
        values.retain(|other| !other.eq_ignore_ascii_case(value));
        if !selected {
            values.push(value.to_owned());
        }
    }
    query
}

/// Returns the facets that are on, as key and value, in the order of the page. The filter line is not among them.
#[must_use]
pub fn active(query: &CatalogQuery) -> Vec<(&'static str, String)> {
    let mut filters = Vec::new();
    if !query.kind.is_empty() {
        filters.push(("kind", query.kind.clone()));
    }
    let lists = [
        ("type", &query.entity_type),
        ("owner", &query.owner),
        ("lifecycle", &query.lifecycle),
        ("tag", &query.tag),
        ("namespace", &query.namespace),
        ("status", &query.status),
    ];
    for (key, values) in lists {
        filters.extend(values.iter().map(|value| (key, value.clone())));
    }
    filters
}

/// Returns the query without one of its active filters.
#[must_use]
pub fn without(query: &CatalogQuery, key: &str, value: &str) -> CatalogQuery {
    toggled(query, key, value, true)
}

/// Returns the query with another filter line, on its first page.
#[must_use]
pub fn with_line(query: &CatalogQuery, line: &str) -> CatalogQuery {
    CatalogQuery {
        q: line.to_owned(),
        page: 0,
        ..query.clone()
    }
}

/// Returns the parameters that a form has to carry along so that it changes only what its own fields say.
#[must_use]
pub fn carried(query: &CatalogQuery, without: &[&str]) -> Vec<(&'static str, String)> {
    let mut pairs = query.pairs();
    pairs.retain(|(key, _)| *key != "page" && !without.contains(key));
    pairs
}

/// Returns the query without any filter, keeping how the list is shown.
#[must_use]
pub fn cleared(query: &CatalogQuery) -> CatalogQuery {
    CatalogQuery {
        sort: query.sort.clone(),
        columns: query.columns.clone(),
        size: query.size,
        ..CatalogQuery::default()
    }
}

/// Returns how the query sorts by a column.
#[must_use]
pub fn order(query: &CatalogQuery, column: &str) -> Order {
    let sort = if query.sort.is_empty() {
        "name"
    } else {
        query.sort.as_str()
    };
    if sort == column {
        Order::Ascending
    } else if sort.strip_prefix('-') == Some(column) {
        Order::Descending
    } else {
        Order::None
    }
}

/// Returns the query sorted by a column, or the other way round if it already is.
#[must_use]
pub fn sorted_by(query: &CatalogQuery, column: &str) -> CatalogQuery {
    let sort = match order(query, column) {
        Order::Ascending => format!("-{column}"),
        Order::Descending | Order::None => column.to_owned(),
    };
    CatalogQuery {
        sort,
        page: 0,
        ..query.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> CatalogQuery {
        CatalogQuery {
            kind: "component".to_owned(),
            entity_type: vec!["service".to_owned()],
            tag: vec!["rust".to_owned()],
            q: "pay".to_owned(),
            page: 3,
            ..CatalogQuery::default()
        }
    }

    #[test]
    fn a_switched_value_starts_again_at_the_first_page() {
        let more = toggled(&query(), "tag", "java", false);
        assert_eq!(more.tag, ["rust", "java"]);
        assert_eq!(more.page, 0);
        assert_eq!(toggled(&more, "tag", "rust", true).tag, ["java"]);
    }

    #[test]
    fn another_kind_drops_the_types_of_the_old_one() {
        let api = toggled(&query(), "kind", "api", false);
        assert_eq!(api.kind, "api");
        assert!(api.entity_type.is_empty());
        assert_eq!(api.tag, ["rust"]);
    }

    #[test]
    fn every_active_filter_can_be_taken_off() {
        let mut query = query();
        for (key, value) in active(&query) {
            query = without(&query, key, &value);
        }
        query = with_line(&query, "");
        assert_eq!(query, CatalogQuery::default());
    }

    #[test]
    fn sorting_twice_by_a_column_turns_it_round() {
        let query = CatalogQuery::default();
        assert_eq!(order(&query, "name"), Order::Ascending);
        assert_eq!(sorted_by(&query, "name").sort, "-name");
        let by_owner = sorted_by(&query, "owner");
        assert_eq!(by_owner.sort, "owner");
        assert_eq!(order(&by_owner, "name"), Order::None);
        assert_eq!(
            sorted_by(&sorted_by(&by_owner, "owner"), "owner").sort,
            "owner"
        );
    }
}
