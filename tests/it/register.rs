//! Registering, following and unregistering through the pages, with what is wrong told on them.
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use callboard_db::AuditFilter;
use callboard_testkit::{Failure, Folder, Host, component};

use crate::support::{Answer, App};

async fn app() -> (App, Folder, Host) {
    let (folder, host) = (Folder::new(), Host::start().await);
    folder.write("a.yaml", component("a"));
    host.write(
        "b.yaml",
        format!("{}---\n{}", component("b"), component("c")),
    );
    let app = App::reading(&folder, &host, &["a.yaml"]).await;
    (app, folder, host)
}

fn form(pairs: &[(&str, &str)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(pairs);
    text.finish()
}

async fn post(app: &App, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form(pairs)));
    app.send(request.unwrap()).await
}

async fn import(app: &App, url: &str) -> Answer {
    app.get(&format!("/catalog-import?{}", form(&[("url", url)])))
        .await
}

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned()
}

fn has(answer: &Answer, texts: &[&str]) {
    let shown = answer.shown();
    for text in texts {
        assert!(shown.contains(text), "no {text:?} in {shown}");
    }
    for forbidden in [
        "<script>alert",
        " style=\"",
        " onclick=",
        "href=\"javascript",
    ] {
        assert!(!answer.text.contains(forbidden), "{forbidden}");
    }
}

async fn events(app: &App) -> Vec<(String, String)> {
    let filter = AuditFilter {
        limit: 50,
        ..AuditFilter::default()
    };
    let all = app.db().audit_page(&filter).await.unwrap().into_iter();
    all.map(|one| (one.entry.event, one.entry.result)).collect()
}

/// Registers the file with `b` and `c`; returns the page that follows it.
async fn register(app: &App, host: &Host) -> String {
    let target = host.url("b.yaml");
    let promised = format!("{target} component:default/b");
    let pairs = [("target", target.as_str()), ("entity", &promised)];
    location(&post(app, "/catalog-import", &pairs).await)
}

#[tokio::test]
async fn an_address_is_reviewed_registered_and_followed() {
    let (app, _folder, host) = app().await;
    let first = app.get("/catalog-import?foo=1&page=-1").await;
    assert_eq!(first.status, StatusCode::OK);
    has(
        &first,
        &[
            "Where the portal can read from",
            &host.name(),
            "No location was registered yet",
        ],
    );

    let review = import(&app, &host.url("b.yaml")).await;
    assert_eq!(review.status, StatusCode::OK);
    has(
        &review,
        &[
            "2 entities in 1 file",
            "Is added",
            "component:default/c",
            "Register</button>",
        ],
    );
    assert_eq!(
        app.names("component").await,
        ["a"],
        "nothing was registered"
    );

    let follow = register(&app, &host).await;
    assert!(follow.starts_with("/catalog-import/follow?id="), "{follow}");
    let waiting = app.get(&follow).await;
    has(
        &waiting,
        &[
            "Waits to be read",
            "Waiting",
            "Check again",
            "0 of 1 entity",
        ],
    );
    assert!(!waiting.text.contains("data-done"));
    app.ingest().await;
    let there = app.get(&follow).await;
    has(
        &there,
        &[
            "2 of 2 entities are in the catalog",
            "data-done",
            "/catalog/default/component/b",
        ],
    );

    let again = import(&app, &host.url("b.yaml")).await;
    has(
        &again,
        &[
            "This address is registered already",
            "Read again",
            "Is there already",
        ],
    );
    let overview = app.get("/catalog-import").await;
    has(
        &overview,
        &[&host.url("b.yaml"), "In the catalog", "/unregister"],
    );
    let told = events(&app).await;
    assert!(
        told.contains(&("catalog.location.create".to_owned(), "ok".to_owned())),
        "{told:?}"
    );
}

#[tokio::test]
async fn registering_twice_follows_the_first_and_reading_again_is_asked_for() {
    let (app, _folder, host) = app().await;
    let first = register(&app, &host).await;
    assert_eq!(register(&app, &host).await, first);
    app.ingest().await;
    host.write("b.yaml", component("d"));
    let target = host.url("b.yaml");
    let again = post(
        &app,
        "/catalog-import",
        &[("target", &target), ("again", "1")],
    )
    .await;
    assert!(location(&again).starts_with("/catalog-import/follow?id="));
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a", "d"]);
    let nothing = post(&app, "/catalog-import", &[("other", "1")]).await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    has(&nothing, &["Nothing was chosen"]);
}

#[tokio::test]
async fn problems_are_shown_with_their_lines_before_anything_is_registered() {
    let (app, _folder, host) = app().await;
    let broken = component("d").replace("  lifecycle: production\n", "");
    host.write("d.yaml", format!("{}---\n{broken}", component("e")));
    let review = import(&app, &host.url("d.yaml")).await;
    has(
        &review,
        &[
            "CAT010",
            "spec.lifecycle is missing",
            "class=\"marked\"",
            "1 entity in 1 file",
        ],
    );
    has(&review, &["What has an error stays out"]);
    host.write("d.yaml", "kind: [\n");
    let review = import(&app, &host.url("d.yaml")).await;
    has(&review, &["Nothing here would become an entity"]);
    assert!(
        !review.text.contains("Register</button>"),
        "{}",
        review.text
    );
}

#[tokio::test]
async fn a_name_that_is_taken_is_said() {
    let (app, _folder, host) = app().await;
    host.write("a2.yaml", format!("{}---\n{0}", component("a")));
    let review = import(&app, &host.url("a2.yaml")).await;
    has(&review, &["Name is taken", "a.yaml"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_with_what_to_do() {
    let (app, _folder, host) = app().await;
    host.fail("secret.yaml", Failure::Status(403));
    host.fail("down.yaml", Failure::Status(500));
    host.fail("busy.yaml", Failure::Throttled(7));
    host.write("large.yaml", "#".repeat(10 * 1024 * 1024 + 1));
    let cases = [
        (host.url("none.yaml"), "There is no such file"),
        (
            host.url("secret.yaml"),
            "refuses the portal&#x27;s credentials",
        ),
        (host.url("down.yaml"), "The host could not be asked"),
        (host.url("large.yaml"), "too large"),
        ("file:///etc/passwd".to_owned(), "This is not an address"),
        ("javascript:alert(1)".to_owned(), "This is not an address"),
        (
            "\"><script>alert(1)</script>".to_owned(),
            "This is not an address",
        ),
        (
            "http://169.254.169.254/x.yaml".to_owned(),
            "may not read from this host",
        ),
        (
            "http://10.0.0.1/x.yaml".to_owned(),
            "may not read from this host",
        ),
        (
            "https://github.com/acme".to_owned(),
            "This is not the address of a file",
        ),
        (
            format!("https://a.example/{}", "x".repeat(5_000)),
            "This is not an address",
        ),
        // The last one, since the host is left alone afterwards.
        (host.url("busy.yaml"), "The host wants fewer requests"),
    ];
    for (url, title) in cases {
        let answer = import(&app, &url).await;
        assert_eq!(answer.status, StatusCode::OK, "{url}");
        let text = answer.text.replace("&#x27;", "'").replace("&#39;", "'");
        let title = title.replace("&#x27;", "'");
        assert!(text.contains(&title), "{url}: no {title} in {text}");
        has(&answer, &["class=\"next\""]);
        assert!(!answer.text.contains("Register</button>"), "{url}");
    }
    for url in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://10.0.0.1/x.yaml",
    ] {
        let answer = post(&app, "/catalog-import", &[("target", url)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{url}");
    }
    assert_eq!(app.db().location_list().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_unregistered_is_said_before_with_who_would_miss_it() {
    let (app, folder, host) = app().await;
    let team = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a, title: Deck Crew}\nspec: {type: team, children: []}\n";
    let needs = component("a").replace("spec:\n", "spec:\n  dependsOn: [component:c]\n");
    folder.write("a.yaml", format!("{needs}---\n{team}"));
    let follow = register(&app, &host).await;
    app.ingest().await;
    let page = app.get("/catalog/default/component/b/unregister").await;
    has(
        &page,
        &[
            "2 entities leave the catalog",
            &host.url("b.yaml"),
            "spec.dependsOn",
            "Deck Crew",
            ">Keep<",
        ],
    );

    let gone = post(&app, "/catalog/default/component/b/unregister", &[]).await;
    assert_eq!(location(&gone), "/catalog");
    let cookie = gone.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.contains("Path=/catalog") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap().to_owned();
    let request = Request::get("/catalog")
        .header("cookie", pair)
        .body(Body::empty());
    let notice = app.send(request.unwrap()).await;
    has(
        &notice,
        &[
            "It was unregistered",
            "Register again",
            "/catalog-import?url=http://",
        ],
    );
    has(&app.get(&follow).await, &["It is not registered any more"]);

    let leaving = app.get("/catalog/default/component/b/unregister").await;
    has(&leaving, &["Its location is not registered any more"]);
    assert_eq!(
        location(&post(&app, "/catalog/default/component/b/unregister", &[]).await),
        "/catalog"
    );
    app.ingest().await;
    assert_eq!(app.names("component").await, ["a"]);
    let told = events(&app).await;
    let removed = told
        .iter()
        .filter(|(event, _)| event == "catalog.location.delete");
    assert_eq!(removed.count(), 1, "{told:?}");
}

#[tokio::test]
async fn what_the_configuration_brings_cannot_be_unregistered_here() {
    let (app, _folder, _host) = app().await;
    let page = app.get("/catalog/default/component/a/unregister").await;
    has(&page, &["The configuration brings this entity", "a.yaml"]);
    assert!(!page.text.contains("btn danger"));
    let refused = post(&app, "/catalog/default/component/a/unregister", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    has(&refused, &["It was not unregistered"]);
    for missing in ["component/nope", "component/%3Cscript%3Ealert(1)"] {
        let path = format!("/catalog/default/{missing}/unregister");
        assert_eq!(app.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(post(&app, &path, &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(app.names("component").await, ["a"]);
}

#[tokio::test]
async fn a_first_file_is_made_checked_and_downloaded() {
    let (app, _folder, _host) = app().await;
    let page = app
        .get("/catalog-import/new?url=https://github.com/acme/my-shop")
        .await;
    has(&page, &["value=\"my-shop\"", "value=\"catalog-info.yaml\""]);
    let fields = [
        ("url", "https://github.com/acme/my-shop"),
        ("kind", "Component"),
        ("name", "my-shop"),
        ("owner", "team-x"),
        ("type", "service"),
        ("lifecycle", "production"),
        (
            "description",
            "yes: \"no\" </textarea><script>alert(1)</script>",
        ),
        ("preview", "1"),
    ];
    let preview = app
        .get(&format!("/catalog-import/new?{}", form(&fields)))
        .await;
    has(
        &preview,
        &[
            "github.com/project-slug",
            "acme/my-shop",
            "which the catalog does not have",
            "Download the file",
            "yes: \"no\" &lt;/textarea&gt;&lt;script&gt;",
        ],
    );
    assert!(
        !preview.text.contains("Open a pull request"),
        "there is no token"
    );
    let file = post(&app, "/catalog-import/new/file", &fields).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(
        file.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"catalog-info.yaml\""
    );
    assert!(file.text.contains("name: my-shop"), "{}", file.text);
    let bad = app
        .get("/catalog-import/new?preview=1&name=a%20b&kind=Component&url=javascript:alert(1)")
        .await;
    has(
        &bad,
        &["would not take this file", "The repository is not known"],
    );
    assert!(!bad.text.contains("Download the file"));
    let refused = post(&app, "/catalog-import/new/pull-request", &fields).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    has(&refused, &["The pull request was not opened"]);
}

#[tokio::test]
async fn a_readonly_catalog_says_who_registers() {
    let folder = Folder::new();
    folder.write("a.yaml", component("a"));
    let app = App::over(&folder, &["a.yaml"]).await;
    let page = app.get("/catalog-import?url=https://github.com/a/b").await;
    has(&page, &["Registering is switched off", "catalog.readonly"]);
    assert!(!page.text.contains("name=\"url\""));
    let target = "https://github.com/a/b/blob/main/catalog-info.yaml";
    let refused = post(&app, "/catalog-import", &[("target", target)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    has(&refused, &["Registering is switched off"]);
    assert_eq!(app.db().location_list().await.unwrap(), []);
}
