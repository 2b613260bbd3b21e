//! Keys that sign user tokens: P-256, with the private half in the memory of one process only.
use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::ALGORITHM;
use crate::secret::random;

/// The length of a coordinate of a point on P-256.
const COORDINATE: usize = 32;

/// A key for signing, and how long it is used.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    kid: String,
    created_ms: i64,
    expires_ms: i64,
}

impl SigningKey {
    /// Makes a new key that signs for `lifetime_ms` milliseconds.
    #[must_use]
    pub fn generate(now_ms: i64, lifetime_ms: i64) -> Self {
        Self {
            pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                .expect("the operating system gives random bytes, or nothing is secure"),
            kid: URL_SAFE_NO_PAD.encode(random::<16>()),
            created_ms: now_ms,
            expires_ms: now_ms.saturating_add(lifetime_ms),
        }
    }

    /// Returns the name of the key.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Returns when the key was made.
    #[must_use]
    pub fn created_ms(&self) -> i64 {
        self.created_ms
    }

    /// Returns when the key stops signing; what it signed before stays valid for as long as it says.
    #[must_use]
    pub fn expires_ms(&self) -> i64 {
        self.expires_ms
    }

    /// Tells whether the key signs no more.
    #[must_use]
    pub fn is_expired(&self, now_ms: i64) -> bool {
        now_ms >= self.expires_ms
    }

    /// Returns the public half, as it is published.
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        // An uncompressed point: a 4, then both coordinates.
        let point = &self.pair.public_key().as_ref()[1..];
        let (x, y) = point.split_at(COORDINATE);
        json!({
            "kty": "EC",
            "crv": "P-256",
            "x": URL_SAFE_NO_PAD.encode(x),
            "y": URL_SAFE_NO_PAD.encode(y),
            "kid": self.kid,
            "alg": ALGORITHM,
            "use": "sig",
        })
    }

    /// Signs and returns the signature as tokens have it.
    pub(super) fn sign(&self, message: &str) -> String {
        let signature = self
            .pair
            .sign(&SystemRandom::new(), message.as_bytes())
            .expect("signing with a key that was generated here does not fail");
        URL_SAFE_NO_PAD.encode(signature)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("kid", &self.kid)
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}
