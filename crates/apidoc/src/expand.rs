//! A type with what is behind its links, as much of it as a page can show.
use callboard_model::view::{
    ApiBody, ApiContent, ApiField, ApiOperation, ApiParameter, ApiResponse, ApiSchema,
};

use crate::{ApiDoc, draft::cut};

/// Links that are followed one inside the other.
const LINKS: usize = 5;
/// How deep the tree is in all.
const DEPTH: usize = 16;
/// Values of one enumeration that are shown.
const VALUES: usize = 60;
/// Bytes of the description of a field.
const NOTE: usize = 1_500;
/// Parameters, responses and media types of one operation that are shown.
const PARTS: usize = 100;

/// What a page has room for.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Schemas.
    pub nodes: usize,
    /// Bytes of descriptions.
    pub bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            nodes: 220,
            bytes: 30_000,
        }
    }
}

impl Budget {
    fn note(&mut self, text: Option<&String>) -> Option<String> {
        let kept = cut(text?, NOTE.min(self.bytes));
        self.bytes = self.bytes.saturating_sub(kept.len());
        (kept != "…").then_some(kept)
    }
}

impl ApiDoc {
    /// Returns a type with what is behind its links. One that contains itself, or is too deep, stays a link.
    #[must_use]
    pub fn expanded(&self, schema: &ApiSchema, budget: &mut Budget) -> ApiSchema {
        self.at(schema, budget, &mut Vec::new(), 0)
    }

    /// Returns a named type with what is behind its links.
    #[must_use]
    pub fn expanded_type(&self, name: &str, budget: &mut Budget) -> Option<ApiSchema> {
        let named = self.named(name)?;
        Some(self.at(&named.schema, budget, &mut vec![name], 0))
    }

    /// Returns an operation with its types expanded, and with examples made where there are none.
    #[must_use]
    pub fn expanded_operation(
        &self,
        operation: &ApiOperation,
        budget: &mut Budget,
    ) -> ApiOperation {
        let mut out = ApiOperation {
            parameters: Vec::new(),
            request: None,
            responses: Vec::new(),
            ..operation.clone()
        };
        out.parameters = self.parameters(&operation.parameters, budget);
        out.request = operation.request.as_ref().map(|request| ApiBody {
            contents: self.contents(&request.contents, budget),
            description: budget.note(request.description.as_ref()),
            ..ApiBody {
                contents: Vec::new(),
                ..request.clone()
            }
        });
        let responses = operation.responses.iter().take(PARTS);
        out.responses = responses
            .map(|response| ApiResponse {
                status: response.status.clone(),
                description: budget.note(response.description.as_ref()),
                headers: self.parameters(&response.headers, budget),
                contents: self.contents(&response.contents, budget),
            })
            .collect();
        out
    }

    fn parameters(&self, parameters: &[ApiParameter], budget: &mut Budget) -> Vec<ApiParameter> {
        let shown = parameters.iter().take(PARTS);
        shown
            .map(|parameter| ApiParameter {
                name: parameter.name.clone(),
                place: parameter.place.clone(),
                required: parameter.required,
                deprecated: parameter.deprecated,
                description: budget.note(parameter.description.as_ref()),
                schema: self.expanded(&parameter.schema, budget),
            })
            .collect()
    }

    fn contents(&self, contents: &[ApiContent], budget: &mut Budget) -> Vec<ApiContent> {
        let shown = contents.iter().take(PARTS);
        shown
            .map(|content| {
                let mut examples = content.examples.clone();
                // A page holds a few; the text has them all.
                examples.truncate(5);
                for example in &mut examples {
                    example.text = cut(&example.text, 10_000.min(budget.bytes.max(1_000)));
                    budget.bytes = budget.bytes.saturating_sub(example.text.len());
                }
                if examples.is_empty() && budget.bytes > 0 {
                    let made = self.example_of(content);
                    let length = made.as_ref().map_or(0, |one| one.text.len());
                    budget.bytes = budget.bytes.saturating_sub(length);
                    examples.extend(made);
                }
                ApiContent {
                    name: content.name.clone(),
                    description: budget.note(content.description.as_ref()),
                    schema: content
                        .schema
                        .as_ref()
                        .map(|schema| self.expanded(schema, budget)),
                    headers: content
                        .headers
                        .as_ref()
                        .map(|schema| self.expanded(schema, budget)),
                    examples,
                }
            })
            .collect()
    }

    fn at<'d>(
        &'d self,
        schema: &'d ApiSchema,
        budget: &mut Budget,
        inside: &mut Vec<&'d str>,
        depth: usize,
    ) -> ApiSchema {
        budget.nodes = budget.nodes.saturating_sub(1);
        let mut out = ApiSchema {
            label: schema.label.clone(),
            base: schema.base.clone(),
            format: schema.format.clone(),
            link: schema.link.clone(),
            description: budget.note(schema.description.as_ref()),
            deprecated: schema.deprecated,
            facts: schema.facts.iter().take(20).cloned().collect(),
            values: schema.values.iter().take(VALUES).cloned().collect(),
            example: schema.example.as_ref().map(|example| cut(example, 300)),
            cut: schema.cut,
            hidden: schema.values.len().saturating_sub(VALUES),
            ..ApiSchema::default()
        };
        let is_link = schema.link.is_some() && schema.items.is_none();
        if is_link {
            self.follow(&mut out, budget, inside, depth);
        } else if depth >= DEPTH {
            out.cut = true;
        } else {
            self.inside(schema, &mut out, budget, inside, depth);
        }
        out
    }

    /// Puts what is behind a link into the type that has it.
    fn follow<'d>(
        &'d self,
        out: &mut ApiSchema,
        budget: &mut Budget,
        inside: &mut Vec<&'d str>,
        depth: usize,
    ) {
        let named = out.link.as_deref().and_then(|name| self.named(name));
        let Some(named) = named else {
            // A name without a type behind it, as a scalar of GraphQL is.
            out.link = None;
            return;
        };
        let ends = inside.contains(&named.name.as_str()) || inside.len() >= LINKS;
        if ends || budget.nodes == 0 || depth >= DEPTH {
            out.cut = true;
            return;
        }
        inside.push(&named.name);
        let behind = self.at(&named.schema, budget, inside, depth + 1);
        inside.pop();
        out.description = out.description.take().or(behind.description);
        out.deprecated |= behind.deprecated;
        out.format = out.format.take().or(behind.format);
        out.facts.extend(behind.facts);
        out.values = behind.values;
        out.fields = behind.fields;
        out.choices = behind.choices;
        out.hidden = behind.hidden;
        out.items = behind.items;
        if out.items.is_none() && behind.link.is_some() {
            out.cut |= behind.cut;
        }
    }

    fn inside<'d>(
        &'d self,
        schema: &'d ApiSchema,
        out: &mut ApiSchema,
        budget: &mut Budget,
        inside: &mut Vec<&'d str>,
        depth: usize,
    ) {
        for field in &schema.fields {
            if budget.nodes == 0 {
                out.hidden += 1;
                continue;
            }
            let arguments = field.arguments.iter().take(PARTS);
            let arguments = arguments.map(|argument| ApiField {
                name: argument.name.clone(),
                required: argument.required,
                // An argument is shown in one line.
                schema: ApiSchema {
                    fields: Vec::new(),
                    ..argument.schema.clone()
                },
                arguments: Vec::new(),
            });
            out.fields.push(ApiField {
                name: field.name.clone(),
                required: field.required,
                arguments: arguments.collect(),
                schema: self.at(&field.schema, budget, inside, depth + 1),
            });
        }
        if let Some(items) = &schema.items {
            out.items = Some(Box::new(self.at(items, budget, inside, depth + 1)));
        }
        for choices in &schema.choices {
            let mut shown = choices.clone();
            shown.schemas = Vec::new();
            for one in &choices.schemas {
                if budget.nodes == 0 {
                    out.hidden += 1;
                } else {
                    shown.schemas.push(self.at(one, budget, inside, depth + 1));
                }
            }
            out.choices.push(shown);
        }
    }
}
