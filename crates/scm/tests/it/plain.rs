//! Plain web servers, in good and bad order.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use callboard_scm::{Answer, ErrorKind, Reader, ScmError, Settings};
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Server, allowing, found};

fn reader(server: &Server) -> Reader {
    Reader::new(allowing(&[server.address]))
}

async fn failure(server: &Server) -> ScmError {
    reader(server)
        .read(&server.url("/x"), None)
        .await
        .unwrap_err()
}

/// A server that sends these bytes to whoever connects, and hangs up.
async fn raw(answer: Vec<u8>) -> (String, Settings) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&answer).await;
        }
    });
    (format!("http://{address}/x"), allowing(&[address]))
}

#[tokio::test]
async fn a_file_comes_with_its_version_and_is_not_sent_twice() {
    let server = Server::start(|_, headers: &HeaderMap| {
        let known = headers
            .get("if-none-match")
            .is_some_and(|tag| tag == "\"one\"");
        let status = if known {
            StatusCode::NOT_MODIFIED
        } else {
            StatusCode::OK
        };
        (
            status,
            [("etag", "\"one\"")],
            if known { "" } else { "kind: API" },
        )
    })
    .await;
    let reader = reader(&server);
    let target = server.url("/a/catalog-info.yaml?raw=1");
    let first = found(reader.read(&target, None).await.unwrap());
    assert_eq!(first.files[0].url, target);
    assert_eq!(first.files[0].bytes, b"kind: API");
    assert_eq!(first.version.as_deref(), Some("\"one\""));
    let again = reader
        .read(&target, first.version.as_deref())
        .await
        .unwrap();
    assert_eq!(again, Answer::Unchanged);
    assert!(matches!(
        reader.read(&target, Some("\"two\"")).await,
        Ok(Answer::Found(_))
    ));
    assert!(matches!(
        reader.read(&target, Some("bad\nversion")).await,
        Ok(Answer::Found(_))
    ));
}

#[tokio::test]
async fn the_reader_says_who_it_is() {
    let server = Server::start(|_, _| "fine").await;
    reader(&server).read(&server.url("/x"), None).await.unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        server.header("user-agent"),
        Some(format!("Callboard/{version}"))
    );
    assert_eq!(server.header("authorization"), None);
    assert_eq!(server.header("referer"), None);
}

#[tokio::test]
async fn folders_and_patterns_are_not_for_plain_servers() {
    let server = Server::start(|_, _| "fine").await;
    let reader = reader(&server);
    let pattern = reader
        .read(&server.url("/**/catalog-info.yaml"), None)
        .await
        .unwrap_err();
    let folder = reader.tree(&server.url("/docs/"), None).await.unwrap_err();
    assert_eq!(
        (pattern.kind, folder.kind),
        (ErrorKind::Malformed, ErrorKind::Malformed)
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_told_from_what_is_broken() {
    for (status, kind) in [
        (404, ErrorKind::NotFound),
        (410, ErrorKind::NotFound),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Unauthorized),
        (500, ErrorKind::Unavailable),
        (503, ErrorKind::Unavailable),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        let server = Server::start(move |_, _| status).await;
        let error = failure(&server).await;
        assert_eq!(
            (error.kind, error.message),
            (kind, format!("the host answers {status}"))
        );
    }
}

#[tokio::test]
async fn a_host_that_is_throttling_is_left_alone() {
    let server =
        Server::start(|_, _| (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "30")])).await;
    let reader = reader(&server);
    let first = reader.read(&server.url("/a"), None).await.unwrap_err();
    assert_eq!(first.kind, ErrorKind::Throttled);
    assert_eq!(first.retry_after, Some(Duration::from_secs(30)));
    for path in ["/b", "/c"] {
        let error = reader
            .clone()
            .read(&server.url(path), None)
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Throttled);
        assert!(
            error
                .retry_after
                .is_some_and(|time| time <= Duration::from_secs(30))
        );
    }
    assert_eq!(server.paths(), ["/a"]);
}

#[tokio::test]
async fn a_host_whose_last_request_was_used_is_left_alone_before_it_complains() {
    let server = Server::start(|_, _| {
        (
            [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "600")],
            "fine",
        )
    })
    .await;
    let reader = reader(&server);
    assert!(reader.read(&server.url("/a"), None).await.is_ok());
    let error = reader.read(&server.url("/b"), None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert_eq!(server.paths(), ["/a"]);
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nkind: API".to_vec();
    let (target, settings) = raw(half).await;
    let error = Reader::new(settings).read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert_eq!(error.message, "the answer broke off after 9 bytes");

    let chunk = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nkind: API\r\n".to_vec();
    let (target, settings) = raw(chunk).await;
    let error = Reader::new(settings).read(&target, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
}

#[tokio::test]
async fn no_answer_and_nonsense_are_unavailable() {
    for nonsense in [
        &b""[..],
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 999999 X\r\n\r\n",
        b"\0\0\0",
    ] {
        let (target, settings) = raw(nonsense.to_vec()).await;
        let error = Reader::new(settings).read(&target, None).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable, "{error}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let reader = Reader::new(allowing(&[address]));
    let error = reader
        .read(&format!("http://{address}/x"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert!(
        error.message.starts_with("no connection to the host"),
        "{error}"
    );
}

/// An endless body that counts the bytes that were taken from it.
fn endless(sent: &Arc<AtomicUsize>) -> Body {
    let sent = Arc::clone(sent);
    let chunk = Bytes::from(vec![b'#'; 64 * 1024]);
    Body::from_stream(
        futures::stream::repeat(chunk)
            .take(16 * 1024)
            .map(move |chunk| {
                sent.fetch_add(chunk.len(), Ordering::SeqCst);
                Ok::<_, std::io::Error>(chunk)
            }),
    )
}

#[tokio::test]
async fn a_body_of_a_gigabyte_is_given_up_at_the_limit() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let server = Server::start(move |_, _| endless(&counter)).await;
    let error = failure(&server).await;
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(error.message, "the answer is larger than 65536 bytes");
    let bytes = sent.load(Ordering::SeqCst);
    assert!(bytes < 64 * 1024 * 1024, "{bytes} bytes were taken");
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_not_read() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let server = Server::start(move |_, _| {
        let length = (1024_u64 * 1024 * 1024).to_string();
        ([("content-length", length)], endless(&counter)).into_response()
    })
    .await;
    assert_eq!(failure(&server).await.kind, ErrorKind::TooLarge);
    assert!(sent.load(Ordering::SeqCst) < 64 * 1024 * 1024);
}

#[tokio::test]
async fn a_file_of_exactly_the_limit_is_read() {
    let server =
        Server::start(|path, _| vec![b'x'; if path == "/fits" { 65536 } else { 65537 }]).await;
    let reader = reader(&server);
    assert_eq!(
        found(reader.read(&server.url("/fits"), None).await.unwrap()).files[0]
            .bytes
            .len(),
        65536
    );
    let error = reader.read(&server.url("/over"), None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn the_limit_counts_what_comes_out_of_compression() {
    let bomb = zipped(&vec![0; 32 * 1024 * 1024]);
    assert!(bomb.len() < 64 * 1024);
    let server = Server::start(move |_, _| ([("content-encoding", "gzip")], bomb.clone())).await;
    assert_eq!(failure(&server).await.kind, ErrorKind::TooLarge);

    let small = zipped(b"kind: API");
    let server = Server::start(move |_, _| ([("content-encoding", "gzip")], small.clone())).await;
    let found = found(reader(&server).read(&server.url("/x"), None).await.unwrap());
    assert_eq!(found.files[0].bytes, b"kind: API");
}

#[tokio::test]
async fn a_host_that_takes_too_long_is_given_up() {
    let slow = Server::start(|path, _| -> Response {
        let first = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"kind: "))]);
        let never = futures::stream::pending();
        match path {
            "/body" => Body::from_stream(first.chain(never)).into_response(),
            _ => "fine".into_response(),
        }
    })
    .await;
    let mut settings = allowing(&[slow.address]);
    settings.limits.request = Duration::from_millis(200);
    let reader = Reader::new(settings);
    let error = reader.read(&slow.url("/body"), None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert_eq!(error.message, "the host takes longer than 0.2 s to answer");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut settings = allowing(&[address]);
    settings.limits.request = Duration::from_millis(200);
    let reader = Reader::new(settings);
    let error = reader
        .read(&format!("http://{address}/x"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
}

#[tokio::test]
async fn many_reads_of_one_host_are_eight_at_a_time() {
    let now = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (counter, peak) = (Arc::clone(&now), Arc::clone(&most));
    let server = Server::start(move |_, _| {
        peak.fetch_max(counter.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let counter = Arc::clone(&counter);
        Body::from_stream(futures::stream::once(async move {
            tokio::time::sleep(Duration::from_millis(5)).await;
            counter.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, std::io::Error>(Bytes::from_static(b"fine"))
        }))
    })
    .await;
    let reader = reader(&server);
    let target = server.url("/x");
    let reads = (0..40).map(|_| reader.read(&target, None));
    let answers = futures::future::join_all(reads).await;
    assert!(answers.iter().all(Result::is_ok));
    assert!(most.load(Ordering::SeqCst) <= 8, "{most:?} at a time");
}
