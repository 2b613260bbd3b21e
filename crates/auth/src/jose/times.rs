//! Times and audiences among the claims of a token.
use serde_json::{Map, Value};

/// Clocks of two hosts differ by up to this many seconds.
pub(crate) const LEEWAY_S: i64 = 60;

/// Why the times of a token are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TimeFault {
    #[error("it has no {0}")]
    Missing(&'static str),
    #[error("it has expired; if this happens at once, compare the clocks of both hosts")]
    Expired,
    #[error("it is from the future; compare the clocks of both hosts")]
    Future,
}

/// Checks `exp` with a leeway; and `iat` and `nbf` where they are there, always with that of two clocks.
pub(crate) fn check(
    claims: &Map<String, Value>,
    now_ms: i64,
    leeway_s: i64,
) -> Result<(), TimeFault> {
    let now = now_ms.div_euclid(1000);
    let expires = seconds(claims, "exp").ok_or(TimeFault::Missing("exp"))?;
    if now >= expires.saturating_add(leeway_s) {
        return Err(TimeFault::Expired);
    }
    for name in ["iat", "nbf"] {
        if !claims.contains_key(name) {
            continue;
        }
        let from = seconds(claims, name).ok_or(TimeFault::Missing(name))?;
        if from > now.saturating_add(LEEWAY_S) {
            return Err(TimeFault::Future);
        }
    }
    Ok(())
}

/// Reads seconds since 1970; fractions are allowed and cut.
pub(crate) fn seconds(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    const FAR: f64 = 1e15;
    let value = claims.get(name)?;
    value.as_i64().or_else(|| {
        let seconds = value.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number is far within the bounds of i64"
        )]
        (seconds.abs() < FAR).then_some(seconds as i64)
    })
}

/// Returns `aud`, which is one text or a list of them.
pub(crate) fn audiences(claims: &Map<String, Value>) -> Vec<&str> {
    match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Returns a text among the claims.
pub(crate) fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> Option<&'c str> {
    claims.get(name)?.as_str()
}
