//! The checks of an `id_token` (OIDC Core, 3.1.3.7), apart from its signature.
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use super::microsoft;
use crate::jose::shown;
use crate::jose::times::{self, LEEWAY_S, text};
use crate::{Secret, same};

/// OIDC allows 255.
const MAX_SUBJECT: usize = 1000;

/// What an `id_token` must say.
pub(super) struct Expected<'e> {
    pub(super) issuer: &'e str,
    pub(super) client_id: &'e str,
    /// Nothing after a refresh, where the browser was not involved.
    pub(super) nonce: Option<&'e Secret>,
    pub(super) access_token: &'e Secret,
    pub(super) algorithm: Algorithm,
    pub(super) now_ms: i64,
}

/// Checks the claims and returns who it is about.
pub(super) fn check(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<String, String> {
    let issuer = text(claims, "iss").unwrap_or("missing");
    if microsoft::issuer_of(expected.issuer, claims).as_deref() != Some(issuer) {
        return Err(format!(
            "it is from the issuer {}, expected {}",
            shown(issuer),
            expected.issuer
        ));
    }
    check_audience(claims, expected.client_id)?;
    if !claims.contains_key("iat") {
        return Err("it has no iat".to_owned());
    }
    times::check(claims, expected.now_ms, LEEWAY_S).map_err(|fault| fault.to_string())?;
    if let Some(nonce) = expected.nonce {
        let said = text(claims, "nonce").unwrap_or_default();
        if !same(said, nonce.expose()) {
            return Err(
                "its nonce is not the one of this sign-in; start again from the sign-in page"
                    .to_owned(),
            );
        }
    }
    if let Some(said) = claims.get("at_hash") {
        let hash = left_half(expected.algorithm, expected.access_token.expose());
        if !said.as_str().is_some_and(|said| same(said, &hash)) {
            return Err("its at_hash does not belong to the access token".to_owned());
        }
    }
    match text(claims, "sub") {
        Some(subject) if (1..=MAX_SUBJECT).contains(&subject.len()) => Ok(subject.to_owned()),
        _ => Err(format!("it has no sub of at most {MAX_SUBJECT} characters")),
    }
}

fn check_audience(claims: &Map<String, Value>, client_id: &str) -> Result<(), String> {
    let audiences = times::audiences(claims);
    if !audiences.contains(&client_id) {
        let named = shown(&audiences.join(", "));
        return Err(format!(
            "it is meant for {named}, and the clientId is {client_id}"
        ));
    }
    match text(claims, "azp") {
        Some(party) if party != client_id => Err(format!(
            "it was made for the client {}, and the clientId is {client_id}",
            shown(party)
        )),
        None if audiences.len() > 1 || claims.contains_key("azp") => Err(
            "it is meant for several audiences and does not say for which client (azp)".to_owned(),
        ),
        _ => Ok(()),
    }
}

/// The first half of the hash that belongs to the algorithm of the signature.
fn left_half(algorithm: Algorithm, token: &str) -> String {
    let hash = match algorithm {
        Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 | Algorithm::HS384 => {
            &digest::SHA384
        }
        Algorithm::RS512 | Algorithm::PS512 | Algorithm::HS512 | Algorithm::EdDSA => {
            &digest::SHA512
        }
        Algorithm::RS256 | Algorithm::PS256 | Algorithm::ES256 | Algorithm::HS256 => {
            &digest::SHA256
        }
    };
    let hash = digest::digest(hash, token.as_bytes());
    let hash = hash.as_ref();
    URL_SAFE_NO_PAD.encode(&hash[..hash.len() / 2])
}
