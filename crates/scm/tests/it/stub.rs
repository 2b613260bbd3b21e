//! The stub of GitHub, as a process of its own.
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../end2end/stub/github.mjs");

/// A running stub; it ends with the test.
pub struct Stub {
    pub api: String,
    pub files: String,
    pub private_key: String,
    _process: Child,
}

impl Stub {
    /// Starts the stub; without Node.js it says so, and the test is skipped.
    pub async fn start(state: &Value) -> Option<Self> {
        let mut command = Command::new("node");
        command
            .arg(SCRIPT)
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let Ok(mut process) = command.spawn() else {
            println!("skipped: Node.js is needed to play GitHub");
            return None;
        };
        let output = process.stdout.take().unwrap();
        let line = BufReader::new(output).lines().next_line().await.unwrap();
        let places: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |key: &str| places[key].as_str().unwrap().to_owned();
        let stub = Self {
            api: text("api"),
            files: text("files"),
            private_key: text("privateKey"),
            _process: process,
        };
        stub.change(state).await;
        Some(stub)
    }

    /// Changes the top-level keys of the stub's state.
    pub async fn change(&self, state: &Value) {
        let url = format!("{}/_stub/state", self.files);
        let sent = reqwest::Client::new()
            .patch(url)
            .body(state.to_string())
            .send()
            .await;
        assert_eq!(sent.unwrap().status(), 204);
    }

    /// Makes all tokens of installations invalid.
    pub async fn revoke(&self) {
        let url = format!("{}/_stub/tokens", self.files);
        let sent = reqwest::Client::new().delete(url).send().await;
        assert_eq!(sent.unwrap().status(), 204);
    }

    /// What the stub was asked, in order.
    pub async fn requests(&self) -> Vec<Value> {
        let answer = reqwest::get(format!("{}/_stub/requests", self.files))
            .await
            .unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }
}
