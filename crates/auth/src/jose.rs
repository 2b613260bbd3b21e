//! Signed tokens (JWS) in compact form: taken apart by us, signatures checked by `jsonwebtoken`.
//!
//! The algorithm is decided by a list of ours and by the type of the key, never by the token alone, and times are
//! compared with a time that the caller gives.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value};

pub(crate) mod keys;
pub(crate) mod times;

/// Tokens of providers that are longer are not looked at.
pub(crate) const MAX_TOKEN: usize = 64 * 1024;

/// The algorithms that tokens of others may have: signatures that only the holder of a private key can make.
pub(crate) const ASYMMETRIC: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// Why a token is refused before its claims are looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwsFault {
    #[error("it is not a signed token in compact form")]
    Malformed,
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    #[error("its algorithm ({0}) is not allowed")]
    Algorithm(String),
    #[error("it is signed with a key that is not known (kid {0})")]
    UnknownKey(String),
    #[error("its signature is wrong")]
    Signature,
}

/// A token taken apart; nothing of it can be trusted before [`Jws::verify`].
pub(crate) struct Jws<'t> {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    message: &'t str,
    signature: &'t str,
}

impl<'t> Jws<'t> {
    /// Takes a token apart.
    pub(crate) fn parse(token: &'t str, max: usize) -> Result<Self, JwsFault> {
        Self::read(token, max, |part| part)
    }

    /// Takes a token apart whose parts may end in `=`, as those of Amazon's load balancers do.
    pub(crate) fn parse_padded(token: &'t str, max: usize) -> Result<Self, JwsFault> {
        Self::read(token, max, |part| part.trim_end_matches('='))
    }

    fn read(token: &'t str, max: usize, trim: fn(&str) -> &str) -> Result<Self, JwsFault> {
        if token.len() > max {
            return Err(JwsFault::TooLong(max));
        }
        let (message, signature) = token.rsplit_once('.').ok_or(JwsFault::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(JwsFault::Malformed)?;
        let header = object(trim(header)).ok_or(JwsFault::Malformed)?;
        // What must be understood and is not (RFC 7515, 4.1.11) makes a token unusable.
        if header.contains_key("crit") {
            return Err(JwsFault::Malformed);
        }
        Ok(Self {
            header,
            claims: object(trim(claims)).ok_or(JwsFault::Malformed)?,
            message,
            signature: trim(signature),
        })
    }

    /// Returns a text of the header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// Returns the algorithm of the header if it is one of those that are allowed.
    pub(crate) fn algorithm(&self, allowed: &[Algorithm]) -> Result<Algorithm, JwsFault> {
        let named = self.header("alg").unwrap_or("missing");
        allowed
            .iter()
            .copied()
            .find(|algorithm| name(*algorithm) == named)
            .ok_or_else(|| JwsFault::Algorithm(shown(named)))
    }

    /// Checks the signature with a key.
    pub(crate) fn verify(&self, key: &Jwk, algorithm: Algorithm) -> Result<(), JwsFault> {
        if !fits(key, algorithm) {
            return Err(JwsFault::Signature);
        }
        let key = DecodingKey::from_jwk(key).map_err(|_| JwsFault::Signature)?;
        self.verify_key(&key, algorithm)
    }

    /// Checks the signature with a key that is known to be of the right type.
    pub(crate) fn verify_key(
        &self,
        key: &DecodingKey,
        algorithm: Algorithm,
    ) -> Result<(), JwsFault> {
        match crypto::verify(self.signature, self.message.as_bytes(), key, algorithm) {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(JwsFault::Signature),
        }
    }
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Tells whether a key is made for an algorithm: by its type, and by what it says about itself.
pub(crate) fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), _) => name(algorithm).starts_with(['R', 'P']),
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => {
            curve.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES384) => {
            curve.curve == EllipticCurve::P384
        }
        (AlgorithmParameters::OctetKeyPair(pair), Algorithm::EdDSA) => {
            pair.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    let usage = matches!(
        key.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    );
    let says = key
        .common
        .key_algorithm
        .is_none_or(|says| says.to_string() == name(algorithm));
    kind && usage && says
}

/// Returns the name of an algorithm as tokens write it.
pub(crate) fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::HS256 => "HS256",
        Algorithm::HS384 => "HS384",
        Algorithm::HS512 => "HS512",
        Algorithm::ES256 => "ES256",
        Algorithm::ES384 => "ES384",
        Algorithm::RS256 => "RS256",
        Algorithm::RS384 => "RS384",
        Algorithm::RS512 => "RS512",
        Algorithm::PS256 => "PS256",
        Algorithm::PS384 => "PS384",
        Algorithm::PS512 => "PS512",
        Algorithm::EdDSA => "EdDSA",
    }
}

/// Makes a text of others fit for one line of a message: short, and without what could move the cursor.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
