//! What the pages for registering and unregistering show.
use serde::{Deserialize, Serialize};

use super::EntityLabel;
use crate::Diagnostic;

/// The page that takes an address and shows what it would bring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Whether registering is switched off by the configuration.
    pub readonly: bool,
    /// Whether the portal reads other hosts at all.
    pub reads_hosts: bool,
    /// Hosts that can be read.
    pub hosts: Vec<ImportHost>,
    /// What the address would bring, when one was given.
    pub found: Option<ImportFound>,
    /// The registered locations; absent for whoever may not see them, and where an address was looked at.
    pub locations: Option<LocationsView>,
}

/// A host that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHost {
    /// Its name.
    pub name: String,
    /// What runs there, as people call it.
    pub kind: String,
    /// Whether the portal has credentials for it.
    pub has_credentials: bool,
    /// Whether pull requests can be opened there.
    pub can_propose: bool,
    /// The address of a file there, as an example.
    pub example: String,
}

/// What an address would bring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFound {
    /// The address as it was given.
    pub url: String,
    /// What is read because of it: the same, or a pattern for all catalog files below it.
    pub target: String,
    /// Whether the files were searched for, so that each can be chosen.
    pub is_search: bool,
    /// Why nothing can be registered, if so.
    pub failure: Option<ImportFailure>,
    /// The location that is registered with this target already.
    pub registered: Option<RegisteredRow>,
    /// The place of the configuration that names this target already.
    pub configured: Option<String>,
    /// The files, in order; at most 200.
    pub files: Vec<ImportFile>,
    /// How many files there are.
    pub files_total: usize,
    /// How many entities there are.
    pub entities_total: usize,
    /// Problems of no file.
    pub problems: Vec<ImportProblem>,
}

/// Why an address cannot be registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFailure {
    /// What happened, as a sentence without a full stop.
    pub title: String,
    /// The reason as the reader gives it.
    pub reason: String,
    /// What to do next, each as a sentence; words between backticks are code.
    pub next: Vec<String>,
    /// Whether a first catalog file may be what is missing.
    pub may_make_file: bool,
}

/// One file and what it would bring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// Its address.
    pub target: String,
    /// Whether a location with this very address is registered.
    pub is_registered: bool,
    /// What it would bring; at most 200 over all files.
    pub entities: Vec<ImportEntity>,
    /// How many entities it has.
    pub total: usize,
    /// What is wrong with it; at most 50.
    pub problems: Vec<ImportProblem>,
}

impl ImportFile {
    /// Tells whether something of the file would be missing.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let is_error = |one: &ImportProblem| one.diagnostic.severity == crate::Severity::Error;
        self.problems.iter().any(is_error)
    }
}

/// An entity that would be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportEntity {
    /// Who it is; `exists` tells whether the catalog has it.
    pub label: EntityLabel,
    /// Its first owner.
    pub owner: Option<EntityLabel>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// What would become of it.
    pub state: ImportState,
}

/// What would become of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportState {
    /// The catalog has none of that name.
    New,
    /// The catalog has it from this very file.
    Known,
    /// The catalog has one of that name from another place, which would keep the name.
    Taken(String),
    /// Another document of this address has that name.
    Twice,
}

/// A problem with the lines that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// The lines; absent where the place is not known.
    pub excerpt: Option<Excerpt>,
}

/// Some lines of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Number of the first line.
    pub first: u32,
    /// The lines, each cut to what a person can look at.
    pub lines: Vec<String>,
    /// First and last line that is meant.
    pub marked: (u32, u32),
}

/// A registered location.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredRow {
    /// Its id.
    pub id: String,
    /// Its address.
    pub target: String,
    /// The Location entity that stands for it, when the catalog has it.
    pub label: Option<EntityLabel>,
    /// What it brought; at most 10.
    pub entities: Vec<EntityLabel>,
    /// How many entities it brought.
    pub total: usize,
    /// How many errors its files have.
    pub errors: usize,
    /// When its host was last asked with success, in milliseconds since 1970-01-01 UTC.
    pub read_at: Option<i64>,
}

/// The registered locations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationsView {
    /// The latest first; at most 100.
    pub rows: Vec<RegisteredRow>,
    /// How many there are.
    pub total: usize,
    /// Whether the caller may remove one.
    pub may_remove: bool,
}

/// What the page that follows a registration asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowQuery {
    /// Ids of locations.
    pub id: Vec<String>,
    /// References that were promised.
    pub entity: Vec<String>,
}

/// Answer to [`FollowQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowView {
    /// The locations, in the order in which they were asked for.
    pub locations: Vec<FollowedLocation>,
    /// The entities that were promised or have come; at most 200.
    pub entities: Vec<FollowedEntity>,
    /// How many entities have come in all.
    pub total: usize,
    /// Whether nothing more is waited for.
    pub is_done: bool,
}

/// A location that was registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowedLocation {
    /// Its address; absent when it is not registered any more.
    pub target: Option<String>,
    /// Whether it was read.
    pub state: FollowState,
    /// Why it is not as it should be.
    pub problems: Vec<Diagnostic>,
}

/// An entity that was promised or has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowedEntity {
    /// Who it is.
    pub label: EntityLabel,
    /// Whether it is there.
    pub state: FollowState,
    /// The first error about it.
    pub problem: Option<Diagnostic>,
}

/// How far something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FollowState {
    /// It is not there yet.
    #[default]
    Waiting,
    /// It is there.
    There,
    /// It will not come before something is repaired.
    Failed,
}

/// What it would mean to unregister an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnregisterView {
    /// The entity.
    pub label: EntityLabel,
    /// How it can go away.
    pub way: UnregisterWay,
    /// Why the caller may not do it, if so.
    pub refusal: Option<String>,
    /// Everything that would go away, the entity among them; at most 50.
    pub entities: Vec<EntityLabel>,
    /// How many entities would go away.
    pub total: usize,
    /// What would refer to nothing afterwards; at most 50.
    pub dangling: Vec<Dangling>,
    /// How many would.
    pub dangling_total: usize,
}

/// How an entity can go away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnregisterWay {
    /// By removing the registered location that brought it.
    Location {
        /// Its id.
        id: String,
        /// Its address.
        target: String,
    },
    /// By removing it alone: no source has it any more.
    Orphan,
    /// By changing the configuration, at this place, which names this target.
    Configured {
        /// File and line; empty when they are not known.
        place: String,
        /// What the location names.
        target: String,
    },
    /// Not at all: its location is gone already, and it will follow.
    Leaving,
    /// By `callboard user forget`: sign-in made it.
    SignIn,
}

/// Something that refers to what would go away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dangling {
    /// What refers.
    pub from: EntityLabel,
    /// Its owner, to be told.
    pub owner: Option<EntityLabel>,
    /// The fields in which it does, for example `spec.dependsOn`.
    pub fields: Vec<String>,
    /// To what.
    pub to: Vec<EntityLabel>,
}

/// The form for a first catalog file, with what was made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFileView {
    /// The form as it was filled in, or as it is filled in for a start.
    pub form: NewFileForm,
    /// Whether registering is switched off by the configuration.
    pub readonly: bool,
    /// The address that the file will have.
    pub target: Option<String>,
    /// Why the address means no repository, if so.
    pub mistake: Option<String>,
    /// Whether a pull request can be opened there.
    pub can_propose: bool,
    /// The file, when it was asked for.
    pub preview: Option<NewFilePreview>,
    /// Groups and users to choose an owner from; at most 500.
    pub owners: Vec<EntityLabel>,
    /// Systems to choose from; at most 500.
    pub systems: Vec<EntityLabel>,
}

/// A catalog file that was made from the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFilePreview {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl NewFilePreview {
    /// Tells whether the file would bring nothing.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let is_error = |one: &Diagnostic| one.severity == crate::Severity::Error;
        self.problems.iter().any(is_error)
    }
}

/// The fields of the form for a first catalog file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFileForm {
    /// Address of the repository.
    pub url: String,
    /// Path of the file in it.
    pub path: String,
    /// Kind of the entity.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.title`.
    pub title: String,
    /// `metadata.description`.
    pub description: String,
    /// `spec.owner`.
    pub owner: String,
    /// `spec.type`.
    #[serde(rename = "type")]
    pub entity_type: String,
    /// `spec.lifecycle`.
    pub lifecycle: String,
    /// `spec.system`.
    pub system: String,
    /// `metadata.tags`, between commas or spaces.
    pub tags: String,
    /// Not empty when the file should be shown.
    pub preview: String,
    /// Branch of the pull request.
    pub branch: String,
    /// Title of the pull request.
    pub pr_title: String,
    /// What the pull request says.
    pub pr_body: String,
}

/// A pull request that was opened from the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedPullRequest {
    /// Its page.
    pub url: String,
    /// Its number.
    pub number: u64,
    /// The branch that it would change.
    pub base: String,
    /// The address that the file has once it is merged.
    pub target: String,
}
