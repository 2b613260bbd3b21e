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
use callboard::server::{Guards, Portal, Secrets, Services, Sources, Way, router};
use callboard_catalog::{Follower, Ingester};
use callboard_db::Db;
use callboard_scm::{AllowedHost, Reader, Secret};
use callboard_testkit::{Folder, Host, TestCatalog, TestDb, settings, sqlite};
use hmac::{Hmac, Mac};
use http_body_util::BodyExt;
use serde_json::Value;
use sha2::Sha256;
use tower::ServiceExt;

/// What GitHub signs its events with, as far as the tests are concerned.
const SECRET: &str = "test-secret";

/// A running application; its database and files live as long as it.
pub struct App {
    router: Router,
    ingester: Ingester,
    follower: Follower,
    services: Services,
    db: TestDb,
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

    /// Returns the page without the marks between texts that the browser's part needs.
    pub fn shown(&self) -> String {
        self.text.replace("<!>", "")
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
    /// Ingests some targets of a folder and serves them; nothing can be registered.
    pub async fn over(folder: &Folder, targets: &[&str]) -> Self {
        Self::guarded(folder, targets, Guards::for_tests()).await
    }

    /// Serves some targets of a folder; locations of a host can be registered.
    pub async fn reading(folder: &Folder, host: &Host, targets: &[&str]) -> Self {
        Self::reading_guarded(folder, host, targets, Guards::for_tests()).await
    }

    /// Serves some targets of a folder to whom the guards let in; locations of a host can be registered, and the
    /// providers of the guards are reached.
    pub async fn reading_guarded(
        folder: &Folder,
        host: &Host,
        targets: &[&str],
        guards: Guards,
    ) -> Self {
        let db = sqlite().await;
        let reader = Reader::new(callboard_scm::Settings {
            allow: vec![AllowedHost {
                host: host.name(),
                paths: None,
            }],
            trusted: providers(&guards),
            ..callboard_scm::Settings::default()
        });
        let settings = settings(folder, targets);
        let opened = Ingester::open(db.db.clone(), settings, Some(folder.path()), reader).await;
        let sources = Sources {
            ingester: opened.unwrap(),
            readonly: false,
            refreshes_on_conflict: false,
            secrets: Secrets {
                github: Some(Secret::new(SECRET)),
                ..Secrets::default()
            },
        };
        Self::serve(db, sources, folder, guards).await
    }

    /// Ingests some targets of a folder and serves them to whom the guards let in; nothing can be registered.
    pub async fn guarded(folder: &Folder, targets: &[&str], guards: Guards) -> Self {
        let db = sqlite().await;
        let catalog = TestCatalog::new(&db.db, folder, targets);
        let sources = Sources::readonly(catalog.ingester().clone());
        Self::serve(db, sources, folder, guards).await
    }

    async fn serve(db: TestDb, sources: Sources, folder: &Folder, guards: Guards) -> Self {
        let ingester = sources.ingester.clone();
        ingester.run().await.unwrap();
        let portal = Portal {
            title: "Callboard".to_owned(),
            organization: Some("Merrow Ferries".to_owned()),
            names_from: folder.path(),
            ..Portal::default()
        };
        let opened = Services::open(db.db.clone(), portal, sources, guards).await;
        let (services, follower) = opened.unwrap();
        Self {
            router: router(services.clone()),
            ingester,
            follower,
            services,
            db,
        }
    }

    /// Ingests the targets as they are now.
    pub async fn ingest(&self) {
        self.ingester.run().await.unwrap();
        self.catch_up().await;
    }

    /// Lets the index follow what was written.
    pub async fn catch_up(&self) {
        self.follower.catch_up().await.unwrap();
    }

    /// Lets the search follow the index; until then it finds nothing.
    pub async fn follow_search(&self) {
        self.catch_up().await;
        self.services.follow_search().await.unwrap();
    }

    /// Returns the names of all entities of a kind, in order.
    pub async fn names(&self, kind: &str) -> Vec<String> {
        let path = format!("/api/catalog/entities?order=asc:metadata.name&filter=kind={kind}");
        self.get(&path).await.names()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send_json("POST", path, body).await
    }

    /// Sends JSON, or no body at all when it is null.
    pub async fn send_json(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = match body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        let request = Request::builder().method(method).uri(path);
        let request = request.header("content-type", "application/json");
        self.send(request.body(body).unwrap()).await
    }

    /// Sends a text with headers of its own.
    pub async fn post_raw(&self, path: &str, body: &str, headers: Vec<(&str, String)>) -> Answer {
        let request = Request::post(path).header("content-type", "application/json");
        let add = |request: axum::http::request::Builder, (name, value): (&str, String)| {
            request.header(name, value)
        };
        let request = headers.into_iter().fold(request, add);
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Signs a body as GitHub does, with the secret of this application.
    pub fn sign(body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(body.as_bytes());
        format!("sha256={:x}", mac.finalize().into_bytes())
    }

    pub fn db(&self) -> &Db {
        &self.db.db
    }

    /// Returns the router in its debug form.
    pub fn shown(&self) -> String {
        format!("{:?}", self.router)
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

/// Returns where providers are asked, as the configuration names them.
fn providers(guards: &Guards) -> Vec<String> {
    let providers = guards.identity.providers.iter();
    let urls = providers.filter_map(|setup| match &setup.way {
        Way::OAuth(oauth) => oauth.token_url.clone(),
        Way::Proxy(_) | Way::Guest => None,
    });
    urls.collect()
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
