//! Bitbucket Cloud: routes, parameters and answers as its reference has them.
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, BitbucketCloudHost, ErrorKind, Reader, Secret, Settings};

use crate::pack::{COMMIT, contents, repository, versioned};
use crate::server::{Server, found};

const REPO: &str = "/2.0/repositories/acme/repo";

async fn bitbucket() -> Server {
    Server::start(|path: &str, headers: &HeaderMap| -> Response {
        if headers
            .get("authorization")
            .is_none_or(|value| value != "Basic YWRhOnB3")
        {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let archive = format!("/acme/repo/get/{COMMIT}.tar.gz");
        match path.strip_prefix(REPO).unwrap_or(path) {
            "/src/main/a/catalog-info.yaml" => versioned(headers, "kind: API"),
            "/commits/main?pagelen=1&fields=values.hash" => {
                format!(r#"{{"values":[{{"hash":"{COMMIT}"}}]}}"#).into_response()
            }
            "/commits/empty?pagelen=1&fields=values.hash" => r#"{"values":[]}"#.into_response(),
            path if path == archive => repository().into_response(),
            _ => (StatusCode::NOT_FOUND, r#"{"type":"error"}"#).into_response(),
        }
    })
    .await
}

fn reader(server: &Server, username: Option<&str>) -> Reader {
    Reader::new(Settings {
        bitbucket_cloud: vec![BitbucketCloudHost {
            host: server.address.to_string(),
            api_base_url: Some(server.url("/2.0")),
            username: username.map(str::to_owned),
            token: Some(Secret::new("pw")),
            is_configured: true,
        }],
        ..Settings::default()
    })
}

#[tokio::test]
async fn a_file_comes_with_its_version_and_is_not_sent_twice() {
    let server = bitbucket().await;
    let reader = reader(&server, Some("ada"));
    let target = server.url("/acme/repo/src/main/a/catalog-info.yaml");
    let answer = found(reader.read(&target, None).await.unwrap());
    assert_eq!(answer.files[0].bytes, b"kind: API");
    let again = reader.read(&target, answer.version.as_deref()).await;
    assert_eq!(again, Ok(Answer::Unchanged));
}

#[tokio::test]
async fn a_pattern_and_a_folder_are_read_from_the_archive_of_a_commit() {
    let server = bitbucket().await;
    let reader = reader(&server, Some("ada"));
    let pattern = server.url("/acme/repo/src/main/services/{a,c}/*.yaml");
    let url = |path: &str| server.url(&format!("/acme/repo/src/main/{path}"));
    let expected = [(url("services/a/catalog-info.yaml"), "kind: API".to_owned())];
    assert_eq!(
        contents(reader.read(&pattern, None).await.unwrap()),
        expected
    );
    assert_eq!(
        reader.read(&pattern, Some(COMMIT)).await,
        Ok(Answer::Unchanged)
    );
    let folder = reader.read(&url("docs/"), None).await.unwrap();
    assert_eq!(found(folder).files.len(), 2);
}

#[tokio::test]
async fn an_empty_branch_and_missing_credentials_are_errors() {
    let server = bitbucket().await;
    let target = server.url("/acme/repo/src/empty/**/*.yaml");
    let failure = reader(&server, Some("ada"))
        .read(&target, None)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ErrorKind::NotFound);
    // As in Backstage, a token without a user is not sent.
    let failure = reader(&server, None).read(&target, None).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Unauthorized);
}
