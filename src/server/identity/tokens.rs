//! Personal access tokens: made on the settings page, shown once, revoked there.
use callboard_auth::token::PersonalToken;
use callboard_db::{StoredToken, new_uid, now_ms};
use callboard_model::view::FreshToken;
use serde_json::json;

use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        caller::{Proof, User},
    },
};

/// Longest name, in characters.
const MAX_NAME: usize = 100;

/// Longest life, in days.
const MAX_DAYS: i64 = 365;

/// Most tokens that one person has.
const MAX_TOKENS: usize = 50;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What a token is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub(in crate::server) struct NewToken {
    pub(in crate::server) name: String,
    /// `read`, `all` or the name of a permission.
    pub(in crate::server) scope: String,
    pub(in crate::server) days: String,
}

impl Access {
    /// Makes a token for the caller.
    ///
    /// # Errors
    /// `Invalid` when name, scope or days are wrong; `NotAllowed` for the guest and for programs.
    pub(in crate::server) async fn token_create(
        &self,
        asked: &NewToken,
    ) -> Result<FreshToken, AppError> {
        let user = self.own_account()?.clone();
        let name = asked.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control)
        {
            return Err(AppError::Invalid(format!(
                "Give the token a name of at most {MAX_NAME} characters, so that you know it again."
            )));
        }
        let scope = asked.scope.trim();
        if !matches!(scope, "read" | "all") && callboard_policy::find(scope).is_none() {
            return Err(AppError::Invalid(format!(
                "\"{scope}\" is no scope: choose read, all or the name of a permission."
            )));
        }
        let days = asked.days.trim().parse::<i64>().ok();
        let days = days
            .filter(|days| (1..=MAX_DAYS).contains(days))
            .ok_or_else(|| {
                AppError::Invalid(format!(
                    "A token holds for 1 to {MAX_DAYS} days, not \"{}\".",
                    asked.days
                ))
            })?;
        if self.db().token_list(&user.user_ref).await?.len() >= MAX_TOKENS {
            return Err(AppError::Conflict(format!(
                "You have {MAX_TOKENS} tokens already; revoke one that you do not need."
            )));
        }
        let (plain, hash) = PersonalToken::generate();
        let now = now_ms();
        let stored = StoredToken {
            id: new_uid(),
            user_ref: user.user_ref.clone(),
            name: name.to_owned(),
            scopes: json!([scope]).to_string(),
            created_at: now,
            expires_at: Some(now.saturating_add(days * DAY)),
            last_used_at: None,
        };
        self.db().token_put(&stored, &hash).await?;
        let detail = json!({"id": stored.id, "name": name, "scope": scope, "days": days});
        let event = Event::plain("token.create", Some(&user.user_ref)).with(detail);
        self.record(&event, Outcome::Done).await?;
        Ok(FreshToken {
            name: name.to_owned(),
            token: plain.expose().to_owned(),
        })
    }

    /// Revokes a token of the caller.
    ///
    /// # Errors
    /// `NotFound` when the caller has no such token.
    pub(in crate::server) async fn token_revoke(&self, id: &str) -> Result<(), AppError> {
        let user = self.own_account()?;
        if !self.db().token_remove(id, &user.user_ref).await? {
            return Err(AppError::NotFound(
                "There is no such token any more.".to_owned(),
            ));
        }
        let event = Event::plain("token.revoke", Some(&user.user_ref));
        let event = event.with(json!({"id": id}));
        self.record(&event, Outcome::Done).await
    }

    /// Ends a session of the caller.
    ///
    /// # Errors
    /// `NotFound` when the caller has no such session.
    pub(in crate::server) async fn session_revoke(&self, id: &str) -> Result<(), AppError> {
        let user = self.own_account()?;
        if !self.identity().end(id, &user.user_ref).await? {
            return Err(AppError::NotFound(
                "There is no such session any more.".to_owned(),
            ));
        }
        let event = Event::plain("session.revoke", Some(&user.user_ref));
        let event = event.with(json!({"id": id}));
        self.record(&event, Outcome::Done).await
    }

    /// Returns the user who asks, when it is the person and not a token of theirs: a token that leaked must not be
    /// able to make others.
    pub(in crate::server) fn own_account(&self) -> Result<&User, AppError> {
        let user = self
            .caller()
            .user()
            .ok_or_else(|| AppError::NotSignedIn("Sign in to see your account.".to_owned()))?;
        match user.proof {
            Proof::Session(_) | Proof::Proxy(_) => Ok(user),
            Proof::Guest => Err(AppError::NotAllowed(
                "The guest has no account: sign in with a provider to have sessions and tokens."
                    .to_owned(),
            )),
            Proof::Token | Proof::LimitedToken | Proof::Personal(_) => Err(AppError::NotAllowed(
                "A token cannot manage its user's account; use the settings page in a browser."
                    .to_owned(),
            )),
        }
    }
}
