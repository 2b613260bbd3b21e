//! What is written down, who may read it, and that it does not tell what there is.
use axum::http::StatusCode;
use callboard_db::AuditFilter;
use callboard_testkit::{Folder, Host, component};
use serde_json::{Value, json};

use crate::{
    authorization::callers::{By, Call, guards},
    support::{Answer, App},
};

const ADA: &str = "user:default/ada";
const BOB: &str = "user:default/bob";

/// Ada may do everything. Bob may do something with what has the label `open`.
const POLICY: &str = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: admin
    members: [user:default/ada]
    rules: [{allow: '*'}]
  - name: guest
    members: [user:default/bob]
    rules:
      - allow: [catalog.entity.read, catalog.entity.refresh, catalog.entity.delete]
        when: {rule: HAS_LABEL, params: {label: open}}
      - allow: catalog.location.read
";

async fn app() -> (App, Host) {
    let (folder, host) = (Folder::new(), Host::start().await);
    let open = component("open-thing").replace("spec:", "  labels: {open: 'yes'}\nspec:");
    folder.write(
        "a.yaml",
        format!("{open}---\n{}", component("hidden-thing")),
    );
    host.write("b.yaml", component("b"));
    (
        App::reading_guarded(&folder, &host, &["a.yaml"], guards(POLICY)).await,
        host,
    )
}

async fn get(app: &App, who: &By, path: &str) -> Answer {
    Call::new("GET", path).by(who).to(app).await
}

async fn count(app: &App) -> i64 {
    app.db().audit_count(&AuditFilter::default()).await.unwrap()
}

/// The newest entry of an event: actor, resource, decision, result.
async fn newest(app: &App, event: &str) -> (String, Option<String>, Option<String>, String) {
    let entry = app.audited(event).await.remove(0).entry;
    (entry.actor, entry.resource, entry.decision, entry.result)
}

fn row(
    actor: &str,
    resource: &str,
    decision: Option<&str>,
    result: &str,
) -> (String, Option<String>, Option<String>, String) {
    (
        actor.to_owned(),
        Some(resource.to_owned()),
        decision.map(str::to_owned),
        result.to_owned(),
    )
}

#[tokio::test]
async fn whatever_changes_locations_is_written_down_with_what_came_of_it() {
    let (app, host) = app().await;
    let (ada, bob) = (app.session(ADA).await, app.session(BOB).await);
    let target = host.url("b.yaml");
    let post = |who: &By, target: &str| {
        let body = json!({"type": "url", "target": target});
        Call::new("POST", "/api/catalog/locations")
            .json(&body)
            .by(who)
    };
    let created = post(&ada, &target).to(&app).await;
    assert_eq!(created.status, StatusCode::CREATED);
    let create = "catalog.location.create";
    assert_eq!(
        newest(&app, create).await,
        row(ADA, &target, Some("allow"), "ok")
    );
    let entry = app.audited(create).await.remove(0).entry;
    assert_eq!(entry.address, "198.51.100.7");
    assert_eq!(
        entry.request_id,
        created.headers["x-request-id"].to_str().unwrap()
    );
    assert_eq!(
        (entry.actor_kind.as_str(), entry.permission.as_deref()),
        ("user", Some(create))
    );

    assert_eq!(
        post(&ada, &target).to(&app).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        newest(&app, create).await,
        row(ADA, &target, Some("allow"), "failed")
    );
    assert_eq!(
        post(&bob, &target).to(&app).await.status,
        StatusCode::FORBIDDEN
    );
    let (actor, _, decision, result) = newest(&app, create).await;
    assert_eq!(
        (actor.as_str(), decision.as_deref(), result.as_str()),
        (BOB, Some("deny"), "refused")
    );

    let created = created.json();
    let path = format!(
        "/api/catalog/locations/{}",
        created["location"]["id"].as_str().unwrap()
    );
    let delete = |who: &By| Call::new("DELETE", &path).by(who);
    let event = "catalog.location.delete";
    assert_eq!(delete(&bob).to(&app).await.status, StatusCode::FORBIDDEN);
    assert_eq!(newest(&app, event).await.3, "refused");
    assert_eq!(delete(&ada).to(&app).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        newest(&app, event).await,
        row(ADA, &target, Some("allow"), "ok")
    );
    assert_eq!(delete(&ada).to(&app).await.status, StatusCode::NOT_FOUND);
    assert_eq!(newest(&app, event).await.3, "failed");
    let check = app.db().audit_verify(|_| {}).await.unwrap();
    assert_eq!((check.entries, check.broken), (6, None));
}

#[tokio::test]
async fn account_changes_are_written_down_without_secrets() {
    let (app, _host) = app().await;
    let (ada, session) = app.session_with(ADA, |_| {}).await;
    let made = Call::new("POST", "/settings/tokens")
        .form("name=deploy&scope=read&days=7")
        .by(&ada);
    let page = made.to(&app).await;
    assert_eq!(page.headers["cache-control"], "no-store");
    let at = page
        .text
        .find("cbp_")
        .expect("the page shows the token once");
    let token = &page.text[at..at + 53];
    let entry = app.audited("token.create").await.remove(0).entry;
    assert_eq!((entry.actor.as_str(), entry.result.as_str()), (ADA, "ok"));
    assert!(
        entry.detail.contains("deploy") && !entry.detail.contains(&token[..20]),
        "{}",
        entry.detail
    );
    assert!(
        !get(&app, &ada, "/settings")
            .await
            .text
            .contains(&token[..20]),
        "and never again"
    );
    app.provide(ADA).await;
    assert_eq!(
        get(&app, &By::token(token), "/api/auth/v1/userinfo")
            .await
            .status,
        StatusCode::OK
    );
    let id = app.db().token_list(ADA).await.unwrap().remove(0).id;
    Call::new("POST", "/settings/tokens/revoke")
        .form(&format!("id={id}"))
        .by(&ada)
        .to(&app)
        .await;
    assert_eq!(
        newest(&app, "token.revoke").await,
        row(ADA, ADA, None, "ok")
    );
    let (other, other_id) = app.session_with(ADA, |_| {}).await;
    let revoke = Call::new("POST", "/settings/sessions/revoke").form(&format!("id={other_id}"));
    revoke.by(&ada).to(&app).await;
    assert_eq!(
        newest(&app, "session.revoke").await,
        row(ADA, ADA, None, "ok")
    );
    assert_eq!(
        get(&app, &other, "/api/auth/v1/userinfo").await.status,
        StatusCode::UNAUTHORIZED
    );
    Call::new("POST", "/sign-out")
        .form("")
        .by(&ada)
        .to(&app)
        .await;
    assert_eq!(newest(&app, "sign-out").await, row(ADA, ADA, None, "ok"));
    assert!(
        app.db()
            .session_list(ADA)
            .await
            .unwrap()
            .iter()
            .all(|one| one.id != session)
    );
}

#[tokio::test]
async fn a_denied_read_is_written_down_and_one_of_nothing_cannot_be_told_from_it() {
    let (app, _host) = app().await;
    let bob = app.session(BOB).await;
    let by_name = "/api/catalog/entities/by-name/component/default";
    for (path, denied) in [
        (format!("{by_name}/open-thing"), 0),
        (format!("{by_name}/hidden-thing"), 1),
        ("/catalog/default/component/hidden-thing".to_owned(), 2),
        (
            "/fn/catalog/entity?kind=component&namespace=default&name=hidden-thing".to_owned(),
            3,
        ),
        (format!("{by_name}/hidden-thing/ancestry"), 4),
    ] {
        get(&app, &bob, &path).await;
        let rows = app.audited("catalog.entity.read").await;
        assert_eq!(rows.len(), denied, "{path}");
        if denied > 0 {
            let hidden = "component:default/hidden-thing";
            assert_eq!(
                newest(&app, "catalog.entity.read").await,
                row(BOB, hidden, Some("deny"), "refused")
            );
        }
    }
    // What is not there takes as long and leaves the same trace; but not for whoever may read everything.
    let absent = format!("{by_name}/absent-thing");
    get(&app, &bob, &absent).await;
    assert_eq!(app.audited("catalog.entity.read").await.len(), 5);
    let root = app.session("user:default/root").await;
    get(&app, &root, &absent).await;
    assert_eq!(app.audited("catalog.entity.read").await.len(), 5);
}

#[tokio::test]
async fn reading_what_one_may_read_writes_nothing() {
    let (app, _host) = app().await;
    let (ada, bob) = (app.session(ADA).await, app.session(BOB).await);
    let before = count(&app).await;
    for path in [
        "/api/catalog/entities",
        "/api/catalog/entities/by-query?limit=1",
        "/api/catalog/entity-facets?facet=kind",
        "/api/catalog/locations",
        "/catalog",
        "/",
        "/problems",
        "/settings",
        "/fn/catalog/entities?query%5Bq%5D=",
    ] {
        assert_eq!(get(&app, &bob, path).await.status, StatusCode::OK, "{path}");
    }
    for path in [
        "/admin/audit",
        "/fn/admin/audit?query%5Bq%5D=",
        "/admin/policy",
    ] {
        assert_eq!(get(&app, &ada, path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(count(&app).await, before);
}

#[tokio::test]
async fn the_log_is_for_those_with_the_permission_and_filtered_as_they_ask() {
    let (app, _host) = app().await;
    let (ada, bob) = (app.session(ADA).await, app.session(BOB).await);
    for (name, scope) in [("one", "read"), ("two", "nonsense")] {
        let form = format!("name={name}&scope={scope}&days=1");
        Call::new("POST", "/settings/tokens")
            .form(&form)
            .by(&ada)
            .to(&app)
            .await;
    }
    get(&app, &bob, "/catalog/default/component/hidden-thing").await;
    for path in [
        "/admin/audit",
        "/fn/admin/audit?query%5Bq%5D=",
        "/api/audit/export",
    ] {
        assert_eq!(
            get(&app, &bob, path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let list = async |query: &str| {
        let answer = get(&app, &ada, &format!("/fn/admin/audit?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text);
        let body = answer.json();
        assert_eq!(
            body["rows"].as_array().unwrap().len() as u64,
            body["total"].as_u64().unwrap(),
            "{query}"
        );
        body["total"].as_u64().unwrap()
    };
    let all = list("query%5Bq%5D=").await;
    assert_eq!(
        all, 5,
        "a token, what Bob may not see, and three times the log itself"
    );
    assert_eq!(list("query%5Bevent%5D=token.create").await, 1);
    assert_eq!(list("query%5Bactor%5D=user:default/bob").await, 4);
    assert_eq!(list("query%5Bdecision%5D=deny").await, 4);
    assert_eq!(list("query%5Bresult%5D=ok").await, 1);
    assert_eq!(list("query%5Bq%5D=HIDDEN-thing").await, 1);
    assert_eq!(
        list("query%5Bfrom%5D=2020-01-01&query%5Bto%5D=2020-01-02").await,
        0
    );
    assert_eq!(list("query%5Bfrom%5D=2020-01-01").await, all);
    let page = get(&app, &ada, "/admin/audit?event=token.create").await;
    assert!(
        page.text.contains("token.create") && !page.text.contains("hidden-thing"),
        "{}",
        page.text
    );
    for path in [
        "/fn/admin/audit?query%5Bfrom%5D=yesterday",
        "/admin/audit?from=yesterday",
        "/api/audit/export?to=2026",
    ] {
        assert_eq!(
            get(&app, &ada, path).await.status,
            StatusCode::BAD_REQUEST,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_log_is_exported_as_a_table_and_as_lines_of_json() {
    let (app, _host) = app().await;
    let ada = app.session(ADA).await;
    let body = json!({"type": "url", "target": "=HYPERLINK(\"x\"),\n1"});
    Call::new("POST", "/api/catalog/locations")
        .json(&body)
        .by(&ada)
        .to(&app)
        .await;
    let lines = get(&app, &ada, "/api/audit/export?format=json").await;
    assert_eq!(lines.headers["content-type"], "application/x-ndjson");
    assert_eq!(lines.headers["cache-control"], "no-store");
    let rows: Vec<Value> = lines
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let events: Vec<_> = rows
        .iter()
        .map(|row| row["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["catalog.location.create", "audit.export"],
        "the export itself is written down first"
    );
    assert_eq!(
        (&rows[0]["seq"], &rows[0]["actor"], &rows[0]["decision"]),
        (&json!(1), &json!(ADA), &json!("allow"))
    );
    assert_eq!(rows[0]["hash"].as_str().unwrap().len(), 64);

    let table = get(
        &app,
        &ada,
        "/api/audit/export?format=csv&event=catalog.location.create",
    )
    .await;
    assert!(
        table.headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("audit.csv")
    );
    let (head, rest) = table.text.split_once("\r\n").unwrap();
    assert!(head.starts_with("seq,at,actor,"), "{head}");
    assert_eq!(rest.matches("\r\n").count(), 1, "one entry: {rest}");
    assert!(
        rest.starts_with("1,") && rest.contains(",\"'=HYPERLINK(\"\"x\"\")"),
        "no formula: {rest}"
    );
    assert_eq!(
        get(&app, &ada, "/api/audit/export?format=xml").await.status,
        StatusCode::BAD_REQUEST
    );
}
