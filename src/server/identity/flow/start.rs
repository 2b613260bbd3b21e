//! The beginning of a sign-in: where to send the browser, and where it may be sent back to.
use callboard_auth::session;
use callboard_db::now_ms;
use serde::Deserialize;
use url::Url;

use super::{Flow, PATIENCE, both, nonce_cookie};
use crate::{
    error::AppError,
    server::{
        cookie,
        identity::{Identity, IdentitySettings, bodies::SignInBody, cookie_name},
        site::is_local,
    },
};

/// Longest address to come back to.
const MAX_BACK: usize = 2_048;

/// Query parameters of `/start`, with Backstage's names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::server) struct StartQuery {
    pub(in crate::server) env: Option<String>,
    pub(in crate::server) scope: Option<String>,
    pub(in crate::server) origin: Option<String>,
    pub(in crate::server) flow: Option<Flow>,
    pub(in crate::server) redirect_url: Option<String>,
}

/// Where the browser goes, with the cookie that it keeps meanwhile.
#[derive(Debug)]
pub(in crate::server) struct Started {
    pub(in crate::server) to: String,
    pub(in crate::server) cookie: String,
}

impl Identity {
    /// Begins a sign-in with a provider that browsers are sent to.
    ///
    /// # Errors
    /// `NotFound` when there is no such provider, `Invalid` when the browser would be sent elsewhere at the end, and
    /// `Unavailable` when the provider does not answer.
    pub(in crate::server) async fn start(
        &self,
        id: &str,
        query: &StartQuery,
        from: &super::From<'_>,
    ) -> Result<Started, AppError> {
        let provider = self.provider(id).ok_or_else(|| unknown(id))?;
        self.check_environment(query.env.as_deref())?;
        let settings = self.settings();
        let back = back(settings, query.redirect_url.as_deref())?;
        let origin = origin(settings, query.origin.as_deref())?;
        let http = self.http().ok_or_else(|| unknown(id))?;
        let state = session::new_secret();
        let nonce = session::new_secret();
        let scope: Vec<String> = query
            .scope
            .iter()
            .flat_map(|text| text.split([' ', ',']))
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let begun = provider.start(http, state.expose(), &scope).await;
        let begun = begun.map_err(|error| {
            tracing::warn!(provider = id, %error, "a sign-in could not begin");
            AppError::Unavailable(error.to_string())
        })?;
        let before = cookie::read(from.headers, cookie_name(settings.is_secure()));
        let body = SignInBody {
            provider: id.to_owned(),
            pending: begun.pending,
            flow: query.flow.unwrap_or_default(),
            origin,
            back,
            before: before.map(|secret| session::hash(&secret)),
        };
        let body = serde_json::to_vec(&body).map_err(|_| AppError::Internal)?;
        let key = both(state.expose(), nonce.expose());
        let sealed = session::seal(key.expose(), &body);
        let ends = now_ms().saturating_add(PATIENCE);
        self.db()
            .signin_put(&session::hash(key.expose()), &sealed, ends)
            .await?;
        let secure = settings.is_secure();
        // The prefix of a cookie that other hosts cannot set wants the whole host.
        let path = if secure {
            "/; Secure".to_owned()
        } else {
            format!("/api/auth/{id}/handler")
        };
        Ok(Started {
            to: begun.url,
            cookie: format!(
                "{}={}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={}",
                nonce_cookie(id, secure),
                nonce.expose(),
                PATIENCE / 1_000
            ),
        })
    }

    /// Writes an address that a sign-in may lead to as a path of the portal; the home page for one of another origin.
    pub(super) fn local(&self, back: &str) -> String {
        if is_local(back) {
            return back.to_owned();
        }
        let base = Url::parse(&self.settings().app_url).ok();
        let url = Url::parse(back).ok();
        match (base, url) {
            (Some(base), Some(url)) if base.origin() == url.origin() => {
                url[url::Position::BeforePath..url::Position::AfterQuery].to_owned()
            }
            _ => "/".to_owned(),
        }
    }

    /// Refuses another environment than the configured one.
    pub(in crate::server) fn check_environment(&self, asked: Option<&str>) -> Result<(), AppError> {
        match asked {
            Some(other) if other != self.settings().environment => {
                Err(AppError::NotFound(format!(
                    "No auth provider is configured for the environment \"{other}\"; this portal runs with \"{}\".",
                    self.settings().environment
                )))
            }
            _ => Ok(()),
        }
    }
}

pub(super) fn unknown(id: &str) -> AppError {
    AppError::NotFound(format!(
        "Unknown auth provider '{id}': it is not below auth.providers of the configuration"
    ))
}

/// Returns where a browser may go at the end: a page of the portal, or of an origin that is allowed.
pub(super) fn back(settings: &IdentitySettings, asked: Option<&str>) -> Result<String, AppError> {
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok("/".to_owned());
    };
    let refused = || {
        AppError::Invalid(
            "The redirectUrl leads to another site. It has to be a page of this portal, or of an origin in \
             auth.experimentalExtraAllowedOrigins."
                .to_owned(),
        )
    };
    if asked.len() > MAX_BACK {
        return Err(refused());
    }
    if is_local(asked) {
        return Ok(asked.to_owned());
    }
    let url = Url::parse(asked).map_err(|_| refused())?;
    let origin = origin_of(&url).ok_or_else(refused)?;
    if !is_allowed(settings, &origin) || !url.username().is_empty() || url.password().is_some() {
        return Err(refused());
    }
    Ok(url.into())
}

fn origin(settings: &IdentitySettings, asked: Option<&str>) -> Result<String, AppError> {
    let own = own_origin(settings);
    match asked.filter(|asked| !asked.is_empty()) {
        None => Ok(own),
        // A browser reads the text as an address and takes the origin of that, so it has to be an origin and no more.
        Some(asked) if is_origin(asked) && is_allowed(settings, asked) => Ok(asked.to_owned()),
        Some(_) => Err(AppError::NotAllowed(
            "The origin of the page that signs in is not allowed; add it to auth.experimentalExtraAllowedOrigins."
                .to_owned(),
        )),
    }
}

/// Returns the origin of the portal's pages.
pub(in crate::server) fn own_origin(settings: &IdentitySettings) -> String {
    let url = Url::parse(&settings.app_url).ok();
    url.as_ref().and_then(origin_of).unwrap_or_default()
}

fn origin_of(url: &Url) -> Option<String> {
    let origin = url.origin();
    (origin.is_tuple() && matches!(url.scheme(), "http" | "https"))
        .then(|| origin.ascii_serialization())
}

fn is_allowed(settings: &IdentitySettings, origin: &str) -> bool {
    let of = |url: &str| Url::parse(url).ok().as_ref().and_then(origin_of);
    let own = [of(&settings.app_url), of(&settings.auth_url)];
    let mut extra = settings.extra_origins.iter();
    own.iter().flatten().any(|own| own == origin)
        || extra.any(|pattern| fits(pattern.trim_end_matches('/'), origin))
}

/// Longest origin.
const MAX_ORIGIN: usize = 300;

fn is_origin(text: &str) -> bool {
    if text.len() > MAX_ORIGIN {
        return false;
    }
    let url = Url::parse(text).ok();
    url.as_ref().and_then(origin_of).as_deref() == Some(text)
}

/// Compares with a pattern in which `*` stands for any part of a name or for any port.
fn fits(pattern: &str, text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let longest = text.bytes().take_while(|byte| is_of_name(*byte)).count();
            (0..=longest).any(|end| fits(rest, &text[end..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> IdentitySettings {
        IdentitySettings {
            app_url: "https://portal.example.com".to_owned(),
            auth_url: "https://api.example.com/api/auth".to_owned(),
            extra_origins: vec!["https://*.preview.example.com".to_owned()],
            ..IdentitySettings::default()
        }
    }

    #[test]
    fn a_browser_is_sent_to_this_portal_only() {
        let ok = |asked| back(&settings(), Some(asked)).is_ok();
        assert!(ok("/catalog?kind=api"));
        assert!(ok("https://portal.example.com/catalog"));
        assert!(ok("https://api.example.com/x"));
        assert!(ok("https://a-1.preview.example.com/x"));
        for other in [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "https://portal.example.com.evil.example/",
            "https://portal.example.com@evil.example/",
            "https://evil.example\\@portal.example.com/",
            "http://portal.example.com/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://user:pw@portal.example.com/",
            "https://evil.example/.preview.example.com",
            "https://evil.example#.preview.example.com",
        ] {
            assert!(!ok(other), "{other}");
        }
        assert!(!ok(&format!("/{}", "x".repeat(MAX_BACK))));
        assert_eq!(back(&settings(), None).unwrap(), "/");
    }

    #[test]
    fn a_page_that_opens_a_window_is_of_an_allowed_origin() {
        assert_eq!(
            origin(&settings(), None).unwrap(),
            "https://portal.example.com"
        );
        assert!(origin(&settings(), Some("https://x.preview.example.com")).is_ok());
        for other in [
            "https://evil.example",
            "null",
            "https://x.preview.example.com/path",
            "https://evil.example#.preview.example.com",
            "https://evil.example?.preview.example.com",
            "https://x@evil.example:.preview.example.com",
            "https://evil.example\\.preview.example.com",
        ] {
            assert!(origin(&settings(), Some(other)).is_err(), "{other}");
        }
    }
}
