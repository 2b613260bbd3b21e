//! What the addresses look like.
use callboard_model::view::ApiQuery;

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
    let rest =
        "view=graph&direction=in&depth=3&kind=api&relation=dependsOn&layout=TB&merge=false&page=2";
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
