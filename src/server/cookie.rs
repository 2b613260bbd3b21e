//! Reading cookies of a request.
use axum::http::{HeaderMap, header};

/// Returns the value of a cookie, with percent-encoding undone.
pub(super) fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    url::form_urlencoded::parse(format!("v={}", value.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=1; callboard-owner=group%3Adefault%2Fx; b=2"),
        );
        assert_eq!(
            read(&headers, "callboard-owner").as_deref(),
            Some("group:default/x")
        );
        assert_eq!(read(&headers, "owner"), None);
    }
}
