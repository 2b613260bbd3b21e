//! Who sends a request, and what does not prove it: sessions, personal tokens and programs.
use axum::http::StatusCode;
use callboard::server::Guards;
use callboard_auth::session;
use callboard_db::now_ms;
use callboard_testkit::Folder;
use serde_json::json;

use crate::{
    authorization::callers::{By, Call, guards, new_secret, program},
    support::{Answer, App},
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const ADA: &str = "user:default/ada";
const WHO: &str = "/api/auth/v1/userinfo";

/// Everybody who has signed in may do everything.
const POLICY: &str = "
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - {name: all, members: [everyone], rules: [{allow: '*'}]}
";

/// Nobody may do anything.
const NOTHING: &str = "{apiVersion: callboard.dev/v1, kind: Policy, roles: []}";

const PEOPLE: &str = "
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ada}
spec: {memberOf: [crew]}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: crew}
spec: {type: team, children: []}
";

async fn app_with(guards: Guards) -> App {
    let folder = Folder::new();
    folder.write("people.yaml", PEOPLE);
    App::guarded(&folder, &["people.yaml"], guards).await
}

async fn app() -> App {
    app_with(guards(POLICY)).await
}

async fn ask(app: &App, who: &By) -> Answer {
    Call::new("GET", WHO).by(who).to(app).await
}

async fn list(app: &App, who: &By) -> Answer {
    Call::new("GET", "/api/catalog/entities")
        .by(who)
        .to(app)
        .await
}

async fn is_known(app: &App, who: &By) -> bool {
    match ask(app, who).await.status.as_u16() {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

/// Posts a form with the cookie of a session, from the portal's own page.
async fn post(app: &App, path: &str, form: &str, who: &By) -> Answer {
    Call::new("POST", path).form(form).by(who).to(app).await
}

/// An entity is checked: a permission that is about nothing in particular and that reads nothing.
async fn validate(app: &App, who: &By) -> u16 {
    let body = json!({"location": "url:https://example.com/a.yaml", "entity": {
        "apiVersion": "backstage.io/v1alpha1", "kind": "System", "metadata": {"name": "s"}, "spec": {"owner": "o"}}});
    let call = Call::new("POST", "/api/catalog/validate-entity");
    call.json(&body).by(who).to(app).await.status.as_u16()
}

/// How many entities somebody sees; the status when there is no list.
async fn seen(app: &App, who: &By) -> Result<usize, u16> {
    let answer = Call::new("GET", "/api/catalog/entities")
        .by(who)
        .to(app)
        .await;
    if answer.status == StatusCode::OK {
        Ok(answer.names().len())
    } else {
        Err(answer.status.as_u16())
    }
}

#[tokio::test]
async fn a_session_is_for_its_user_and_nothing_else_is_a_session() {
    let app = app().await;
    let ada = app.session(ADA).await;
    let answer = ask(&app, &ada).await.json();
    assert_eq!(answer["sub"], ADA);
    assert_eq!(answer["ent"], json!([ADA, "group:default/crew"]));
    let By::Session(secret) = &ada else { panic!() };
    let of_another_instance = self::app().await.session(ADA).await;
    assert!(!is_known(&app, &of_another_instance).await);
    for wrong in [
        String::new(),
        session::new_secret().expose().to_owned(),
        // Whoever can read the database has the hash.
        session::hash(secret),
        format!("{secret}x"),
        secret.to_uppercase(),
        "'%20OR%20'1'='1".to_owned(),
        "%00".to_owned(),
    ] {
        assert!(
            !is_known(&app, &By::Session(wrong.clone())).await,
            "{wrong}"
        );
    }
    assert!(is_known(&app, &ada).await);
    let prefixed =
        Call::new("GET", WHO).header("cookie", &format!("__Host-callboard-session={secret}"));
    assert_eq!(prefixed.to(&app).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_too_old_or_over() {
    let app = app().await;
    let now = now_ms();
    type Change = fn(&mut callboard_db::StoredSession);
    let changes: [(&str, bool, Change); 5] = [
        ("used a week ago but an hour", true, |one| {
            one.seen_at -= 7 * DAY - HOUR;
        }),
        ("idle for a week", false, |one| one.seen_at -= 7 * DAY),
        ("almost a month old", true, |one| {
            one.created_at -= 30 * DAY - HOUR;
        }),
        ("a month old", false, |one| one.created_at -= 30 * DAY),
        ("over", false, |one| one.expires_at = one.created_at - 1),
    ];
    for (what, counts, change) in changes {
        let (who, _) = app.session_with(ADA, change).await;
        assert_eq!(is_known(&app, &who).await, counts, "{what}");
    }
    let (ended, _) = app.session_with(ADA, |one| one.expires_at = now - 1).await;
    let page = Call::new("GET", "/catalog?kind=api")
        .by(&ended)
        .to(&app)
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(
        page.headers["location"],
        "/sign-in?back=%2Fcatalog%3Fkind%3Dapi"
    );
}

#[tokio::test]
async fn the_secret_of_a_session_is_replaced_and_the_old_one_counts_for_a_minute() {
    let app = app().await;
    let (old, _) = app
        .session_with(ADA, |one| one.rotated_at -= 2 * HOUR)
        .await;
    let answer = list(&app, &old).await;
    assert_eq!(answer.status, StatusCode::OK);
    let new = new_secret(&answer).expect("there is a new secret");
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let again = list(&app, &old).await;
    assert_eq!(
        again.status,
        StatusCode::OK,
        "a request under way still counts"
    );
    assert_eq!(new_secret(&again), None, "and brings no third one");
    let by_new = list(&app, &By::Session(new)).await;
    assert_eq!((by_new.status, new_secret(&by_new)), (StatusCode::OK, None));
    for (ago, counts) in [(30_000, true), (61_000, false)] {
        let (old, id) = app.session_with(ADA, |_| {}).await;
        let By::Session(secret) = &old else { panic!() };
        let (before, after) = (
            session::hash(secret),
            session::hash(session::new_secret().expose()),
        );
        let done = app
            .db()
            .session_rotate(&id, &before, &after, None, now_ms() - ago)
            .await;
        assert!(done.unwrap());
        assert_eq!(is_known(&app, &old).await, counts, "replaced {ago} ms ago");
    }
}

#[tokio::test]
async fn of_requests_at_the_same_time_one_gets_the_new_secret() {
    let app = app().await;
    let (old, _) = app
        .session_with(ADA, |one| one.rotated_at -= 2 * HOUR)
        .await;
    let ask = || list(&app, &old);
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let answers = [a, b, c, d];
    let all_count = answers.iter().all(|answer| answer.status == StatusCode::OK);
    assert!(all_count, "each of them is of the session");
    let secrets: Vec<String> = answers.iter().filter_map(new_secret).collect();
    let [secret] = &secrets[..] else {
        panic!("{} secrets", secrets.len())
    };
    assert!(is_known(&app, &By::Session(secret.clone())).await);
}

#[tokio::test]
async fn a_new_secret_is_not_lost_with_an_answer_that_refuses_or_sets_another_cookie() {
    let app = app_with(guards(NOTHING)).await;
    let due = |one: &mut callboard_db::StoredSession| one.rotated_at -= 2 * HOUR;
    let (old, _) = app.session_with(ADA, due).await;
    let refused = Call::new("GET", "/fn/admin/audit?query%5Bq%5D=");
    let refused = refused.by(&old).to(&app).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(is_known(&app, &By::Session(new_secret(&refused).unwrap())).await);

    let (old, _) = app.session_with(ADA, due).await;
    let theme = post(&app, "/theme", "theme=dark", &old).await;
    assert_eq!(theme.headers.get_all("set-cookie").iter().count(), 2);
    assert!(is_known(&app, &By::Session(new_secret(&theme).unwrap())).await);

    let (old, _) = app.session_with(ADA, due).await;
    let out = post(&app, "/sign-out", "", &old).await;
    assert_eq!(
        new_secret(&out),
        Some(String::new()),
        "whoever signs out stays so"
    );
    assert_eq!(out.headers.get_all("set-cookie").iter().count(), 1);
}

#[tokio::test]
async fn with_tls_the_cookie_cannot_be_set_by_other_hosts() {
    let mut guards = guards(POLICY);
    guards.identity.app_url = "https://portal.example.com".to_owned();
    let app = app_with(guards).await;
    let (who, _) = app
        .session_with(ADA, |one| one.rotated_at -= 2 * HOUR)
        .await;
    assert!(
        !is_known(&app, &who).await,
        "the name without the prefix does not count"
    );
    let By::Session(secret) = who else { panic!() };
    let call = Call::new("GET", "/api/catalog/entities")
        .header("cookie", &format!("__Host-callboard-session={secret}"));
    let answer = call.to(&app).await;
    assert_eq!(answer.status, StatusCode::OK);
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-callboard-session=") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn signing_out_ends_this_session_or_all_of_ones_own() {
    let app = app().await;
    let (one, two, bob) = (
        app.session(ADA).await,
        app.session(ADA).await,
        app.session("user:default/bob").await,
    );
    let out = post(&app, "/sign-out", "", &one).await;
    assert_eq!(
        (out.status, new_secret(&out)),
        (StatusCode::SEE_OTHER, Some(String::new()))
    );
    assert!(!is_known(&app, &one).await && is_known(&app, &two).await);
    let three = app.session(ADA).await;
    post(&app, "/sign-out", "everywhere=yes", &two).await;
    for gone in [two, three] {
        assert!(!is_known(&app, &gone).await);
    }
    assert!(is_known(&app, &bob).await, "others stay");
}

#[tokio::test]
async fn nobody_ends_the_sessions_and_tokens_of_somebody_else() {
    let app = app().await;
    let (ada, session_id) = app.session_with(ADA, |_| {}).await;
    let (token, token_id) = app.personal_token(ADA, r#"["all"]"#, HOUR).await;
    let bob = app.session("user:default/bob").await;
    post(
        &app,
        "/settings/sessions/revoke",
        &format!("id={session_id}"),
        &bob,
    )
    .await;
    post(
        &app,
        "/settings/tokens/revoke",
        &format!("id={token_id}"),
        &bob,
    )
    .await;
    assert!(is_known(&app, &ada).await && is_known(&app, &token).await);
    post(
        &app,
        "/settings/tokens/revoke",
        &format!("id={token_id}"),
        &ada,
    )
    .await;
    assert!(!is_known(&app, &token).await, "one's own can be revoked");
    post(
        &app,
        "/settings/sessions/revoke",
        &format!("id={session_id}"),
        &ada,
    )
    .await;
    assert!(!is_known(&app, &ada).await);
}

#[tokio::test]
async fn a_personal_token_does_what_it_is_for_until_it_ends() {
    let app = app().await;
    let all = seen(&app, &app.session(ADA).await).await.unwrap();
    assert!(all > 0);
    for (scopes, reads, validates) in [
        (r#"["read"]"#, Ok(all), 403),
        (r#"["all"]"#, Ok(all), 200),
        (r#"["catalog.entity.validate"]"#, Ok(0), 200),
        (r#"["catalog.entity.read"]"#, Ok(all), 403),
        ("[]", Ok(0), 403),
        ("not a list", Ok(0), 403),
    ] {
        let (token, _) = app.personal_token(ADA, scopes, HOUR).await;
        assert_eq!(seen(&app, &token).await, reads, "{scopes}");
        assert_eq!(validate(&app, &token).await, validates, "{scopes}");
    }
    let (ended, _) = app.personal_token(ADA, r#"["all"]"#, -1).await;
    assert_eq!(seen(&app, &ended).await, Err(401));
    let (plain, _) = callboard_auth::token::PersonalToken::generate();
    assert_eq!(seen(&app, &By::token(plain.expose())).await, Err(401));
}

#[tokio::test]
async fn a_token_does_not_make_others_or_name_them() {
    let app = app().await;
    let (token, id) = app.personal_token(ADA, r#"["all"]"#, HOUR).await;
    let made = post(&app, "/settings/tokens", "name=x&scope=all&days=1", &token).await;
    assert_eq!(made.status, StatusCode::FORBIDDEN);
    assert_eq!(app.db().token_list(ADA).await.unwrap().len(), 1);
    let settings = Call::new("GET", "/fn/account/me").by(&token).to(&app).await;
    assert!(!settings.text.contains(&id), "{}", settings.text);
    let cookie = Call::new("GET", "/api/app/.backstage/auth/v1/cookie")
        .by(&token)
        .to(&app)
        .await;
    assert_eq!(cookie.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_program_does_what_its_restrictions_name() {
    for (only, lists, locations, validates, metadata, audit) in [
        (None, 200, 200, 200, 200, 200),
        (
            Some(("catalog", &["catalog.entity.read"][..], &[][..])),
            200,
            403,
            403,
            200,
            403,
        ),
        (Some(("catalog", &[], &["read"])), 200, 200, 403, 200, 403),
        (
            Some(("catalog", &["catalog.entity.validate"], &[])),
            200,
            403,
            200,
            200,
            403,
        ),
        (Some(("permission", &[], &[])), 403, 403, 403, 403, 403),
    ] {
        let mut guards = guards(POLICY);
        guards.identity.external = vec![program("a-token-of-a-program", only)];
        let app = app_with(guards).await;
        let who = By::token("a-token-of-a-program");
        for (path, expected) in [
            ("/api/catalog/entities", lists),
            ("/api/catalog/locations", locations),
            (
                "/api/catalog/.well-known/backstage/permissions/metadata",
                metadata,
            ),
            ("/api/audit/export", audit),
        ] {
            let answer = Call::new("GET", path).by(&who).to(&app).await;
            assert_eq!(answer.status.as_u16(), expected, "{only:?} {path}");
        }
        assert_eq!(validate(&app, &who).await, validates, "{only:?}");
        for wrong in [
            "a-token-of-a-progra",
            "a-token-of-a-program2",
            "A-token-of-a-program",
        ] {
            assert_eq!(seen(&app, &By::token(wrong)).await, Err(401));
        }
    }
}
