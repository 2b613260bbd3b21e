//! A real git server: `git http-backend` behind a small web server.
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, ErrorKind, GitHost, Limits, Reader, Secret, Settings};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::pack::contents;
use crate::server::{Names, Server, found};

/// A running server and the repository that it serves.
struct Backend {
    address: std::net::SocketAddr,
    folder: TempDir,
    bodies: Arc<Mutex<Vec<Bytes>>>,
}

/// Runs the program in a repository and returns what it prints.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let settings = ["-c", "user.name=ada", "-c", "user.email=ada@example.com"];
    let output = (Command::new("git")
        .current_dir(folder)
        .args(settings)
        .args(arguments))
    .env("GIT_CONFIG_GLOBAL", "/dev/null")
    .output()
    .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Makes the repository; without the program it says so, and the test is skipped.
fn repository() -> Option<TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: git is needed");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let repo = folder.path().join("team/repo.git");
    std::fs::create_dir_all(repo.join("services/a")).unwrap();
    std::fs::create_dir_all(repo.join("docs")).unwrap();
    git(&repo, &["init", "--quiet", "--initial-branch=main"]);
    git(&repo, &["config", "uploadpack.allowFilter", "true"]);
    for (path, content) in [
        ("catalog-info.yaml", "kind: Component"),
        ("services/a/catalog-info.yaml", "kind: API"),
        ("docs/index.md", "# Index"),
        ("docs/a[b]*c.md", "# Odd"),
        ("large.bin", &"x".repeat(100_000)),
        (".gitattributes", "docs export-ignore"),
    ] {
        std::fs::write(repo.join(path), content).unwrap();
    }
    std::os::unix::fs::symlink("/etc/passwd", repo.join("docs/link.md")).unwrap();
    git(&repo, &["add", "."]);
    git(&repo, &["commit", "--quiet", "--message=one"]);
    git(&repo, &["tag", "--annotate", "--message=one", "v1"]);
    git(&repo, &["branch", "feature/x"]);
    Some(folder)
}

/// Answers as a web server that knows CGI does.
async fn cgi(root: &Path, request: Request, bodies: &Mutex<Vec<Bytes>>) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    bodies.lock().unwrap().push(body.clone());
    let header = |name: &str| {
        head.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    let mut child = tokio::process::Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REQUEST_METHOD", head.method.as_str())
        .env("PATH_INFO", head.uri.path())
        .env("QUERY_STRING", head.uri.query().unwrap_or_default())
        .env("CONTENT_TYPE", header("content-type"))
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = async move { stdin.write_all(&body).await };
    let (_, output) = tokio::join!(feed, child.wait_with_output());
    let output = output.unwrap().stdout;
    let end = output
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let mut response = Response::builder();
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        let (name, value) = line.split_once(": ").unwrap();
        response = match name {
            "Status" => response.status(&value[..3]),
            _ => response.header(name, value),
        };
    }
    response
        .body(Body::from(output[end + 4..].to_vec()))
        .unwrap()
}

/// Starts the server; with a password, only who knows it is let in.
async fn backend(password: Option<&'static str>) -> Option<Backend> {
    let folder = repository()?;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let bodies: Arc<Mutex<Vec<Bytes>>> = Arc::default();
    let (root, seen) = (folder.path().to_owned(), Arc::clone(&bodies));
    let app = axum::Router::new().fallback(move |request: Request| {
        let (root, seen) = (root.clone(), Arc::clone(&seen));
        async move {
            let sent = request.headers().get("authorization").cloned();
            if password.is_some_and(|password| sent.is_none_or(|sent| sent != password)) {
                let wanted = [("www-authenticate", "Basic realm=\"x\"")];
                return (StatusCode::UNAUTHORIZED, wanted).into_response();
            }
            cgi(&root, request, &seen).await
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    Some(Backend {
        address,
        folder,
        bodies,
    })
}

impl Backend {
    fn url(&self, rest: &str) -> String {
        format!("http://{}/team/repo.git/{rest}", self.address)
    }

    fn commit(&self) -> String {
        git(
            &self.folder.path().join("team/repo.git"),
            &["rev-parse", "main"],
        )
    }

    /// How often a commit was fetched.
    fn fetches(&self) -> usize {
        let bodies = self.bodies.lock().unwrap();
        let fetches = |body: &&Bytes| body.windows(13).any(|part| part == b"command=fetch");
        bodies.iter().filter(fetches).count()
    }
}

fn host(host: &str) -> GitHost {
    GitHost {
        host: host.to_owned(),
        scheme: Some("http".to_owned()),
        ..GitHost::default()
    }
}

fn settings(git: GitHost) -> Settings {
    Settings {
        git: vec![git],
        ..Settings::default()
    }
}

fn reader(backend: &Backend) -> Reader {
    Reader::new(settings(host(&backend.address.to_string())))
}

#[tokio::test]
async fn a_file_is_read_at_a_branch_a_tag_and_a_commit() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let (reader, commit) = (reader(&backend), backend.commit());
    for reference in ["main", "feature%2Fx", "v1", &commit] {
        let target = backend.url(&format!("blob/{reference}/services/a/catalog-info.yaml"));
        let answer = reader.read(&target, None).await.unwrap();
        assert_eq!(
            found(answer.clone()).version.as_ref(),
            Some(&commit),
            "{reference}"
        );
        assert_eq!(contents(answer), [(target, "kind: API".to_owned())]);
    }
}

#[tokio::test]
async fn a_commit_that_is_known_is_not_fetched() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let (reader, commit) = (reader(&backend), backend.commit());
    let target = backend.url("blob/main/**/catalog-info.yaml");
    assert_eq!(
        reader.read(&target, Some(&commit)).await,
        Ok(Answer::Unchanged)
    );
    assert_eq!(backend.fetches(), 0);
    reader.read(&target, Some("another")).await.unwrap();
    assert_eq!(backend.fetches(), 1);
}

#[tokio::test]
async fn a_single_file_travels_alone_where_the_server_can_do_that() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let small = Settings {
        limits: Limits {
            file_bytes: 1000,
            ..Limits::default()
        },
        ..settings(host(&backend.address.to_string()))
    };
    let target = backend.url("blob/main/catalog-info.yaml");
    let answer = Reader::new(small).read(&target, None).await.unwrap();
    assert_eq!(contents(answer), [(target, "kind: Component".to_owned())]);
    assert_eq!(backend.fetches(), 2, "the commit, and the file");
    let filter = |body: &Bytes| body.windows(16).any(|part| part == b"filter blob:none");
    assert!(backend.bodies.lock().unwrap().iter().any(filter));
}

#[tokio::test]
async fn patterns_and_folders_have_every_file_but_links() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let reader = reader(&backend);
    let pattern = backend.url("blob/main/**/catalog-info.yaml");
    let expected = [
        (
            backend.url("blob/main/catalog-info.yaml"),
            "kind: Component".to_owned(),
        ),
        (
            backend.url("blob/main/services/a/catalog-info.yaml"),
            "kind: API".to_owned(),
        ),
    ];
    assert_eq!(
        contents(reader.read(&pattern, None).await.unwrap()),
        expected
    );
    let folder = backend.url("tree/main/docs/");
    let expected = [
        (backend.url("tree/main/docs/a[b]*c.md"), "# Odd".to_owned()),
        (backend.url("tree/main/docs/index.md"), "# Index".to_owned()),
    ];
    assert_eq!(
        contents(reader.tree(&folder, None).await.unwrap()),
        expected
    );
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let reader = reader(&backend);
    let gone = "f".repeat(40);
    for target in [
        backend.url("blob/main/gone.yaml"),
        backend.url("blob/main/docs"),
        backend.url("blob/main/docs/link.md"),
        backend.url("tree/main/gone/"),
        backend.url("blob/gone/catalog-info.yaml"),
        backend.url(&format!("blob/{gone}/catalog-info.yaml")),
        format!("http://{}/team/gone.git/blob/main/x", backend.address),
    ] {
        let failure = reader.read(&target, None).await.unwrap_err();
        assert_eq!(failure.kind, ErrorKind::NotFound, "{target}: {failure}");
    }
}

#[tokio::test]
async fn a_password_lets_in_and_no_message_has_it() {
    // `ada:pw`
    let Some(backend) = backend(Some("Basic YWRhOnB3")).await else {
        return;
    };
    let target = backend.url("blob/main/catalog-info.yaml");
    let signed = |password: Option<&str>| {
        Reader::new(settings(GitHost {
            username: Some("ada".to_owned()),
            password: password.map(Secret::new),
            ..host(&backend.address.to_string())
        }))
    };
    signed(Some("pw")).read(&target, None).await.unwrap();
    for wrong in [None, Some("repo.git")] {
        let failure = signed(wrong).read(&target, None).await.unwrap_err();
        assert_eq!(failure.kind, ErrorKind::Unauthorized, "{failure}");
        assert!(
            wrong.is_none_or(|wrong| !failure.message.contains(wrong)),
            "{failure}"
        );
    }
}

#[tokio::test]
async fn the_program_connects_to_the_addresses_that_were_checked() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let port = backend.address.port();
    let name = format!("git.example.com:{port}");
    let target = format!("http://{name}/team/repo.git/blob/main/catalog-info.yaml");
    let inside = Names::new(&[&["127.0.0.1"]]);
    let reader = Reader::with_resolver(settings(host(&name)), inside);
    reader.read(&target, None).await.unwrap();
    let metadata = Names::new(&[&["169.254.169.254"]]);
    let reader = Reader::with_resolver(settings(host(&name)), metadata);
    let failure = reader.read(&target, None).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Refused, "{failure}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    if repository().is_none() {
        return;
    }
    let inner = Server::start(|_: &str, _: &HeaderMap| "secret").await;
    let elsewhere = inner.url("/team/repo.git/info/refs?service=git-upload-pack");
    let outer = Server::start(move |_: &str, _: &HeaderMap| {
        (StatusCode::FOUND, [("location", elsewhere.clone())])
    })
    .await;
    let reader = Reader::new(settings(host(&outer.address.to_string())));
    let target = outer.url("/team/repo.git/blob/main/catalog-info.yaml");
    let failure = reader.read(&target, None).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Refused, "{failure}");
    assert_eq!((outer.connections(), inner.connections()), (1, 0));
}

#[tokio::test]
async fn an_unencrypted_server_has_to_be_configured_as_one() {
    let server = Server::start(|_: &str, _: &HeaderMap| "x").await;
    let git = GitHost {
        scheme: None,
        ..host(&server.address.to_string())
    };
    let target = server.url("/team/repo.git/blob/main/x");
    let failure = Reader::new(settings(git))
        .read(&target, None)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Refused);
    assert!(
        failure.message.contains("callboard.integrations.git"),
        "{failure}"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn sizes_and_times_are_bounded() {
    let Some(backend) = backend(None).await else {
        return;
    };
    let limited = |limits: Limits| {
        Reader::new(Settings {
            limits,
            ..settings(host(&backend.address.to_string()))
        })
    };
    let (all, usual) = (backend.url("tree/main/"), Limits::default());
    for limits in [
        Limits {
            file_bytes: 1000,
            ..usual
        },
        Limits {
            tree_bytes: 1000,
            ..usual
        },
        Limits {
            tree_files: 2,
            ..usual
        },
    ] {
        let failure = limited(limits).tree(&all, None).await.unwrap_err();
        assert_eq!(failure.kind, ErrorKind::TooLarge, "{failure}");
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_left_and_nothing_keeps_waiting_for_it() {
    if repository().is_none() {
        return;
    }
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let limits = Limits {
        request: Duration::from_millis(300),
        ..Limits::default()
    };
    let reader = Reader::new(Settings {
        limits,
        ..settings(host(&address.to_string()))
    });
    let target = format!("http://{address}/a.git/blob/main/x");
    let failure = reader.read(&target, None).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Unavailable, "{failure}");
    // The connection ends, because no process is left at the other end.
    let (mut connection, _) = silent.accept().await.unwrap();
    connection.read_to_end(&mut Vec::new()).await.unwrap();
}
