//! What the API tab shows: one definition, whatever its format, as operations, types and examples.
use serde::{Deserialize, Serialize};

use super::{EntityLabel, EntityRow};

/// What the API tab asks for; every field but the first three is part of its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiQuery {
    /// Kind of the entity.
    pub kind: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Text that operations, types and fields contain.
    pub q: String,
    /// Id of the operation that is shown.
    pub op: String,
    /// Name of the type that is shown.
    pub schema: String,
    /// Key of the group that is unfolded in the list.
    pub group: String,
    /// The text as it is.
    pub raw: bool,
    /// Page of the list or of the text, counted from 1; 0 means the one with the choice.
    pub page: u32,
}

/// A word with its value, for example `pattern` and `^[a-z]+$`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiFact {
    /// What it is.
    pub name: String,
    /// Its value, as text.
    pub value: String,
}

/// Something about a definition that could not be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiProblem {
    /// What is wrong and what to do, as a sentence.
    pub message: String,
    /// Line of the definition, counted from 1, where it is known.
    pub line: Option<u32>,
}

/// Where an API answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiServer {
    /// Address, possibly with `{variables}`.
    pub url: String,
    /// Protocol, where the address does not say it.
    pub protocol: Option<String>,
    /// What it is for, as Markdown.
    pub description: Option<String>,
    /// Its variables with their defaults.
    pub variables: Vec<ApiFact>,
}

/// A way to prove who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiSecurity {
    /// Name that operations use.
    pub name: String,
    /// In words, for example `API key in header X-Key`.
    pub kind: String,
    /// What to know about it, as Markdown.
    pub description: Option<String>,
    /// Scopes with their meaning, addresses and the like.
    pub facts: Vec<ApiFact>,
}

/// How several schemas belong together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiChoice {
    /// All of them hold.
    #[default]
    All,
    /// Exactly one of them holds.
    One,
    /// At least one of them holds.
    Any,
    /// None of them holds.
    Not,
}

/// A type: of a value, a field, a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiSchema {
    /// In a word, for example `string`, `Pet` or `array of Pet`.
    pub label: String,
    /// What it is without its name: `object`, `array`, `map`, `string` and so on; empty when nothing is said.
    pub base: String,
    /// For example `date-time` or `int64`.
    pub format: Option<String>,
    /// Name of the type of this definition that it is, or whose items it has.
    pub link: Option<String>,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Constraints, default, format and the like.
    pub facts: Vec<ApiFact>,
    /// The values that it can have.
    pub values: Vec<ApiFact>,
    /// An example, as text.
    pub example: Option<String>,
    /// Its fields.
    pub fields: Vec<ApiField>,
    /// What its items or values are, when they are not named by `link`.
    pub items: Option<Box<Self>>,
    /// Schemas of which it is made.
    pub choices: Vec<ApiChoices>,
    /// Whether it goes on at its own place, because it is too deep or contains itself.
    pub cut: bool,
    /// How many fields, values and schemas are left out, because there are too many.
    pub hidden: usize,
}

/// Schemas of which another one is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiChoices {
    /// How they belong together.
    pub how: ApiChoice,
    /// What decides between them, or the name of the choice.
    pub name: Option<String>,
    /// The schemas.
    pub schemas: Vec<ApiSchema>,
}

/// A field of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiField {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub schema: ApiSchema,
    /// What it can be asked with.
    pub arguments: Vec<Self>,
}

/// A parameter or header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiParameter {
    /// Its name.
    pub name: String,
    /// Where it stands: `path`, `query`, `header`, `cookie` or `argument`.
    pub place: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// What it is.
    pub schema: ApiSchema,
}

/// An example.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiExample {
    /// Its name or summary.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether we made it from the schema.
    pub made: bool,
}

/// A body in one media type, or one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiContent {
    /// Media type, or name of the message.
    pub name: String,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Its schema.
    pub schema: Option<ApiSchema>,
    /// Headers of a message.
    pub headers: Option<ApiSchema>,
    /// Examples.
    pub examples: Vec<ApiExample>,
}

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiBody {
    /// Heading, for example `Request body` or `Messages`.
    pub title: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// By media type, or by message.
    pub contents: Vec<ApiContent>,
}

/// What comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiResponse {
    /// Status, `default`, or a word such as `Returns`.
    pub status: String,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Its headers.
    pub headers: Vec<ApiParameter>,
    /// By media type.
    pub contents: Vec<ApiContent>,
}

/// Something that can be called, sent or received.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiOperation {
    /// Stable id, for example `GET /pets/{id}`.
    pub id: String,
    /// Place of its group.
    pub group: usize,
    /// For example `GET`, `SEND`, `QUERY` or `UNARY`.
    pub verb: String,
    /// Path, channel, field or procedure.
    pub path: String,
    /// In a few words.
    pub summary: Option<String>,
    /// What it does, as Markdown.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Its name for programs, reason of deprecation and the like.
    pub facts: Vec<ApiFact>,
    /// What a caller needs, each line enough by itself; absent when nothing is said.
    pub security: Option<Vec<String>>,
    /// Its parameters.
    pub parameters: Vec<ApiParameter>,
    /// What is sent.
    pub request: Option<ApiBody>,
    /// What comes back.
    pub responses: Vec<ApiResponse>,
    /// Requests that come the other way, by name.
    pub callbacks: Vec<ApiFact>,
}

/// What a definition says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiHead {
    /// Format with its version, for example `OpenAPI 3.1.0`.
    pub format: String,
    /// Title; empty when it has none.
    pub title: String,
    /// Version of the API; empty when it has none.
    pub version: String,
    /// What it is, as Markdown.
    pub description: Option<String>,
    /// Licence, contact, terms, package and the like.
    pub facts: Vec<ApiFact>,
    /// Where it answers.
    pub servers: Vec<ApiServer>,
    /// Ways to prove who asks.
    pub security: Vec<ApiSecurity>,
}

/// One line of the list at the side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiEntry {
    /// Id of the operation; empty for a type.
    pub op: String,
    /// Name of the type; empty for an operation.
    pub schema: String,
    /// Verb of the operation, or what the type is.
    pub verb: String,
    /// Path or name.
    pub text: String,
    /// In a few words; in a search, what was found.
    pub summary: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Whether it is the one that is shown.
    pub chosen: bool,
}

/// A foldable part of the list at the side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiGroup {
    /// Its value in the query string.
    pub key: String,
    /// Heading.
    pub title: String,
    /// What it is, as Markdown.
    pub description: Option<String>,
    /// How many entries it has in all.
    pub count: usize,
    /// Whether its entries are here.
    pub open: bool,
    /// The entries of this page.
    pub entries: Vec<ApiEntry>,
    /// This page of its entries, counted from 1.
    pub page: u32,
    /// Number of pages.
    pub pages: u32,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiFound {
    /// The best of it.
    pub entries: Vec<ApiEntry>,
    /// How much there is in all.
    pub total: usize,
}

/// A type with its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiNamed {
    /// Its name.
    pub name: String,
    /// What it is, for example `object`, `input`, `enum`.
    pub kind: String,
    /// Its schema.
    pub schema: ApiSchema,
}

/// A part of the text of a definition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiText {
    /// The lines of this page.
    pub text: String,
    /// First line, counted from 1.
    pub first: usize,
    /// Lines in all.
    pub lines: usize,
    /// Bytes in all.
    pub bytes: usize,
    /// This page, counted from 1.
    pub page: u32,
    /// Number of pages.
    pub pages: u32,
    /// Whether it is YAML.
    pub yaml: bool,
}

/// APIs of a component or system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiTable {
    /// Heading.
    pub title: String,
    /// The APIs.
    pub rows: Vec<EntityRow>,
    /// How many there are in all.
    pub total: usize,
}

/// What is beside the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiShown {
    /// What the definition says about itself.
    Overview(Box<ApiHead>),
    /// One operation.
    Operation(Box<ApiOperation>),
    /// One type, and the operations and types that use it.
    Schema(Box<ApiNamed>, Vec<ApiEntry>),
    /// What a search found.
    Found(ApiFound),
    /// The text as it is.
    Raw(ApiText),
    /// The definition does not have what was asked for.
    Missing(String),
    /// The APIs of something else than an API.
    Tables(Vec<ApiTable>),
}

/// Answer to [`ApiQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiView {
    /// Whose API it is.
    pub label: EntityLabel,
    /// `spec.type`.
    pub definition_type: String,
    /// Format with its version; empty when the definition can only be shown as text.
    pub format: String,
    /// Title of the definition.
    pub title: String,
    /// Version of the API.
    pub version: String,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub schemas: usize,
    /// The list at the side.
    pub groups: Vec<ApiGroup>,
    /// What could not be shown.
    pub problems: Vec<ApiProblem>,
    /// What is beside the list.
    pub shown: ApiShown,
}
