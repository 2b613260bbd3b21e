//! What may not be seen is answered exactly like what is not there.
use axum::http::StatusCode;
use callboard_testkit::{Folder, Host, component};
use serde_json::Value;

use super::callers::{By, Call, guards, program};
use crate::support::{Answer, App};

/// Bob may do something with what has the label `open`.
const POLICY: &str = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: guest
    members: [user:default/bob]
    rules:
      - allow: [catalog.entity.read, catalog.entity.refresh, catalog.entity.delete]
        when: {rule: HAS_LABEL, params: {label: open}}
      - allow: catalog.location.read
";

async fn app() -> App {
    let (folder, host) = (Folder::new(), Host::start().await);
    let open = component("open-thing").replace("spec:", "  labels: {open: 'yes'}\nspec:");
    folder.write(
        "a.yaml",
        format!("{open}---\n{}", component("hidden-thing")),
    );
    App::reading_guarded(&folder, &host, &["a.yaml"], guards(POLICY)).await
}

/// What a client can tell an answer by, with the name of what it is about taken out.
fn shape(answer: &Answer, name: &str) -> (StatusCode, Vec<String>, String) {
    let own = ["x-request-id", "date"];
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    (answer.status, headers, answer.text.replace(name, "NAME"))
}

async fn uid(app: &App, name: &str) -> String {
    let refs = [format!("component:default/{name}")];
    let body = app
        .db()
        .entity_bodies(&refs)
        .await
        .unwrap()
        .remove(0)
        .unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    body["metadata"]["uid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_hidden_is_answered_exactly_like_what_is_not_there() {
    let app = app().await;
    let bob = app.session("user:default/bob").await;
    // Both names have one length, so that lengths can be compared too.
    let (hidden, absent) = ("hidden-thing", "absent-thing");
    let (hidden_uid, absent_uid) = (uid(&app, hidden).await, callboard_db::new_uid());
    for (method, path, body) in [
        (
            "GET",
            "/api/catalog/entities/by-name/component/default/NAME",
            "",
        ),
        (
            "GET",
            "/api/catalog/entities/by-name/component/default/NAME/ancestry",
            "",
        ),
        ("GET", "/api/catalog/entities/by-uid/UID", ""),
        ("DELETE", "/api/catalog/entities/by-uid/UID", ""),
        (
            "GET",
            "/api/catalog/locations/by-entity/component/default/NAME",
            "",
        ),
        (
            "POST",
            "/api/catalog/refresh",
            r#"{"entityRef": "component:default/NAME"}"#,
        ),
        (
            "POST",
            "/api/catalog/entities/by-refs",
            r#"{"entityRefs": ["component:default/NAME"]}"#,
        ),
        ("GET", "/api/catalog/entities?filter=metadata.name=NAME", ""),
        (
            "GET",
            "/api/catalog/entities/by-query?filter=metadata.name=NAME",
            "",
        ),
        (
            "GET",
            "/api/catalog/entity-facets?facet=kind&filter=metadata.name=NAME",
            "",
        ),
        (
            "POST",
            "/api/permission/authorize",
            r#"{"items": [{"id": "1", "resourceRef": "component:default/NAME",
            "permission": {"name": "catalog.entity.read", "resourceType": "catalog-entity"}}]}"#,
        ),
        ("GET", "/catalog/default/component/NAME", ""),
        ("GET", "/?owner=component:default/NAME", ""),
        (
            "GET",
            "/fn/catalog/entity?kind=component&namespace=default&name=NAME",
            "",
        ),
        ("GET", "/fn/catalog/home?owner=component:default/NAME", ""),
    ] {
        let mut shapes = Vec::new();
        for (name, uid) in [(hidden, &hidden_uid), (absent, &absent_uid)] {
            let path = path.replace("NAME", name).replace("UID", uid);
            let mut call = Call::new(method, &path).by(&bob);
            if !body.is_empty() {
                let body = serde_json::from_str(&body.replace("NAME", name)).unwrap();
                call = call.json(&body);
            }
            let answer = call.to(&app).await;
            let (status, headers, text) = shape(&answer, name);
            shapes.push((status, headers, text.replace(uid.as_str(), "UID")));
        }
        assert_eq!(shapes[0], shapes[1], "{method} {path}");
    }
}

#[tokio::test]
async fn conditions_are_told_to_programs_only() {
    let policy = POLICY.replace("user:default/bob", "everyone, anonymous");
    let folder = Folder::new();
    let mut guards = guards(&policy);
    guards.identity.external = vec![program("a-token-of-a-program", None)];
    let app = App::guarded(&folder, &[], guards).await;
    let bob = app.session("user:default/bob").await;
    let body = serde_json::json!({"items": [{"id": "1", "permission": {"type": "resource", "attributes": {"action": "read"},
        "name": "catalog.entity.read", "resourceType": "catalog-entity"}}]});
    for (who, status) in [
        (By::Nobody, StatusCode::BAD_REQUEST),
        (bob, StatusCode::BAD_REQUEST),
        (By::token("a-token-of-a-program"), StatusCode::OK),
    ] {
        let call = Call::new("POST", "/api/permission/authorize").json(&body);
        let answer = call.by(&who).to(&app).await;
        assert_eq!(answer.status, status, "{who:?}");
        assert!(
            !answer.text.contains("HAS_LABEL"),
            "{who:?}: {}",
            answer.text
        );
    }
}
