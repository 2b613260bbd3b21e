//! A web server on this machine that counts what reaches it, and a resolver that answers as told.
use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use callboard_scm::{AllowedHost, Answer, Found, Limits, Resolve, Settings};
use futures::future::BoxFuture;
use tokio::net::{TcpListener, TcpStream};

/// A server with what reached it.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<(String, HeaderMap)>>>,
}

impl Server {
    /// Starts a server that answers every request with what a function makes of its path and headers.
    pub async fn start<F, R>(answer: F) -> Self
    where
        F: Fn(&str, &HeaderMap) -> R + Clone + Send + Sync + 'static,
        R: IntoResponse,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            seen: Arc::default(),
        };
        let seen = Arc::clone(&server.seen);
        let app = axum::Router::new().fallback(move |request: Request| {
            let path = request.uri().to_string();
            let headers = request.headers().clone();
            let response: Response = answer(&path, &headers).into_response();
            seen.lock().unwrap().push((path, headers));
            async move { response }
        });
        let counted = Counted(listener, Arc::clone(&server.connections));
        tokio::spawn(async move { axum::serve(counted, app).await });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many connections were opened to it.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The paths that were asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(path, _)| path.clone()).collect()
    }

    /// A header of the latest request.
    pub fn header(&self, name: &str) -> Option<String> {
        let seen = self.seen.lock().unwrap();
        let (_, headers) = seen.last()?;
        Some(headers.get(name)?.to_str().unwrap().to_owned())
    }
}

struct Counted(TcpListener, Arc<AtomicUsize>);

impl Listener for Counted {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let accepted = Listener::accept(&mut self.0).await;
        self.1.fetch_add(1, Ordering::SeqCst);
        accepted
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Answers each question with the next list of addresses, and the last one for ever.
#[derive(Debug, Default)]
pub struct Names {
    answers: Mutex<VecDeque<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Names {
    pub fn new(answers: &[&[&str]]) -> Arc<Self> {
        let list = |texts: &&[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self {
            answers: Mutex::new(answers.iter().map(list).collect()),
            asked: AtomicUsize::new(0),
        })
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve(&self, _host: String, port: u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        let answer = match answers.len() {
            0 => Err(io::Error::other("no such name")),
            1 => Ok(answers[0].clone()),
            _ => Ok(answers.pop_front().unwrap()),
        };
        let to_socket = move |ip: IpAddr| SocketAddr::new(ip, port);
        Box::pin(async move { Ok(answer?.into_iter().map(to_socket).collect()) })
    }
}

/// Settings that allow some hosts and nothing private.
pub fn allowing<T: ToString>(hosts: &[T]) -> Settings {
    let allow = hosts.iter().map(|host| AllowedHost {
        host: host.to_string(),
        paths: None,
    });
    Settings {
        allow: allow.collect(),
        limits: Limits {
            file_bytes: 64 * 1024,
            ..Limits::default()
        },
        ..Settings::default()
    }
}

/// The content of an answer that has one.
pub fn found(answer: Answer) -> Found {
    match answer {
        Answer::Found(found) => found,
        Answer::Unchanged => panic!("nothing changed, but content was expected"),
    }
}
