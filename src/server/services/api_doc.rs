//! The API tab: a definition as operations and types, its text, and the APIs of what is no API itself.
use callboard_apidoc::{ApiDoc, Budget};
use callboard_model::{
    Entity, EntityRef,
    view::{ApiFound, ApiHead, ApiNamed, ApiQuery, ApiShown, ApiTable, ApiText, ApiView},
};

use super::{api_list, rows::parse};
use crate::{error::AppError, server::access::Access};

/// Rows of one table.
const MAX_ROWS: usize = 200;
/// What a search shows.
const MAX_FOUND: usize = 100;
/// Places that use a type.
const MAX_USES: usize = 30;
/// Lines on one page of a text.
const LINES: usize = 1_000;
/// Bytes on one page of a text; a line that is longer stands on several pages.
const BYTES: usize = 60_000;
/// Facts about one way to prove who asks.
const MAX_FACTS: usize = 40;
/// Servers and ways to prove who asks that are shown.
const MAX_PARTS: usize = 30;

/// Relations to APIs, with the headings of their tables.
const TABLES: [(&str, &str); 3] = [
    ("providesApi", "Provided APIs"),
    ("consumesApi", "Consumed APIs"),
    ("hasPart", "APIs of this system"),
];

/// A definition as a file.
#[derive(Debug)]
pub(in crate::server) struct ApiFile {
    /// Its text.
    pub(in crate::server) text: String,
    /// Name of the file.
    pub(in crate::server) name: String,
}

impl Access {
    /// Answers the API tab.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn api_view(&self, query: &ApiQuery) -> Result<ApiView, AppError> {
        let entity_ref = EntityRef::new(&query.kind, &query.namespace, &query.name);
        let mut entity = self.api_entity(&entity_ref).await?;
        let definition_type = entity.spec_str("type").unwrap_or("text").to_owned();
        let mut view = ApiView {
            label: self.label(&entity_ref),
            format: String::new(),
            title: String::new(),
            version: String::new(),
            operations: 0,
            schemas: 0,
            groups: Vec::new(),
            problems: Vec::new(),
            shown: ApiShown::Tables(Vec::new()),
            definition_type,
        };
        let Some(text) = take_definition(&mut entity) else {
            view.shown = ApiShown::Tables(self.api_tables(&entity).await?);
            return Ok(view);
        };
        let raw = query.raw.then(|| part(&text, query.page));
        let doc = self
            .api_docs()
            .get(text.clone(), &view.definition_type)
            .await?;
        view.format.clone_from(&doc.head.format);
        view.title.clone_from(&doc.head.title);
        view.version.clone_from(&doc.head.version);
        view.operations = doc.operations.len();
        view.schemas = doc.types.len();
        view.problems.clone_from(&doc.problems);
        view.shown = match raw {
            Some(raw) => ApiShown::Raw(raw),
            None if !doc.rendered => ApiShown::Raw(part(&text, query.page)),
            None => {
                view.groups = api_list::list(&doc, query);
                shown(&doc, query)
            }
        };
        if !doc.rendered {
            view.format.clear();
        }
        Ok(view)
    }

    /// Returns a definition as a file.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller, or the entity has no definition.
    pub(in crate::server) async fn api_file(
        &self,
        entity_ref: &EntityRef,
    ) -> Result<ApiFile, AppError> {
        let mut entity = self.api_entity(entity_ref).await?;
        let kind = entity.spec_str("type").unwrap_or_default().to_lowercase();
        let none = || AppError::NotFound(format!("The file of {entity_ref} has no definition."));
        let text = take_definition(&mut entity).ok_or_else(none)?;
        let is_json = text.trim_start().starts_with(['{', '[']);
        let ending = match kind.as_str() {
            _ if is_json => "json",
            "openapi" | "asyncapi" | "swagger" => "yaml",
            "graphql" => "graphql",
            "grpc" | "protobuf" | "proto" => "proto",
            _ => "txt",
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let name: String = entity_ref.name.chars().filter(|c| is_plain(*c)).collect();
        Ok(ApiFile {
            text,
            name: format!("{name}.{ending}"),
        })
    }

    async fn api_entity(&self, entity_ref: &EntityRef) -> Result<Entity, AppError> {
        let body = self.entity_body(entity_ref).await?;
        parse(&body.ok_or_else(|| AppError::NotFound(format!("The catalog has no {entity_ref}.")))?)
    }

    /// Returns the APIs that an entity has to do with.
    async fn api_tables(&self, entity: &Entity) -> Result<Vec<ApiTable>, AppError> {
        let mut tables = Vec::new();
        for (relation, title) in TABLES {
            let targets = entity.relation_targets(relation);
            let refs: Vec<String> = targets
                .filter(|target| target.starts_with("api:"))
                .map(str::to_owned)
                .collect();
            let total = refs.len();
            let shown = &refs[..total.min(MAX_ROWS)];
            let found = self.entities(shown).await?;
            let mut rows: Vec<_> = found.iter().map(|entity| self.row(entity)).collect();
            for target in shown
                .iter()
                .filter_map(|target| target.parse::<EntityRef>().ok())
            {
                if !rows.iter().any(|row| row.label.entity_ref == target) {
                    rows.push(self.bare_row(&target));
                }
            }
            if total > 0 {
                rows.sort_by_key(|row| row.label.title.to_lowercase());
                tables.push(ApiTable {
                    title: title.to_owned(),
                    rows,
                    total,
                });
            }
        }
        Ok(tables)
    }
}

/// Takes the definition out of an entity.
fn take_definition(entity: &mut Entity) -> Option<String> {
    match entity
        .spec
        .as_mut()?
        .get_mut("definition")
        .map(serde_json::Value::take)
    {
        Some(serde_json::Value::String(text)) => Some(text),
        _ => None,
    }
}

/// Returns what is beside the list.
fn shown(doc: &ApiDoc, query: &ApiQuery) -> ApiShown {
    let mut budget = Budget::default();
    let missing = |what: &str, name: &str| {
        let name = api_list::cut(name, 100);
        ApiShown::Missing(format!(
            "This definition has no {what} {name}. It may have been renamed or removed."
        ))
    };
    if !query.q.trim().is_empty() {
        let ApiFound { mut entries, total } = doc.find(&query.q, MAX_FOUND);
        for entry in &mut entries {
            entry.summary = entry.summary.take().map(|text| api_list::cut(&text, 160));
        }
        return ApiShown::Found(ApiFound { entries, total });
    }
    if !query.op.is_empty() {
        return match doc.operation(&query.op) {
            Some(operation) => {
                ApiShown::Operation(Box::new(doc.expanded_operation(operation, &mut budget)))
            }
            None => missing("operation", &query.op),
        };
    }
    if !query.schema.is_empty() {
        let found = doc.named(&query.schema);
        let schema = doc.expanded_type(&query.schema, &mut budget);
        return match found.zip(schema) {
            Some((named, mut schema)) => {
                if schema.example.is_none() {
                    schema.example = doc.example(&named.schema);
                }
                let shown = ApiNamed {
                    name: named.name.clone(),
                    kind: named.kind.clone(),
                    schema,
                };
                ApiShown::Schema(Box::new(shown), doc.uses(&query.schema, MAX_USES))
            }
            None => missing("type", &query.schema),
        };
    }
    ApiShown::Overview(Box::new(overview(&doc.head)))
}

/// Returns what a definition says about itself, as much as a page has room for.
fn overview(head: &ApiHead) -> ApiHead {
    let mut head = head.clone();
    head.servers.truncate(MAX_PARTS);
    head.security.truncate(MAX_PARTS);
    for security in &mut head.security {
        security.facts.truncate(MAX_FACTS);
    }
    head
}

/// Returns one page of a text.
fn part(text: &str, page: u32) -> ApiText {
    let mut starts = vec![(0, 1)];
    let (mut start, mut lines, mut line) = (0, 0, 1);
    for piece in text.split_inclusive('\n') {
        let end = piece.as_ptr() as usize - text.as_ptr() as usize + piece.len();
        lines += 1;
        // A page ends before a line that does not fit, and within one that is longer than a page.
        while end - start > BYTES || lines > LINES {
            let before = end - piece.len();
            start = if before > start && (lines > LINES || piece.len() <= BYTES) {
                before
            } else {
                text.floor_char_boundary(start + BYTES)
            };
            lines = 1;
            starts.push((start, line));
        }
        line += 1;
    }
    // What only ends the last page is no page of its own.
    starts.retain(|(start, _)| *start == 0 || *start < text.len());
    let pages = starts.len();
    let page = usize::try_from(page.max(1)).unwrap_or(pages).min(pages);
    let (from, first) = starts[page - 1];
    let to = starts.get(page).map_or(text.len(), |(start, _)| *start);
    ApiText {
        text: text[from..to].to_owned(),
        first,
        lines: text.lines().count(),
        bytes: text.len(),
        page: u32::try_from(page).unwrap_or(u32::MAX),
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
        yaml: is_yaml(text),
    }
}

/// Tells whether a text looks like YAML: its first line with something in it is a key.
fn is_yaml(text: &str) -> bool {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_'\"".contains(c))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_pages_that_hold_all_of_it() {
        let mut text: String = (0..2_500).map(|line| format!("line {line}\n")).collect();
        text.push_str(&"é".repeat(100_000));
        text.push_str("\nend");
        let pages = part(&text, 1).pages;
        let all: String = (1..=pages).map(|page| part(&text, page).text).collect();
        assert!(all == text, "nothing is lost and nothing is twice");
        assert!((1..=pages).all(|page| part(&text, page).text.len() <= BYTES));
        assert_eq!(part(&text, 2).first, 1_001);
        assert_eq!(part(&text, 0).page, 1);
        assert_eq!(part(&text, 999).page, pages);
        for short in ["", "a", "a\n", "\n\n"] {
            assert_eq!(
                (part(short, 1).pages, part(short, 1).text.as_str()),
                (1, short)
            );
        }
        let lines = "x\n".repeat(LINES);
        assert_eq!(part(&lines, 1).pages, 1);
    }

    #[test]
    fn yaml_is_told_from_other_texts() {
        assert!(is_yaml("# c\n\nopenapi: 3.0.0"));
        for other in [
            "{\"openapi\": 1}",
            "type Query {",
            "syntax = \"proto3\";",
            "",
            "schema { query: Q }",
        ] {
            assert!(!is_yaml(other), "{other}");
        }
    }
}
