//! The signed header of Cloudflare Access.
use http::HeaderMap;
use jsonwebtoken::Algorithm;

use super::{ProxyError, Signed, needed, refused, subject};
use crate::jose::keys::Keys;
use crate::jose::times::text;
use crate::{Claims, Http, Secret, same};

const HEADER: &str = "cf-access-jwt-assertion";

/// Checks `cf-access-jwt-assertion`.
#[derive(Debug)]
pub struct CfAccess {
    issuer: String,
    audience: Option<String>,
    service_tokens: Vec<(Secret, String)>,
    keys: Keys,
}

impl CfAccess {
    /// Takes the name of the team, the audience tag of the application, and the service tokens with the address of
    /// mail that each of them stands for.
    ///
    /// # Errors
    /// When the name of the team cannot be part of a host name.
    pub fn new(
        team_name: &str,
        audience: Option<String>,
        service_tokens: Vec<(Secret, String)>,
    ) -> Result<Self, ProxyError> {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if team_name.is_empty() || !team_name.bytes().all(letters) {
            return Err(ProxyError::Settings {
                provider: "cfaccess",
                problem: "teamName is not what stands before .cloudflareaccess.com".to_owned(),
            });
        }
        let issuer = format!("https://{team_name}.cloudflareaccess.com");
        Ok(Self {
            keys: Keys::new(format!("{issuer}/cdn-cgi/access/certs")),
            issuer,
            audience,
            service_tokens,
        })
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
        let token = needed(headers, HEADER)?;
        let signed = Signed {
            header: HEADER,
            algorithm: Algorithm::RS256,
            issuer: &self.issuer,
            audience: self.audience.as_deref(),
        };
        let mut raw = signed.claims(http, &self.keys, token, now_ms).await?;
        if text(&raw, "email").is_some_and(|email| !email.is_empty()) {
            return Ok(Claims::from_raw(subject(HEADER, &raw)?, raw));
        }
        // A program has no address and no subject; it is known by the name of its token.
        let name = text(&raw, "common_name").unwrap_or_default();
        let known = self
            .service_tokens
            .iter()
            .find(|(token, _)| same(token.expose(), name));
        let (_, stands_for) = known.ok_or_else(|| {
            refused(
                HEADER,
                "it has no email, and its service token is not among serviceTokens",
            )
        })?;
        raw.insert("email".to_owned(), stands_for.as_str().into());
        Ok(Claims::from_raw(stands_for.clone(), raw))
    }
}
