//! Requests that are not reads: they pass the same guard, and their answers are bounded.
use std::time::{Duration, Instant};

use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use callboard_scm::{ErrorKind, GithubHost, Limits, Reader, ScmError, Settings, Web};
use http::Request;

use crate::server::{Names, Server, allowing};

fn trusting<T: ToString>(hosts: &[T]) -> Settings {
    Settings {
        trusted: hosts.iter().map(ToString::to_string).collect(),
        limits: Limits {
            request: Duration::from_secs(3),
            ..Limits::default()
        },
        ..Settings::default()
    }
}

fn post(url: &str) -> Request<Vec<u8>> {
    let request = Request::post(url).header(AUTHORIZATION, "Basic x");
    request.body(b"grant_type=code".to_vec()).unwrap()
}

fn get(url: &str) -> Request<Vec<u8>> {
    Request::get(url).body(Vec::new()).unwrap()
}

async fn refusal(settings: &Settings, names: &[&str], url: &str) -> ScmError {
    let web = Web::with_resolver(settings, Names::new(&[names]));
    let error = web.send(get(url), 100).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused, "{url}: {error}");
    error
}

fn echo(path: &str, headers: &HeaderMap) -> impl IntoResponse + use<> {
    let length = headers
        .get("content-length")
        .map(|value| value.to_str().unwrap().to_owned());
    (
        StatusCode::IM_A_TEAPOT,
        [("x-path", path.to_owned())],
        length.unwrap_or_default(),
    )
}

#[tokio::test]
async fn a_trusted_host_is_sent_to_whatever_its_address_and_answers_with_any_status() {
    let server = Server::start(echo).await;
    for trusted in [server.address.to_string(), server.url("/issuer/")] {
        let web = Reader::with_resolver(trusting(&[trusted]), Names::new(&[])).web();
        let answer = web
            .send(post(&server.url("/token?a=b")), 100)
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::IM_A_TEAPOT);
        assert_eq!(answer.headers()["x-path"], "/token?a=b");
        assert_eq!(answer.body(), b"15");
        assert_eq!(server.header("authorization").as_deref(), Some("Basic x"));
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let server = Server::start(|_, _| (StatusCode::FOUND, [(LOCATION, "http://10.0.0.1/")])).await;
    let web = Web::with_resolver(&trusting(&[server.address]), Names::new(&[]));
    let answer = web.send(get(&server.url("/")), 100).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    assert_eq!(answer.headers()[LOCATION], "http://10.0.0.1/");
    assert_eq!(server.paths().len(), 1);
}

#[tokio::test]
async fn other_hosts_need_tls_and_a_public_address() {
    let server = Server::start(echo).await;
    let settings = trusting(&["idp.example"]);
    let error = refusal(&settings, &["140.82.121.4"], "http://other.example/x").await;
    assert_eq!(
        error.message,
        "requests to other.example have to use https, since configuration does not name it"
    );
    let place = format!("other.example:{}", server.address.port());
    let error = refusal(&settings, &["127.0.0.1"], &format!("https://{place}/x")).await;
    assert!(
        error.message.contains("callboard.reading.private"),
        "{error}"
    );
    let literal = format!("https://{}/x", server.address);
    refusal(&settings, &[], &literal).await;
    for address in [
        "10.0.0.1",
        "192.168.0.1",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
    ] {
        refusal(
            &settings,
            &["140.82.121.4", address],
            "https://other.example/x",
        )
        .await;
    }
    for address in ["169.254.169.254", "fd00:ec2::254", "0.0.0.0"] {
        let error = refusal(&settings, &[address], "http://idp.example/x").await;
        assert!(error.message.ends_with("which is never read"), "{error}");
    }
    refusal(&settings, &[], "http://user:secret@idp.example/x").await;
    refusal(&settings, &[], "http://idp.example:8080/x").await;
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_may_be_read_is_not_what_may_be_sent_to() {
    let server = Server::start(|_, _| "fine").await;
    let place = server.address.to_string();
    let mut settings = allowing(&[&place]);
    settings.github.push(GithubHost {
        host: place.clone(),
        is_configured: true,
        ..GithubHost::default()
    });
    refusal(&settings, &[], &server.url("/x")).await;
    refusal(&settings, &[], &format!("https://{place}/x")).await;

    let reader = Reader::with_resolver(trusting(&[&place]), Names::new(&[]));
    let error = reader.read(&server.url("/x"), None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused, "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_private_host_that_configuration_names_is_sent_to_with_tls() {
    let server = Server::start(|_, _| "no TLS").await;
    let place = format!("idp.example:{}", server.address.port());
    let settings = Settings {
        private: vec![place.clone()],
        ..Settings::default()
    };
    let web = Web::with_resolver(&settings, Names::new(&[&["127.0.0.1"]]));
    let error = web
        .send(get(&format!("https://{place}/")), 100)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
    assert_eq!(
        server.connections(),
        1,
        "it was let through, and has no TLS"
    );
}

#[tokio::test]
async fn a_large_answer_is_an_error_with_and_without_its_length() {
    let server = Server::start(|path: &str, _: &HeaderMap| {
        let body = "x".repeat(101);
        if path == "/chunked" {
            let chunks = futures::stream::iter([Ok::<_, std::io::Error>(body)]);
            axum::body::Body::from_stream(chunks).into_response()
        } else {
            body.into_response()
        }
    })
    .await;
    let web = Web::with_resolver(&trusting(&[server.address]), Names::new(&[]));
    for path in ["/", "/chunked"] {
        let error = web.send(get(&server.url(path)), 100).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::TooLarge, "{error}");
        assert_eq!(
            web.send(get(&server.url(path)), 101)
                .await
                .unwrap()
                .body()
                .len(),
            101
        );
    }
}

#[tokio::test]
async fn a_slow_answer_is_an_error_in_time() {
    let server = Server::start(|_, _| {
        let chunks =
            futures::stream::once(std::future::pending::<Result<String, std::io::Error>>());
        axum::body::Body::from_stream(chunks)
    })
    .await;
    let mut settings = trusting(&[server.address]);
    settings.limits.request = Duration::from_millis(200);
    let web = Web::with_resolver(&settings, Names::new(&[]));
    let started = Instant::now();
    // More than may be under way at a time, so that some wait for their turn.
    let all = (0..20).map(|_| web.send(get(&server.url("/secret")), 100));
    for answer in futures::future::join_all(all).await {
        let error = answer.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
        assert!(!error.message.contains("secret"), "{error}");
    }
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn what_one_user_has_used_up_does_not_stop_the_others() {
    let server = Server::start(|_, _| {
        let headers = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "3000"),
        ];
        (StatusCode::FORBIDDEN, headers, "rate limit")
    })
    .await;
    let web = Web::with_resolver(&trusting(&[server.address]), Names::new(&[]));
    for _ in 0..3 {
        let answer = web.send(get(&server.url("/user")), 100).await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let web = Web::with_resolver(&Settings::default(), Names::new(&[]));
    for uri in ["/relative", "*", "example.com:443"] {
        let error = web.send(get(uri), 100).await.unwrap_err();
        assert!(
            matches!(error.kind, ErrorKind::Malformed | ErrorKind::Refused),
            "{uri}: {error}"
        );
    }
}
