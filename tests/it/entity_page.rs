//! The page of an entity: what each kind shows, in which forms its text can be had, and what may not be read.
use axum::http::StatusCode;
use callboard_testkit::Folder;

use crate::{
    authorization::callers::{By, Call, guards},
    support::{Answer, App},
};

/// A small organisation with every kind.
const ORGANISATION: &str = r"
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: {name: retail}
spec: {owner: crew}
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: {name: stores}
spec: {owner: crew, subdomainOf: retail}
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: shop, title: The Shop}
spec: {owner: crew, domain: retail}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  title: Checkout
  description: |
    Takes the money.

    Gives a receipt.
  labels: {tier: '1'}
  annotations: {example.org/runbook: 'yes'}
  tags: [rust]
  links:
    - {url: 'https://example.org/dash', title: Dashboard, icon: dashboard, type: operations}
    - {url: 'ftp://files.example.org/a', title: Files}
spec:
  type: service
  lifecycle: production
  owner: crew
  system: shop
  providesApis: [payments]
  consumesApis: [ledger]
  dependsOn: ['resource:db', 'component:mailer']
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: mailer, title: Mailer}
spec: {type: library, lifecycle: experimental, owner: crew, system: shop, subcomponentOf: checkout}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: payments, title: Payments API}
spec: {type: openapi, lifecycle: production, owner: crew, system: shop, definition: 'openapi: 3.0.0'}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: ledger, title: Ledger API}
spec: {type: grpc, lifecycle: production, owner: crew, definition: 'x'}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: db, title: Order Database}
spec: {type: database, owner: crew, system: shop}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: crew, title: Deck Crew}
spec: {type: team, parent: fleet, children: [night], profile: {email: crew@example.org, picture: 'javascript:alert(1)'}}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: fleet, title: The Fleet}
spec: {type: department, children: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: night, title: Night Watch}
spec: {type: team, parent: crew, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ada}
spec: {profile: {displayName: Ada Lovelace, email: ada@example.org}, memberOf: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: bob}
spec: {profile: {displayName: Bob Owl}, memberOf: [night]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: lantern, title: Lantern}
spec: {type: tool, lifecycle: production, owner: night}
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: new-service}
spec:
  type: service
  owner: crew
  parameters: [{title: Basics, properties: {name: {type: string}}}]
  steps: [{id: fetch, name: Fetch the skeleton, action: 'fetch:template'}]
";

async fn organisation() -> (Folder, App) {
    let folder = Folder::new();
    folder.write("org.yaml", ORGANISATION);
    folder.write(
        "all.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: everything}\nspec: {targets: [./org.yaml]}\n",
    );
    let app = App::over(&folder, &["all.yaml"]).await;
    (folder, app)
}

/// Asks for a page that has all of the first texts and none of the second.
pub async fn shows(app: &App, path: &str, texts: &[&str], not: &[&str]) -> Answer {
    let answer = app.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    for text in texts {
        assert!(
            answer.text.contains(text),
            "{path} has no {text:?}: {}",
            answer.text
        );
    }
    for text in not {
        assert!(!answer.text.contains(text), "{path} has {text:?}");
    }
    for forbidden in ["<script>", "<style", " style=\"", "href=\"javascript:"] {
        assert!(!answer.text.contains(forbidden), "{path} has {forbidden}");
    }
    answer
}

/// What the page of one entity of each kind has, and what it has not.
const PAGES: &[(&str, &[&str], &[&str])] = &[
    (
        "/catalog/default/component/checkout",
        &[
            "Takes the money.",
            "Gives a receipt.",
            "Provided APIs",
            "Payments API",
            "Consumed APIs",
            "Ledger API",
            "Depends on components",
            "Depends on resources",
            "Order Database",
            "Subcomponents",
            "Dashboard",
            "Not a link: only http, https and mailto addresses are.",
            "example.org",
            "The Shop",
            "/catalog/default/component/checkout/unregister",
            "/catalog-graph?root=",
        ],
        &["Needs attention", "Nobody owns this"],
    ),
    (
        "/catalog/default/component/mailer",
        &["Part of", "Needed by"],
        &[],
    ),
    (
        "/catalog/default/api/payments",
        &["Provided by", "Checkout"],
        &["Consumed by"],
    ),
    (
        "/catalog/default/api/ledger",
        &["Consumed by"],
        &["Provided by"],
    ),
    (
        "/catalog/default/system/shop",
        &[">Components", ">APIs", ">Resources", "Order Database"],
        &[],
    ),
    (
        "/catalog/default/domain/retail",
        &[">Systems", "Subdomains"],
        &[],
    ),
    (
        "/catalog/default/resource/db",
        &["Needed by", "Checkout"],
        &[],
    ),
    (
        "/catalog/default/template/new-service",
        &["Basics", "1 field", "Fetch the skeleton", "fetch:template"],
        &[],
    ),
    (
        "/catalog/default/location/everything",
        &["What it brought", "./org.yaml", "and 5 more"],
        &[],
    ),
];

#[tokio::test]
async fn every_kind_shows_what_belongs_to_it() {
    let (_folder, app) = organisation().await;
    for (path, texts, not) in PAGES {
        shows(&app, path, texts, not).await;
    }
}

#[tokio::test]
async fn people_show_whom_they_belong_to_and_what_they_own() {
    let (_folder, app) = organisation().await;
    let page = "/catalog/default/group/crew";
    shows(
        &app,
        page,
        &[
            "mailto:crew@example.org",
            "The Fleet",
            "Night Watch",
            "Organisation",
            "Ada Lovelace",
            "With groups below",
            "kind=component&amp;type=service&amp;owner=group:default/crew",
        ],
        &["Bob Owl", "type=tool", "Owns components"],
    )
    .await;
    shows(
        &app,
        &format!("{page}?members=all"),
        &["Bob Owl", "Ada Lovelace"],
        &["type=tool"],
    )
    .await;
    shows(
        &app,
        &format!("{page}?owned=all"),
        &["type=tool&amp;owner=group:default/crew&amp;owner=group:default/night"],
        &["Bob Owl"],
    )
    .await;
    let user = "/catalog/default/user/ada";
    shows(
        &app,
        user,
        &["ada@example.org", "Deck Crew", "type=service"],
        &[],
    )
    .await;
    shows(
        &app,
        &format!("{user}?owned=own"),
        &["Deck Crew"],
        &["type=service"],
    )
    .await;
}

#[tokio::test]
async fn parameters_that_nobody_knows_change_nothing() {
    let (_folder, app) = organisation().await;
    for path in [
        "group/crew?page=-1",
        "group/crew?page=99999999999999999999&members=%3Cscript%3E",
        "group/crew?members[]=x&owned",
        "component/checkout?foo=1&page=x",
        "component/checkout/yaml?format=%22%3E%3Cscript%3E",
        "component/checkout/problems?page=-1",
    ] {
        shows(
            &app,
            &format!("/catalog/default/{path}"),
            &["About this entity"],
            &["<script>"],
        )
        .await;
    }
}

#[tokio::test]
async fn the_text_can_be_had_in_every_form() {
    let (_folder, app) = organisation().await;
    let page = "/catalog/default/component/mailer/yaml";
    shows(
        &app,
        page,
        &[
            "How it came in",
            "everything",
            "org.yaml",
            "From the same file",
            "Etag",
        ],
        &[],
    )
    .await;
    let json = shows(
        &app,
        &format!("{page}?format=json"),
        &["Download JSON"],
        &[],
    )
    .await;
    assert!(
        json.text
            .contains("&quot;kind&quot;: &quot;Component&quot;")
            || json.text.contains("\"kind\": \"Component\"")
    );
    let file = shows(
        &app,
        &format!("{page}?format=file"),
        &["From line", "subcomponentOf"],
        &[],
    )
    .await;
    assert!(
        !file.text.contains("subdomainOf"),
        "other documents of the file are not shown"
    );
    let yaml = app.get("/catalog/default/component/mailer/download").await;
    assert!(yaml.text.contains("name: mailer"));
    let none = app.get("/catalog/default/component/none/download").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_missing_is_answered_with_names_that_are_near() {
    let (folder, app) = organisation().await;
    let missing = app.get("/catalog/default/component/chekout").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text.contains("Did you mean"), "{}", missing.text);
    assert!(missing.text.contains("component:default/checkout"));
    let far = app.get("/catalog/default/component/zzzzzzzzzz").await;
    assert!(!far.text.contains("Did you mean"));
    folder.write(
        "org.yaml",
        ORGANISATION.replace("name: lantern", "name: torch"),
    );
    app.ingest().await;
    let gone = app.get("/catalog/default/component/lantern").await;
    assert!(gone.text.contains("It was removed"), "{}", gone.text);
}

/// Everybody reads what is no component, and components of their own.
const POLICY: &str = r"
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: reader
    members: [everyone]
    rules:
      - allow: catalog.entity.read
        when:
          anyOf:
            - { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }
            - not: { rule: IS_ENTITY_KIND, params: { kinds: [component] } }
";

async fn ask(app: &App, who: &By, path: &str) -> Answer {
    Call::new("GET", path).by(who).to(app).await
}

#[tokio::test]
async fn what_may_not_be_read_is_on_no_tab() {
    let folder = Folder::new();
    folder.write("org.yaml", ORGANISATION);
    let app = App::guarded(&folder, &["org.yaml"], guards(POLICY)).await;
    let bob = app.session("user:default/bob").await;
    let root = app.session("user:default/root").await;
    let mut told = 0;
    for path in [
        "/catalog/default/system/shop",
        "/catalog/default/system/shop/yaml",
        "/catalog/default/system/shop/yaml?format=file",
        "/catalog/default/system/shop/download",
        "/catalog/default/api/payments",
        "/catalog/default/api/payments/problems",
        "/catalog/default/resource/db",
        "/catalog/default/group/crew?owned=all&members=all",
        "/catalog/default/component/chekout",
    ] {
        let seen = ask(&app, &bob, path).await;
        assert!(
            !seen.text.contains("heckout"),
            "{path}: {}",
            seen.text.replace("chekout", "")
        );
        assert!(
            !seen.text.contains("/unregister"),
            "{path} offers what is forbidden"
        );
        told += usize::from(ask(&app, &root, path).await.text.contains("heckout"));
    }
    assert!(told >= 5, "who may read everything is told, {told} times");
    let own = ask(&app, &bob, "/catalog/default/component/lantern").await;
    assert_eq!(own.status, StatusCode::OK);
}
