//! What the status and headers of an answer mean: which failure it is, and how long to wait.
use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use super::hosts::USUAL_PAUSE;
use crate::{ErrorKind, ScmError};

/// The two spellings of the header that counts the requests that are left.
const REMAINING: [&str; 2] = ["x-ratelimit-remaining", "ratelimit-remaining"];
/// The two spellings of the header that says when the count begins anew.
const RESET: [&str; 2] = ["x-ratelimit-reset", "ratelimit-reset"];
/// Numbers from here on are points in time, smaller ones are seconds from now.
const SMALLEST_TIMESTAMP: u64 = 1_000_000_000;

/// Turns an answer that is neither 2xx nor 304 into an error.
pub(super) fn failure(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ScmError {
    let kind = match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => ErrorKind::NotFound,
        StatusCode::UNAUTHORIZED => ErrorKind::Unauthorized,
        StatusCode::TOO_MANY_REQUESTS => ErrorKind::Throttled,
        StatusCode::FORBIDDEN if is_about_rate(headers, body) => ErrorKind::Throttled,
        StatusCode::FORBIDDEN => ErrorKind::Unauthorized,
        _ => ErrorKind::Unavailable,
    };
    let retry_after = match kind {
        ErrorKind::Throttled => Some(wait(headers).unwrap_or(USUAL_PAUSE)),
        ErrorKind::Unavailable => wait(headers),
        _ => None,
    };
    let mut message = format!("the host answers {status}");
    if kind == ErrorKind::Throttled {
        message = format!("the host wants fewer requests (it answers {status})");
    }
    ScmError {
        kind,
        message,
        retry_after,
    }
}

/// Returns how long to wait when this was the last request that the host allows for now.
pub(super) fn used_up(headers: &HeaderMap) -> Option<Duration> {
    nothing_remains(headers).then(|| reset(headers)).flatten()
}

fn is_about_rate(headers: &HeaderMap, body: &[u8]) -> bool {
    nothing_remains(headers)
        || headers.contains_key(RETRY_AFTER)
        || String::from_utf8_lossy(body)
            .to_ascii_lowercase()
            .contains("rate limit")
}

fn nothing_remains(headers: &HeaderMap) -> bool {
    text(headers, REMAINING).is_some_and(|number| number == "0")
}

fn wait(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| used_up(headers))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, [RETRY_AFTER.as_str()])?;
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    until(headers, httpdate::parse_http_date(value).ok()?)
}

fn reset(headers: &HeaderMap) -> Option<Duration> {
    let value: u64 = text(headers, RESET)?.parse().ok()?;
    if value < SMALLEST_TIMESTAMP {
        return Some(Duration::from_secs(value));
    }
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(value))?;
    until(headers, time)
}

/// The time from the host's own clock, as its `Date` says, to a point in time. Ours may differ.
fn until(headers: &HeaderMap, time: SystemTime) -> Option<Duration> {
    let now = httpdate::parse_http_date(text(headers, [DATE.as_str()])?).ok()?;
    Some(time.duration_since(now).unwrap_or_default())
}

fn text<'a, const N: usize>(headers: &'a HeaderMap, names: [&str; N]) -> Option<&'a str> {
    let value = names.iter().find_map(|name| headers.get(*name))?;
    value.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (http::HeaderName::from_static(name), value.parse().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    fn judged(status: u16, pairs: &[(&'static str, &str)], body: &str) -> (ErrorKind, Option<u64>) {
        let status = StatusCode::from_u16(status).unwrap();
        let error = failure(status, &headers(pairs), body.as_bytes());
        (error.kind, error.retry_after.map(|time| time.as_secs()))
    }

    #[test]
    fn each_status_has_its_kind() {
        assert_eq!(judged(404, &[], ""), (ErrorKind::NotFound, None));
        assert_eq!(judged(410, &[], ""), (ErrorKind::NotFound, None));
        assert_eq!(judged(401, &[], ""), (ErrorKind::Unauthorized, None));
        assert_eq!(judged(403, &[], "no"), (ErrorKind::Unauthorized, None));
        assert_eq!(judged(500, &[], ""), (ErrorKind::Unavailable, None));
        assert_eq!(judged(418, &[], ""), (ErrorKind::Unavailable, None));
        assert_eq!(
            judged(503, &[("retry-after", "7")], ""),
            (ErrorKind::Unavailable, Some(7))
        );
    }

    #[test]
    fn a_refusal_because_of_the_rate_is_told_from_one_of_rights() {
        let throttled = |time| (ErrorKind::Throttled, Some(time));
        assert_eq!(judged(403, &[("retry-after", "30")], ""), throttled(30));
        assert_eq!(
            judged(403, &[], "You exceeded a secondary Rate Limit"),
            throttled(60)
        );
        assert_eq!(
            judged(403, &[("x-ratelimit-remaining", "0")], ""),
            throttled(60)
        );
        let rights = judged(403, &[("x-ratelimit-remaining", "12")], "");
        assert_eq!(rights, (ErrorKind::Unauthorized, None));
    }

    #[test]
    fn every_way_to_name_a_time_is_understood() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let throttled = |time| (ErrorKind::Throttled, Some(time));
        let later = ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(judged(429, &[date, later], ""), throttled(30));
        let earlier = ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT");
        assert_eq!(judged(429, &[date, earlier], ""), throttled(0));
        assert_eq!(
            judged(429, &[later], ""),
            throttled(60),
            "without a date nobody knows"
        );
        let gone = ("ratelimit-remaining", "0");
        assert_eq!(
            judged(429, &[gone, ("ratelimit-reset", "45")], ""),
            throttled(45)
        );
        let now = ("date", "Sun, 09 Sep 2001 01:46:40 GMT");
        let reset = ("x-ratelimit-reset", "1000000090");
        let none = ("x-ratelimit-remaining", "0");
        assert_eq!(judged(429, &[now, none, reset], ""), throttled(90));
        assert_eq!(judged(429, &[("retry-after", "-5")], ""), throttled(60));
    }

    #[test]
    fn the_last_allowed_request_is_noticed() {
        let reset = ("ratelimit-reset", "10");
        let last = headers(&[("ratelimit-remaining", "0"), reset]);
        assert_eq!(used_up(&last), Some(Duration::from_secs(10)));
        assert_eq!(
            used_up(&headers(&[("ratelimit-remaining", "1"), reset])),
            None
        );
        assert_eq!(used_up(&headers(&[("ratelimit-remaining", "0")])), None);
    }
}
