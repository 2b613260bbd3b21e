//! A small HTTP/1.1 client on one kept-open connection: enough to watch a server and to measure it.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// What a server answered.
pub struct Answer {
    /// The status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body as it came over the wire, chunks put together.
    pub body: Vec<u8>,
}

impl Answer {
    /// Returns the first header of that name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A connection that stays open from one request to the next.
pub struct Client {
    reader: BufReader<TcpStream>,
    host: String,
}

impl Client {
    /// Connects to a server of this machine.
    ///
    /// # Errors
    /// When nothing listens there.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))
            .with_context(|| format!("nothing answers at {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            reader: BufReader::new(stream),
            host: address.to_string(),
        })
    }

    /// Asks for a path with further header lines, each `name: value`.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn get(&mut self, path: &str, headers: &[&str]) -> Result<Answer> {
        let mut request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        self.reader
            .get_mut()
            .write_all(request.as_bytes())
            .context("the connection broke")?;
        self.read_answer()
            .with_context(|| format!("no answer to GET {path}"))
    }

    fn read_answer(&mut self) -> Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("{first:?} is no status line"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        answer.body = self.read_body(&answer)?;
        Ok(answer)
    }

    fn read_body(&mut self, answer: &Answer) -> Result<Vec<u8>> {
        if answer.header("transfer-encoding") == Some("chunked") {
            return self.read_chunks();
        }
        let length: usize = answer
            .header("content-length")
            .unwrap_or("0")
            .parse()
            .context("a wrong length")?;
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok(body)
    }

    fn read_chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let size = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16);
            let size = size.with_context(|| format!("{line:?} is no chunk size"))?;
            let start = body.len();
            body.resize(start + size, 0);
            self.reader.read_exact(&mut body[start..])?;
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
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

/// Asks for a path on a new connection.
///
/// # Errors
/// As [`Client::connect`] and [`Client::get`].
pub fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    Client::connect(address)?.get(path, &["connection: close"])
}

/// Finds a port of this machine that nobody uses now.
///
/// # Errors
/// When the system gives none.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    listener.local_addr().context("the port has no address")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts a server that reads one request per given answer, all on one connection.
    fn server(answers: &'static [&'static str]) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            let mut reader = BufReader::new(stream);
            for answer in answers {
                let mut line = String::new();
                while line != "\r\n" {
                    line.clear();
                    reader.read_line(&mut line).expect("a request");
                }
                reader
                    .get_mut()
                    .write_all(answer.as_bytes())
                    .expect("the client reads");
            }
        });
        address
    }

    #[test]
    fn one_connection_carries_several_answers() {
        let address = server(&[
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: no-cache\r\n\r\nhi",
            "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nnot\r\n4\r\nhing\r\n0\r\n\r\n",
        ]);
        let mut client = Client::connect(address).expect("it listens");
        let first = client.get("/", &[]).expect("an answer");
        assert_eq!((first.status, first.body.as_slice()), (200, &b"hi"[..]));
        assert_eq!(first.header("cache-control"), Some("no-cache"));
        let second = client.get("/other", &["accept: */*"]).expect("an answer");
        assert_eq!(
            (second.status, second.body.as_slice()),
            (404, &b"nothing"[..])
        );
    }

    #[test]
    fn a_server_that_speaks_no_http_is_an_error() {
        let address = server(&["hello\r\n"]);
        assert!(get(address, "/").is_err());
    }

    #[test]
    fn a_port_nobody_listens_at_is_an_error() {
        assert!(get(free_address().expect("a free port"), "/").is_err());
    }
}
