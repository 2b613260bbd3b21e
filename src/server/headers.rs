//! Headers that keep browsers from being used against the people at them.
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

/// What pages may load, by directive: their own files and nothing else. No script or style stands in a page itself,
/// so none is allowed there, not even with a nonce; the one answer with a script of its own, at the end of a sign-in
/// in a window, has its own policy and a nonce.
const DIRECTIVES: &[(&str, &str)] = &[
    ("default-src", "'self'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: https:"),
    ("connect-src", "'self'"),
    ("font-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'self'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'none'"),
];

/// Two years, as browsers want it before they remember it for good.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// The headers of answers, as the configuration wants them.
#[derive(Debug, Clone)]
pub struct Headers {
    /// `Content-Security-Policy` of pages.
    pub(super) content_security: HeaderValue,
    referrer: HeaderValue,
    is_secure: bool,
}

impl Default for Headers {
    fn default() -> Self {
        Self::new(&[], &[], false)
    }
}

impl Headers {
    /// Takes the directives of `backend.csp` in place of the portal's own (nothing instead of sources leaves one out),
    /// the policies of `backend.referrer`, and whether browsers reach the portal over TLS only.
    #[must_use]
    pub fn new(
        csp: &[(String, Option<Vec<String>>)],
        referrer: &[String],
        is_secure: bool,
    ) -> Self {
        let mut directives: Vec<(String, Option<String>)> = DIRECTIVES
            .iter()
            .map(|(name, sources)| ((*name).to_owned(), Some((*sources).to_owned())))
            .collect();
        for (name, sources) in csp {
            let name = dashed(name);
            let sources = sources.as_ref().map(|sources| sources.join(" "));
            match directives.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = sources,
                None => directives.push((name, sources)),
            }
        }
        let told = directives
            .iter()
            .filter_map(|(name, sources)| Some(format!("{name} {}", sources.as_ref()?)));
        let text = told.collect::<Vec<_>>().join("; ");
        let fallback = HeaderValue::from_static("default-src 'none'");
        let referrer = HeaderValue::from_str(&referrer.join(", "));
        let usual = HeaderValue::from_static("same-origin");
        Self {
            content_security: HeaderValue::from_str(&text).unwrap_or(fallback),
            referrer: referrer
                .ok()
                .filter(|value| !value.is_empty())
                .unwrap_or(usual),
            is_secure,
        }
    }

    /// Puts the headers on every answer that does not have them already.
    pub(super) fn on(&self, app: Router) -> Router {
        let fixed = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            // Windows of a sign-in have to be able to answer.
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin-allow-popups",
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin",
            ),
            (
                HeaderName::from_static("permissions-policy"),
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            ),
        ];
        let fixed = fixed.map(|(name, value)| (name, HeaderValue::from_static(value)));
        let mut all = Vec::from(fixed);
        all.push((header::REFERRER_POLICY, self.referrer.clone()));
        if self.is_secure {
            all.push((header::STRICT_TRANSPORT_SECURITY, STRICT));
        }
        all.into_iter().fold(app, |app, (name, value)| {
            app.layer(SetResponseHeaderLayer::if_not_present(name, value))
        })
    }
}

/// Writes a directive as browsers know it; configurations may write `scriptSrc`.
fn dashed(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(csp: &[(&str, Option<&[&str]>)]) -> String {
        let csp: Vec<_> = csp
            .iter()
            .map(|(name, sources)| {
                let sources = sources.map(|all| all.iter().map(|one| (*one).to_owned()).collect());
                ((*name).to_owned(), sources)
            })
            .collect();
        let headers = Headers::new(&csp, &[], false);
        headers.content_security.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_configuration_changes_single_directives() {
        let text = policy(&[
            ("connect-src", Some(&["'self'", "https://api.example.com"])),
            ("upgrade-insecure-requests", None),
            ("frameAncestors", Some(&["https://portal.example.com"])),
        ]);
        assert!(
            text.contains("connect-src 'self' https://api.example.com;"),
            "{text}"
        );
        assert!(
            text.ends_with("frame-ancestors https://portal.example.com"),
            "{text}"
        );
        assert!(!text.contains("upgrade-insecure-requests"), "{text}");
        assert!(
            text.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{text}"
        );
    }

    #[test]
    fn what_cannot_be_a_header_forbids_everything() {
        assert_eq!(policy(&[("img-src", Some(&["\n"]))]), "default-src 'none'");
    }
}
