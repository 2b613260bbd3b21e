//! Every URL of the user interface as a function; nobody writes a path in a string.
use callboard_model::{
    EntityRef,
    view::{
        ApiQuery, AuditQuery, CatalogQuery, GraphQuery, PolicyQuery, ProblemsQuery, SearchQuery,
    },
};

mod register;

pub use register::{
    FOLLOW, NEW_FILE, NEW_FILE_PROPOSE, NEW_FILE_TEXT, REMOVE_LOCATION, follow, import, new_file,
};

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

/// Returns the page of one entity.
#[must_use]
pub fn entity(entity: &EntityRef) -> String {
    let mut path = CATALOG.to_owned();
    for part in [&entity.namespace, &entity.kind, &entity.name] {
        path.push('/');
        encode(&mut path, part, b"");
    }
    path
}

/// Returns one tab of an entity's page: `relations`, `api`, `problems` or `yaml`; its first tab when empty.
#[must_use]
pub fn entity_tab(entity: &EntityRef, tab: &str) -> String {
    let mut path = self::entity(entity);
    if !tab.is_empty() {
        path.push('/');
        path.push_str(tab);
    }
    path
}

/// Returns the API tab as a query wants it.
#[must_use]
pub fn api(query: &ApiQuery) -> String {
    let entity = EntityRef::new(&query.kind, &query.namespace, &query.name);
    let mut url = Url::new(&entity_tab(&entity, "api"));
    url.api(query);
    url.text
}

/// Returns the API tab as a query wants it, for links on that tab: they are many, and need only its query.
#[must_use]
pub fn api_here(query: &ApiQuery) -> String {
    let mut url = Url::new("");
    url.api(query);
    if url.text.is_empty() {
        return api(query);
    }
    url.text
}

/// Returns one tab of an entity's page with what it is asked for, leaving out what is empty.
#[must_use]
pub fn entity_tab_with(entity: &EntityRef, tab: &str, asked: &[(&str, &str)]) -> String {
    let mut url = Url::new(&entity_tab(entity, tab));
    for (key, value) in asked {
        url.text(key, value);
    }
    url.text
}

/// Returns the definition of an API as a file.
#[must_use]
pub fn api_raw(entity: &EntityRef) -> String {
    entity_tab(entity, "api/raw")
}

/// Returns the file of one entity, `yaml` or `json`.
#[must_use]
pub fn download(entity: &EntityRef, format: &str) -> String {
    entity_tab_with(entity, "download", &[("format", format)])
}

/// Returns the page that unregisters an entity, and takes its form.
#[must_use]
pub fn unregister(entity: &EntityRef) -> String {
    entity_tab(entity, "unregister")
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

/// A path that grows a query string.
struct Url {
    text: String,
    separator: char,
}

impl Url {
    fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            separator: '?',
        }
    }

    /// Adds one parameter, unless it is empty.
    fn text(&mut self, key: &str, value: &str) {
        // All are legal in a query (RFC 3986, 3.4) and keep references and lists readable.
        self.encoded(key, value, b":/,");
    }

    /// Adds one parameter with these characters left as they are, unless it is empty.
    fn encoded(&mut self, key: &str, value: &str, also: &[u8]) {
        if value.is_empty() {
            return;
        }
        self.text.push(self.separator);
        self.text.push_str(key);
        self.text.push('=');
        encode(&mut self.text, value, also);
        self.separator = '&';
    }

    /// Adds the filters of the audit log.
    fn audit(&mut self, query: &AuditQuery) {
        self.text("actor", &query.actor);
        self.text("event", &query.event);
        self.text("decision", &query.decision);
        self.text("result", &query.result);
        self.text("q", &query.q);
        self.text("from", &query.from);
        self.text("to", &query.to);
    }

    /// Adds what the relations of entities are asked for, apart from the entities.
    fn graph(&mut self, query: &GraphQuery) {
        self.text("view", &query.view);
        self.text("direction", &query.direction);
        if query.depth > 1 {
            self.text("depth", &query.depth.to_string());
        }
        self.list("kind", &query.kind);
        self.list("relation", &query.relation);
        self.text("layout", &query.layout);
        if query.unmerged {
            self.text("merge", "false");
        }
        if query.page > 1 {
            self.text("page", &query.page.to_string());
        }
    }

    /// Adds what of a definition is shown.
    fn api(&mut self, query: &ApiQuery) {
        self.text("q", &query.q);
        self.text("op", &query.op);
        self.text("schema", &query.schema);
        self.text("group", &query.group);
        self.text("raw", if query.raw { "1" } else { "" });
        if query.page > 1 {
            self.text("page", &query.page.to_string());
        }
    }

    /// Adds one parameter for each value.
    fn list(&mut self, key: &str, values: &[String]) {
        for value in values {
            self.text(key, value);
        }
    }
}

/// Appends a text with everything percent-encoded but unreserved characters and those in `also`.
fn encode(out: &mut String, text: &str, also: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_of_the_catalog_is_in_its_url() {
        let query = CatalogQuery {
            kind: "component".to_owned(),
            entity_type: vec!["service".to_owned(), "library".to_owned()],
            owner: vec!["group:default/a".to_owned()],
            lifecycle: vec!["production".to_owned()],
            tag: vec!["c++".to_owned()],
            namespace: vec!["default".to_owned()],
            status: vec!["orphan".to_owned()],
            list: "owned".to_owned(),
            q: "a & b".to_owned(),
            sort: "-name".to_owned(),
            columns: "owner,label:tier".to_owned(),
            size: 50,
            facet: "tag".to_owned(),
            fq: "c".to_owned(),
            view: "v".to_owned(),
            page: 2,
        };
        assert_eq!(
            catalog(&query),
            "/catalog?kind=component&type=service&type=library&owner=group:default/a&lifecycle=production\
             &tag=c%2B%2B&namespace=default&status=orphan&list=owned&q=a%20%26%20b&sort=-name\
             &columns=owner,label:tier&size=50&facet=tag&fq=c&view=v&page=2"
        );
        assert_eq!(
            catalog_export(&query, "csv"),
            "/catalog/export?format=csv&kind=component&type=service&type=library&owner=group:default/a\
             &lifecycle=production&tag=c%2B%2B&namespace=default&status=orphan&list=owned&q=a%20%26%20b&sort=-name\
             &columns=owner,label:tier&size=50"
        );
    }

    #[test]
    fn everything_about_relations_is_in_their_url() {
        let query = GraphQuery {
            root: vec!["api:default/a".to_owned(), "api:default/b".to_owned()],
            direction: "in".to_owned(),
            depth: 3,
            kind: vec!["api".to_owned()],
            relation: vec!["dependsOn".to_owned()],
            layout: "TB".to_owned(),
            view: "graph".to_owned(),
            unmerged: true,
            page: 2,
        };
        let rest = "view=graph&direction=in&depth=3&kind=api&relation=dependsOn&layout=TB&merge=false&page=2";
        assert_eq!(
            graph(&query),
            format!("/catalog-graph?root=api:default/a&root=api:default/b&{rest}")
        );
        let entity = EntityRef::new("API", "default", "a");
        assert_eq!(
            relations(&entity, &query),
            format!("/catalog/default/api/a/relations?{rest}")
        );
        assert_eq!(
            relations(&entity, &GraphQuery::default()),
            "/catalog/default/api/a/relations"
        );
    }

    #[test]
    fn what_is_not_asked_for_is_not_in_the_url() {
        assert_eq!(catalog(&CatalogQuery::default()), "/catalog");
        assert_eq!(
            catalog(&CatalogQuery {
                page: 1,
                ..CatalogQuery::default()
            }),
            "/catalog"
        );
        assert_eq!(problems(&ProblemsQuery::default()), "/problems");
    }

    #[test]
    fn a_view_stays_within_the_catalog() {
        assert_eq!(opened_view("", "v1"), "/catalog?view=v1");
        assert_eq!(
            opened_view("kind=api&q=a%20b", "v&1"),
            "/catalog?kind=api&q=a%20b&view=v%261"
        );
        assert_eq!(opened_view("#\"><x", "v"), "/catalog?%23%22%3E%3Cx&view=v");
    }

    #[test]
    fn what_of_a_definition_is_shown_is_in_its_url() {
        let query = ApiQuery {
            kind: "API".to_owned(),
            namespace: "default".to_owned(),
            name: "boats".to_owned(),
            op: "GET /boats/{id}".to_owned(),
            ..ApiQuery::default()
        };
        assert_eq!(
            api(&query),
            "/catalog/default/api/boats/api?op=GET%20/boats/%7Bid%7D"
        );
        assert_eq!(api_here(&query), "?op=GET%20/boats/%7Bid%7D");
        let plain = ApiQuery {
            op: String::new(),
            page: 1,
            ..query
        };
        assert_eq!(api_here(&plain), "/catalog/default/api/boats/api");
        let entity = EntityRef::new("api", "default", "boats");
        assert_eq!(api_raw(&entity), "/catalog/default/api/boats/api/raw");
    }

    #[test]
    fn a_name_cannot_leave_its_path_segment() {
        let odd = EntityRef::new("API", "default", "a/b?c#d");
        assert_eq!(entity(&odd), "/catalog/default/api/a%2Fb%3Fc%23d");
    }

    #[test]
    fn shortcuts_lead_into_the_catalog() {
        assert_eq!(kind("API"), "/catalog?kind=api");
        assert_eq!(tag("rust"), "/catalog?tag=rust");
        assert_eq!(
            owned_by(&EntityRef::new("group", "default", "a")),
            "/catalog?owner=group:default/a"
        );
    }

    #[test]
    fn every_filter_of_the_search_is_in_its_url() {
        let query = SearchQuery {
            q: "a & b".to_owned(),
            types: vec!["techdocs".to_owned()],
            kind: vec!["API".to_owned()],
            lifecycle: vec!["production".to_owned()],
            owner: vec!["group:default/a".to_owned()],
            page: 2,
        };
        assert_eq!(
            search(&query),
            "/search?q=a%20%26%20b&type=techdocs&kind=API&lifecycle=production&owner=group:default/a&page=2"
        );
        assert_eq!(search(&SearchQuery::default()), "/search");
    }

    #[test]
    fn signing_in_leads_back_to_where_one_was() {
        assert_eq!(sign_in("/catalog"), "/sign-in?back=%2Fcatalog");
        assert_eq!(
            sign_in("/catalog?kind=api&q=a b"),
            "/sign-in?back=%2Fcatalog%3Fkind%3Dapi%26q%3Da%20b"
        );
        for nowhere in ["", "/", "/sign-in", "/sign-in?back=%2Fx"] {
            assert_eq!(sign_in(nowhere), "/sign-in", "{nowhere}");
        }
    }

    #[test]
    fn every_filter_of_the_audit_log_is_in_its_url_and_in_that_of_the_file() {
        let query = AuditQuery {
            actor: "user:default/ada".to_owned(),
            event: "catalog.location.create".to_owned(),
            decision: "deny".to_owned(),
            result: "refused".to_owned(),
            q: "a&b".to_owned(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-26".to_owned(),
            before: Some(40),
        };
        let filters = "actor=user:default/ada&event=catalog.location.create&decision=deny&result=refused&q=a%26b\
                       &from=2026-11-01&to=2026-11-26";
        assert_eq!(audit(&query), format!("/admin/audit?{filters}&before=40"));
        assert_eq!(
            audit_export(&query, "csv"),
            format!("/api/audit/export?format=csv&{filters}"),
            "a file has every page"
        );
        assert_eq!(audit(&AuditQuery::default()), "/admin/audit");
    }

    #[test]
    fn a_question_about_the_policy_is_in_its_url() {
        let query = PolicyQuery {
            user: "user:default/ada".to_owned(),
            permission: "catalog.entity.delete".to_owned(),
            resource: "component:default/ferry".to_owned(),
        };
        assert_eq!(
            policy(&query),
            "/admin/policy?user=user:default/ada&permission=catalog.entity.delete&resource=component:default/ferry"
        );
        assert_eq!(policy(&PolicyQuery::default()), "/admin/policy");
    }
}
