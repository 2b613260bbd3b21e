//! An application over a folder, without a socket, and the program with one.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use callboard::server::{Portal, Services, router};
use callboard_testkit::{Folder, TestCatalog, TestDb, sqlite};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// A running application; its database and files live as long as it.
pub struct App {
    router: Router,
    _db: TestDb,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Returns the body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Returns the `name` of every entity in a list.
    pub fn names(&self) -> Vec<String> {
        let body = self.json();
        let items = body
            .get("items")
            .unwrap_or(&body)
            .as_array()
            .cloned()
            .unwrap_or_default();
        items
            .iter()
            .map(|item| {
                item["metadata"]["name"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    }
}

impl App {
    /// Ingests some targets of a folder and serves them.
    pub async fn over(folder: &Folder, targets: &[&str]) -> Self {
        let db = sqlite().await;
        TestCatalog::new(&db.db, folder, targets).ingest().await;
        let portal = Portal {
            title: "Callboard".to_owned(),
            organization: Some("Merrow Ferries".to_owned()),
            names_from: folder.path(),
        };
        let (services, _follower) = Services::open(db.db.clone(), portal).await.unwrap();
        Self {
            router: router(services),
            _db: db,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }
}

/// The program, serving; killed when dropped.
pub struct Program {
    pub child: Child,
    pub address: String,
    /// Everything it wrote to standard error before it listened.
    pub log: String,
}

impl Program {
    /// Starts `callboard serve` on a free port and waits until it listens.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_callboard"))
            .arg("serve")
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(folder)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        let address = loop {
            let mut line = String::new();
            assert!(
                lines.read_line(&mut line).unwrap() > 0,
                "the program ended: {log}"
            );
            log.push_str(&line);
            if let Ok(entry) = serde_json::from_str::<Value>(&line)
                && entry["message"] == "listening"
            {
                let url = entry["url"].as_str().unwrap();
                break url.trim_start_matches("http://localhost:").to_owned();
            }
        };
        // The pipe has to be read, or the program would block on its own log.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self {
            child,
            address: format!("127.0.0.1:{address}"),
            log,
        }
    }

    /// Sends a GET request and returns status line and body; an error when nothing answers.
    pub fn get(&self, path: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(stream, "GET {path} HTTP/1.0\r\nhost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Asks until an answer contains a text.
    pub fn wait_for(&self, path: &str, text: &str) {
        let started = Instant::now();
        while !self.get(path).is_ok_and(|answer| answer.contains(text)) {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{path} never answered {text}"
            );
            std::thread::yield_now();
        }
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already, which is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
