//! Gitea and Forgejo: routes, parameters and answers as their published description has them.
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, ErrorKind, GiteaHost, Reader, Secret, Settings};

use crate::pack::{COMMIT, archive, contents, repository, versioned};
use crate::server::{Server, found};

const REPO: &str = "/api/v1/repos/acme/repo";

async fn gitea() -> Server {
    Server::start(|path: &str, headers: &HeaderMap| -> Response {
        let commit =
            |sha: &str| format!(r#"{{"url":"","sha":"{sha}","commit":{{}}}}"#).into_response();
        match path.strip_prefix(REPO).unwrap_or(path) {
            "/raw/services/a%20b/catalog-info.yaml?ref=main" => versioned(headers, "kind: API"),
            "/git/commits/main?stat=false&verification=false&files=false" => commit(COMMIT),
            "/git/commits/evil?stat=false&verification=false&files=false" => {
                commit(&"e".repeat(40))
            }
            path if path.starts_with("/archive/0123") => repository().into_response(),
            path if path.starts_with("/archive/eeee") => {
                archive("repo", &[("a.yaml", "x"), ("../../etc/passwd", "x")]).into_response()
            }
            _ => (StatusCode::NOT_FOUND, r#"{"message":"not found"}"#).into_response(),
        }
    })
    .await
}

fn reader(server: &Server, username: Option<&str>, password: Option<&str>) -> Reader {
    Reader::new(Settings {
        gitea: vec![GiteaHost {
            host: server.address.to_string(),
            base_url: Some(server.url("")),
            username: username.map(str::to_owned),
            password: password.map(Secret::new),
        }],
        ..Settings::default()
    })
}

#[tokio::test]
async fn a_file_comes_with_its_version_and_is_not_sent_twice() {
    let server = gitea().await;
    let reader = reader(&server, None, None);
    let target = server.url("/acme/repo/src/branch/main/services/a%20b/catalog-info.yaml");
    let answer = found(reader.read(&target, None).await.unwrap());
    assert_eq!((answer.files.len(), &answer.files[0].url), (1, &target));
    let again = reader.read(&target, answer.version.as_deref()).await;
    assert_eq!(again, Ok(Answer::Unchanged));
}

#[tokio::test]
async fn a_pattern_and_a_folder_are_read_from_the_archive_of_a_commit() {
    let server = gitea().await;
    let reader = reader(&server, None, None);
    let pattern = server.url("/acme/repo/src/branch/main/services/*/catalog-info.yaml");
    let answer = reader.read(&pattern, None).await.unwrap();
    assert_eq!(found(answer.clone()).version.as_deref(), Some(COMMIT));
    let url = |path: &str| server.url(&format!("/acme/repo/src/branch/main/{path}"));
    let expected = [
        (url("services/a/catalog-info.yaml"), "kind: API".to_owned()),
        (
            url("services/b/catalog-info.yaml"),
            "kind: System".to_owned(),
        ),
    ];
    assert_eq!(contents(answer), expected);
    let archive = format!("{REPO}/archive/{COMMIT}.tar.gz?path=services");
    assert_eq!(server.paths().last(), Some(&archive));
    assert_eq!(
        reader.read(&pattern, Some(COMMIT)).await,
        Ok(Answer::Unchanged)
    );
    let folder = reader.tree(&url("docs"), None).await.unwrap();
    let expected = [
        (url("docs/deep/page.md"), "# Page".to_owned()),
        (url("docs/index.md"), "# Index".to_owned()),
    ];
    assert_eq!(contents(folder), expected);
}

#[tokio::test]
async fn a_user_signs_in_with_a_password_and_a_token_alone() {
    let server = gitea().await;
    let target = server.url("/acme/repo/src/branch/main/services/a%20b/catalog-info.yaml");
    for (username, password, expected) in [
        (Some("ada"), Some("pw"), Some("Basic YWRhOnB3")),
        (None, Some("abc"), Some("token abc")),
        (Some("ada"), None, None),
    ] {
        reader(&server, username, password)
            .read(&target, None)
            .await
            .unwrap();
        assert_eq!(server.header("authorization").as_deref(), expected);
    }
}

#[tokio::test]
async fn an_archive_that_leads_out_of_itself_is_refused() {
    let server = gitea().await;
    let target = server.url("/acme/repo/src/branch/evil/**/*.yaml");
    let failure = reader(&server, None, None)
        .read(&target, None)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Refused);
    assert!(failure.message.contains("../../etc/passwd"), "{failure}");
}
