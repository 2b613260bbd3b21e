//! GitLab: routes, parameters and answers as its documentation has them.
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, ErrorKind, GitlabHost, Reader, Secret, Settings};

use crate::pack::{COMMIT, contents, repository, versioned};
use crate::server::{Server, found};

const PROJECT: &str = "/git/api/v4/projects/group%2Fsub%2Frepo/repository";

/// A GitLab that stands below `/git` and has one project.
async fn gitlab() -> Server {
    Server::start(|path: &str, headers: &HeaderMap| -> Response {
        if headers
            .get("authorization")
            .is_none_or(|value| value != "Bearer glpat-1")
        {
            return (
                StatusCode::UNAUTHORIZED,
                r#"{"message":"401 Unauthorized"}"#,
            )
                .into_response();
        }
        let commit = format!(r#"{{"id":"{COMMIT}","short_id":"01234567","title":"x"}}"#);
        match path.strip_prefix(PROJECT).unwrap_or(path) {
            "/files/a%20b%2Fcatalog-info.yaml/raw?ref=main" => versioned(headers, "kind: API"),
            "/commits/main" | "/commits/feature%2Fx" => commit.into_response(),
            "/commits/odd" => r#"{"id":"../../x"}"#.into_response(),
            "/commits/html" => "<html>".into_response(),
            path if path.starts_with("/archive.tar.gz?sha=0123") => repository().into_response(),
            "/commits/broken" => format!(r#"{{"id":"{}"}}"#, "f".repeat(40)).into_response(),
            path if path.starts_with("/archive.tar.gz?sha=ffff") => {
                repository()[..200].to_vec().into_response()
            }
            _ => (StatusCode::NOT_FOUND, r#"{"message":"404 File Not Found"}"#).into_response(),
        }
    })
    .await
}

fn reader(server: &Server, token: Option<&str>) -> Reader {
    Reader::new(Settings {
        gitlab: vec![GitlabHost {
            host: server.address.to_string(),
            base_url: Some(server.url("/git")),
            token: token.map(Secret::new),
            is_configured: true,
            ..GitlabHost::default()
        }],
        ..Settings::default()
    })
}

fn target(server: &Server, rest: &str) -> String {
    server.url(&format!("/git/group/sub/repo/-/{rest}"))
}

#[tokio::test]
async fn a_file_comes_with_its_version_and_is_not_sent_twice() {
    let server = gitlab().await;
    let reader = reader(&server, Some("glpat-1"));
    let target = target(&server, "blob/main/a%20b/catalog-info.yaml");
    let answer = found(reader.read(&target, None).await.unwrap());
    assert_eq!(answer.files[0].url, target);
    assert_eq!(answer.files[0].bytes, b"kind: API");
    assert_eq!(answer.version.as_deref(), Some("\"version-1\""));
    let again = reader.read(&target, answer.version.as_deref()).await;
    assert_eq!(again, Ok(Answer::Unchanged));
}

#[tokio::test]
async fn a_pattern_is_read_from_the_archive_of_its_commit_only_when_that_is_new() {
    let server = gitlab().await;
    let reader = reader(&server, Some("glpat-1"));
    let target = target(
        &server,
        "blob/main/services/**/catalog-info.yaml?ref_type=heads",
    );
    let answer = reader.read(&target, None).await.unwrap();
    assert_eq!(found(answer.clone()).version.as_deref(), Some(COMMIT));
    let url = |path: &str| {
        server.url(&format!(
            "/git/group/sub/repo/-/blob/main/{path}?ref_type=heads"
        ))
    };
    let expected = [
        (url("services/a/catalog-info.yaml"), "kind: API".to_owned()),
        (
            url("services/b/catalog-info.yaml"),
            "kind: System".to_owned(),
        ),
    ];
    assert_eq!(contents(answer), expected);
    let archive = format!("{PROJECT}/archive.tar.gz?sha={COMMIT}&path=services");
    assert_eq!(server.paths(), [format!("{PROJECT}/commits/main"), archive]);
    assert_eq!(
        reader.read(&target, Some(COMMIT)).await,
        Ok(Answer::Unchanged)
    );
    assert_eq!(
        server.paths().len(),
        3,
        "the archive is not asked for again"
    );
}

#[tokio::test]
async fn a_folder_is_read_with_everything_below_it() {
    let server = gitlab().await;
    let reader = reader(&server, Some("glpat-1"));
    let folder = target(&server, "tree/feature%2Fx/docs/");
    let urls: Vec<_> = contents(reader.read(&folder, None).await.unwrap());
    let url = |path: &str| target(&server, &format!("tree/feature%2Fx/docs/{path}"));
    let expected = [
        (url("deep/page.md"), "# Page".to_owned()),
        (url("index.md"), "# Index".to_owned()),
    ];
    assert_eq!(urls, expected);
    let same = reader
        .tree(folder.trim_end_matches('/'), None)
        .await
        .unwrap();
    assert_eq!(contents(same), expected);
    let all = reader
        .tree(&target(&server, "tree/main"), None)
        .await
        .unwrap();
    assert_eq!(found(all).files.len(), 6);
    let none = reader
        .tree(&target(&server, "tree/main/nothing/"), None)
        .await;
    assert_eq!(none.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_part_that_fails_fails_the_whole() {
    let server = gitlab().await;
    let reader = reader(&server, Some("glpat-1"));
    for (reference, kind) in [
        ("gone", ErrorKind::NotFound),
        ("odd", ErrorKind::Unavailable),
        ("html", ErrorKind::Unavailable),
        ("broken", ErrorKind::Unavailable),
    ] {
        let target = target(&server, &format!("blob/{reference}/**/catalog-info.yaml"));
        let failure = reader.read(&target, None).await.unwrap_err();
        assert_eq!(failure.kind, kind, "{reference}: {failure}");
    }
}

#[tokio::test]
async fn a_missing_token_is_told_from_a_missing_file() {
    let server = gitlab().await;
    let file = target(&server, "blob/main/gone.yaml");
    let failure = reader(&server, None).read(&file, None).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Unauthorized);
    let failure = reader(&server, Some("glpat-1"))
        .read(&file, None)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ErrorKind::NotFound);
    let odd = reader(&server, Some("a\nb"))
        .read(&file, None)
        .await
        .unwrap_err();
    assert_eq!(odd.kind, ErrorKind::Unauthorized);
    assert!(!odd.message.contains("a\nb"), "{odd}");
}
