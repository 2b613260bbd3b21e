//! Checks user tokens and limited user tokens.
use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Map, Value};

use super::{AUDIENCE, LIMITED, MAX_TOKEN, USER};
use crate::jose::times::{self, TimeFault, seconds, text};
use crate::jose::{Jws, JwsFault};

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// May do what the user may do.
    User,
    /// Says who the user is; for cookies and for what programs do in the name of a user.
    Limited,
}

/// What a valid token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedToken {
    /// What kind of token it is.
    pub kind: TokenKind,
    /// The reference of the User entity.
    pub user_ref: String,
    /// The references in `ent`, if the token has them.
    pub ownership: Option<Vec<String>>,
    /// When it was issued, in seconds since 1970.
    pub issued_at: i64,
    /// When it ends, in seconds since 1970.
    pub expires_at: i64,
}

/// Why a token is refused. This is for the log; a client is told that its token is not valid, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was valid once.
    #[error("the token has expired")]
    Expired,
    /// It is no token at all, or lacks something.
    #[error("the token is malformed")]
    Malformed,
    /// It is longer than [`MAX_TOKEN`].
    #[error("the token is too long")]
    TooLong,
    /// Its key is not one of ours: from another instance, or purged.
    #[error("the key of the token is not known here")]
    UnknownKey,
    /// It is meant for something else.
    #[error("the token is meant for another audience")]
    WrongAudience,
    /// It was issued elsewhere.
    #[error("the token is from another issuer")]
    WrongIssuer,
    /// It is neither a user token nor a limited one.
    #[error("the token is of another type")]
    WrongType,
    /// Somebody tries `none`, or a public key as a shared secret.
    #[error("the algorithm of the token is not ES256")]
    WrongAlgorithm,
    /// It was forged or changed.
    #[error("the signature of the token is wrong")]
    BadSignature,
    /// It is valid later.
    #[error("the token is from the future")]
    FromTheFuture,
}

impl From<JwsFault> for TokenError {
    fn from(fault: JwsFault) -> Self {
        match fault {
            JwsFault::Malformed => Self::Malformed,
            JwsFault::TooLong(_) => Self::TooLong,
            JwsFault::Algorithm(_) => Self::WrongAlgorithm,
            JwsFault::UnknownKey(_) => Self::UnknownKey,
            JwsFault::Signature => Self::BadSignature,
        }
    }
}

/// Checks a user token or a limited one with the keys that were published.
///
/// # Errors
/// When anything about it is not exactly as this instance issues it, or its time is over.
pub fn verify(
    token: &str,
    keys: &dyn Fn(&str) -> Option<Jwk>,
    issuer: &str,
    now_ms: i64,
) -> Result<VerifiedToken, TokenError> {
    let jws = Jws::parse(token, MAX_TOKEN)?;
    let algorithm = jws.algorithm(&[Algorithm::ES256])?;
    let kind = match jws.header("typ") {
        Some(USER) => TokenKind::User,
        Some(LIMITED) => TokenKind::Limited,
        _ => return Err(TokenError::WrongType),
    };
    let kid = jws.header("kid").ok_or(TokenError::UnknownKey)?;
    let key = keys(kid).ok_or(TokenError::UnknownKey)?;
    jws.verify(&key, algorithm)?;
    read(kind, &jws.claims, issuer, now_ms)
}

fn read(
    kind: TokenKind,
    claims: &Map<String, Value>,
    issuer: &str,
    now_ms: i64,
) -> Result<VerifiedToken, TokenError> {
    times::check(claims, now_ms, 0).map_err(|fault| match fault {
        TimeFault::Missing(_) => TokenError::Malformed,
        TimeFault::Expired => TokenError::Expired,
        TimeFault::Future => TokenError::FromTheFuture,
    })?;
    if kind == TokenKind::User {
        if times::audiences(claims) != [AUDIENCE] {
            return Err(TokenError::WrongAudience);
        }
        if text(claims, "iss") != Some(issuer) {
            return Err(TokenError::WrongIssuer);
        }
    }
    let user_ref = text(claims, "sub").filter(|user_ref| !user_ref.is_empty());
    let time = |name: &str| seconds(claims, name).ok_or(TokenError::Malformed);
    Ok(VerifiedToken {
        kind,
        user_ref: user_ref.ok_or(TokenError::Malformed)?.to_owned(),
        ownership: claims.get("ent").map(ownership).transpose()?,
        issued_at: time("iat")?,
        expires_at: time("exp")?,
    })
}

fn ownership(value: &Value) -> Result<Vec<String>, TokenError> {
    let refs = value.as_array().ok_or(TokenError::Malformed)?;
    refs.iter()
        .map(|one| one.as_str().map(str::to_owned))
        .collect::<Option<_>>()
        .ok_or(TokenError::Malformed)
}
