//! Tokens in the header `Authorization`: the portal's own, personal access tokens, and those of programs.
use std::cell::Cell;

use callboard_auth::{
    Http, HttpError,
    token::{Jwk, PersonalToken, TokenError, TokenKind, VerifiedToken, verify},
};
use callboard_db::now_ms;
use futures::future::BoxFuture;

use super::{Identity, People};
use crate::{
    error::AppError,
    server::caller::{Principal, Proof, Service},
};

/// The start of a personal access token.
const PERSONAL: &str = "cbp_";

/// How often the last use of a personal access token is written down, in milliseconds.
const USED: i64 = 60_000;

/// What a token proves.
#[derive(Debug)]
pub(in crate::server) enum Proven {
    /// Who sends it.
    Caller(Principal),
    /// Nothing; why, for the audit log.
    Nothing(String),
}

impl Identity {
    /// Finds out whom a token stands for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::server) async fn bearer(
        &self,
        token: &str,
        people: &People,
    ) -> Result<Proven, AppError> {
        if token.starts_with(PERSONAL) {
            return self.personal(token, people).await;
        }
        match self.own(token).await? {
            Ok(verified) => {
                let proof = match verified.kind {
                    TokenKind::User => Proof::Token,
                    TokenKind::Limited => Proof::LimitedToken,
                };
                let user = people.user(&verified.user_ref, proof);
                Ok(Proven::Caller(Principal::User(user)))
            }
            Err(error) => Ok(self.external(token).await.map_or_else(
                || Proven::Nothing(error.to_string()),
                |service| Proven::Caller(Principal::Service(service)),
            )),
        }
    }

    /// Checks one of the portal's own tokens, with the keys of every replica.
    pub(in crate::server) async fn own(
        &self,
        token: &str,
    ) -> Result<Result<VerifiedToken, TokenError>, AppError> {
        let issuer = &self.settings().auth_url;
        let check = || {
            let is_unknown = Cell::new(false);
            let key = |kid: &str| -> Option<Jwk> {
                let known = self.keys().known(kid);
                is_unknown.set(known.is_none());
                serde_json::from_value(known?).ok()
            };
            (verify(token, &key, issuer, now_ms()), is_unknown.get())
        };
        let (verified, is_unknown) = check();
        if is_unknown && self.keys().look_again().await? {
            return Ok(check().0);
        }
        Ok(verified)
    }

    async fn personal(&self, token: &str, people: &People) -> Result<Proven, AppError> {
        let Some(hash) = PersonalToken::hash_of(token) else {
            return Ok(Proven::Nothing("it is no personal access token".to_owned()));
        };
        let now = now_ms();
        let Some(stored) = self.db().token_by_hash(&hash, now).await? else {
            let why = "the personal access token was revoked, has expired or never was";
            return Ok(Proven::Nothing(why.to_owned()));
        };
        if !people.knows(&stored.user_ref) && !self.is_provided(&stored.user_ref).await? {
            let why = "the catalog does not have the user of the personal access token any more";
            return Ok(Proven::Nothing(why.to_owned()));
        }
        let is_due = |last: i64| now.saturating_sub(last) >= USED;
        if stored.last_used_at.is_none_or(is_due) {
            self.db().token_used(&stored.id, now).await?;
        }
        let scopes = serde_json::from_str(&stored.scopes).unwrap_or_default();
        let user = people.user(&stored.user_ref, Proof::Personal(scopes));
        Ok(Proven::Caller(Principal::User(user)))
    }

    async fn external(&self, token: &str) -> Option<Service> {
        let http = self.http().unwrap_or(&Nowhere);
        for external in &self.settings().external {
            let found = external.access.verify_external(http, token, now_ms()).await;
            if let Some(found) = found {
                return Some(Service {
                    subject: found.subject,
                    restrictions: external.restrictions.clone(),
                });
            }
        }
        None
    }
}

/// Reaches nothing: for a portal that may not ask other hosts.
struct Nowhere;

impl Http for Nowhere {
    fn send(
        &self,
        _: http::Request<Vec<u8>>,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, HttpError>> {
        let refused = HttpError("this portal reaches no other host".to_owned());
        Box::pin(std::future::ready(Err(refused)))
    }
}
