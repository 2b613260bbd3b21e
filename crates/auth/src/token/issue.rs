//! Makes user tokens, and the limited token that is hidden in each of them.
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::check::TokenError;
use super::{ALGORITHM, AUDIENCE, LIMITED, MAX_TOKEN, SigningKey, USER};
use crate::jose::Jws;

/// What a user token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserClaims {
    /// The base URL of the auth API, `https://…/api/auth`.
    pub issuer: String,
    /// The reference of the User entity.
    pub user_ref: String,
    /// The references that the user owns things as, if they are to stand in the token.
    pub ownership: Option<Vec<String>>,
}

/// Issues a user token.
///
/// Ownership that would make the token longer than [`MAX_TOKEN`] is left out, as it is by default: clients then ask
/// `/v1/userinfo` for it.
#[must_use]
pub fn issue_user(key: &SigningKey, user: UserClaims, now_ms: i64, lifetime_s: i64) -> String {
    let issued = now_ms.div_euclid(1000);
    let expires = issued.saturating_add(lifetime_s);
    let (header, payload) = limited(key.kid(), &user.user_ref, &issued.into(), &expires.into());
    let proof = key.sign(&message(&header, &payload));

    let header = json!({ "typ": USER, "alg": ALGORITHM, "kid": key.kid() });
    let mut claims = json!({
        "iss": user.issuer,
        "sub": user.user_ref,
        "aud": AUDIENCE,
        "iat": issued,
        "exp": expires,
        "uip": proof,
    });
    if let Some(ownership) = user.ownership {
        claims["ent"] = ownership.into();
    }
    let token = signed(key, &header, &claims);
    if token.len() <= MAX_TOKEN {
        return token;
    }
    if let Some(claims) = claims.as_object_mut() {
        claims.remove("ent");
    }
    signed(key, &header, &claims)
}

fn signed(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let signature = key.sign(&message);
    format!("{message}.{signature}")
}

/// Makes the limited token of a user token. It proves who the user is for as long as the user token would, and cannot
/// be turned back into it.
///
/// # Errors
/// When the text is no user token. Whether the result is valid is for [`super::verify`] to say.
pub fn limited_of(user_token: &str) -> Result<String, TokenError> {
    let jws = Jws::parse(user_token, MAX_TOKEN)?;
    if jws.header("typ") != Some(USER) {
        return Err(TokenError::WrongType);
    }
    let text = |map: &Map<String, Value>, name: &str| {
        let value = map.get(name).and_then(Value::as_str);
        value.map(str::to_owned).ok_or(TokenError::Malformed)
    };
    let number = |name: &str| jws.claims.get(name).filter(|value| value.is_number());
    let (issued, expires) = (
        number("iat").ok_or(TokenError::Malformed)?,
        number("exp").ok_or(TokenError::Malformed)?,
    );
    let kid = text(&jws.header, "kid")?;
    let (header, payload) = limited(&kid, &text(&jws.claims, "sub")?, issued, expires);
    let proof = text(&jws.claims, "uip")?;
    Ok(format!("{}.{proof}", message(&header, &payload)))
}

/// The order of the keys matters: who makes the limited token must get the very bytes that were signed.
fn limited(kid: &str, user_ref: &str, issued: &Value, expires: &Value) -> (Value, Value) {
    (
        json!({ "typ": LIMITED, "alg": ALGORITHM, "kid": kid }),
        json!({ "sub": user_ref, "iat": issued, "exp": expires }),
    )
}

fn message(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(payload))
}
