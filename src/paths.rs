//! Every URL of the user interface as a function; nobody writes a path in a string.
use callboard_model::{
    EntityRef,
    view::{AuditQuery, CatalogQuery, GraphQuery, PolicyQuery, ProblemsQuery, SearchQuery},
};

mod entity;
mod register;
#[cfg(test)]
mod tests;
mod url;

pub use entity::{
    api, api_here, api_raw, download, entity, entity_tab, entity_tab_with, unregister,
};
pub use register::{
    FOLLOW, NEW_FILE, NEW_FILE_PROPOSE, NEW_FILE_TEXT, REMOVE_LOCATION, follow, import, new_file,
};

use url::{Url, encode};

/// The home page.
pub const HOME: &str = "/";
/// The catalog table.
pub const CATALOG: &str = "/catalog";
/// The search page; where the search form of every page leads.
pub const SEARCH: &str = "/search";
/// The list of open problems.
pub const PROBLEMS: &str = "/problems";
/// Takes the form that chooses the colours.
pub const THEME: &str = "/theme";
/// Takes the form that chooses whose things the home page shows.
pub const ME: &str = "/me";
/// Takes the form that stars entities, or takes their stars off.
pub const STARS: &str = "/stars";
/// Takes the form that watches entities, or stops it.
pub const WATCHES: &str = "/watches";
/// Takes the form that chooses colours and density.
pub const PREFERENCES: &str = "/preferences";
/// Takes the form that saves a view of the catalog: `name`, `owner` (a group, or empty), `query`, `back`.
pub const VIEWS: &str = "/views";
/// Takes the form that deletes a saved view: `id`, `back`.
pub const VIEWS_DELETE: &str = "/views/delete";
/// Takes the form that has entities read again.
pub const REFRESH: &str = "/catalog/refresh";
/// The catalog as a file.
pub const CATALOG_EXPORT: &str = "/catalog/export";
/// A few entities side by side.
pub const COMPARE: &str = "/catalog/compare";
/// Registers locations.
pub const IMPORT: &str = "/catalog-import";
/// The list of APIs under the address that Backstage has for it.
pub const API_DOCS: &str = "/api-docs";
/// The ways to sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Takes the form that ends the session, or all of them.
pub const SIGN_OUT: &str = "/sign-out";
/// Who I am, where I am signed in, and my tokens.
pub const SETTINGS: &str = "/settings";
/// Where the settings list what is starred.
pub const SETTINGS_STARRED: &str = "/settings#starred";
/// Takes the form that makes a token, and shows the token once.
pub const TOKENS: &str = "/settings/tokens";
/// Takes the form that revokes a token.
pub const REVOKE_TOKEN: &str = "/settings/tokens/revoke";
/// Takes the form that ends one session.
pub const REVOKE_SESSION: &str = "/settings/sessions/revoke";
/// The audit log.
pub const AUDIT: &str = "/admin/audit";
/// The audit log as a file.
pub const AUDIT_EXPORT: &str = "/api/audit/export";
/// The policy, and why somebody may do something.
pub const POLICY: &str = "/admin/policy";
/// What a changed policy would decide otherwise; also takes the form that asks.
pub const SIMULATE: &str = "/admin/policy/simulate";

/// The pieces of the user interface in all their states.
pub const KIT: &str = "/dev/kit";
/// What entities have to do with each other, beginning with any of them.
pub const GRAPH: &str = "/catalog-graph";

/// Returns the relations of entities, as a page of its own.
#[must_use]
pub fn graph(query: &GraphQuery) -> String {
    let mut url = Url::new(GRAPH);
    url.list("root", &query.root);
    url.graph(query);
    url.text
}

/// Returns the relations of one entity, as a tab of its page.
#[must_use]
pub fn relations(entity: &EntityRef, query: &GraphQuery) -> String {
    let mut url = Url::new(&entity_tab(entity, "relations"));
    url.graph(query);
    url.text
}

/// Returns the catalog with these filters, order and page.
#[must_use]
pub fn catalog(query: &CatalogQuery) -> String {
    let mut url = Url::new(CATALOG);
    for (key, value) in query.pairs() {
        url.text(key, &value);
    }
    url.text
}

/// Returns the file, `csv` or `json`, with every row that these filters find.
#[must_use]
pub fn catalog_export(query: &CatalogQuery, format: &str) -> String {
    let mut url = Url::new(CATALOG_EXPORT);
    url.text("format", format);
    for (key, value) in query.kept().pairs() {
        url.text(key, &value);
    }
    url.text
}

/// Returns the page with these entities, by reference, side by side.
#[must_use]
pub fn compare(refs: &[String]) -> String {
    let mut url = Url::new(COMPARE);
    url.list("ref", refs);
    url.text
}

/// Returns the catalog as a view has it; `query` is the view's own query string.
#[must_use]
pub fn opened_view(query: &str, id: &str) -> String {
    let mut url = Url::new(CATALOG);
    if !query.is_empty() {
        url.text.push('?');
        // What a query string cannot hold is encoded; what is encoded already stays as it is.
        encode(&mut url.text, query, b"!$&'()*+,;=:@/?%");
        url.separator = '&';
    }
    url.text("view", id);
    url.text
}

/// Returns the home page with the changes of what is `mine` or of `all`, for an owner as the address names them
/// (`owner=…`).
#[must_use]
pub fn home_changes(whose: &str, owner: Option<&str>) -> String {
    let owner = owner.map(|owner| format!("&{owner}")).unwrap_or_default();
    format!("/?changes={whose}{owner}#changes")
}

/// Returns the catalog as a saved view has it; `query` is a query string.
#[must_use]
pub fn saved_view(query: &str) -> String {
    if query.is_empty() {
        return CATALOG.to_owned();
    }
    let mut path = format!("{CATALOG}?");
    // What a query string cannot hold is encoded; what is encoded already stays as it is.
    encode(&mut path, query, b"!$&'()*+,;=:@/?%");
    path
}

/// Returns the catalog with every entity of one kind.
#[must_use]
pub fn kind(kind: &str) -> String {
    catalog(&CatalogQuery {
        kind: kind.to_lowercase(),
        ..CatalogQuery::default()
    })
}

/// Returns the catalog with every entity that has this tag.
#[must_use]
pub fn tag(tag: &str) -> String {
    catalog(&CatalogQuery {
        tag: vec![tag.to_owned()],
        ..CatalogQuery::default()
    })
}

/// Returns the catalog with every entity of this owner.
#[must_use]
pub fn owned_by(owner: &EntityRef) -> String {
    catalog(&CatalogQuery {
        owner: vec![owner.to_string()],
        ..CatalogQuery::default()
    })
}

/// Returns the search with these words, filters and page.
#[must_use]
pub fn search(query: &SearchQuery) -> String {
    let mut url = Url::new(SEARCH);
    url.text("q", &query.q);
    url.list("type", &query.types);
    url.list("kind", &query.kind);
    url.list("lifecycle", &query.lifecycle);
    url.list("owner", &query.owner);
    if query.page > 1 {
        url.text("page", &query.page.to_string());
    }
    url.text
}

/// Returns the open problems with these filters.
#[must_use]
pub fn problems(query: &ProblemsQuery) -> String {
    let mut url = Url::new(PROBLEMS);
    url.text("severity", &query.severity);
    url.text("owner", &query.owner);
    url.text("code", &query.code);
    url.text("group", &query.group);
    url.text
}

/// Returns the sign-in page that leads back to a path and query of the portal afterwards.
#[must_use]
pub fn sign_in(back: &str) -> String {
    let mut url = Url::new(SIGN_IN);
    // The home page is where signing in leads anyway, and nobody wants to be led back to signing in.
    if back != HOME && back.split('?').next() != Some(SIGN_IN) {
        url.encoded("back", back, b"");
    }
    url.text
}

/// Returns the audit log with these filters, from this entry on.
#[must_use]
pub fn audit(query: &AuditQuery) -> String {
    let mut url = Url::new(AUDIT);
    url.audit(query);
    if let Some(before) = query.before {
        url.text("before", &before.to_string());
    }
    url.text
}

/// Returns the file, `csv` or `json`, with every entry that has these filters.
#[must_use]
pub fn audit_export(query: &AuditQuery, format: &str) -> String {
    let mut url = Url::new(AUDIT_EXPORT);
    url.text("format", format);
    url.audit(query);
    url.text
}

/// Returns the policy with the answer to this question.
#[must_use]
pub fn policy(query: &PolicyQuery) -> String {
    let mut url = Url::new(POLICY);
    url.text("user", &query.user);
    url.text("permission", &query.permission);
    url.text("resource", &query.resource);
    url.text
}
