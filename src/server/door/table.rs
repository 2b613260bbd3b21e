//! Every route with what it needs. A test holds the table against the router and asks each route as several callers.
//!
//! The door looks at a permission only where it is about nothing in particular. Where it is about an entity, the room
//! behind asks once more, for that entity.

/// What a route needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: what is told is for everybody.
    Nothing,
    /// A caller who is known. What is told depends on who it is.
    SignIn,
    /// A permission that is about nothing in particular.
    Permission(&'static str),
    /// A permission on the entity that the request names.
    On(&'static str),
    /// A caller who is a program.
    Service,
}

/// A method, a path as the router has it, and what the route needs.
pub type Row = (&'static str, &'static str, Needs);

use Needs::{Nothing, On, Permission, Service, SignIn};

const READ: Needs = On("catalog.entity.read");

/// Routes of programs.
pub const REST: &[Row] = &[
    ("GET", "/.backstage/health/v1/readiness", Nothing),
    ("GET", "/.backstage/health/v1/liveness", Nothing),
    ("GET", "/api/openapi.json", Nothing),
    ("GET", "/api/catalog/entities", READ),
    ("GET", "/api/catalog/entities/by-query", READ),
    ("POST", "/api/catalog/entities/by-query", READ),
    ("POST", "/api/catalog/entities/by-refs", READ),
    ("GET", "/api/catalog/entities/by-uid/{uid}", READ),
    (
        "DELETE",
        "/api/catalog/entities/by-uid/{uid}",
        On("catalog.entity.delete"),
    ),
    (
        "GET",
        "/api/catalog/entities/by-name/{kind}/{namespace}/{name}",
        READ,
    ),
    (
        "GET",
        "/api/catalog/entities/by-name/{kind}/{namespace}/{name}/ancestry",
        READ,
    ),
    ("GET", "/api/catalog/entity-facets", READ),
    ("POST", "/api/catalog/entity-facets", READ),
    (
        "POST",
        "/api/catalog/validate-entity",
        Permission("catalog.entity.validate"),
    ),
    ("POST", "/api/catalog/refresh", On("catalog.entity.refresh")),
    (
        "GET",
        "/api/catalog/locations",
        Permission("catalog.location.read"),
    ),
    (
        "POST",
        "/api/catalog/locations",
        Permission("catalog.location.create"),
    ),
    (
        "POST",
        "/api/catalog/locations/by-query",
        Permission("catalog.location.read"),
    ),
    (
        "GET",
        "/api/catalog/locations/{id}",
        Permission("catalog.location.read"),
    ),
    (
        "PUT",
        "/api/catalog/locations/{id}",
        Permission("catalog.location.create"),
    ),
    (
        "DELETE",
        "/api/catalog/locations/{id}",
        Permission("catalog.location.delete"),
    ),
    (
        "GET",
        "/api/catalog/locations/by-entity/{kind}/{namespace}/{name}",
        Permission("catalog.location.read"),
    ),
    (
        "POST",
        "/api/catalog/analyze-location",
        Permission("catalog.location.analyze"),
    ),
    (
        "GET",
        "/api/catalog/entities/unprocessed/failed",
        Permission("catalog.ingestion.read"),
    ),
    (
        "GET",
        "/api/catalog/entities/unprocessed/pending",
        Permission("catalog.ingestion.read"),
    ),
    (
        "DELETE",
        "/api/catalog/entities/unprocessed/delete/{entity_id}",
        Permission("catalog.ingestion.manage"),
    ),
    (
        "GET",
        "/api/catalog/.well-known/backstage/permissions/metadata",
        SignIn,
    ),
    (
        "POST",
        "/api/catalog/.well-known/backstage/permissions/apply-conditions",
        Service,
    ),
    // Source hosts prove themselves by what they sign.
    ("POST", "/api/events/http/{topic}", Nothing),
    ("GET", "/api/auth/.well-known/jwks.json", Nothing),
    ("GET", "/api/auth/.well-known/openid-configuration", Nothing),
    // The token that is asked about proves the caller.
    ("GET", "/api/auth/v1/userinfo", SignIn),
    ("GET", "/api/auth/{provider}/start", Nothing),
    ("GET", "/api/auth/{provider}/handler/frame", Nothing),
    ("POST", "/api/auth/{provider}/handler/frame", Nothing),
    // The cookie of the session, or the headers of a proxy, prove the caller.
    ("GET", "/api/auth/{provider}/refresh", Nothing),
    ("POST", "/api/auth/{provider}/refresh", Nothing),
    ("POST", "/api/auth/{provider}/logout", Nothing),
    ("GET", "/api/app/.backstage/auth/v1/cookie", SignIn),
    ("DELETE", "/api/app/.backstage/auth/v1/cookie", Nothing),
    ("GET", "/api/catalog/.backstage/auth/v1/cookie", SignIn),
    ("DELETE", "/api/catalog/.backstage/auth/v1/cookie", Nothing),
    ("GET", "/api/techdocs/.backstage/auth/v1/cookie", SignIn),
    ("DELETE", "/api/techdocs/.backstage/auth/v1/cookie", Nothing),
    ("POST", "/api/permission/authorize", Nothing),
    ("GET", "/api/permission/health", Nothing),
    ("GET", "/api/search/query", READ),
    (
        "GET",
        "/api/user-settings/buckets/{bucket}/keys/{key}",
        SignIn,
    ),
    (
        "PUT",
        "/api/user-settings/buckets/{bucket}/keys/{key}",
        SignIn,
    ),
    (
        "DELETE",
        "/api/user-settings/buckets/{bucket}/keys/{key}",
        SignIn,
    ),
    (
        "GET",
        "/api/audit/export",
        Permission("callboard.audit.read"),
    ),
];

/// Routes of people.
pub const PAGES: &[Row] = &[
    ("GET", "/", SignIn),
    ("GET", "/catalog", READ),
    ("GET", "/catalog/compare", READ),
    ("GET", "/catalog/export", READ),
    ("POST", "/catalog/refresh", On("catalog.entity.refresh")),
    ("GET", "/catalog/{namespace}/{kind}/{name}", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/relations", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/api", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/problems", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/api/raw", READ),
    ("GET", "/api-docs", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/yaml", READ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/download", READ),
    ("GET", "/catalog-graph", READ),
    ("GET", "/problems", SignIn),
    ("GET", "/search", SignIn),
    ("GET", "/sign-in", Nothing),
    ("GET", "/settings", SignIn),
    ("GET", "/settings/tokens", SignIn),
    ("GET", "/admin/audit", Permission("callboard.audit.read")),
    ("GET", "/admin/policy", Permission("policy.entity.read")),
    (
        "GET",
        "/admin/policy/simulate",
        Permission("policy.entity.read"),
    ),
    ("GET", "/dev/kit", SignIn),
    ("POST", "/theme", Nothing),
    ("POST", "/preferences", SignIn),
    ("POST", "/stars", READ),
    ("POST", "/watches", READ),
    ("POST", "/views", SignIn),
    ("POST", "/views/delete", SignIn),
    ("POST", "/me", SignIn),
    ("POST", "/sign-out", Nothing),
    ("POST", "/settings/sessions/revoke", SignIn),
    ("POST", "/settings/tokens", SignIn),
    ("POST", "/settings/tokens/revoke", SignIn),
    (
        "POST",
        "/admin/policy/simulate",
        Permission("policy.entity.read"),
    ),
    (
        "GET",
        "/catalog-import",
        Permission("catalog.location.create"),
    ),
    (
        "POST",
        "/catalog-import",
        Permission("catalog.location.create"),
    ),
    (
        "GET",
        "/catalog-import/follow",
        Permission("catalog.location.create"),
    ),
    (
        "POST",
        "/catalog-import/remove",
        Permission("catalog.location.delete"),
    ),
    (
        "GET",
        "/catalog-import/new",
        Permission("catalog.location.create"),
    ),
    (
        "POST",
        "/catalog-import/new/file",
        Permission("catalog.location.create"),
    ),
    (
        "GET",
        "/catalog-import/new/pull-request",
        Permission("catalog.location.create"),
    ),
    (
        "POST",
        "/catalog-import/new/pull-request",
        Permission("catalog.location.analyze"),
    ),
    ("GET", "/catalog/{namespace}/{kind}/{name}/unregister", READ),
    (
        "POST",
        "/catalog/{namespace}/{kind}/{name}/unregister",
        READ,
    ),
    ("GET", "/pkg/{name}", Nothing),
];

/// Server functions.
pub const FUNCTIONS: &[Row] = &[
    ("GET", "/fn/catalog/entities", READ),
    ("GET", "/fn/catalog/filter", READ),
    ("GET", "/fn/catalog/compare", READ),
    ("GET", "/fn/catalog/entity", READ),
    ("GET", "/fn/catalog/entity-head", READ),
    ("GET", "/fn/catalog/api", READ),
    ("GET", "/fn/palette", SignIn),
    ("GET", "/fn/catalog/entity-org", READ),
    ("GET", "/fn/catalog/entity-problems", READ),
    ("GET", "/fn/catalog/entity-text", READ),
    ("GET", "/fn/catalog/missing", READ),
    ("GET", "/fn/catalog/graph", READ),
    ("GET", "/fn/catalog/mini-graph", READ),
    ("GET", "/fn/catalog/home", SignIn),
    ("GET", "/fn/catalog/problems", SignIn),
    ("GET", "/fn/search/query", READ),
    ("GET", "/fn/search/suggest", READ),
    (
        "GET",
        "/fn/register/import",
        Permission("catalog.location.create"),
    ),
    (
        "GET",
        "/fn/register/follow",
        Permission("catalog.location.create"),
    ),
    (
        "GET",
        "/fn/register/new-file",
        Permission("catalog.location.create"),
    ),
    ("GET", "/fn/register/unregister", READ),
    ("GET", "/fn/account/sign-in", Nothing),
    ("GET", "/fn/account/me", SignIn),
    ("GET", "/fn/admin/audit", Permission("callboard.audit.read")),
    ("GET", "/fn/admin/policy", Permission("policy.entity.read")),
];

/// Returns what a route needs. One that the table does not have needs a caller who is known.
pub(super) fn needs(method: &str, path: &str) -> Needs {
    let method = if method == "HEAD" { "GET" } else { method };
    let all = REST.iter().chain(PAGES).chain(FUNCTIONS);
    let mut found = all.filter(|(known, route, _)| *known == method && *route == path);
    found.next().map_or(SignIn, |(.., needs)| *needs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_of_the_table_is_known_and_of_the_right_kind() {
        for (method, path, needs) in REST.iter().chain(PAGES).chain(FUNCTIONS) {
            let (name, has_resource) = match needs {
                Permission(name) => (name, false),
                On(name) => (name, true),
                Nothing | SignIn | Service => continue,
            };
            let known = callboard_policy::find(name);
            let known = known.unwrap_or_else(|| panic!("{method} {path}: no permission {name}"));
            assert_eq!(
                known.resource_type.is_some(),
                has_resource,
                "{method} {path}"
            );
        }
    }

    #[test]
    fn a_route_stands_once_and_what_is_missing_is_not_open() {
        let all: Vec<_> = REST.iter().chain(PAGES).chain(FUNCTIONS).collect();
        let mut seen = std::collections::HashSet::new();
        for (method, path, _) in all {
            assert!(seen.insert((method, path)), "{method} {path}");
        }
        assert_eq!(needs("GET", "/api/new"), SignIn);
        assert_eq!(needs("PATCH", "/theme"), SignIn);
        assert_eq!(needs("HEAD", "/sign-in"), Nothing);
    }
}
