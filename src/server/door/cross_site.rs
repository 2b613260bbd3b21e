//! Requests that another site makes a browser send: they carry a person's cookie without the person's will.
//!
//! Every browser says where a request comes from: newer ones in `Sec-Fetch-Site`, all of them in the `Origin` of a
//! POST. No form needs a token of its own for that, and none can be forgotten.
use axum::http::{HeaderMap, Method, header};

/// Tells whether a request that changes something may have been sent by a page of another site.
///
/// `has_cookie` says whether it carries a session. A program without one sends neither header.
pub(super) fn is_cross_site(
    method: &Method,
    headers: &HeaderMap,
    origins: &[String],
    has_cookie: bool,
) -> bool {
    if method.is_safe() {
        return false;
    }
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN) {
        Some(origin) => !is_own(origin, headers, origins),
        None => has_cookie,
    }
}

/// The origin is one of the configured ones, or the one that the request itself was sent to.
fn is_own(origin: &str, headers: &HeaderMap, origins: &[String]) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let name = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    origins.iter().any(|own| own == origin)
        || (name.is_some() && name.map(str::to_lowercase) == host.map(str::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &Method, headers: &[(&'static str, &str)], has_cookie: bool) -> bool {
        let all = headers.iter().map(|(name, value)| {
            (
                header::HeaderName::from_static(name),
                value.parse().unwrap(),
            )
        });
        let origins = ["https://portal.example.com".to_owned()];
        is_cross_site(method, &all.collect(), &origins, has_cookie)
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let post = |headers: &[(&'static str, &str)]| refused(&Method::POST, headers, true);
        assert!(post(&[("sec-fetch-site", "cross-site")]));
        assert!(post(&[("sec-fetch-site", "same-site")]));
        assert!(post(&[("origin", "https://evil.example")]));
        assert!(post(&[("origin", "null")]));
        assert!(post(&[(
            "origin",
            "https://portal.example.com.evil.example"
        )]));
        assert!(post(&[]), "a browser always says something");
        assert!(!post(&[("sec-fetch-site", "same-origin")]));
        assert!(!post(&[("sec-fetch-site", "none")]));
        assert!(!post(&[("origin", "https://portal.example.com")]));
        assert!(!post(&[
            ("origin", "http://10.0.0.7:7007"),
            ("host", "10.0.0.7:7007")
        ]));
    }

    #[test]
    fn reading_and_programs_without_a_cookie_are_not() {
        assert!(!refused(
            &Method::GET,
            &[("sec-fetch-site", "cross-site")],
            true
        ));
        assert!(!refused(&Method::POST, &[], false));
        assert!(refused(
            &Method::DELETE,
            &[("origin", "https://evil.example")],
            false
        ));
    }
}
