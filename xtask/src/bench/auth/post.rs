//! A connection that asks questions of permissions: a POST with a session, again and again.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// A connection that stays open from one request to the next.
pub struct Poster {
    reader: BufReader<TcpStream>,
    /// The request up to the length of its body.
    head: String,
}

impl Poster {
    /// Connects to a server of this machine, for requests to one path with one header for the session.
    ///
    /// # Errors
    /// When nothing listens there.
    pub fn connect(address: SocketAddr, path: &str, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))
            .with_context(|| format!("nothing answers at {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        // A request with a session is refused when it does not say that a page of the portal sends it.
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n{cookie}\r\n\
             content-type: application/json\r\ncontent-length: "
        );
        Ok(Self {
            reader: BufReader::new(stream),
            head,
        })
    }

    /// Sends a body and returns that of the answer.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not 200.
    pub fn send(&mut self, body: &[u8]) -> Result<Vec<u8>> {
        let mut request = format!("{}{}\r\n\r\n", self.head, body.len()).into_bytes();
        request.extend_from_slice(body);
        let stream = self.reader.get_mut();
        stream.write_all(&request).context("the connection broke")?;
        let status = self.line()?;
        let mut length = None;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok();
            }
        }
        let mut answer = vec![0; length.context("the answer does not say how long it is")?];
        self.reader.read_exact(&mut answer)?;
        if status.split(' ').nth(1) != Some("200") {
            bail!("{status}: {}", String::from_utf8_lossy(&answer));
        }
        Ok(answer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// Answers one request and returns what it was.
    fn asked(answer: &'static str) -> (Result<Vec<u8>>, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = vec![0; 4_096];
            let length = stream.read(&mut request).expect("a request");
            stream
                .write_all(answer.as_bytes())
                .expect("the client reads");
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let mut poster = Poster::connect(address, "/x", "cookie: a=b").expect("it listens");
        let answer = poster.send(b"{}");
        (answer, server.join().expect("it answered"))
    }

    #[test]
    fn a_body_is_sent_with_the_session_and_the_own_origin() {
        let (answer, request) = asked("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        assert_eq!(answer.expect("an answer"), b"hi");
        assert!(request.starts_with("POST /x HTTP/1.1\r\n"), "{request}");
        assert!(
            request.contains("\r\norigin: http://127.0.0.1:"),
            "{request}"
        );
        assert!(request.contains("\r\ncookie: a=b\r\n"), "{request}");
        assert!(
            request.ends_with("\r\ncontent-length: 2\r\n\r\n{}"),
            "{request}"
        );
    }

    #[test]
    fn another_answer_than_200_is_an_error_that_tells_it() {
        let (answer, _) = asked("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
        let error = answer.expect_err("it is refused").to_string();
        assert!(error.contains("403") && error.ends_with("no"), "{error}");
    }
}
