//! The signed header of Amazon's Application Load Balancer, whose keys are files named by their id.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::Mutex;

use super::{ProxyError, needed, refused, subject};
use crate::jose::times::{self, LEEWAY_S, text};
use crate::jose::{Jws, MAX_TOKEN};
use crate::{Claims, Http, HttpError};

const HEADER: &str = "x-amzn-oidc-data";
/// A load balancer uses one key for a long time; a region has few.
const MAX_KEYS: usize = 32;
/// No more than so many keys are asked for in the time below, whatever is sent to us.
const MAX_ASKED: usize = 10;
const ASKED_MS: i64 = 60 * 1000;
const MAX_KID: usize = 100;

/// Checks `x-amzn-oidc-data`.
#[derive(Debug)]
pub struct AwsAlb {
    issuer: Option<String>,
    signer: Option<String>,
    keys_url: String,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    keys: Vec<(String, DecodingKey)>,
    /// When keys were asked for in the last minute.
    asked_ms: Vec<i64>,
}

impl AwsAlb {
    /// Takes the region, the issuer of the tokens behind the load balancer, and the ARN of the load balancer. Without
    /// the ARN, everybody's load balancer in the region is believed.
    ///
    /// # Errors
    /// When the region cannot be part of a host name.
    pub fn new(
        region: &str,
        issuer: Option<String>,
        signer: Option<String>,
    ) -> Result<Self, ProxyError> {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if region.is_empty() || !region.bytes().all(letters) {
            return Err(ProxyError::Settings {
                provider: "awsalb",
                problem: "region is not a name such as eu-central-1".to_owned(),
            });
        }
        Ok(Self {
            issuer,
            signer,
            keys_url: format!("https://public-keys.auth.elb.{region}.amazonaws.com"),
            kept: Mutex::default(),
        })
    }

    /// Reads the keys below another URL.
    #[must_use]
    pub fn with_keys_url(mut self, url: impl Into<String>) -> Self {
        self.keys_url = url.into();
        self
    }

    pub(super) async fn identify(
        &self,
        http: &dyn Http,
        headers: &HeaderMap,
        now_ms: i64,
    ) -> Result<Claims, ProxyError> {
        let token = needed(headers, HEADER)?;
        let refuse = |problem: String| refused(HEADER, problem);
        let jws = Jws::parse_padded(token, MAX_TOKEN).map_err(|fault| refuse(fault.to_string()))?;
        let algorithm = jws
            .algorithm(&[Algorithm::ES256])
            .map_err(|fault| refuse(fault.to_string()))?;
        if let Some(signer) = &self.signer
            && jws.header("signer") != Some(signer)
        {
            return Err(refuse(format!("it is not signed by {signer}")));
        }
        let kid = jws.header("kid").filter(|kid| is_kid(kid));
        let kid = kid.ok_or_else(|| refuse("it does not name its key (kid)".to_owned()))?;
        let key = self.key(http, kid, now_ms).await?;
        jws.verify_key(&key, algorithm)
            .map_err(|fault| refuse(fault.to_string()))?;
        if let Some(issuer) = &self.issuer
            && text(&jws.claims, "iss") != Some(issuer)
        {
            return Err(refuse(format!("it is not from the issuer {issuer}")));
        }
        times::check(&jws.claims, now_ms, LEEWAY_S).map_err(|fault| refuse(fault.to_string()))?;
        Ok(Claims::from_raw(subject(HEADER, &jws.claims)?, jws.claims))
    }

    async fn key(
        &self,
        http: &dyn Http,
        kid: &str,
        now_ms: i64,
    ) -> Result<DecodingKey, ProxyError> {
        // Held while asking, so that many requests at once ask for one key.
        let mut kept = self.kept.lock().await;
        if let Some((_, key)) = kept.keys.iter().find(|(known, _)| known == kid) {
            return Ok(key.clone());
        }
        let url = format!("{}/{kid}", self.keys_url);
        let unreachable = |reason: HttpError| ProxyError::Unreachable {
            url: url.clone(),
            reason,
        };
        kept.asked_ms
            .retain(|asked| (0..ASKED_MS).contains(&now_ms.saturating_sub(*asked)));
        if kept.asked_ms.len() >= MAX_ASKED {
            let problem = "too many unknown keys were named in the last minute";
            return Err(unreachable(HttpError(problem.to_owned())));
        }
        kept.asked_ms.push(now_ms);
        let answer = crate::http::get(http, &url, "*/*", None)
            .await
            .map_err(unreachable)?;
        if answer.status() != 200 {
            let problem = format!("it answers {}", answer.status());
            return Err(unreachable(HttpError(problem)));
        }
        let point = std::str::from_utf8(answer.body()).ok().and_then(point);
        let point = point.ok_or_else(|| {
            unreachable(HttpError(
                "the answer is no P-256 key in PEM form".to_owned(),
            ))
        })?;
        let key = DecodingKey::from_ec_der(&point);
        if kept.keys.len() >= MAX_KEYS {
            kept.keys.remove(0);
        }
        kept.keys.push((kid.to_owned(), key.clone()));
        Ok(key)
    }
}

/// The id becomes part of a URL.
fn is_kid(kid: &str) -> bool {
    (1..=MAX_KID).contains(&kid.len())
        && kid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Reads the point out of a public key in PEM form. All keys on P-256 have the same 26 bytes before it.
fn point(pem: &str) -> Option<Vec<u8>> {
    const BEFORE: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    const POINT: usize = 65;
    let (_, rest) = pem.split_once("-----BEGIN PUBLIC KEY-----")?;
    let (body, _) = rest.split_once("-----END PUBLIC KEY-----")?;
    let body: String = body.split_whitespace().collect();
    let der = STANDARD.decode(body).ok()?;
    let point = der.strip_prefix(BEFORE.as_slice())?;
    (point.len() == POINT).then(|| point.to_vec())
}
