//! The end of a sign-in: who it is, and a session or the reason why there is none.
use axum::http::HeaderMap;
use callboard_auth::{
    Claims, Secret,
    provider::{CallbackQuery, ProviderTokens, SignedIn},
    session,
};
use callboard_db::{StoredSession, new_uid, now_ms};
use callboard_model::view::SignInFailure;
use serde_json::json;

use super::{Ended, Flow, From, PATIENCE, both, failure, nonce_cookie, start::own_origin};
use crate::{
    error::AppError,
    server::{
        Services,
        access::{Access, Event, Outcome},
        caller::{Caller, Principal, Proof},
        cookie,
        identity::{
            Identity, ProviderSetup, SessionBody,
            bodies::{FailureBody, SealedTokens, SignInBody},
            sessions::agent,
        },
    },
};

/// A session that has begun.
#[derive(Debug)]
pub(in crate::server) struct Begun {
    pub(in crate::server) session: StoredSession,
    pub(in crate::server) secret: Secret,
}

impl Access {
    /// Ends a sign-in with what the provider sends back.
    ///
    /// # Errors
    /// When the database does not answer. That somebody cannot be signed in is no error.
    pub(in crate::server) async fn finish_sign_in(
        &self,
        id: &str,
        query: &CallbackQuery,
        from: &From<'_>,
    ) -> Result<Ended, AppError> {
        let identity = self.identity();
        let title = identity.setup(id).map_or(id, |setup| &setup.title);
        let Some(begun) = identity.take_begun(id, query, from.headers).await? else {
            let failure = failure(
                title,
                "This sign-in was not begun in this browser, was ended already, or took longer than ten minutes.",
                Some("Start again from the button of the provider."),
            );
            return self
                .sign_in_failed(id, Flow::Redirect, String::new(), "/", failure)
                .await;
        };
        let (flow, origin) = (begun.flow, begun.origin.clone());
        match self.user_of(id, query, &begun).await? {
            Ok((user_ref, signed_in)) => {
                let SignedIn { claims, tokens } = signed_in;
                let begin = self.begin_session(id, &user_ref, &claims, Some(&tokens), from);
                let session = begin.await?;
                if let Some(before) = &begun.before {
                    identity.end_by_hash(before).await?;
                }
                self.signed_in(id, &begun, session).await
            }
            Err(failure) => {
                let back = self.identity().local(&begun.back);
                self.sign_in_failed(id, flow, origin, &back, failure).await
            }
        }
    }

    /// Asks the provider who it is, and the catalog whom that means.
    async fn user_of(
        &self,
        id: &str,
        query: &CallbackQuery,
        begun: &SignInBody,
    ) -> Result<Result<(String, SignedIn), SignInFailure>, AppError> {
        let identity = self.identity();
        let (Some(provider), Some(setup), Some(http)) =
            (identity.provider(id), identity.setup(id), identity.http())
        else {
            return Err(super::start::unknown(id));
        };
        match provider.finish(http, &begun.pending, query, now_ms()).await {
            Ok(signed_in) => {
                let user = self.resolve(setup, &signed_in.claims).await?;
                Ok(user.map(|user_ref| (user_ref, signed_in)))
            }
            Err(error) => {
                tracing::warn!(provider = id, %error, "a sign-in failed");
                let help = (!error.is_user_fault())
                    .then_some("Tell the people who run this portal; its log has the same words.");
                Ok(Err(failure(&setup.title, error.to_string(), help)))
            }
        }
    }

    /// Begins a session and writes it down.
    pub(in crate::server) async fn begin_session(
        &self,
        provider: &str,
        user_ref: &str,
        claims: &Claims,
        tokens: Option<&ProviderTokens>,
        from: &From<'_>,
    ) -> Result<Begun, AppError> {
        let identity = self.identity();
        let secret = session::new_secret();
        let now = now_ms();
        let setup = identity.setup(provider);
        let longest = identity.settings().limits.absolute_ms;
        let longest = setup.and_then(|setup| setup.session_ms).unwrap_or(longest);
        let body = SessionBody {
            display_name: claims.display_name.clone(),
            email: claims.email.clone(),
            picture: claims.picture.clone(),
            subject: claims.subject.clone(),
            without_user: self.may_be_unknown(setup, user_ref).await?,
            scope: tokens
                .map(|tokens| tokens.scope.clone())
                .unwrap_or_default(),
        };
        let sealed = tokens.map(|tokens| sealed(tokens, &secret, now));
        let session = StoredSession {
            id: new_uid(),
            user_ref: user_ref.to_owned(),
            provider: provider.to_owned(),
            body: serde_json::to_string(&body).map_err(|_| AppError::Internal)?,
            sealed,
            created_at: now,
            rotated_at: now,
            seen_at: now,
            expires_at: now.saturating_add(longest.min(identity.settings().limits.absolute_ms)),
            address: from.address.to_owned(),
            agent: agent(from.headers),
        };
        let hash = session::hash(secret.expose());
        self.db().session_put(&session, &hash).await?;
        let how = json!({"provider": provider, "as": user_ref, "agent": session.agent});
        let event = Event::plain("sign-in", Some(user_ref)).with(how);
        let user = self
            .people()
            .user(user_ref, Proof::Session(provider.to_owned()));
        let signed_in = Self::new(
            Services::clone(self),
            Caller {
                principal: Principal::User(user),
                session: Some(session.id.clone()),
                ..self.caller().clone()
            },
        );
        signed_in.record(&event, Outcome::Done).await?;
        Ok(Begun { session, secret })
    }

    /// Tells whether somebody may be signed in whom the catalog does not have. A User who was made a moment ago is on
    /// its way.
    async fn may_be_unknown(
        &self,
        setup: Option<&ProviderSetup>,
        user_ref: &str,
    ) -> Result<bool, AppError> {
        let allows = |setup: &ProviderSetup| {
            let mut all = setup.resolvers.iter();
            all.any(|one| one.options.dangerously_allow_without_user)
        };
        Ok(setup.is_some_and(allows) && !self.people().knows(user_ref))
    }

    async fn signed_in(
        &self,
        id: &str,
        body: &SignInBody,
        begun: Begun,
    ) -> Result<Ended, AppError> {
        let identity = self.identity();
        let cookie = identity.session_cookie(&begun.secret, begun.session.expires_at);
        Ok(match body.flow {
            Flow::Redirect => Ended::Redirect {
                to: body.back.clone(),
                cookie,
            },
            Flow::Popup => Ended::Popup {
                origin: body.origin.clone(),
                message: json!({
                    "type": "authorization_response",
                    "response": self.session_answer(id, &begun.session, &begun.secret).await?,
                }),
                cookie: Some(cookie),
            },
        })
    }

    /// Keeps why a sign-in failed for the page that shows it.
    pub(in crate::server) async fn sign_in_failed(
        &self,
        id: &str,
        flow: Flow,
        origin: String,
        back: &str,
        failure: SignInFailure,
    ) -> Result<Ended, AppError> {
        let detail =
            json!({"provider": id, "reason": failure.message, "attempts": failure.attempts});
        let event = Event::plain("sign-in", None).with(detail);
        self.record(&event, Outcome::Refused).await?;
        if flow == Flow::Popup {
            return Ok(Ended::Popup {
                origin: if origin.is_empty() {
                    own_origin(self.identity().settings())
                } else {
                    origin
                },
                message: json!({
                    "type": "authorization_response",
                    "error": {"name": "AuthenticationError", "message": in_one_line(&failure)},
                }),
                cookie: None,
            });
        }
        Ok(Ended::Failed {
            to: self.failure_page(failure, back).await?,
        })
    }

    /// Returns the address of the sign-in page that says why somebody could not be signed in.
    pub(in crate::server) async fn failure_page(
        &self,
        failure: SignInFailure,
        back: &str,
    ) -> Result<String, AppError> {
        let secret = self.identity().keep_failure(failure).await?;
        // The next attempt should lead where this one would have led.
        let page = crate::paths::sign_in(back);
        let mark = if page.contains('?') { '&' } else { '?' };
        Ok(format!("{page}{mark}failure={}", secret.expose()))
    }
}

impl Identity {
    /// Takes a sign-in out of the database, which can be done once.
    async fn take_begun(
        &self,
        id: &str,
        query: &CallbackQuery,
        headers: &HeaderMap,
    ) -> Result<Option<SignInBody>, AppError> {
        let name = nonce_cookie(id, self.settings().is_secure());
        let nonce = cookie::read(headers, &name);
        let (Some(state), Some(nonce)) = (query.state.as_deref(), nonce) else {
            return Ok(None);
        };
        let key = both(state, &nonce);
        let hash = session::hash(key.expose());
        let sealed = self.db().signin_take(&hash, now_ms()).await?;
        let body = sealed.and_then(|sealed| session::unseal(key.expose(), &sealed));
        let body = body.and_then(|body| serde_json::from_slice::<SignInBody>(&body).ok());
        Ok(body.filter(|body| body.provider == id))
    }

    /// Ends the session that a browser had before it signed in anew.
    async fn end_by_hash(&self, hash: &str) -> Result<(), AppError> {
        if let Some((session, _)) = self.db().session_by_token(hash).await? {
            self.end(&session.id, &session.user_ref).await?;
        }
        Ok(())
    }

    async fn keep_failure(&self, failure: SignInFailure) -> Result<Secret, AppError> {
        let secret = session::new_secret();
        let body = serde_json::to_vec(&FailureBody { failure }).map_err(|_| AppError::Internal)?;
        let sealed = session::seal(secret.expose(), &body);
        let ends = now_ms().saturating_add(PATIENCE);
        self.db()
            .signin_put(&session::hash(secret.expose()), &sealed, ends)
            .await?;
        Ok(secret)
    }

    /// Returns why a sign-in failed, again and again until it is forgotten.
    pub(in crate::server) async fn failure(
        &self,
        secret: &str,
    ) -> Result<Option<SignInFailure>, AppError> {
        let (hash, now) = (session::hash(secret), now_ms());
        let Some(sealed) = self.db().signin_take(&hash, now).await? else {
            return Ok(None);
        };
        let body = session::unseal(secret, &sealed);
        let body = body.and_then(|body| serde_json::from_slice::<FailureBody>(&body).ok());
        if body.is_some() {
            let ends = now.saturating_add(PATIENCE);
            self.db().signin_put(&hash, &sealed, ends).await?;
        }
        Ok(body.map(|body| body.failure))
    }
}

/// Seals the provider's tokens with the secret of the session.
pub(super) fn sealed(tokens: &ProviderTokens, secret: &Secret, now: i64) -> String {
    let text = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
    let ends = |seconds: u64| {
        now.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000) * 1_000)
    };
    let tokens = SealedTokens {
        access_token: tokens.access_token.expose().to_owned(),
        refresh_token: text(&tokens.refresh_token),
        id_token: text(&tokens.id_token),
        ends_at: tokens.expires_in_s.map(ends),
    };
    let plain = serde_json::to_vec(&tokens).unwrap_or_default();
    session::seal(secret.expose(), &plain)
}

pub(in crate::server) fn in_one_line(failure: &SignInFailure) -> String {
    let attempts = failure.attempts.iter().map(|attempt| {
        format!(
            "{} looked for {}: {}",
            attempt.resolver, attempt.looked_for, attempt.outcome
        )
    });
    std::iter::once(failure.message.clone())
        .chain(attempts)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name that a way to sign in has for people.
pub(in crate::server) fn title_of<'a>(setup: Option<&'a ProviderSetup>, id: &'a str) -> &'a str {
    setup.map_or(id, |setup| &setup.title)
}
