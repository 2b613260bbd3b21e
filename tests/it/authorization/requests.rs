//! One request for each route, with what is answered.
/// The name of the entity that those who are forbidden may not learn.
pub(super) const HIDDEN: &str = "hidden-thing";

/// A request for one route.
pub(super) struct Case {
    /// Method and path as in the table.
    pub(super) row: (&'static str, &'static str),
    /// What is asked for; the path of the row when empty.
    pub(super) at: &'static str,
    pub(super) body: Body,
    /// Status for whoever is allowed.
    pub(super) allowed: u16,
    /// Status for whoever may not see the entity that it is about.
    pub(super) forbidden: u16,
    /// Status for nobody, where the route needs nothing.
    pub(super) anonymous: u16,
    /// Whether a program has no use for it.
    pub(super) is_for_people: bool,
}

pub(super) enum Body {
    Nothing,
    Json(&'static str),
    Form(&'static str),
}

impl Case {
    fn at(mut self, at: &'static str) -> Self {
        self.at = at;
        self
    }

    fn json(mut self, body: &'static str) -> Self {
        self.body = Body::Json(body);
        self
    }

    fn form(mut self, body: &'static str) -> Self {
        self.body = Body::Form(body);
        self
    }

    fn forbidden(mut self, status: u16) -> Self {
        self.forbidden = status;
        self
    }

    fn anonymous(mut self, status: u16) -> Self {
        self.anonymous = status;
        self
    }

    fn for_people(mut self) -> Self {
        self.is_for_people = true;
        self
    }
}

/// A request that is answered with this status to whoever is allowed.
fn ask(method: &'static str, path: &'static str, allowed: u16) -> Case {
    Case {
        row: (method, path),
        at: path,
        body: Body::Nothing,
        allowed,
        forbidden: allowed,
        anonymous: allowed,
        is_for_people: false,
    }
}

fn get(path: &'static str, allowed: u16) -> Case {
    ask("GET", path, allowed)
}

fn post(path: &'static str, allowed: u16) -> Case {
    ask("POST", path, allowed)
}

fn delete(path: &'static str, allowed: u16) -> Case {
    ask("DELETE", path, allowed)
}

/// A request for every route.
pub(super) fn cases() -> Vec<Case> {
    let all = [
        entities(),
        locations(),
        others(),
        auth(),
        pages(),
        forms(),
        user_settings(),
        functions(),
    ];
    all.into_iter().flatten().collect()
}

fn entities() -> Vec<Case> {
    const BY_NAME: &str = "/api/catalog/entities/by-name/{kind}/{namespace}/{name}";
    let refs = r#"{"entityRefs": ["component:default/hidden-thing"]}"#;
    vec![
        get("/api/catalog/entities", 200),
        get("/api/catalog/entities/by-query", 200),
        post("/api/catalog/entities/by-query", 200).json("{}"),
        post("/api/catalog/entities/by-refs", 200).json(refs),
        get("/api/catalog/entities/by-uid/{uid}", 200).forbidden(404),
        delete("/api/catalog/entities/by-uid/{uid}", 204)
            .at("/api/catalog/entities/by-uid/{removable-1}")
            .forbidden(403),
        get(BY_NAME, 200).forbidden(404),
        get("/api/catalog/entities/by-name/{kind}/{namespace}/{name}/ancestry", 200).forbidden(404),
        get("/api/catalog/entity-facets", 200).at("/api/catalog/entity-facets?facet=metadata.name"),
        post("/api/catalog/entity-facets", 200).json(r#"{"facets": ["metadata.name"]}"#),
        post("/api/catalog/validate-entity", 200).json(
            r#"{"location": "url:https://example.com/a.yaml", "entity": {"apiVersion": "backstage.io/v1alpha1",
                "kind": "System", "metadata": {"name": "s"}, "spec": {"owner": "o"}}}"#,
        ),
        post("/api/catalog/refresh", 200)
            .json(r#"{"entityRef": "component:default/hidden-thing"}"#)
            .forbidden(404),
        get("/api/catalog/entities/unprocessed/failed", 200),
        get("/api/catalog/entities/unprocessed/pending", 200),
        delete("/api/catalog/entities/unprocessed/delete/{entity_id}", 204)
            .at("/api/catalog/entities/unprocessed/delete/{removable-2}"),
    ]
}

/// Without the permission to read locations the door itself refuses; it does not come to an empty list.
fn locations() -> Vec<Case> {
    let location = r#"{"type": "url", "target": "{host}/new-{number}.yaml"}"#;
    vec![
        get("/api/catalog/locations", 200),
        post("/api/catalog/locations", 201).json(location),
        post("/api/catalog/locations/by-query", 200).json("{}"),
        get("/api/catalog/locations/{id}", 200),
        ask("PUT", "/api/catalog/locations/{id}", 200).json(location),
        delete("/api/catalog/locations/{id}", 204),
        get(
            "/api/catalog/locations/by-entity/{kind}/{namespace}/{name}",
            200,
        ),
        post("/api/catalog/analyze-location", 200)
            .json(r#"{"location": {"type": "url", "target": "{host}/acme/shop"}}"#),
    ]
}

fn others() -> Vec<Case> {
    vec![
        get("/.backstage/health/v1/readiness", 200),
        get("/.backstage/health/v1/liveness", 200),
        get("/api/openapi.json", 200),
        get(
            "/api/catalog/.well-known/backstage/permissions/metadata",
            200,
        ),
        post(
            "/api/catalog/.well-known/backstage/permissions/apply-conditions",
            200,
        )
        .json(r#"{"items": []}"#),
        // What the host signed is the proof.
        post("/api/events/http/{topic}", 202).json("{}"),
        post("/api/permission/authorize", 200).json(r#"{"items": []}"#),
        get("/api/permission/health", 200),
        get("/api/search/query", 200).at("/api/search/query?term=hidden"),
        get("/api/audit/export", 200),
    ]
}

fn auth() -> Vec<Case> {
    let cookie = |path| [get(path, 200).for_people(), delete(path, 204)];
    let mut all = vec![
        get("/api/auth/.well-known/jwks.json", 200),
        get("/api/auth/.well-known/openid-configuration", 200),
        get("/api/auth/v1/userinfo", 200).for_people(),
        get("/api/auth/{provider}/start", 302),
        get("/api/auth/{provider}/handler/frame", 302),
        post("/api/auth/{provider}/handler/frame", 302).form(""),
        // Nothing is needed at the door, since the session that is renewed is the proof; without one there is nothing.
        get("/api/auth/{provider}/refresh", 200)
            .for_people()
            .anonymous(401),
        post("/api/auth/{provider}/refresh", 200)
            .for_people()
            .anonymous(401),
        post("/api/auth/{provider}/logout", 200),
    ];
    all.extend(cookie("/api/app/.backstage/auth/v1/cookie"));
    all.extend(cookie("/api/catalog/.backstage/auth/v1/cookie"));
    all.extend(cookie("/api/techdocs/.backstage/auth/v1/cookie"));
    all
}

fn pages() -> Vec<Case> {
    vec![
        get("/", 200),
        get("/catalog", 200),
        get("/catalog/compare", 200),
        get("/catalog/export", 200),
        get("/catalog/{namespace}/{kind}/{name}", 200).forbidden(404),
        get("/catalog/{namespace}/{kind}/{name}/relations", 200).forbidden(404),
        get("/catalog/{namespace}/{kind}/{name}/api", 200).forbidden(404),
        get("/catalog/{namespace}/{kind}/{name}/problems", 200).forbidden(404),
        // The entity that is asked for has no definition, so it is not there for anybody.
        get("/catalog/{namespace}/{kind}/{name}/api/raw", 404).forbidden(404),
        get("/api-docs", 303),
        get("/catalog/{namespace}/{kind}/{name}/yaml", 200).forbidden(404),
        get("/catalog/{namespace}/{kind}/{name}/download", 200).forbidden(404),
        get("/catalog-graph", 200),
        get("/problems", 200),
        get("/search", 200).at("/search?q=hidden"),
        get("/sign-in", 200),
        get("/settings", 200).for_people(),
        get("/settings/tokens", 200).for_people(),
        get("/admin/audit", 200),
        get("/admin/policy", 200),
        get("/admin/policy/simulate", 200),
        get("/dev/kit", 200),
        get("/catalog-import", 200),
        get("/catalog-import/follow", 200),
        get("/catalog-import/new", 200),
        get("/catalog-import/new/pull-request", 200),
        get("/catalog/{namespace}/{kind}/{name}/unregister", 200).forbidden(404),
        get("/pkg/{name}", 404),
    ]
}

/// What a person keeps by the API: written first, so that it is there to be read.
fn user_settings() -> Vec<Case> {
    const AT: &str = "/api/user-settings/buckets/{bucket}/keys/{key}";
    vec![
        ask("PUT", AT, 200).json(r#"{"value": 1}"#).for_people(),
        get(AT, 200).for_people(),
        delete(AT, 204).for_people(),
    ]
}

fn forms() -> Vec<Case> {
    let policy =
        "policy=apiVersion%3A%20callboard.dev%2Fv1%0Akind%3A%20Policy%0Aroles%3A%20%5B%5D%0A";
    vec![
        post("/theme", 303).form("theme=dark"),
        post("/preferences", 303).form("theme=dark&density=compact"),
        post("/stars", 303)
            .form("ref=component:default/hidden-thing&on=1")
            .forbidden(404)
            .for_people(),
        post("/watches", 303)
            .form("ref=component:default/hidden-thing&on=1")
            .forbidden(404)
            .for_people(),
        post("/views", 303)
            .form("name=Mine&query=kind%3Dapi")
            .for_people(),
        post("/views/delete", 303).form("id=x").for_people(),
        post("/me", 303).form("owner="),
        post("/catalog/refresh", 303)
            .form("ref=component%3Adefault%2Fhidden-thing")
            .forbidden(404),
        post("/sign-out", 303).form(""),
        post("/settings/sessions/revoke", 303)
            .form("id=x")
            .for_people(),
        post("/settings/tokens", 200)
            .form("name=x&scope=read&days=1")
            .for_people(),
        post("/settings/tokens/revoke", 303)
            .form("id=x")
            .for_people(),
        post("/admin/policy/simulate", 200).form(policy),
        // A host that nothing is read from: the request is allowed, and what it asks for is not.
        post("/catalog-import", 400).form("target=https%3A%2F%2Fother.example%2Fa.yaml"),
        post("/catalog-import/remove", 303).form("id=x"),
        post("/catalog-import/new/file", 200).form("kind=Component&name=x"),
        post("/catalog-import/new/pull-request", 400).form("kind=Component&name=x"),
        post("/catalog/{namespace}/{kind}/{name}/unregister", 303)
            .form("")
            .forbidden(404),
    ]
}

fn functions() -> Vec<Case> {
    vec![
        get("/fn/catalog/entities", 200).at("/fn/catalog/entities?query%5Bq%5D="),
        get("/fn/catalog/filter", 200).at("/fn/catalog/filter?query%5Bq%5D="),
        get("/fn/catalog/compare", 200)
            .at("/fn/catalog/compare?refs=component%3Adefault%2Fhidden-thing"),
        get("/fn/catalog/entity", 200)
            .at("/fn/catalog/entity?kind=component&namespace=default&name=hidden-thing")
            .forbidden(404),
        get("/fn/catalog/entity-head", 200)
            .at("/fn/catalog/entity-head?kind=component&namespace=default&name=hidden-thing")
            .forbidden(404),
        get("/fn/catalog/api", 200)
            .at("/fn/catalog/api?query%5Bkind%5D=component&query%5Bnamespace%5D=default&query%5Bname%5D=hidden-thing")
            .forbidden(404),
        get("/fn/palette", 200).at("/fn/palette?text="),
        get("/fn/catalog/home", 200).at("/fn/catalog/home?owner=&changes="),
        get("/fn/catalog/entity-org", 200)
            .at("/fn/catalog/entity-org?kind=component&namespace=default&name=hidden-thing&query%5Bowned%5D=")
            .forbidden(404),
        get("/fn/catalog/entity-problems", 200)
            .at("/fn/catalog/entity-problems?kind=component&namespace=default&name=hidden-thing")
            .forbidden(404),
        get("/fn/catalog/entity-text", 200)
            .at("/fn/catalog/entity-text?kind=component&namespace=default&name=hidden-thing&form=yaml")
            .forbidden(404),
        get("/fn/catalog/missing", 200)
            .at("/fn/catalog/missing?kind=component&namespace=default&name=no-such"),
        get("/fn/catalog/graph", 200).at("/fn/catalog/graph?query%5Bdepth%5D=1"),
        get("/fn/catalog/mini-graph", 200)
            .at("/fn/catalog/mini-graph?kind=component&namespace=default&name=hidden-thing")
            .forbidden(404),
        get("/fn/catalog/home", 200).at("/fn/catalog/home?owner="),
        get("/fn/catalog/problems", 200).at("/fn/catalog/problems?query%5Bowner%5D="),
        get("/fn/search/query", 200).at("/fn/search/query?query%5Bq%5D=hidden"),
        get("/fn/search/suggest", 200).at("/fn/search/suggest?q=hidden"),
        get("/fn/register/import", 200).at("/fn/register/import?url="),
        get("/fn/register/follow", 200).at("/fn/register/follow?query%5Bid%5D%5B0%5D=x"),
        get("/fn/register/new-file", 200).at("/fn/register/new-file?form%5Burl%5D="),
        get("/fn/register/unregister", 200)
            .at("/fn/register/unregister?kind=component&namespace=default&name=hidden-thing")
            .forbidden(404),
        get("/fn/account/sign-in", 200).at("/fn/account/sign-in?back=&failure="),
        get("/fn/account/me", 200).for_people(),
        get("/fn/admin/audit", 200).at("/fn/admin/audit?query%5Bq%5D="),
        get("/fn/admin/policy", 200).at("/fn/admin/policy?query%5Buser%5D="),
    ]
}
