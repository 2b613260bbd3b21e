//! GraphQL's schema language: queries, mutations and subscriptions as operations, everything else as types.
mod query;
mod types;

use std::collections::HashMap;

use apollo_parser::{
    Parser,
    cst::{self, CstNode, Definition},
};
use callboard_model::view::{ApiNamed, ApiOperation, ApiResponse, ApiSchema};

use crate::draft::Draft;

/// How deep the text may be nested.
const RECURSION: usize = 64;
/// Tokens of a text.
const TOKENS: usize = 2_000_000;
/// Mistakes that are told.
const TOLD: usize = 5;

/// Reads a schema.
pub(crate) fn read(text: &str, draft: &mut Draft<'_>) {
    if text.trim_start().starts_with(['{', '[']) {
        draft.problem(
            "The definition is JSON, and GraphQL is read as schema language (SDL) only. It is shown as text.",
            Some(1),
        );
        return;
    }
    let tree = Parser::new(text)
        .recursion_limit(RECURSION)
        .token_limit(TOKENS)
        .parse();
    for error in tree.errors().take(TOLD) {
        let line = draft.line_of(error.index());
        let message = crate::draft::cut(error.message(), 200);
        draft.problem(&format!("This is not understood: {message}."), Some(line));
    }
    let document = tree.document();
    let mut roots = Roots::default();
    let mut known: Vec<ApiNamed> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for definition in document.definitions() {
        roots.take(&definition, draft);
        if let Some(named) = types::named(&definition, draft) {
            // An extension adds to the type that it extends, wherever that stands.
            match places.get(&named.name) {
                Some(place) => types::extend(&mut known[*place], named),
                None => {
                    places.insert(named.name.clone(), known.len());
                    known.push(named);
                }
            }
        }
    }
    draft.rendered = !known.is_empty();
    "GraphQL".clone_into(&mut draft.head.format);
    draft.head.description = roots.description.take();
    let types: HashMap<&str, &ApiNamed> = known
        .iter()
        .map(|named| (named.name.as_str(), named))
        .collect();
    for (name, verb, title) in roots.all() {
        if let Some(place) = places.get(name) {
            operations(&known[*place].schema, verb, title, &types, draft);
        }
    }
    drop(types);
    let operation_types: Vec<String> = roots
        .all()
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    for named in known {
        if !operation_types.contains(&named.name) {
            draft.named(&named.name, &named.kind, named.schema);
        }
    }
}

/// The types whose fields are operations.
struct Roots {
    query: String,
    mutation: String,
    subscription: String,
    description: Option<String>,
}

impl Default for Roots {
    fn default() -> Self {
        Self {
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
            description: None,
        }
    }
}

impl Roots {
    /// Takes what the `schema` of a document says.
    fn take(&mut self, definition: &Definition, draft: &mut Draft<'_>) {
        let roots = match definition {
            Definition::SchemaDefinition(schema) => {
                self.description = types::description(schema.description(), draft);
                schema.root_operation_type_definitions()
            }
            Definition::SchemaExtension(schema) => schema.root_operation_type_definitions(),
            _ => return,
        };
        for root in roots {
            let Some(name) = root.named_type().and_then(|named| named.name()) else {
                continue;
            };
            let name = name.text().to_string();
            match root.operation_type() {
                Some(kind) if kind.query_token().is_some() => self.query = name,
                Some(kind) if kind.mutation_token().is_some() => self.mutation = name,
                Some(kind) if kind.subscription_token().is_some() => self.subscription = name,
                _ => {}
            }
        }
    }

    fn all(&self) -> [(&str, &'static str, &'static str); 3] {
        [
            (&self.query, "QUERY", "Queries"),
            (&self.mutation, "MUTATION", "Mutations"),
            (&self.subscription, "SUBSCRIPTION", "Subscriptions"),
        ]
    }
}

/// Keeps the fields of a root type as operations.
fn operations(
    root: &ApiSchema,
    verb: &str,
    title: &str,
    types: &HashMap<&str, &ApiNamed>,
    draft: &mut Draft<'_>,
) {
    for field in &root.fields {
        if !draft.node() {
            return;
        }
        let group = draft.group(title);
        let parameters = field.arguments.iter().map(types::parameter).collect();
        let mut returned = field.schema.clone();
        let description = returned.description.take();
        let deprecated = std::mem::take(&mut returned.deprecated);
        let facts = std::mem::take(&mut returned.facts);
        let request = query::body(verb, field, types, draft);
        draft.operation(ApiOperation {
            id: format!("{verb} {}", field.name),
            group,
            verb: verb.to_owned(),
            path: field.name.clone(),
            summary: description
                .as_deref()
                .and_then(|text| text.lines().next())
                .map(|line| crate::draft::cut(line, 160)),
            description,
            deprecated,
            facts,
            parameters,
            request,
            responses: vec![ApiResponse {
                status: "Returns".to_owned(),
                contents: vec![callboard_model::view::ApiContent {
                    name: returned.label.clone(),
                    schema: Some(returned),
                    ..Default::default()
                }],
                ..ApiResponse::default()
            }],
            ..ApiOperation::default()
        });
    }
}

/// Returns the text of a node without what surrounds it.
fn source<N: CstNode>(node: &N) -> String {
    node.source_string().trim().to_owned()
}

/// Returns the text of a name.
fn name(name: Option<cst::Name>) -> String {
    name.map(|name| name.text().to_string()).unwrap_or_default()
}
