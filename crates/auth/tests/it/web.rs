//! A web of one function, which remembers what it was asked.
use std::sync::Mutex;

use callboard_auth::{Http, HttpError};
use futures::future::BoxFuture;
use http::{Request, Response};
use serde_json::Value;

type Answer = Result<Response<Vec<u8>>, HttpError>;

pub(crate) struct Web<F> {
    answer: F,
    asked: Mutex<Vec<String>>,
}

impl<F: Fn(&Request<Vec<u8>>) -> Answer> Web<F> {
    pub(crate) fn new(answer: F) -> Self {
        let asked = Mutex::default();
        Self { answer, asked }
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|one| *one == path).count()
    }
}

impl<F: Fn(&Request<Vec<u8>>) -> Answer + Send + Sync> Http for Web<F> {
    fn send(&self, request: Request<Vec<u8>>) -> BoxFuture<'_, Answer> {
        let path = request.uri().path().to_owned();
        self.asked.lock().unwrap().push(path);
        Box::pin(async move { (self.answer)(&request) })
    }
}

pub(crate) fn json(status: u16, body: &Value) -> Answer {
    let response = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    Ok(response.body(body.to_string().into_bytes()).unwrap())
}

pub(crate) fn text(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Ok(Response::builder()
        .status(status)
        .body(body.into())
        .unwrap())
}

/// Nobody to ask: for what must work without.
pub(crate) fn nobody() -> impl Http {
    Web::new(|request: &Request<Vec<u8>>| panic!("asked for {}", request.uri()))
}

/// Reads a form or the query of a URL.
pub(crate) fn form(text: &str) -> std::collections::HashMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}
