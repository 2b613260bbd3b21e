//! What Backstage's clients ask for again and again: the profile, the provider's token and the portal's own.
use callboard_auth::{
    Claims, Secret,
    provider::ProviderError,
    session,
    token::{UserClaims, issue_user},
};
use callboard_db::{StoredSession, now_ms};
use serde_json::{Value, json};

use super::{
    From,
    finish::{in_one_line, sealed},
    start::unknown,
};
use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        caller::Proof,
        identity::{Found, Guest, Identity, SessionBody, Way, bodies::SealedTokens},
    },
};

/// A token of the provider that ends within this time is replaced, in milliseconds.
const SOON: i64 = 60_000;

impl Access {
    /// Answers who is signed in with a provider, with fresh tokens.
    ///
    /// # Errors
    /// `NotSignedIn` when nobody is, or the provider does not know the person any more.
    pub(in crate::server) async fn session_of(
        &self,
        id: &str,
        from: &From<'_>,
    ) -> Result<Value, AppError> {
        let identity = self.identity();
        let setup = identity.setup(id);
        match setup.map(|setup| &setup.way) {
            Some(Way::OAuth(_)) => {
                let found = identity.session(from, false).await?;
                let found = found.filter(|found| found.session.provider == id);
                let missing =
                    || AppError::NotSignedIn(format!("Nobody is signed in with {id} here."));
                self.refresh_session(id, found.ok_or_else(missing)?).await
            }
            Some(Way::Proxy(_)) => {
                let nobody = || format!("The headers of {id} do not say who you are.");
                let meant = self.proxied(id, from).await?;
                let meant = meant.ok_or_else(|| AppError::NotSignedIn(nobody()))?;
                let (claims, user_ref) =
                    meant.map_err(|failure| AppError::NotSignedIn(in_one_line(&failure)))?;
                self.note_token(id, &user_ref).await?;
                self.answer(&user_ref, &body_of(&claims), None).await
            }
            Some(Way::Guest) => self.guest_answer(from).await,
            None if id == "guest" && identity.settings().guest == Guest::Here => {
                self.guest_answer(from).await
            }
            None => Err(unknown(id)),
        }
    }

    /// Writes down that somebody gets a token without having a session.
    async fn note_token(&self, id: &str, user_ref: &str) -> Result<(), AppError> {
        let detail = json!({"provider": id, "as": user_ref, "token": true});
        let event = Event::plain("sign-in", Some(user_ref)).with(detail);
        self.record(&event, Outcome::Done).await
    }

    async fn guest_answer(&self, from: &From<'_>) -> Result<Value, AppError> {
        let guest = &self.identity().settings().guest;
        if !guest.lets_in(from.is_local) {
            return Err(AppError::NotAllowed(
                "The guest is let in at this machine only; dangerouslyAllowOutsideDevelopment changes that.".to_owned(),
            ));
        }
        let body = SessionBody {
            display_name: Some("Guest".to_owned()),
            ..SessionBody::default()
        };
        self.note_token("guest", guest.user_ref()).await?;
        self.answer(guest.user_ref(), &body, None).await
    }

    /// Answers a session; one renewal at a time, since a provider may take a refresh token once only.
    async fn refresh_session(&self, id: &str, found: Found) -> Result<Value, AppError> {
        let identity = self.identity();
        let turn = identity.turn(&found.session.id);
        let _turn = turn.lock().await;
        let hash = session::hash(found.secret.expose());
        let again = self.db().session_by_token(&hash).await?;
        let (mut session, _) =
            again.ok_or_else(|| AppError::NotSignedIn("This session has ended.".to_owned()))?;
        let tokens = identity.open_sealed(&session, &found.secret);
        if let Some(tokens) = tokens.filter(is_over) {
            session = self.renew(id, session, &found.secret, tokens).await?;
        }
        self.session_answer(id, &session, &found.secret).await
    }

    /// Gets new tokens of the provider. One that does not know the person any more ends the session.
    async fn renew(
        &self,
        id: &str,
        session: StoredSession,
        secret: &Secret,
        tokens: SealedTokens,
    ) -> Result<StoredSession, AppError> {
        let identity = self.identity();
        let (Some(provider), Some(http)) = (identity.provider(id), identity.http()) else {
            return Err(unknown(id));
        };
        let Some(refresh_token) = tokens.refresh_token else {
            return Ok(session);
        };
        let body: SessionBody = serde_json::from_str(&session.body).unwrap_or_default();
        let refresh_token = Secret::new(refresh_token);
        let renewed = provider.refresh(http, &refresh_token, &body.scope, now_ms());
        match renewed.await {
            Ok(signed_in) if signed_in.claims.subject != body.subject => {
                tracing::warn!(
                    provider = id,
                    "a provider renewed a session of one person for another"
                );
                identity.end(&session.id, &session.user_ref).await?;
                Err(AppError::NotSignedIn(
                    "The provider answers for somebody else now; sign in again.".to_owned(),
                ))
            }
            Ok(mut signed_in) => {
                // A provider that sends no new one means the old one to be used again.
                let tokens = &mut signed_in.tokens;
                tokens.refresh_token = tokens.refresh_token.take().or(Some(refresh_token));
                let sealed = sealed(tokens, secret, now_ms());
                self.db()
                    .session_update(&session.id, &session.body, Some(&sealed))
                    .await?;
                Ok(StoredSession {
                    sealed: Some(sealed),
                    ..session
                })
            }
            Err(error) if error.is_user_fault() => self.lost(id, session, secret, &error).await,
            Err(error) => Err(AppError::Unavailable(error.to_string())),
        }
    }

    /// Looks once more whether another replica has renewed the session meanwhile, and ends it if not.
    async fn lost(
        &self,
        id: &str,
        session: StoredSession,
        secret: &Secret,
        error: &ProviderError,
    ) -> Result<StoredSession, AppError> {
        let hash = session::hash(secret.expose());
        let again = self.db().session_by_token(&hash).await?;
        if let Some((again, _)) = again.filter(|(again, _)| again.sealed != session.sealed) {
            return Ok(again);
        }
        tracing::info!(provider = id, %error, "a provider ended a session");
        self.identity().end(&session.id, &session.user_ref).await?;
        Err(AppError::NotSignedIn(
            "The provider does not know you any more; sign in again.".to_owned(),
        ))
    }

    /// Answers a session in the form that Backstage's clients know.
    pub(super) async fn session_answer(
        &self,
        id: &str,
        session: &StoredSession,
        secret: &Secret,
    ) -> Result<Value, AppError> {
        let body: SessionBody = serde_json::from_str(&session.body).unwrap_or_default();
        let tokens = self.identity().open_sealed(session, secret);
        tracing::debug!(provider = id, "a session was renewed");
        self.answer(&session.user_ref, &body, tokens.as_ref()).await
    }

    async fn answer(
        &self,
        user_ref: &str,
        body: &SessionBody,
        tokens: Option<&SealedTokens>,
    ) -> Result<Value, AppError> {
        let (token, seconds, ownership) = self.user_token(user_ref).await?;
        let left = |ends: i64| ends.saturating_sub(now_ms()).max(0) / 1_000;
        let provider_info = tokens.map_or_else(
            || json!({}),
            |tokens| {
                json!({
                    "accessToken": tokens.access_token,
                    "idToken": tokens.id_token,
                    "scope": body.scope,
                    "expiresInSeconds": tokens.ends_at.map(left),
                })
            },
        );
        Ok(json!({
            "profile": {
                "email": body.email, "displayName": body.display_name, "picture": body.picture,
            },
            "providerInfo": provider_info,
            "backstageIdentity": {
                "token": token,
                "expiresInSeconds": seconds,
                "identity": {
                    "type": "user", "userEntityRef": user_ref, "ownershipEntityRefs": ownership,
                },
            },
        }))
    }

    /// Makes the portal's own token for a user; with the seconds it holds, and what counts as the user's own.
    pub(in crate::server) async fn user_token(
        &self,
        user_ref: &str,
    ) -> Result<(String, i64, Vec<String>), AppError> {
        let settings = self.identity().settings();
        let ownership = self.people().user(user_ref, Proof::Token).ownership;
        let claims = UserClaims {
            issuer: settings.auth_url.clone(),
            user_ref: user_ref.to_owned(),
            ownership: (!settings.omit_ownership).then(|| ownership.clone()),
        };
        let key = self.identity().keys().signing().await?;
        let seconds = settings.token_lifetime_ms / 1_000;
        Ok((
            issue_user(&key, claims, now_ms(), seconds),
            seconds,
            ownership,
        ))
    }
}

impl Identity {
    fn open_sealed(&self, session: &StoredSession, secret: &Secret) -> Option<SealedTokens> {
        let plain = session::unseal(secret.expose(), session.sealed.as_deref()?)?;
        serde_json::from_slice(&plain).ok()
    }
}

fn is_over(tokens: &SealedTokens) -> bool {
    tokens.ends_at.is_some_and(|ends| ends < now_ms() + SOON)
}

fn body_of(claims: &Claims) -> SessionBody {
    SessionBody {
        display_name: claims.display_name.clone(),
        email: claims.email.clone(),
        picture: claims.picture.clone(),
        subject: claims.subject.clone(),
        without_user: false,
        scope: String::new(),
    }
}

impl Guest {
    /// Tells whether a request without any proof is let in as the guest when it asks for that.
    pub(in crate::server) fn lets_in(&self, is_local: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Here => is_local,
            Self::Offered { here, anywhere, .. } => (is_local && *here) || *anywhere,
        }
    }
}
