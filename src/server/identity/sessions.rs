//! Sessions of browsers: a cookie holds a secret, the database holds its hash and who it stands for.
//!
//! The secret is replaced every hour. What was there before counts for a minute more, for requests under way.
use axum::http::{HeaderMap, header};
use callboard_auth::{
    Secret,
    session::{self, SessionState, SessionTimes},
};
use callboard_db::{StoredSession, now_ms};

use super::{Identity, SessionBody, Way, flow::From};
use crate::error::AppError;

/// How often the last use of a session is written down, in milliseconds.
const SEEN: i64 = 60_000;

/// A session that a cookie stands for.
#[derive(Debug, Clone)]
pub(in crate::server) struct Found {
    pub(in crate::server) session: StoredSession,
    /// The secret that the browser sent.
    pub(in crate::server) secret: Secret,
    /// The secret that takes its place.
    pub(in crate::server) rotated: Option<Secret>,
}

/// Returns the name of the cookie. With TLS it has the prefix that keeps other hosts from setting it.
pub(in crate::server) fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure {
        "__Host-callboard-session"
    } else {
        "callboard-session"
    }
}

impl Identity {
    /// Returns the session that the cookie of a request stands for. `rotates` says whether its secret may be replaced;
    /// then the answer has to set the new cookie.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::server) async fn session(
        &self,
        from: &From<'_>,
        rotates: bool,
    ) -> Result<Option<Found>, AppError> {
        let name = cookie_name(self.settings().is_secure());
        let Some(secret) = crate::server::cookie::read(from.headers, name) else {
            return Ok(None);
        };
        let secret = Secret::new(secret);
        let found = self
            .db()
            .session_by_token(&session::hash(secret.expose()))
            .await?;
        let Some((session, by_previous)) = found else {
            return Ok(None);
        };
        if !self.still_lets_in(&session, from.is_local) || !self.is_still_there(&session).await? {
            return Ok(None);
        }
        let now = now_ms();
        let times = times(&session);
        let limits = &self.settings().limits;
        let counts = session::state(&times, limits, now) == SessionState::Active
            && (!by_previous || session::in_grace(&times, limits, now));
        if !counts {
            return Ok(None);
        }
        if now.saturating_sub(session.seen_at) >= SEEN || session.address != from.address {
            self.db()
                .session_seen(&session.id, now, from.address)
                .await?;
        }
        let rotated = if rotates && !by_previous && session::needs_rotation(&times, limits, now) {
            self.rotate(&session, &secret, now).await?
        } else {
            None
        };
        Ok(Some(Found {
            session,
            secret,
            rotated,
        }))
    }

    /// Tells whether the configuration still knows the way by which a session began: taking a provider away ends what
    /// it let in.
    fn still_lets_in(&self, session: &StoredSession, is_local: bool) -> bool {
        match self.setup(&session.provider).map(|setup| &setup.way) {
            Some(Way::Guest) => self.settings().guest.lets_in(is_local),
            Some(Way::OAuth(_)) => true,
            Some(Way::Proxy(_)) | None => false,
        }
    }

    /// Tells whether the catalog still has the user of a session. A session without its user is not ended, since the
    /// user may come back with the next reading of the catalog.
    async fn is_still_there(&self, session: &StoredSession) -> Result<bool, AppError> {
        let may_be_unknown = || {
            let body = serde_json::from_str::<SessionBody>(&session.body);
            body.is_ok_and(|body| body.without_user) || session.provider == "guest"
        };
        if self.people().knows(&session.user_ref) || may_be_unknown() {
            return Ok(true);
        }
        self.is_provided(&session.user_ref).await
    }

    /// Replaces the secret; what is sealed with it is sealed anew. Nothing when another request was faster.
    async fn rotate(
        &self,
        session: &StoredSession,
        old: &Secret,
        now: i64,
    ) -> Result<Option<Secret>, AppError> {
        // While a renewal is under way, what is sealed is about to change; the next request comes soon enough.
        let turn = self.turn(&session.id);
        let Ok(_turn) = turn.try_lock() else {
            return Ok(None);
        };
        let new = session::new_secret();
        let again = self
            .db()
            .session_by_token(&session::hash(old.expose()))
            .await?;
        let Some((session, false)) = again else {
            return Ok(None);
        };
        let plain = session.sealed.as_deref();
        let plain = plain.and_then(|sealed| session::unseal(old.expose(), sealed));
        let sealed = plain.map(|plain| session::seal(new.expose(), &plain));
        let (old, hash) = (session::hash(old.expose()), session::hash(new.expose()));
        let id = &session.id;
        let is_done = self
            .db()
            .session_rotate(id, &old, &hash, sealed.as_deref(), now)
            .await?;
        Ok(is_done.then_some(new))
    }

    /// Writes the `Set-Cookie` of a session.
    pub(in crate::server) fn session_cookie(&self, secret: &Secret, ends_at: i64) -> String {
        let seconds = ends_at.saturating_sub(now_ms()).max(0) / 1_000;
        self.cookie(secret.expose(), seconds)
    }

    /// Writes the `Set-Cookie` that takes a session away.
    pub(in crate::server) fn no_session_cookie(&self) -> String {
        self.cookie("", 0)
    }

    fn cookie(&self, value: &str, seconds: i64) -> String {
        let is_secure = self.settings().is_secure();
        let name = cookie_name(is_secure);
        let secure = if is_secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
    }

    /// Ends a session of a user.
    pub(in crate::server) async fn end(&self, id: &str, user_ref: &str) -> Result<bool, AppError> {
        Ok(self.db().session_remove(id, user_ref).await?)
    }

    /// Ends every session of a user.
    pub(in crate::server) async fn end_all(&self, user_ref: &str) -> Result<u64, AppError> {
        Ok(self.db().session_remove_all(user_ref, None).await?)
    }
}

fn times(session: &StoredSession) -> SessionTimes {
    SessionTimes {
        created: session.created_at,
        seen: session.seen_at,
        rotated: session.rotated_at,
        expires: session.expires_at,
    }
}

/// Names a browser and its system in a few words.
pub(super) fn agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT);
    let text = text.and_then(|text| text.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        let mut names = names.iter();
        names
            .find(|(mark, _)| text.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "An unknown program".to_owned(),
    }
}
