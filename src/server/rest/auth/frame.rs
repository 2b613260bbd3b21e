//! What a browser gets at the end of a sign-in: the way on, or a page that tells the window which opened it.
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use callboard_auth::session;
use serde_json::Value;

use super::{OPENER_POLICY, redirect};
use crate::server::identity::{Ended, Identity};

/// Answers how a sign-in ended.
pub(super) fn answer(ended: Ended, identity: &Identity) -> Response {
    match ended {
        Ended::Redirect { to, cookie } => redirect(&to, Some(&cookie)),
        Ended::Failed { to } => redirect(&to, None),
        Ended::Popup {
            origin,
            message,
            cookie,
        } => popup(&origin, &message, cookie, &identity.settings().app_url),
    }
}

/// A page with one script, which nobody but the window of the right origin hears.
fn popup(origin: &str, message: &Value, cookie: Option<String>, app_url: &str) -> Response {
    let nonce = session::new_secret();
    let nonce = nonce.expose();
    let (message, origin) = (in_script(message), in_script(&origin.into()));
    let app_url = in_script(&app_url.into());
    // Backstage's frontend wants to know first for which origin the answer is, so that it can say when it is wrong.
    // It also looks again and again whether the window is closed, which must not come before the answer.
    let script = format!(
        "const opener = window.opener || window.parent;\n\
         opener.postMessage({{type: 'config_info', targetOrigin: {origin}}}, '*');\n\
         opener.postMessage({message}, {origin});\n\
         if (window.opener) {{ setTimeout(() => window.close(), 100); }} else {{ window.location.replace({app_url}); }}"
    );
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head>\
         <body><p>You can close this window.</p><script nonce=\"{nonce}\">{script}</script></body></html>"
    );
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = (StatusCode::OK, html).into_response();
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        // With the usual policy the browser would cut the window off from the one that opened it.
        (OPENER_POLICY, "unsafe-none"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, Some(policy)),
        (header::SET_COOKIE, cookie),
    ] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

/// Writes a value so that it can stand in a script within a page.
fn in_script(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_cannot_end_the_script() {
        let text = in_script(&json!({"name": "</script><script>alert(1)</script>\u{2028}"}));
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{text}");
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap()["name"],
            "</script><script>alert(1)</script>\u{2028}"
        );
    }
}
