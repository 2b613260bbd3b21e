//! What pages show: answers of the server functions, shared by server-rendered pages and islands.
mod account;
mod admin;
mod api_doc;
mod catalog;
mod entity_head;
mod entity_org;
mod entity_page;
mod entity_text;
mod graph;
mod home;
mod palette;
mod personal;
mod register;
mod search;

pub use account::{
    AccountView, FreshToken, OwnershipRow, ResolverAttempt, SessionRow, SignInFailure,
    SignInProvider, SignInView, TokenRow,
};
pub use admin::{
    AuditQuery, AuditRow, AuditView, ExplainView, PolicyQuery, PolicyView, ReasonRow, RoleRow,
    SimulatedRead, SimulatedRequest, SimulationView,
};
pub use api_doc::{
    ApiBody, ApiChoice, ApiChoices, ApiContent, ApiEntry, ApiExample, ApiFact, ApiField, ApiFound,
    ApiGroup, ApiHead, ApiNamed, ApiOperation, ApiParameter, ApiProblem, ApiQuery, ApiResponse,
    ApiSchema, ApiSecurity, ApiServer, ApiShown, ApiTable, ApiText, ApiView,
};
pub use catalog::{
    CatalogCell, CatalogColumn, CatalogPage, CatalogQuery, CatalogRow, Comparison, Facet,
    FacetValue, FilterAnswer, FilterProblem, FilterTerm, ListCounts, ViewState,
};
pub use entity_head::EntityHead;
pub use entity_org::{Member, Members, OrgNode, OrgQuery, OrgView, OwnedCount, Ownership};
pub use entity_page::{
    EntityProblems, EntityView, EntityWarnings, MissingView, ProblemDetail, Produced,
    RelationGroup, SourceLines, WarningRow,
};
pub use entity_text::{Ancestor, EntityText, TextForm};
pub use graph::{
    GraphQuery, GraphView, MiniGraph, Picture, PictureEdge, PictureNode, Reach, RelatedGroup,
    RelatedRow,
};
pub use home::{HomeSection, HomeView, OwnedRow, QuickLink};
pub use palette::{PaletteAction, PaletteGroup, PaletteItem};
pub use personal::{MarkedRow, SavedView};
pub use register::{
    Dangling, Excerpt, FollowQuery, FollowState, FollowView, FollowedEntity, FollowedLocation,
    ImportEntity, ImportFailure, ImportFile, ImportFound, ImportHost, ImportProblem, ImportState,
    ImportView, LocationsView, NewFileForm, NewFilePreview, NewFileView, OpenedPullRequest,
    RegisteredRow, UnregisterView, UnregisterWay,
};
pub use search::{Piece, SearchHit, SearchQuery, SearchRow, SearchView};
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, EntityRef, Severity};

/// A thing in a list of links: what a page needs to name and link one entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityLabel {
    /// Canonical reference.
    pub entity_ref: EntityRef,
    /// Kind as written in its file, for example `API`; for a missing entity, the kind of the reference.
    pub kind: String,
    /// Name for people; the plain name where there is no better one.
    pub title: String,
    /// False when something refers to it but the catalog does not have it.
    pub exists: bool,
}

/// One row of the catalog table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRow {
    /// Who it is.
    pub label: EntityLabel,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// First owner.
    pub owner: Option<EntityLabel>,
    /// First system it is part of (for a system: its domain).
    pub system: Option<EntityLabel>,
    /// `metadata.description`.
    pub description: Option<String>,
    /// `metadata.tags`.
    pub tags: Vec<String>,
}

/// What happened to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Seen for the first time.
    Added,
    /// Differs from before.
    Updated,
    /// No longer there.
    Removed,
}

/// One entry of the change log, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// Position in the log.
    pub seq: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// The entity.
    pub label: EntityLabel,
    /// What happened.
    pub kind: ChangeKind,
    /// What caused it, for example a file.
    pub cause: String,
}

/// A number with a name and a link target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// Kind as written, for example `Component`.
    pub kind: String,
    /// How many there are.
    pub count: usize,
}

/// How many open problems there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Remarks.
    pub infos: usize,
}

/// What the problems page asks for; every field is part of its URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProblemsQuery {
    /// Only this severity; empty means every one.
    pub severity: String,
    /// Only this owner, as a reference; `none` means no owner.
    pub owner: String,
    /// Only this code.
    pub code: String,
    /// Group by `file` (default) or `owner`.
    pub group: String,
}

/// One open problem with what the page adds to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemRow {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// The entity, when it is in the catalog.
    pub entity: Option<EntityLabel>,
    /// Its owner.
    pub owner: Option<EntityLabel>,
    /// When it was first seen, in milliseconds since 1970-01-01 UTC.
    pub since: i64,
}

/// Problems of one file or of one owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemGroup {
    /// File name or owner title.
    pub title: String,
    /// The owner, when grouped by owner.
    pub owner: Option<EntityLabel>,
    /// The problems, by place.
    pub problems: Vec<ProblemRow>,
}

/// Answer to [`ProblemsQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemsView {
    /// All open problems, whatever the filter.
    pub counts: ProblemCounts,
    /// How many match the filter.
    pub total: usize,
    /// At most 500 problems, grouped.
    pub groups: Vec<ProblemGroup>,
    /// Owners that have problems, to filter by; the value `none` stands for no owner.
    pub owners: Vec<FacetValue>,
    /// Codes that occur, to filter by.
    pub codes: Vec<FacetValue>,
}

impl ProblemCounts {
    /// Adds one problem.
    pub fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }

    /// Returns the number of all of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}
