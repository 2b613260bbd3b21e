//! One request with its redirects: each hop is checked as if it were the first.
use std::time::Duration;

use http::header::{ACCEPT, IF_NONE_MATCH, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::body::Body;
use super::{Http, client, verdict};
use crate::guard::Purpose;
use crate::{ErrorKind, ScmError};

/// A request of any method.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// What is done.
    pub(crate) method: Method,
    /// To what.
    pub(crate) url: Url,
    /// Sent with it.
    pub(crate) headers: HeaderMap,
    /// Sent with it.
    pub(crate) body: Vec<u8>,
    /// Most bytes of the answer.
    pub(crate) limit: u64,
    /// Longest wait for the whole answer.
    pub(crate) timeout: Duration,
}

/// An answer of any status but a redirect, whose body is still to be read.
pub(crate) struct Reply {
    /// Its status.
    pub(crate) status: StatusCode,
    /// All headers.
    pub(crate) headers: HeaderMap,
    /// Where it came from, after redirects.
    pub(crate) url: Url,
    /// What follows.
    pub(crate) body: Body,
}

impl Http {
    /// Sends a request and follows redirects, as far as the guard lets it.
    pub(crate) async fn exchange(&self, mut call: Call) -> Result<Reply, ScmError> {
        let mut from: Option<Url> = None;
        for _ in 0..=self.limits().redirects {
            self.guard().check(&call.url, from.as_ref())?;
            let reply = self.send(&call, Purpose::Read).await?;
            let Some(next) = redirect(&reply)? else {
                return Ok(reply);
            };
            from = Some(call.url.clone());
            call = call.redirected(next)?;
        }
        let message = format!("more than {} redirects", self.limits().redirects);
        Err(ScmError::new(ErrorKind::TooLarge, message))
    }

    /// Sends a request that is not a read, and returns its answer whatever it is.
    pub(crate) async fn visit(&self, call: &Call) -> Result<Reply, ScmError> {
        self.guard().check_visit(&call.url)?;
        self.send(call, Purpose::Visit).await
    }

    async fn send(&self, call: &Call, purpose: Purpose) -> Result<Reply, ScmError> {
        let client = self.0.client.as_ref().map_err(Clone::clone)?;
        let hosts = match purpose {
            Purpose::Read => &self.0.hosts,
            Purpose::Visit => &self.0.visited,
        };
        let permit = hosts.enter(&call.url).await?;
        let addresses = self.guard().addresses(&call.url, purpose).await?;
        let mut request = client
            .request(call.method.clone(), call.url.clone())
            .headers(call.headers.clone())
            .timeout(call.timeout);
        if !call.body.is_empty() {
            request = request.body(call.body.clone());
        }
        let response = client::connecting_to(addresses, request.send()).await;
        hosts.answered(&call.url, response.is_ok());
        let response = response.map_err(|error| client::failed(&error, call.timeout))?;
        // What one user has used up, asked for in their name, says nothing about the others.
        if purpose == Purpose::Read
            && let Some(time) = verdict::used_up(response.headers())
        {
            hosts.pause(&call.url, Some(time));
        }
        Ok(Reply {
            status: response.status(),
            headers: response.headers().clone(),
            url: call.url.clone(),
            body: Body::new(response, call.limit, call.timeout, permit),
        })
    }
}

impl Call {
    /// Turns to another place; only there where it was meant to go do credentials go along.
    fn redirected(mut self, next: Url) -> Result<Self, ScmError> {
        if self.method != Method::GET {
            let message = format!("the host redirects a {} request", self.method);
            return Err(ScmError::new(ErrorKind::Unavailable, message));
        }
        if self.url.origin() != next.origin() {
            let kept = [ACCEPT, IF_NONE_MATCH];
            let all = std::mem::take(&mut self.headers);
            let harmless = kept.into_iter().filter_map(|name| {
                let value = all.get(&name)?.clone();
                Some((name, value))
            });
            self.headers = harmless.collect();
        }
        self.url = next;
        Ok(self)
    }
}

fn redirect(reply: &Reply) -> Result<Option<Url>, ScmError> {
    if !matches!(reply.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = reply
        .headers
        .get(LOCATION)
        .and_then(|text| text.to_str().ok());
    let next = location.and_then(|text| reply.url.join(text).ok());
    let Some(mut next) = next else {
        let message = format!("the host answers {} without a place to go to", reply.status);
        return Err(ScmError::new(ErrorKind::Unavailable, message));
    };
    next.set_fragment(None);
    Ok(Some(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(url: &str) -> Call {
        let pairs = [
            ("accept", "text/plain"),
            ("authorization", "Bearer secret"),
            ("cookie", "session=secret"),
            ("if-none-match", "\"one\""),
            ("private-token", "secret"),
        ];
        let header = |(name, value): (&'static str, &'static str)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_static(value))
        };
        Call {
            method: Method::GET,
            url: Url::parse(url).unwrap(),
            headers: pairs.into_iter().map(header).collect(),
            body: Vec::new(),
            limit: 1,
            timeout: Duration::from_secs(1),
        }
    }

    fn kept(to: &str) -> usize {
        let next = Url::parse(to).unwrap();
        let call = call("https://git.example/a").redirected(next).unwrap();
        let all = format!("{:?}", call.headers);
        assert_eq!(all.contains("secret"), call.headers.len() > 2, "{to}");
        call.headers.len()
    }

    #[test]
    fn credentials_stay_with_the_host_port_and_scheme_they_are_for() {
        assert_eq!(kept("https://git.example/b"), 5);
        assert_eq!(kept("https://git.example:443/b"), 5);
        assert_eq!(kept("https://git.example:8443/b"), 2);
        assert_eq!(kept("http://git.example/b"), 2);
        assert_eq!(kept("https://cdn.git.example/b"), 2);
        assert_eq!(kept("https://other.example/b"), 2);
    }

    #[test]
    fn only_what_reads_is_redirected() {
        let mut call = call("https://git.example/a");
        call.method = Method::POST;
        let next = Url::parse("https://git.example/b").unwrap();
        assert!(call.redirected(next).is_err());
    }
}
