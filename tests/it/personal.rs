//! What is one's own: stars, watches, saved views, preferences, what one looked at, and the pages that show it.
mod kept;

use axum::http::StatusCode;
use callboard_db::{Mark, now_ms};
use callboard_testkit::Folder;

use crate::{
    authorization::callers::{By, Call, OWN_COMPONENTS, guards},
    support::{Answer, App},
};

const ADA: &str = "user:default/ada";

fn entities() -> String {
    let component = |name: &str, owner: &str, annotations: &str| {
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}{annotations}}}\n\
             spec: {{type: service, lifecycle: production, owner: {owner}}}\n"
        )
    };
    let head = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: crew, title: Deck Crew}\n\
                spec: {type: team, children: []}\n\
                ---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: ada, title: Ada}\n\
                spec: {memberOf: [crew]}\n\
                ---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: bob}\nspec: {memberOf: []}\n";
    [
        head,
        &component("basket", "user:ada", ""),
        // A problem with which an entity is kept.
        &component(
            "winch",
            "crew",
            ", annotations: {jenkins.io/github-folder: a}",
        ),
        &component("payroll", "user:bob", ""),
    ]
    .concat()
}

struct World {
    app: App,
    ada: By,
    bob: By,
    folder: Folder,
}

async fn world() -> World {
    let folder = Folder::new();
    folder.write("a.yaml", entities());
    let app = App::guarded(&folder, &["a.yaml"], guards(OWN_COMPONENTS)).await;
    let (ada, bob) = (
        app.session(ADA).await,
        app.session("user:default/bob").await,
    );
    World {
        app,
        ada,
        bob,
        folder,
    }
}

impl World {
    async fn get(&self, who: &By, path: &str) -> Answer {
        Call::new("GET", path).by(who).to(&self.app).await
    }

    async fn post(&self, who: &By, path: &str, form: &str) -> Answer {
        Call::new("POST", path)
            .form(form)
            .by(who)
            .to(&self.app)
            .await
    }

    async fn starred(&self, user_ref: &str) -> Vec<String> {
        let all = self.app.db().mark_list(user_ref).await.unwrap();
        let stars = all.into_iter().filter(|one| one.mark == Mark::Star);
        stars.map(|one| one.entity_ref).collect()
    }
}

/// Returns the part of a page between an anchor and the end of its section.
fn section<'a>(page: &'a Answer, id: &str) -> &'a str {
    let (_, rest) = page
        .text
        .split_once(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("no {id} in {}", page.text));
    rest.split("</section>").next().unwrap()
}

fn leads_to(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.headers["location"], path);
}

#[tokio::test]
async fn a_star_stands_on_the_home_page_until_it_is_taken_off() {
    let world = world().await;
    let on = "ref=Component:Basket&on=1&back=/catalog?kind%3Dcomponent";
    leads_to(
        &world.post(&world.ada, "/stars", on).await,
        "/catalog?kind=component",
    );
    let home = world.get(&world.ada, "/").await;
    assert!(
        section(&home, "starred").contains("basket"),
        "{}",
        home.text
    );
    assert!(home.text.contains("Hello, Ada"), "{}", home.text);
    let settings = world.get(&world.ada, "/settings").await;
    assert!(section(&settings, "starred").contains("Unstar basket"));
    let others = world.get(&world.bob, "/").await;
    assert!(!section(&others, "starred").contains("basket"));
    let off = "ref=component:default/basket&on=&back=//evil.example";
    leads_to(&world.post(&world.ada, "/stars", off).await, "/");
    let home = world.get(&world.ada, "/").await;
    assert!(!section(&home, "starred").contains("basket"));
}

#[tokio::test]
async fn several_entities_are_starred_at_once_and_a_script_is_told_by_the_status() {
    let world = world().await;
    let form = "ref=component:default/basket&ref=component:default/winch&ref=component:default/payroll&on=true";
    let call = Call::new("POST", "/stars").form(form).by(&world.ada);
    let answer = call
        .header("accept", "application/json")
        .to(&world.app)
        .await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(
        world.starred(ADA).await,
        ["component:default/basket", "component:default/winch"],
        "what may not be read is passed over"
    );
}

#[tokio::test]
async fn what_cannot_be_starred_is_refused_and_tells_nothing() {
    let world = world().await;
    let there = world
        .post(&world.ada, "/stars", "ref=component:default/payroll&on=1")
        .await;
    let nowhere = world
        .post(&world.ada, "/stars", "ref=component:default/nowhere&on=1")
        .await;
    assert_eq!(
        (there.status, nowhere.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert!(
        there
            .text
            .contains("The catalog has no component:default/payroll.")
    );
    assert!(
        nowhere
            .text
            .contains("The catalog has no component:default/nowhere.")
    );
    for bad in ["on=1", "ref=nonsense&on=1", "ref=%3Cscript%3E&on=1", ""] {
        let answer = world.post(&world.ada, "/stars", bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(!answer.text.contains("<script>"), "{}", answer.text);
    }
    let many = "ref=component:default/basket&".repeat(1_001);
    let answer = world.post(&world.ada, "/stars", &many).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(world.starred(ADA).await.is_empty());
}

#[tokio::test]
async fn a_star_outlives_its_entity_and_says_so() {
    let world = world().await;
    world
        .post(&world.ada, "/stars", "ref=component:default/winch&on=1")
        .await;
    world.folder.write(
        "a.yaml",
        entities().replace("{name: winch,", "{name: capstan,"),
    );
    world.app.ingest().await;
    let home = world.get(&world.ada, "/").await;
    let starred = section(&home, "starred");
    assert!(
        starred.contains("winch") && starred.contains("missing"),
        "{starred}"
    );
    leads_to(
        &world
            .post(&world.ada, "/stars", "ref=component:default/winch&on=")
            .await,
        "/",
    );
    assert!(world.starred(ADA).await.is_empty());
}

#[tokio::test]
async fn what_a_person_looks_at_is_remembered_and_what_a_browser_fetches_ahead_is_not() {
    let world = world().await;
    world
        .get(&world.ada, "/catalog/default/component/basket")
        .await;
    let ahead = Call::new("GET", "/catalog/default/component/winch").by(&world.ada);
    ahead
        .header("sec-purpose", "prefetch;prerender")
        .to(&world.app)
        .await;
    world
        .get(&world.ada, "/catalog/default/component/payroll")
        .await;
    let home = world.get(&world.ada, "/").await;
    let recent = section(&home, "recent");
    assert!(recent.contains("basket"), "{recent}");
    assert!(
        !recent.contains("winch") && !recent.contains("payroll"),
        "{recent}"
    );
    let others = world.get(&world.bob, "/").await;
    assert!(!section(&others, "recent").contains("basket"));
    let (token, _) = world.app.personal_token(ADA, r#"["all"]"#, 60_000).await;
    world.get(&token, "/catalog/default/component/winch").await;
    let home = world.get(&world.ada, "/").await;
    assert!(
        !section(&home, "recent").contains("winch"),
        "a program looked at it"
    );
}

#[tokio::test]
async fn watched_and_owned_changes_can_be_told_from_all() {
    let world = world().await;
    world
        .post(&world.ada, "/watches", "ref=group:default/crew&on=1")
        .await;
    let mine = world.get(&world.ada, "/").await;
    let changes = section(&mine, "changes");
    assert!(
        changes.contains("basket") && changes.contains("Deck Crew"),
        "{changes}"
    );
    assert!(!changes.contains("/catalog/default/user/bob"), "{changes}");
    let all = world.get(&world.ada, "/?changes=all").await;
    assert!(section(&all, "changes").contains("/catalog/default/user/bob"));
    for odd in [
        "/?changes=%3Cscript%3E&page=-1&foo=1",
        "/?owner=nonsense&changes=mine",
    ] {
        let answer = world.get(&world.ada, odd).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
        assert!(!answer.text.contains("<script>"));
    }
    let settings = world.get(&world.ada, "/settings").await;
    assert!(section(&settings, "watched").contains("Deck Crew"));
}

#[tokio::test]
async fn what_i_own_has_its_problems_and_the_worst_comes_first() {
    let world = world().await;
    let home = world.get(&world.ada, "/").await;
    let owned = section(&home, "owned");
    let place = |name: &str| {
        owned
            .find(&format!("/catalog/default/component/{name}"))
            .unwrap()
    };
    assert!(place("winch") < place("basket"), "{owned}");
    assert!(
        owned.contains("No problem") && owned.contains("1 warning"),
        "{owned}"
    );
    assert!(section(&home, "problems").contains("shown first"));
}

#[tokio::test]
async fn thousands_of_stars_make_no_heavy_page() {
    let world = world().await;
    let refs: Vec<String> = (0..2_000)
        .map(|number| format!("component:default/gone-{number}"))
        .collect();
    let put = world
        .app
        .db()
        .mark_put(ADA, Mark::Star, &refs, now_ms(), 2_000);
    assert!(put.await.unwrap());
    let home = world.get(&world.ada, "/").await;
    assert!(section(&home, "starred").contains("Show all 2,000"));
    assert!(home.text.len() < 100_000, "{}", home.text.len());
    let settings = world.get(&world.ada, "/settings").await;
    assert!(settings.text.len() < 400_000, "{}", settings.text.len());
    let more = world
        .post(&world.ada, "/stars", "ref=component:default/basket&on=1")
        .await;
    assert_eq!(more.status, StatusCode::CONFLICT);
    assert!(
        more.text.contains("more than 2000 starred entities"),
        "{}",
        more.text
    );
}
