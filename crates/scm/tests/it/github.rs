//! GitHub, played by a stub that is held against GitHub's published description.
mod app;
mod write;

use std::time::Duration;

use callboard_scm::{AllowedHost, Answer, ErrorKind, Found, GithubHost, Reader, Secret, Settings};
use serde_json::{Value, json};

use crate::server::found;
use crate::stub::Stub;

const SITE: &str = "https://ghe.example/acme/site";

/// A private repository with a few files, and a public one.
fn state() -> Value {
    let site = json!({
        "catalog-info.yaml": "kind: System\n",
        "a/catalog-info.yaml": "kind: Component\n",
        "a/b c/catalog-info.yaml": "kind: API\n",
        "a/other.yaml": "x: 1\n",
        "docs/index.md": "# Docs\n",
        "docs/deep/page.md": "deep\n",
        "docs/link.md": {"link": "index.md"},
        ".github/catalog-info.yaml": "hidden: true\n",
    });
    json!({
        "tokens": {"ghp_acme": ["acme"]},
        "repos": {
            "acme/site": {"private": true, "branches": {"main": site}},
            "open/site": {"branches": {"main": {"catalog-info.yaml": "kind: Domain\n"}}},
        },
    })
}

fn host(stub: &Stub, token: Option<&str>) -> GithubHost {
    GithubHost {
        host: "ghe.example".to_owned(),
        api_base_url: Some(format!("{}/api/v3", stub.api)),
        token: token.map(Secret::new),
        is_configured: true,
        ..GithubHost::default()
    }
}

fn settings(host: GithubHost) -> Settings {
    Settings {
        github: vec![host],
        ..Settings::default()
    }
}

async fn stub_and_reader() -> Option<(Stub, Reader)> {
    let stub = Stub::start(&state()).await?;
    let reader = Reader::new(settings(host(&stub, Some("ghp_acme"))));
    Some((stub, reader))
}

fn texts(found: &Found) -> Vec<(&str, &str)> {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    found
        .files
        .iter()
        .map(|file| (file.url.as_str(), text(&file.bytes)))
        .collect()
}

#[tokio::test]
async fn a_file_is_read_through_octocrab_with_the_token_and_our_name() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    let target = format!("{SITE}/blob/main/a/b%20c/catalog-info.yaml");
    let answer = found(reader.read(&target, None).await.unwrap());
    assert_eq!(texts(&answer), [(target.as_str(), "kind: API\n")]);
    let requests = stub.requests().await;
    let contents = "/api/v3/repos/acme/site/contents/a/b%20c/catalog-info.yaml?ref=main";
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["url"], contents);
    assert_eq!(requests[0]["authorization"], "Bearer ghp_acme");
    assert_eq!(
        requests[0]["agent"],
        concat!("Callboard/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(requests[0]["accept"], "application/vnd.github.raw+json");
}

#[tokio::test]
async fn a_file_that_did_not_change_is_not_sent_again() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    let target = format!("{SITE}/tree/main/catalog-info.yaml");
    let first = found(reader.read(&target, None).await.unwrap());
    let known = first.version.as_deref();
    assert!(known.is_some());
    assert_eq!(reader.read(&target, known).await, Ok(Answer::Unchanged));
    stub.change(
        &json!({"repos": {"acme/site": {"branches": {"main": {"catalog-info.yaml": "new"}}}}}),
    )
    .await;
    let second = found(reader.read(&target, known).await.unwrap());
    assert_eq!(texts(&second), [(target.as_str(), "new")]);
}

#[tokio::test]
async fn what_is_missing_what_is_private_and_what_is_forbidden_are_told_apart() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    let kind = async |reader: &Reader, path: &str| {
        let target = format!("https://ghe.example/{path}");
        reader.read(&target, None).await.unwrap_err().kind
    };
    assert_eq!(
        kind(&reader, "acme/site/blob/main/no.yaml").await,
        ErrorKind::NotFound
    );
    assert_eq!(
        kind(&reader, "acme/none/blob/main/no.yaml").await,
        ErrorKind::NotFound
    );
    assert_eq!(kind(&reader, "acme/site").await, ErrorKind::Malformed);
    assert_eq!(
        kind(&reader, "acme/site/blob/main/docs").await,
        ErrorKind::Malformed
    );
    let wrong = Reader::new(settings(host(&stub, Some("ghp_wrong"))));
    assert_eq!(
        kind(&wrong, "acme/site/blob/main/catalog-info.yaml").await,
        ErrorKind::Unauthorized
    );
    let nobody = Reader::new(settings(host(&stub, None)));
    let target = format!("{SITE}/blob/main/catalog-info.yaml");
    let error = nobody.read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.contains("without a token"), "{error}");
}

#[tokio::test]
async fn strangers_read_public_files_from_the_raw_host() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    let reader = Reader::new(settings(GithubHost {
        host: "github.com".to_owned(),
        api_base_url: Some(stub.api.clone()),
        raw_base_url: Some(format!("{}/raw", stub.files)),
        is_configured: true,
        ..GithubHost::default()
    }));
    let target = "https://github.com/open/site/blob/main/catalog-info.yaml";
    let answer = found(reader.read(target, None).await.unwrap());
    assert_eq!(texts(&answer), [(target, "kind: Domain\n")]);
    assert_eq!(
        reader.read(target, answer.version.as_deref()).await,
        Ok(Answer::Unchanged)
    );
    let requests = stub.requests().await;
    assert!(requests.iter().all(|request| request["host"] == "files"));
    assert_eq!(requests[0]["url"], "/raw/open/site/main/catalog-info.yaml");
    assert_eq!(requests[0].get("authorization"), None);
}

#[tokio::test]
async fn a_pattern_reads_what_it_matches_and_asks_once_when_nothing_changed() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    let target = format!("{SITE}/blob/main/**/catalog-info.yaml");
    let answer = found(reader.read(&target, None).await.unwrap());
    let expected = [
        ("a/b%20c/catalog-info.yaml", "kind: API\n"),
        ("a/catalog-info.yaml", "kind: Component\n"),
        ("catalog-info.yaml", "kind: System\n"),
    ]
    .map(|(path, text)| (format!("{SITE}/blob/main/{path}"), text));
    assert_eq!(
        texts(&answer),
        expected.each_ref().map(|(url, text)| (url.as_str(), *text))
    );

    let before = stub.requests().await.len();
    assert_eq!(
        reader.read(&target, answer.version.as_deref()).await,
        Ok(Answer::Unchanged)
    );
    let requests = stub.requests().await;
    assert_eq!(
        (requests.len(), &requests[before]["status"]),
        (before + 1, &json!(304))
    );

    let files = json!({"catalog-info.yaml": "kind: System\n"});
    stub.change(&json!({"repos": {"acme/site": {"branches": {"main": files}}}}))
        .await;
    let later = found(
        reader
            .read(&target, answer.version.as_deref())
            .await
            .unwrap(),
    );
    assert_eq!(later.files.len(), 1);
    assert_ne!(later.version, answer.version);
}

#[tokio::test]
async fn a_pattern_that_matches_nothing_is_an_answer() {
    let Some((_stub, reader)) = stub_and_reader().await else {
        return;
    };
    let answer = reader
        .read(&format!("{SITE}/blob/main/*.toml"), None)
        .await
        .unwrap();
    let answer = found(answer);
    assert!(answer.files.is_empty() && answer.version.is_some());
    let error = reader
        .read(&format!("{SITE}/blob/gone/*.yaml"), None)
        .await
        .unwrap_err();
    assert_ne!(error.kind, ErrorKind::Throttled);
}

#[tokio::test]
async fn a_folder_gives_all_its_files_but_no_links() {
    let Some((_stub, reader)) = stub_and_reader().await else {
        return;
    };
    let expected =
        ["docs/deep/page.md", "docs/index.md"].map(|path| format!("{SITE}/tree/main/{path}"));
    let urls = |answer| {
        found(answer)
            .files
            .into_iter()
            .map(|file| file.url)
            .collect::<Vec<_>>()
    };
    for target in ["tree/main/docs/", "tree/main/docs"] {
        let answer = reader
            .tree(&format!("{SITE}/{target}"), None)
            .await
            .unwrap();
        assert_eq!(urls(answer), expected, "{target}");
    }
    let answer = reader
        .read(&format!("{SITE}/tree/main/docs/"), None)
        .await
        .unwrap();
    assert_eq!(urls(answer), expected);
    let everything = reader
        .tree(&format!("{SITE}/tree/main"), None)
        .await
        .unwrap();
    assert_eq!(found(everything).files.len(), 7);
    let error = reader
        .tree(&format!("{SITE}/tree/main/doc"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

fn many(count: usize) -> Value {
    let files = (0..count).map(|number| {
        (
            format!("d{number:03}/catalog-info.yaml"),
            json!(format!("n: {number}\n")),
        )
    });
    json!({"repos": {"acme/site": {"private": true, "branches": {"main": Value::Object(files.collect())}}}})
}

#[tokio::test]
async fn many_files_come_as_an_archive_to_which_no_credentials_go() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    stub.change(&many(51)).await;
    let mut settings = settings(host(&stub, Some("ghp_acme")));
    let target = format!("{SITE}/blob/main/**/catalog-info.yaml");
    let refused = Reader::new(settings.clone())
        .read(&target, None)
        .await
        .unwrap_err();
    assert_eq!(
        refused.kind,
        ErrorKind::Refused,
        "the archive is at another host: {refused}"
    );

    let place = stub.files.trim_start_matches("http://").to_owned();
    settings.allow = vec![AllowedHost {
        host: place,
        paths: None,
    }];
    let answer = found(Reader::new(settings).read(&target, None).await.unwrap());
    assert_eq!(answer.files.len(), 51);
    let last = format!("{SITE}/blob/main/d050/catalog-info.yaml");
    assert_eq!(texts(&answer)[50], (last.as_str(), "n: 50\n"));
    let requests = stub.requests().await;
    let archive = requests
        .iter()
        .find(|request| request["host"] == "files")
        .unwrap();
    assert!(
        archive["url"]
            .as_str()
            .unwrap()
            .starts_with("/codeload/acme/site/")
    );
    assert_eq!(archive.get("authorization"), None);
    assert!(
        !requests
            .iter()
            .any(|request| request["url"].as_str().unwrap().contains("/blobs/"))
    );
}

#[tokio::test]
async fn a_tree_that_is_cut_short_is_not_taken_for_the_whole() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    stub.change(&json!({"truncated": true})).await;
    let mut settings = settings(host(&stub, Some("ghp_acme")));
    let place = stub.files.trim_start_matches("http://").to_owned();
    settings.allow = vec![AllowedHost {
        host: place,
        paths: None,
    }];
    let reader = Reader::new(settings);
    let answer = reader
        .read(&format!("{SITE}/blob/main/**/catalog-info.yaml"), None)
        .await;
    assert_eq!(found(answer.unwrap()).files.len(), 3);
}

#[tokio::test]
async fn one_part_that_fails_fails_the_whole() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    let mut settings = settings(host(&stub, Some("ghp_acme")));
    settings.limits.file_bytes = 13;
    let reader = Reader::new(settings);
    let error = reader
        .read(&format!("{SITE}/blob/main/**/catalog-info.yaml"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(
        error.message,
        "a/catalog-info.yaml has 16 bytes, more than 13"
    );
    // The limit counts requests, so that it strikes between two of the files.
    stub.change(&json!({"remaining": 4})).await;
    let reader = Reader::new(self::settings(host(&stub, Some("ghp_acme"))));
    let error = reader
        .read(&format!("{SITE}/blob/main/**/catalog-info.yaml"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
}

#[tokio::test]
async fn a_host_that_throttles_is_asked_no_more() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    let target = format!("{SITE}/blob/main/catalog-info.yaml");
    stub.change(&json!({"secondary": 30})).await;
    let error = reader.read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert_eq!(error.retry_after, Some(Duration::from_secs(30)));
    assert!(reader.read(&target, None).await.is_err());
    assert_eq!(stub.requests().await.len(), 1);
}

#[tokio::test]
async fn the_last_request_of_the_hour_is_noticed_before_github_complains() {
    let Some((stub, reader)) = stub_and_reader().await else {
        return;
    };
    stub.change(&json!({"remaining": 1})).await;
    let target = format!("{SITE}/blob/main/catalog-info.yaml");
    assert!(reader.read(&target, None).await.is_ok());
    let error = reader.read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
    let wait = error.retry_after.unwrap();
    assert!(
        wait > Duration::from_secs(500) && wait <= Duration::from_secs(602),
        "{wait:?}"
    );
    assert_eq!(stub.requests().await.len(), 1);
}
