//! Proxies that sign people in before a request reaches us, and say in a header who it is.
//!
//! Whoever can reach the portal around the proxy can write any header. The caller therefore asks [`Proxy::identify`]
//! only for requests whose peer is a trusted proxy (`backend.trustProxy`); for [`Oauth2Proxy`], whose headers are not
//! signed, that is the only protection there is.
use http::HeaderMap;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use crate::jose::keys::{KeyFault, Keys};
use crate::jose::times::{self, LEEWAY_S, text};
use crate::jose::{Jws, MAX_TOKEN};
use crate::{Claims, Http};

mod aws_alb;
mod cf_access;
mod error;
mod gcp_iap;
mod oauth2_proxy;

pub use aws_alb::AwsAlb;
pub use cf_access::CfAccess;
pub use error::ProxyError;
pub use gcp_iap::GcpIap;
pub use oauth2_proxy::Oauth2Proxy;

/// A configured proxy.
#[derive(Debug)]
pub enum Proxy {
    /// oauth2-proxy, and whatever writes the same headers.
    Oauth2Proxy(Oauth2Proxy),
    /// Google's Identity-Aware Proxy.
    GcpIap(GcpIap),
    /// Amazon's Application Load Balancer.
    AwsAlb(AwsAlb),
    /// Cloudflare Access.
    CfAccess(CfAccess),
}

impl Proxy {
    /// Returns the id of the provider, which is also its kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Oauth2Proxy(_) => "oauth2Proxy",
            Self::GcpIap(_) => "gcpIap",
            Self::AwsAlb(_) => "awsalb",
            Self::CfAccess(_) => "cfaccess",
        }
    }

    /// Returns who the headers of a request are about. The peer must be a trusted proxy; that is for the caller to
    /// check.
    ///
    /// # Errors
    /// When the header is missing or there twice, or does not prove anything.
    pub async fn identify(
        &self,
        http: &dyn Http,
        headers: &HeaderMap,
        now_ms: i64,
    ) -> Result<Claims, ProxyError> {
        match self {
            Self::Oauth2Proxy(proxy) => proxy.identify(headers),
            Self::GcpIap(proxy) => proxy.identify(http, headers, now_ms).await,
            Self::AwsAlb(proxy) => proxy.identify(http, headers, now_ms).await,
            Self::CfAccess(proxy) => proxy.identify(http, headers, now_ms).await,
        }
    }
}

/// Reads a header that must be there once at most: of two, one may be from the outside.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, ProxyError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(ProxyError::Twice(name.to_owned()));
    }
    let value = value
        .to_str()
        .map_err(|_| ProxyError::NotText(name.to_owned()))?
        .trim();
    Ok((!value.is_empty()).then_some(value))
}

fn needed<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, ProxyError> {
    header(headers, name)?.ok_or_else(|| ProxyError::Missing(name.to_owned()))
}

/// What a signed header must say.
struct Signed<'s> {
    header: &'s str,
    algorithm: Algorithm,
    issuer: &'s str,
    /// Any if absent.
    audience: Option<&'s str>,
}

impl Signed<'_> {
    /// Checks a token with published keys and returns what it says.
    async fn claims(
        &self,
        http: &dyn Http,
        keys: &Keys,
        token: &str,
        now_ms: i64,
    ) -> Result<Map<String, Value>, ProxyError> {
        let jws = Jws::parse(token, MAX_TOKEN).map_err(|fault| self.refused(fault))?;
        let allowed = [self.algorithm];
        let verified = keys.verify(http, &jws, &allowed, now_ms).await;
        verified.map_err(|fault| match fault {
            KeyFault::Unreachable { url, reason } => ProxyError::Unreachable { url, reason },
            KeyFault::Token(fault) => self.refused(fault),
        })?;
        if text(&jws.claims, "iss") != Some(self.issuer) {
            return Err(self.refused(format!("it is not from the issuer {}", self.issuer)));
        }
        let said = times::audiences(&jws.claims);
        if let Some(audience) = self.audience
            && !said.contains(&audience)
        {
            return Err(self.refused(format!("it is not meant for the audience {audience}")));
        }
        times::check(&jws.claims, now_ms, LEEWAY_S).map_err(|fault| self.refused(fault))?;
        Ok(jws.claims)
    }

    fn refused(&self, problem: impl ToString) -> ProxyError {
        refused(self.header, problem)
    }
}

fn refused(header: &str, problem: impl ToString) -> ProxyError {
    ProxyError::Refused {
        header: header.to_owned(),
        problem: problem.to_string(),
    }
}

/// Returns who a signed header is about.
fn subject(header: &str, claims: &Map<String, Value>) -> Result<String, ProxyError> {
    text(claims, "sub")
        .filter(|subject| !subject.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| refused(header, "it has no sub"))
}
