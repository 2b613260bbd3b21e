//! What the links of the search page do to its query: switch a value, take a filter off, turn a page.
use callboard_model::view::SearchQuery;

/// Values of one filter that count.
pub(super) const MAX_VALUES: usize = 50;

/// Returns the filters that are on, as key and value, in the order of the page.
pub(super) fn filters(query: &SearchQuery) -> Vec<(&'static str, String)> {
    let lists = [
        ("kind", &query.kind),
        ("type", &query.types),
        ("owner", &query.owner),
        ("lifecycle", &query.lifecycle),
    ];
    let all = lists.into_iter();
    all.flat_map(|(key, values)| values.iter().map(move |value| (key, value.clone())))
        .collect()
}

/// Returns the query with one value switched on or off, on its first page.
pub(super) fn toggled(query: &SearchQuery, key: &str, value: &str, selected: bool) -> SearchQuery {
    let mut query = SearchQuery {
        page: 0,
        ..query.clone()
    };
    let values = match key {
        "kind" => &mut query.kind,
        "type" => &mut query.types,
        "owner" => &mut query.owner,
        _ => &mut query.lifecycle,
    };
    values.retain(|other| other.to_lowercase() != value.to_lowercase());
    if !selected {
        values.push(value.to_owned());
    }
    query
}

/// Returns the query without filters.
pub(super) fn unfiltered(query: &SearchQuery) -> SearchQuery {
    for_words(&query.q)
}

/// Returns the query for these words alone.
pub(super) fn for_words(words: &str) -> SearchQuery {
    SearchQuery {
        q: words.to_owned(),
        ..SearchQuery::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switched_value_starts_again_at_the_first_page() {
        let query = SearchQuery {
            q: "a".to_owned(),
            kind: vec!["API".to_owned()],
            page: 4,
            ..SearchQuery::default()
        };
        let more = toggled(&query, "owner", "group:default/a", false);
        assert_eq!(more.page, 0);
        assert_eq!(
            filters(&more),
            [
                ("kind", "API".to_owned()),
                ("owner", "group:default/a".to_owned())
            ]
        );
        assert_eq!(toggled(&more, "kind", "api", true).kind, [""; 0]);
        assert_eq!(unfiltered(&more), for_words("a"));
    }
}
