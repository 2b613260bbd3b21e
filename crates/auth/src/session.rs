//! The secret of a session: what the cookie holds, what the database holds, and when a session ends.
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::{digest, hkdf};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Secret;
use crate::secret::random_text;

/// Keeps this use of the secret apart from every other that may come.
const PURPOSE: &[u8] = b"callboard session seal 1";
const KEY_BYTES: usize = 32;

/// Makes the secret of a new session: 256 random bits in 43 characters for a cookie.
#[must_use]
pub fn new_secret() -> Secret {
    random_text()
}

/// Returns the SHA-256 of a secret in hexadecimal, by which the database knows the session.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

/// Encrypts under a key that follows from the session's own secret, so that the database alone reveals nothing.
#[must_use]
pub fn seal(secret: &str, plain: &[u8]) -> String {
    let mut bytes = plain.to_vec();
    let nonce = key(secret)
        .seal_in_place_append_tag(Aad::empty(), &mut bytes)
        .expect("AES-GCM encrypts whatever fits into memory");
    let sealed = [nonce.as_ref().as_slice(), &bytes].concat();
    URL_SAFE_NO_PAD.encode(sealed)
}

/// Decrypts what [`seal`] made; nothing if the secret is another one or the text was changed.
#[must_use]
pub fn unseal(secret: &str, sealed: &str) -> Option<Vec<u8>> {
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut bytes = bytes.to_vec();
    let length = key(secret)
        .open_in_place(nonce, Aad::empty(), &mut bytes)
        .ok()?
        .len();
    bytes.truncate(length);
    Some(bytes)
}

fn key(secret: &str) -> RandomizedNonceKey {
    let mut key = [0; KEY_BYTES];
    hkdf::Salt::new(hkdf::HKDF_SHA256, &[])
        .extract(secret.as_bytes())
        .expand(&[PURPOSE], &AES_256_GCM)
        .and_then(|expanded| expanded.fill(&mut key))
        .expect("HKDF gives far more than 32 bytes");
    RandomizedNonceKey::new(&AES_256_GCM, &key).expect("the key has the 32 bytes of AES-256")
}

/// How long sessions live, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// A session ends when it was not used for this long.
    pub idle_ms: i64,
    /// A session ends this long after the sign-in, used or not.
    pub absolute_ms: i64,
    /// The secret is replaced when it is this old.
    pub rotate_ms: i64,
    /// The previous secret is honoured for this long after a rotation, for requests that were on their way.
    pub grace_ms: i64,
}

/// When things happened to a session, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// The sign-in.
    pub created: i64,
    /// The last request.
    pub seen: i64,
    /// The last time the secret was replaced; the sign-in if it never was.
    pub rotated: i64,
    /// The end that was fixed at the sign-in, for example by a provider's `sessionDuration`.
    pub expires: i64,
}

/// Whether a session still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// It counts.
    Active,
    /// It was not used for too long.
    Idle,
    /// It is too old.
    Expired,
}

/// Tells whether a session counts at a time.
#[must_use]
pub fn state(times: &SessionTimes, limits: &SessionLimits, now_ms: i64) -> SessionState {
    if now_ms >= times.expires || now_ms.saturating_sub(times.created) >= limits.absolute_ms {
        SessionState::Expired
    } else if now_ms.saturating_sub(times.seen) >= limits.idle_ms {
        SessionState::Idle
    } else {
        SessionState::Active
    }
}

/// Tells whether the secret is old enough to be replaced.
#[must_use]
pub fn needs_rotation(times: &SessionTimes, limits: &SessionLimits, now_ms: i64) -> bool {
    now_ms.saturating_sub(times.rotated) >= limits.rotate_ms
}

/// Tells whether the previous secret is still honoured.
#[must_use]
pub fn in_grace(times: &SessionTimes, limits: &SessionLimits, now_ms: i64) -> bool {
    now_ms.saturating_sub(times.rotated) < limits.grace_ms
}
