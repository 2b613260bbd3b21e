//! The search as people, programs and those who may not see everything ask it.
use axum::http::StatusCode;
use callboard_testkit::{Folder, component};
use serde_json::{Value, json};

use crate::{
    authorization::callers::{Call, guards},
    support::App,
};

const TEAM: &str = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a, title: Deck Crew, description: Those who work on deck.}\nspec: {type: team, children: []}\n";

/// What can be found in all: the location that they were read from is an entity too.
const ALL: u64 = 34;

/// Components, a group, and a title that would be a script.
async fn app() -> App {
    let folder = Folder::new();
    let hostile = component("hostile").replace(
        "  name:",
        "  title: \"<script>alert(1)</script>\"\n  description: \"\u{202e}</mark><img src=x onerror=alert(2)>\"\n  name:",
    );
    let many = (0..30).map(|at| component(&format!("ferry-{at:02}")));
    let texts: Vec<String> = [component("billing-api"), TEAM.to_owned(), hostile]
        .into_iter()
        .chain(many)
        .collect();
    folder.write("a.yaml", texts.join("---\n"));
    let app = App::over(&folder, &["a.yaml"]).await;
    app.follow_search().await;
    app
}

async fn query(app: &App, parameters: &str) -> Value {
    let answer = app.get(&format!("/api/search/query?{parameters}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn rest_answers_what_backstage_answers() {
    let app = app().await;
    let answer = query(&app, "term=biling&filters%5Bkind%5D=Component").await;
    let result = &answer["results"][0];
    assert_eq!(result["type"], "software-catalog");
    assert_eq!(result["rank"], 1);
    assert_eq!(
        result["document"],
        json!({
            "title": "billing-api", "text": "", "location": "/catalog/default/component/billing-api",
            "kind": "Component", "namespace": "default", "type": "service", "componentType": "service",
            "lifecycle": "production", "owner": "team-a",
        })
    );
    let highlight = &result["highlight"];
    let (before, after) = (
        highlight["preTag"].as_str().unwrap(),
        highlight["postTag"].as_str().unwrap(),
    );
    assert_eq!(
        highlight["fields"]["title"],
        format!("{before}billing{after}-api")
    );
    assert_ne!(before, after);
    assert_eq!(answer["numberOfResults"], 1);
    assert!(answer.get("nextPageCursor").is_none());
    assert!(answer.get("previousPageCursor").is_none());
    let all = query(&app, "").await;
    assert_eq!(all["numberOfResults"], ALL);
    assert!(all["results"][0].get("highlight").is_none());
}

#[tokio::test]
async fn rest_turns_pages_by_cursors() {
    let app = app().await;
    let mut cursor = String::new();
    let mut locations = Vec::new();
    let mut ranks = Vec::new();
    loop {
        let page = query(&app, &format!("term=ferry&pageLimit=7&pageCursor={cursor}")).await;
        for result in page["results"].as_array().unwrap() {
            locations.push(result["document"]["location"].as_str().unwrap().to_owned());
            ranks.push(result["rank"].as_u64().unwrap());
        }
        match page["nextPageCursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => {
                assert_eq!(
                    page["previousPageCursor"], "Mw==",
                    "the last but one is page 3"
                );
                break;
            }
        }
    }
    assert_eq!(ranks, (1..=30).collect::<Vec<u64>>());
    locations.dedup();
    assert_eq!(locations.len(), 30);
}

#[tokio::test]
async fn rest_filters_and_refuses_as_backstage_does() {
    let app = app().await;
    for (parameters, want) in [
        ("types%5B0%5D=software-catalog", ALL),
        ("types=software-catalog", ALL),
        ("filters%5Bkind%5D=Group", 1),
        (
            "filters%5Bkind%5D%5B0%5D=Group&filters%5Bkind%5D%5B1%5D=Component",
            33,
        ),
        ("filters%5Blifecycle%5D%5B0%5D=production&term=ferry", 30),
        ("filters%5Bowner%5D=team-a", 32),
        ("filters%5Bowner%5D=group:default/team-a", 32),
        ("filters%5Bcolour%5D=red", 0),
        ("term=---", 0),
        ("unknown=1&filters=1", 0),
    ] {
        let answer = query(&app, parameters).await;
        assert_eq!(answer["numberOfResults"], want, "{parameters}");
    }
    let long = "a".repeat(101);
    for parameters in [
        "types%5B0%5D=nothing",
        "pageLimit=101",
        "pageLimit=-1",
        "pageLimit=x",
        "pageCursor=!",
        "pageCursor=LTE%3D",
        &format!("term={long}"),
    ] {
        let answer = app.get(&format!("/api/search/query?{parameters}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters}");
        assert_eq!(answer.json()["error"]["name"], "InputError", "{parameters}");
        assert_eq!(answer.json()["response"]["statusCode"], 400);
    }
    // As far as one can turn, and further.
    for cursor in ["OTk5OTk5OTk5OTk5OTk5OTk5OQ==", "OTk5OQ=="] {
        let answer = query(&app, &format!("pageCursor={cursor}")).await;
        assert_eq!(answer["results"], json!([]));
    }
}

#[tokio::test]
async fn the_page_is_complete_without_javascript() {
    let app = app().await;
    let shown = |path: &'static str| {
        let app = &app;
        async move {
            let answer = app.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            for forbidden in ["<script>alert", "<img src=x", " style=\"", " onclick="] {
                assert!(!answer.text.contains(forbidden), "{path}: {forbidden}");
            }
            answer.shown()
        }
    };
    let found = shown("/search?q=bill").await;
    assert!(found.contains("<mark>bill</mark>ing-api"), "{found}");
    assert!(found.contains("href=\"/catalog/default/component/billing-api\""));
    assert!(shown("/search").await.contains("What to type"));
    let similar = shown("/search?q=biling").await;
    assert!(similar.contains("Did you mean") && similar.contains("/search?q=billing"));
    let none = shown("/search?q=submarine&kind=Group").await;
    assert!(none.contains("Nothing matches") && none.contains("Search without filters"));
    let hostile = shown("/search?q=script").await;
    assert!(hostile.contains("&lt;<mark>script</mark>&gt;"), "{hostile}");
    let second = shown("/search?q=ferry&page=2").await;
    assert!(second.contains("ferry-29") && !second.contains("ferry-00"));
    let narrowed = shown("/search?q=ferry&owner=group:default/team-a").await;
    assert!(narrowed.contains("Deck Crew") && narrowed.contains("name=\"owner\""));
    for odd in [
        "/search?page=-1&foo=1",
        "/search?q=ferry&page=99999999999",
        "/search?q=ferry&page=4000000000",
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&kind=%3Cscript%3Ealert(1)",
        "/search?q=%00%FF&kind=&owner=javascript:alert(1)",
    ] {
        shown(odd).await;
    }
    assert!(shown("/").await.contains("action=\"/search\""));
}

#[tokio::test]
async fn suggestions_are_few_and_light() {
    let app = app().await;
    let hits = app.get("/fn/search/suggest?q=fer").await.json();
    assert_eq!(hits.as_array().unwrap().len(), 12);
    assert_eq!(
        hits[0]["title"],
        json!([{"text": "fer", "marked": true}, {"text": "ry-00", "marked": false}])
    );
    assert_eq!(hits[0]["owner"], "Deck Crew");
    assert_eq!(hits[0]["label"]["entity_ref"], "component:default/ferry-00");
    assert_eq!(app.get("/fn/search/suggest?q=%20").await.json(), json!([]));
    let view = app.get("/fn/search/query?query%5Bq%5D=ferry").await.json();
    assert_eq!(
        (view["total"].as_u64(), view["pages"].as_u64()),
        (Some(30), Some(2))
    );
    assert_eq!(view["indexing"], false);
}

#[tokio::test]
async fn changes_are_followed() {
    let folder = Folder::new();
    folder.write("a.yaml", component("ferry"));
    let app = App::over(&folder, &["a.yaml"]).await;
    let total = async |term: &str| {
        let path = format!("/fn/search/query?query%5Bq%5D={term}");
        app.get(&path).await.json()["total"].as_u64().unwrap()
    };
    let before = app.get("/search?q=ferry").await;
    assert!(before.text.contains("Not everything can be found yet"));
    app.follow_search().await;
    assert_eq!(total("ferry").await, 1);
    folder.write("a.yaml", component("harbour"));
    app.ingest().await;
    app.follow_search().await;
    assert_eq!(total("ferry").await, 0);
    assert_eq!(total("harbour").await, 1);
    let after = app.get("/search?q=harbour").await;
    assert!(!after.text.contains("Not everything can be found yet"));
}

#[tokio::test]
async fn what_may_not_be_read_is_not_found_counted_or_hinted_at() {
    let policy = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: guest
    members: [user:default/bob]
    rules:
      - allow: catalog.entity.read
        when: {rule: HAS_LABEL, params: {label: open}}
";
    let folder = Folder::new();
    let open = component("open-thing").replace("spec:", "  labels: {open: 'yes'}\nspec:");
    folder.write(
        "a.yaml",
        format!("{open}---\n{}---\n{TEAM}", component("secret-thing")),
    );
    let app = App::guarded(&folder, &["a.yaml"], guards(policy)).await;
    app.follow_search().await;
    let bob = app.session("user:default/bob").await;
    let get = async |path: &str| {
        let answer = Call::new("GET", path).by(&bob).to(&app).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer
    };
    let found = get("/api/search/query?term=thing").await.json();
    assert_eq!(found["numberOfResults"], 1);
    assert_eq!(found["results"][0]["document"]["title"], "open-thing");
    for term in [
        "secret",
        "secrte",
        "secret-thing",
        "sec",
        "deck",
        "Deck Crew",
    ] {
        let term = term.replace(' ', "%20");
        let found = get(&format!("/api/search/query?term={term}")).await.json();
        assert_eq!(found["numberOfResults"], 0, "{term}");
        assert_eq!(
            get(&format!("/fn/search/suggest?q={term}")).await.json(),
            json!([])
        );
    }
    for term in ["secrte", "secre", "deck%20crw", "thing", "team"] {
        let page = get(&format!("/search?q={term}")).await.text;
        assert!(
            !page.contains("secret-thing") && !page.contains("Deck Crew"),
            "{term}"
        );
    }
    // The owner may not be seen, so it is neither counted nor filtered by.
    let view = get("/fn/search/query?query%5Bq%5D=thing").await.json();
    let owners = view["facets"].as_array().unwrap().iter();
    let owners = owners
        .clone()
        .find(|facet| facet["key"] == "owner")
        .unwrap();
    assert_eq!(owners["values"], json!([]));
    let owned = get("/fn/search/query?query%5Bowner%5D%5B0%5D=group:default/team-a").await;
    assert_eq!(owned.json()["total"], 0);
}
