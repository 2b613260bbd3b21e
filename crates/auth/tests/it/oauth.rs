//! A sign-in with GitHub and with GitLab.
use callboard_auth::provider::{OAuthSettings, Provider, ProviderError, SignedIn};
use callboard_auth::{Http, HttpError, Secret};
use http::{Request, Response};
use serde_json::{Value, json};

use crate::idp::{CALLBACK, query};
use crate::web::{Web, form, json, text};
use crate::{NOW, wait};

type Answer = Result<Response<Vec<u8>>, HttpError>;

const TOKEN: &str = "gho_the_token";

fn provider(settings: OAuthSettings) -> Provider {
    let secret = Some(Secret::new("client-secret-1"));
    Provider::new(settings.with_client("id-1", secret, CALLBACK))
}

fn sign_in(provider: &Provider, http: &dyn Http) -> Result<SignedIn, ProviderError> {
    let begun = wait(provider.start(http, "state-1", &[])).unwrap();
    wait(provider.finish(http, &begun.pending, &query("good"), NOW))
}

/// GitHub, whose user endpoint and list of addresses a test decides about.
fn github(
    host: &'static str,
    api: &'static str,
    user: Value,
    emails: (u16, Value),
) -> Web<impl Fn(&Request<Vec<u8>>) -> Answer> {
    Web::new(move |request: &Request<Vec<u8>>| {
        let url = request.uri().to_string();
        assert_eq!(request.headers()["user-agent"], "callboard");
        if url == format!("{host}/login/oauth/access_token") {
            let form = form(std::str::from_utf8(request.body()).unwrap());
            assert_eq!(request.headers()["accept"], "application/json");
            assert_eq!(form["client_id"], "id-1");
            assert_eq!(form["client_secret"], "client-secret-1");
            assert_eq!(form["code_verifier"].len(), 43);
            return json(
                200,
                &json!({
                    "access_token": TOKEN, "token_type": "bearer", "scope": "read:user,user:email",
                }),
            );
        }
        assert_eq!(
            request.headers()["authorization"],
            format!("Bearer {TOKEN}").as_str()
        );
        if url == format!("{api}/user") {
            return json(200, &user);
        }
        assert_eq!(url, format!("{api}/user/emails"));
        json(emails.0, &emails.1)
    })
}

fn octocat(email: Value) -> Value {
    json!({
        "login": "octocat", "id": 583231, "node_id": "MDQ6VXNlcjU4MzIzMQ==", "name": "The Octocat",
        "avatar_url": "https://avatars.example/u/583231", "email": email,
    })
}

#[test]
fn github_says_who_it_is() {
    let user = octocat(json!("octocat@github.com"));
    let web = github(
        "https://github.com",
        "https://api.github.com",
        user,
        (500, json!({})),
    );
    let signed_in = sign_in(&provider(OAuthSettings::github(None)), &web).unwrap();
    let claims = signed_in.claims;
    assert_eq!(claims.subject, "583231");
    assert_eq!(claims.username.as_deref(), Some("octocat"));
    assert_eq!(claims.email.as_deref(), Some("octocat@github.com"));
    assert_eq!(claims.display_name.as_deref(), Some("The Octocat"));
    assert_eq!(
        claims.picture.as_deref(),
        Some("https://avatars.example/u/583231")
    );
    assert_eq!(claims.raw["node_id"], json!("MDQ6VXNlcjU4MzIzMQ=="));
    assert_eq!(claims.raw["iss"], json!("https://github.com"));
    assert_eq!(signed_in.tokens.scope, "read:user user:email");
    assert_eq!(signed_in.tokens.id_token, None);
    assert_eq!(web.count("/user/emails"), 0);
}

#[test]
fn the_first_url_of_github_has_pkce_and_the_scopes() {
    let web = crate::web::nobody();
    let provider = provider(OAuthSettings::github(None));
    let begun = wait(provider.start(&web, "state-1", &["repo".to_owned()])).unwrap();
    let (url, rest) = begun.url.split_once('?').unwrap();
    let rest = form(rest);
    assert_eq!(url, "https://github.com/login/oauth/authorize");
    assert_eq!(rest["scope"], "read:user user:email repo");
    assert_eq!(rest["redirect_uri"], CALLBACK);
    assert_eq!(rest["code_challenge_method"], "S256");
    assert!(!rest.contains_key("nonce"));
}

#[test]
fn the_primary_address_counts_if_it_is_verified() {
    let address = |emails: (u16, Value)| {
        let api = "https://ghe.example/api/v3";
        let web = github("https://ghe.example", api, octocat(json!(null)), emails);
        let settings = OAuthSettings::github(Some("https://ghe.example/"));
        let claims = sign_in(&provider(settings), &web).unwrap().claims;
        assert_eq!(claims.raw["iss"], json!("https://ghe.example"));
        (claims.email, claims.email_verified)
    };
    let emails = json!([
        {"email": "old@x.org", "primary": false, "verified": true},
        {"email": "new@x.org", "primary": true, "verified": true},
    ]);
    assert_eq!(
        address((200, emails)),
        (Some("new@x.org".to_owned()), Some(true))
    );
    let unverified = json!([{"email": "new@x.org", "primary": true, "verified": false}]);
    assert_eq!(address((200, unverified)), (None, None));
    assert_eq!(address((403, json!({"message": "no"}))), (None, None));
    assert_eq!(address((200, json!({"message": "odd"}))), (None, None));
}

#[test]
fn github_refuses_with_status_200() {
    let failed = |error: &'static str| {
        let web = Web::new(move |_: &Request<Vec<u8>>| {
            json(
                200,
                &json!({"error": error, "error_description": "It is so."}),
            )
        });
        sign_in(&provider(OAuthSettings::github(None)), &web).unwrap_err()
    };
    let used = failed("bad_verification_code");
    assert!(matches!(used, ProviderError::CodeRefused(_)), "{used:?}");
    let client = failed("incorrect_client_credentials");
    assert!(
        matches!(client, ProviderError::ClientRefused { .. }),
        "{client:?}"
    );
    assert!(
        client
            .to_string()
            .contains("clientSecret in auth.providers.github")
    );
    assert!(!client.to_string().contains("client-secret-1"));
}

#[test]
fn odd_answers_about_the_person_are_errors() {
    for (status, body) in [
        (401, "{}"),
        (200, "{}"),
        (200, "[]"),
        (200, "null"),
        (200, "{\"id\": null}"),
        (200, "<html>"),
    ] {
        let web = Web::new(move |request: &Request<Vec<u8>>| {
            if request.uri().path().ends_with("access_token") {
                return json(200, &json!({"access_token": TOKEN, "token_type": "bearer"}));
            }
            text(status, body)
        });
        let error = sign_in(&provider(OAuthSettings::github(None)), &web).unwrap_err();
        assert!(
            matches!(error, ProviderError::Unexpected { .. }),
            "{error:?}"
        );
        assert!(!error.to_string().contains(TOKEN));
    }
}

#[test]
fn a_token_that_cannot_be_a_header_is_an_error() {
    let web = Web::new(|_: &Request<Vec<u8>>| {
        json(
            200,
            &json!({"access_token": "a\nb", "token_type": "bearer"}),
        )
    });
    let error = sign_in(&provider(OAuthSettings::github(None)), &web).unwrap_err();
    assert!(
        matches!(error, ProviderError::Unreachable { .. }),
        "{error:?}"
    );
}

#[test]
fn gitlab_says_who_it_is() {
    let signed_in = |confirmed: Value| {
        let web =
            Web::new(
                move |request: &Request<Vec<u8>>| match request.uri().to_string().as_str() {
                    "https://git.example/oauth/token" => json(
                        200,
                        &json!({
                            "access_token": TOKEN, "token_type": "Bearer", "expires_in": 7200,
                            "refresh_token": "r", "scope": "read_user", "created_at": 1,
                        }),
                    ),
                    "https://git.example/api/v4/user" => json(
                        200,
                        &json!({
                            "id": 7, "username": "ada", "name": "Ada", "email": "ada@x.org",
                            "avatar_url": null, "web_url": "https://git.example/ada",
                            "confirmed_at": confirmed,
                        }),
                    ),
                    other => panic!("{other}"),
                },
            );
        let settings = OAuthSettings::gitlab(Some("https://git.example"));
        sign_in(&provider(settings), &web).unwrap()
    };
    let confirmed = signed_in(json!("2020-01-01T00:00:00Z"));
    assert_eq!(confirmed.claims.subject, "7");
    assert_eq!(confirmed.claims.username.as_deref(), Some("ada"));
    assert_eq!(confirmed.claims.email_verified, Some(true));
    assert_eq!(confirmed.tokens.refresh_token, Some(Secret::new("r")));
    assert_eq!(confirmed.tokens.expires_in_s, Some(7200));
    assert_eq!(signed_in(json!(null)).claims.usable_email(), None);
}

#[test]
fn urls_that_are_none_are_named() {
    let web = crate::web::nobody();
    let mut settings = OAuthSettings::github(None);
    settings.callback_url = "not a url".to_owned();
    let error = wait(Provider::new(settings).start(&web, "s", &[])).unwrap_err();
    assert!(
        error.to_string().contains("callbackUrl is not a URL"),
        "{error}"
    );
}
