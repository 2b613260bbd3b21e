//! The signed header of Google's Identity-Aware Proxy.
use http::HeaderMap;
use jsonwebtoken::Algorithm;

use super::{ProxyError, Signed, needed, subject};
use crate::jose::keys::Keys;
use crate::{Claims, Http};

const KEYS: &str = "https://www.gstatic.com/iap/verify/public_key-jwk";
const ISSUER: &str = "https://cloud.google.com/iap";
const HEADER: &str = "x-goog-iap-jwt-assertion";

/// Checks `x-goog-iap-jwt-assertion`.
#[derive(Debug)]
pub struct GcpIap {
    audience: String,
    header: String,
    keys: Keys,
}

impl GcpIap {
    /// Takes the audience of the backend service (`/projects/…`), and the name of the header if it is another one.
    #[must_use]
    pub fn new(audience: impl Into<String>, header: Option<&str>) -> Self {
        Self {
            audience: audience.into(),
            header: header.unwrap_or(HEADER).to_ascii_lowercase(),
            keys: Keys::new(KEYS),
        }
    }

    /// Reads the keys elsewhere.
    #[must_use]
    pub fn with_keys_url(mut self, url: impl Into<String>) -> Self {
        self.keys = Keys::new(url);
        self
    }

    pub(super) async fn identify(
        &self,
        http: &dyn Http,
        headers: &HeaderMap,
        now_ms: i64,
    ) -> Result<Claims, ProxyError> {
        let token = needed(headers, &self.header)?;
        let signed = Signed {
            header: &self.header,
            algorithm: Algorithm::ES256,
            issuer: ISSUER,
            audience: Some(&self.audience),
        };
        let raw = signed.claims(http, &self.keys, token, now_ms).await?;
        Ok(Claims::from_raw(subject(&self.header, &raw)?, raw))
    }
}
