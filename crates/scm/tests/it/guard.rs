//! What must never be connected to is refused before a connection is opened.
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use callboard_scm::{ErrorKind, GithubHost, Reader, ScmError, Settings};

use crate::server::{Names, Server, allowing, found};

async fn refusal(settings: Settings, names: &[&str], target: &str) -> ScmError {
    let reader = Reader::with_resolver(settings, Names::new(&[names]));
    let error = reader.read(target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused, "{target}: {error}");
    error
}

async fn redirecting(to: String) -> Server {
    Server::start(move |_, _| (StatusCode::FOUND, [(LOCATION, to.clone())])).await
}

async fn fine() -> Server {
    Server::start(|_, _| "fine").await
}

fn reader(settings: Settings) -> Reader {
    Reader::with_resolver(settings, Names::new(&[]))
}

#[tokio::test]
async fn a_host_that_is_not_configured_is_refused_with_the_key_to_add() {
    let server = fine().await;
    let error = refusal(Settings::default(), &["127.0.0.1"], &server.url("/x")).await;
    let place = server.address;
    assert_eq!(
        error.message,
        format!(
            "its host {place} is not known; add it to backend.reading.allow, or to integrations"
        )
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_refused_before_a_connection() {
    let server = fine().await;
    let place = format!("looks.example:{}", server.address.port());
    let error = refusal(
        allowing(&[&place]),
        &["127.0.0.1"],
        &format!("http://{place}/x"),
    )
    .await;
    assert_eq!(
        error.message,
        format!(
            "{place} leads to 127.0.0.1, a loopback address; if it may be read, \
             add {place} or 127.0.0.1 to callboard.reading.private"
        )
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn every_address_of_a_name_must_be_allowed() {
    let server = fine().await;
    let place = format!("looks.example:{}", server.address.port());
    let target = format!("http://{place}/x");
    for addresses in [
        &["127.0.0.1", "140.82.121.4"][..],
        &["140.82.121.4", "127.0.0.1"],
        &["::ffff:127.0.0.1"],
        &["140.82.121.4", "::1"],
        &["64:ff9b::7f00:1"],
    ] {
        refusal(allowing(&[&place]), addresses, &target).await;
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn metadata_services_are_refused_whatever_configuration_says() {
    for address in [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fd00:ec2::254",
        "0.0.0.0",
    ] {
        let mut settings = allowing(&["meta.example"]);
        settings.private = vec![
            "meta.example".to_owned(),
            "0.0.0.0/0".to_owned(),
            "::/0".to_owned(),
        ];
        let error = refusal(settings, &[address], "http://meta.example/latest").await;
        assert!(error.message.ends_with("which is never read"), "{error}");
    }
    let settings = allowing(&["169.254.169.254"]);
    refusal(settings, &[], "http://169.254.169.254/latest/meta-data").await;
}

#[tokio::test]
async fn private_networks_are_refused_unless_they_are_named() {
    for address in [
        "10.1.2.3",
        "172.16.0.9",
        "192.168.0.1",
        "100.64.0.1",
        "fd00::1",
    ] {
        refusal(
            allowing(&["git.example"]),
            &[address],
            "https://git.example/x",
        )
        .await;
    }
}

#[test]
fn every_spelling_of_an_address_is_recognised() {
    let reader = reader(Settings::default());
    for target in [
        "http://0x7f.1/x",
        "http://2130706433/x",
        "http://0177.0.0.1/x",
        "http://127.1/x",
        "http://[::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://[::ffff:7f00:1]/x",
        "http://①②⑦.0.0.1/x",
    ] {
        let error = reader.admits(target).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused, "{target}");
    }
    let written = allowing(&["127.0.0.1"]);
    assert_eq!(Reader::new(written).admits("http://0x7f.1/x"), Ok(()));
}

#[test]
fn schemes_that_are_not_the_web_are_refused() {
    let reader = reader(allowing(&["a.example"]));
    for target in [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " JavaScript:alert(1)",
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://a.example/x",
        "gopher://a.example/x",
    ] {
        let error = reader.admits(target).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused, "{target}: {error}");
        assert!(
            error.message.ends_with("only http and https URLs are"),
            "{error}"
        );
    }
    for target in ["", "catalog-info.yaml", "https://", "https://a b/", "\u{0}"] {
        let error = reader.admits(target).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed, "{target}: {error}");
    }
}

#[test]
fn credentials_in_a_url_are_refused_and_not_repeated() {
    let reader = reader(allowing(&["a.example"]));
    for target in [
        "https://user:hunter2@a.example/x",
        "https://hunter2@a.example/x",
    ] {
        let error = reader.admits(target).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused);
        assert!(!error.message.contains("hunter2"));
    }
}

#[tokio::test]
async fn a_redirect_to_a_private_place_is_refused_before_a_connection() {
    let inner = fine().await;
    let outer = redirecting(inner.url("/secret")).await;
    let error = refusal(allowing(&[outer.address]), &[], &outer.url("/x")).await;
    assert_eq!(
        error.message,
        format!(
            "{} redirects to {}: its host {} is not known; add it to backend.reading.allow, \
             or to integrations",
            outer.address, inner.address, inner.address
        )
    );
    assert_eq!((outer.connections(), inner.connections()), (1, 0));
}

#[tokio::test]
async fn a_redirect_to_an_allowed_name_with_a_private_address_is_refused() {
    let inner = fine().await;
    let place = format!("inner.example:{}", inner.address.port());
    let outer = redirecting(format!("http://{place}/secret")).await;
    let settings = allowing(&[outer.address.to_string(), place]);
    refusal(settings, &["127.0.0.1"], &outer.url("/x")).await;
    assert_eq!((outer.connections(), inner.connections()), (1, 0));
}

#[tokio::test]
async fn a_redirect_to_another_scheme_is_refused() {
    for place in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,x",
        "gopher://x/",
    ] {
        let outer = redirecting(place.to_owned()).await;
        let error = refusal(allowing(&[outer.address]), &[], &outer.url("/x")).await;
        assert!(error.message.contains("redirects to"), "{error}");
        assert!(
            error.message.ends_with("only http and https URLs are"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_redirect_with_credentials_is_refused() {
    let inner = fine().await;
    let outer = redirecting(format!("http://user:hunter2@{}/x", inner.address)).await;
    let settings = allowing(&[outer.address, inner.address]);
    let error = refusal(settings, &[], &outer.url("/x")).await;
    assert!(!error.message.contains("hunter2"));
    assert_eq!(inner.connections(), 0);
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::start(|path, _| {
        let next = if path == "/a" { "/b" } else { "/a" };
        (StatusCode::FOUND, [(LOCATION, next)])
    })
    .await;
    let reader = reader(allowing(&[server.address]));
    let error = reader.read(&server.url("/a"), None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(error.message, "more than 5 redirects");
    assert_eq!(server.paths(), ["/a", "/b", "/a", "/b", "/a", "/b"]);
}

#[tokio::test]
async fn a_redirect_between_allowed_places_is_followed() {
    let inner = fine().await;
    let outer = redirecting(inner.url("/there#part")).await;
    let reader = reader(allowing(&[outer.address, inner.address]));
    let found = found(reader.read(&outer.url("/x"), None).await.unwrap());
    assert_eq!(found.files[0].bytes, b"fine");
    assert_eq!(found.files[0].url, outer.url("/x"));
    assert_eq!(inner.paths(), ["/there"]);
}

#[tokio::test]
async fn a_source_host_may_send_to_hosts_that_are_not_configured_only_in_public() {
    let inner = fine().await;
    let port = inner.address.port();
    for place in [
        format!("https://cdn.example:{port}/x"),
        format!("https://127.0.0.1:{port}/x"),
        format!("http://cdn.example:{port}/x"),
    ] {
        let outer = redirecting(place.clone()).await;
        let host = GithubHost {
            host: "github.com".to_owned(),
            raw_base_url: Some(outer.url("")),
            is_configured: true,
            ..GithubHost::default()
        };
        let settings = Settings {
            github: vec![host],
            // Private addresses are for hosts that configuration knows.
            private: vec!["127.0.0.0/8".to_owned()],
            ..Settings::default()
        };
        let target = "https://github.com/o/r/blob/main/x";
        let error = refusal(settings, &["127.0.0.1"], target).await;
        let to_known_scheme = place.starts_with("https:");
        assert_eq!(
            error.message.contains("loopback"),
            to_known_scheme,
            "{error}"
        );
        assert_eq!((outer.paths().len(), inner.connections()), (1, 0));
    }
}

#[tokio::test]
async fn a_name_that_changes_its_address_is_asked_once_for_each_request() {
    let server = fine().await;
    let place = format!("git.example:{}", server.address.port());
    let mut settings = allowing(&[&place]);
    settings.private = vec!["127.0.0.1".to_owned()];
    let names = Names::new(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let reader = Reader::with_resolver(settings, names.clone());
    let target = format!("http://{place}/x");
    assert_eq!(
        found(reader.read(&target, None).await.unwrap()).files[0].bytes,
        b"fine"
    );
    assert_eq!(names.asked(), 1, "connecting must not ask a second time");
    let error = reader.read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert_eq!((names.asked(), server.connections()), (2, 1));
}

#[tokio::test]
async fn what_configuration_writes_out_may_be_private() {
    let server = fine().await;
    let port = server.address.port();
    let named = format!("git.example:{port}");
    let read = async |settings: Settings, host: &str| {
        let reader = Reader::with_resolver(settings, Names::new(&[&["127.0.0.1"]]));
        let answer = reader.read(&format!("http://{host}/x"), None).await;
        answer.map(|answer| found(answer).files.len())
    };
    let localhost = format!("localhost:{port}");
    assert_eq!(read(allowing(&[&localhost]), &localhost).await, Ok(1));
    for private in ["git.example", named.as_str(), "127.0.0.1", "127.0.0.0/8"] {
        let mut settings = allowing(&[&named]);
        settings.private = vec![private.to_owned()];
        assert_eq!(read(settings, &named).await, Ok(1), "{private}");
    }
    let mut settings = allowing(&[&named]);
    settings.private = vec!["10.0.0.0/8".to_owned(), "it.example".to_owned()];
    assert!(read(settings, &named).await.is_err());
}

#[tokio::test]
async fn a_wildcard_and_paths_limit_what_is_read() {
    let server = fine().await;
    let port = server.address.port();
    let mut settings = allowing(&[format!("*.example.net:{port}")]);
    settings.allow[0].paths = Some(vec!["/public/".to_owned()]);
    settings.private = vec!["127.0.0.1".to_owned()];
    let reader = Reader::with_resolver(settings, Names::new(&[&["127.0.0.1"]]));
    let read = async |host: &str, path: &str| {
        let answer = reader
            .read(&format!("http://{host}:{port}{path}"), None)
            .await;
        answer.map(|_| ()).map_err(|error| error.kind)
    };
    assert_eq!(read("a.example.net", "/public/x").await, Ok(()));
    assert_eq!(
        read("a.example.net", "/secret/x").await,
        Err(ErrorKind::Refused)
    );
    assert_eq!(
        read("a.example.net", "/public/../secret/x").await,
        Err(ErrorKind::Refused)
    );
    assert_eq!(
        read("example.net", "/public/x").await,
        Err(ErrorKind::Refused)
    );
    assert_eq!(server.paths(), ["/public/x"]);
}

#[tokio::test]
async fn a_name_without_an_address_may_have_one_later() {
    let reader = reader(allowing(&["gone.example"]));
    let error = reader
        .read("https://gone.example/x", None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert_eq!(
        error.message,
        "no address was found for gone.example: no such name"
    );
}
