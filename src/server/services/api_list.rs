//! The list beside a definition: groups of operations and types, unfolded as far as a page has room.
use callboard_apidoc::{ApiDoc, entry_of, entry_of_type};
use callboard_model::view::{ApiEntry, ApiGroup, ApiNamed, ApiQuery};

/// A list that has no more entries than this is not folded.
const UNFOLDED: usize = 80;
/// Entries of one group on one page.
const PAGE: usize = 80;

/// Groups of types: what they are, and the heading.
const KINDS: &[(&str, &str)] = &[
    ("type", "Types"),
    ("interface", "Interfaces"),
    ("input", "Inputs"),
    ("union", "Unions"),
    ("scalar", "Scalars"),
    ("directive", "Directives"),
    ("message", "Messages"),
];

/// Entries of a group that is not unfolded yet.
struct Group<'d> {
    key: String,
    title: String,
    description: Option<String>,
    entries: Vec<Entry<'d>>,
}

/// Where an entry comes from; its texts are copied when it is shown.
#[derive(Clone, Copy)]
enum Entry<'d> {
    Operation(&'d callboard_model::view::ApiOperation),
    Type(&'d ApiNamed),
}

impl Entry<'_> {
    fn is_chosen(self, query: &ApiQuery) -> bool {
        match self {
            Self::Operation(operation) => operation.id == query.op,
            Self::Type(named) => named.name == query.schema,
        }
    }

    fn shown(self, query: &ApiQuery) -> ApiEntry {
        let entry = match self {
            Self::Operation(operation) => entry_of(operation),
            Self::Type(named) => entry_of_type(named),
        };
        ApiEntry {
            chosen: self.is_chosen(query),
            summary: entry.summary.map(|text| cut(&text, 120)),
            ..entry
        }
    }
}

/// Returns the list for a query.
pub(super) fn list(doc: &ApiDoc, query: &ApiQuery) -> Vec<ApiGroup> {
    let mut groups = operations(doc);
    types(doc, &mut groups);
    let all: usize = groups.iter().map(|group| group.entries.len()).sum();
    let chosen = |group: &Group<'_>| {
        group
            .entries
            .iter()
            .position(|entry| entry.is_chosen(query))
    };
    // One group is unfolded: the one that was asked for, the one with the choice, or the first.
    let open = groups
        .iter()
        .position(|group| group.key == query.group)
        .or_else(|| groups.iter().position(|group| chosen(group).is_some()))
        .unwrap_or(0);
    let shown = groups.into_iter().enumerate().map(|(place, group)| {
        let is_open = all <= UNFOLDED || place == open;
        let count = group.entries.len();
        let pages = count.div_ceil(PAGE).max(1);
        let page = match query.page {
            0 => chosen(&group).unwrap_or(0) / PAGE + 1,
            page if place == open => usize::try_from(page).unwrap_or(pages).min(pages),
            _ => 1,
        };
        let entries = group.entries.iter().skip((page - 1) * PAGE).take(PAGE);
        let entries = entries.filter(|_| is_open).map(|entry| entry.shown(query));
        ApiGroup {
            entries: entries.collect(),
            description: group
                .description
                .filter(|_| is_open)
                .map(|text| cut(&text, 600)),
            key: group.key,
            title: group.title,
            count,
            open: is_open,
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
        }
    });
    shown.collect()
}

fn operations(doc: &ApiDoc) -> Vec<Group<'_>> {
    let groups = doc.groups.iter().map(|group| Group {
        key: group.title.clone(),
        title: group.title.clone(),
        description: group.description.clone(),
        entries: Vec::new(),
    });
    let mut groups: Vec<Group<'_>> = groups.collect();
    for operation in &doc.operations {
        if let Some(group) = groups.get_mut(operation.group) {
            group.entries.push(Entry::Operation(operation));
        }
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}

/// Adds the groups of types; kinds that only some formats have get their own.
fn types<'d>(doc: &'d ApiDoc, groups: &mut Vec<Group<'d>>) {
    let own = doc
        .types
        .iter()
        .any(|named| KINDS.iter().any(|(kind, _)| *kind == named.kind));
    let start = groups.len();
    for named in &doc.types {
        let title = match KINDS.iter().find(|(kind, _)| *kind == named.kind) {
            Some((_, title)) => title,
            None if own => "Enums",
            None => "Schemas",
        };
        let place = match groups[start..]
            .iter()
            .position(|group| group.title == title)
        {
            Some(place) => start + place,
            None => {
                groups.push(Group {
                    key: format!("types:{title}"),
                    title: title.to_owned(),
                    description: None,
                    entries: Vec::new(),
                });
                groups.len() - 1
            }
        };
        groups[place].entries.push(Entry::Type(named));
    }
}

/// Returns the start of a text that is too long for a list.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(max)])
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn large() -> ApiDoc {
        let mut text = "openapi: 3.0.0\npaths:\n".to_owned();
        for number in 0..300 {
            let _ = writeln!(
                text,
                "  /p{number}: {{get: {{tags: [t{}], responses: {{}}}}}}",
                number / 100
            );
        }
        callboard_apidoc::read(&text, "openapi")
    }

    fn shown(query: &ApiQuery) -> Vec<(String, usize, u32)> {
        let groups = list(&large(), query).into_iter();
        groups
            .map(|group| (group.title, group.entries.len(), group.page))
            .collect()
    }

    fn sizes(query: &ApiQuery) -> Vec<(usize, u32)> {
        shown(query)
            .into_iter()
            .map(|(_, size, page)| (size, page))
            .collect()
    }

    #[test]
    fn a_large_list_unfolds_one_page_of_one_group() {
        assert_eq!(sizes(&ApiQuery::default()), [(80, 1), (0, 1), (0, 1)]);
        let second = ApiQuery {
            group: "t1".to_owned(),
            page: 2,
            ..ApiQuery::default()
        };
        assert_eq!(sizes(&second), [(0, 1), (20, 2), (0, 1)]);
        let beyond = ApiQuery { page: 99, ..second };
        assert_eq!(sizes(&beyond), [(0, 1), (20, 2), (0, 1)]);
        let unknown = ApiQuery {
            group: "none".to_owned(),
            ..ApiQuery::default()
        };
        assert_eq!(sizes(&unknown), [(80, 1), (0, 1), (0, 1)]);
    }

    #[test]
    fn the_choice_is_in_sight() {
        let query = ApiQuery {
            op: "GET /p295".to_owned(),
            ..ApiQuery::default()
        };
        assert_eq!(sizes(&query), [(0, 1), (0, 1), (20, 2)]);
        let groups = list(&large(), &query);
        let chosen: Vec<_> = groups
            .iter()
            .flat_map(|group| &group.entries)
            .filter(|entry| entry.chosen)
            .collect();
        assert_eq!(chosen.len(), 1);
    }

    #[test]
    fn a_short_list_is_not_folded() {
        let doc = callboard_apidoc::read("type Query { a: E } enum E { A } scalar S", "graphql");
        let groups = list(&doc, &ApiQuery::default());
        let titles: Vec<_> = groups
            .iter()
            .map(|group| (group.title.as_str(), group.entries.len()))
            .collect();
        assert_eq!(titles, [("Queries", 1), ("Enums", 1), ("Scalars", 1)]);
    }
}
