//! Who sends a request: by a token, a session, a proxy in front, or, at this machine, nobody but the guest.
use axum::http::{HeaderMap, header};
use callboard_model::view::SignInFailure;

use super::arrival::Arrival;
use crate::{
    error::AppError,
    server::{
        Services,
        access::{Access, Event, Outcome},
        caller::{Caller, Principal, Proof},
        cookie,
        identity::{From, Guest, Proven},
    },
};

/// The cookie with which Backstage's clients read files.
const LIMITED_COOKIE: &str = "backstage-auth";

/// Who sends a request, and what the browser is told to keep.
pub(super) struct Known {
    pub(super) caller: Caller,
    pub(super) set_cookie: Option<String>,
}

/// Why it is not known who sends a request.
pub(super) enum Refusal {
    /// What should prove it does not.
    Wrong(AppError),
    /// Too many attempts.
    TooMany,
    /// A proxy says who it is, and that means nobody here.
    Unmatched(Box<(Caller, SignInFailure)>),
}

impl std::convert::From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        Self::Wrong(error)
    }
}

impl std::convert::From<callboard_db::DbError> for Refusal {
    fn from(error: callboard_db::DbError) -> Self {
        Self::Wrong(error.into())
    }
}

/// What a path means for cookies.
pub(super) struct PathKind {
    /// The cookie for files counts.
    pub(super) reads_api: bool,
    /// The secret of the session may be replaced. Not where what is sealed with it is about to be opened.
    pub(super) rotates: bool,
}

/// Finds out who sends a request.
pub(super) async fn authenticate(
    services: &Services,
    headers: &HeaderMap,
    arrival: &Arrival,
    request_id: &str,
    path: &PathKind,
) -> Result<Known, Refusal> {
    let PathKind { reads_api, rotates } = *path;
    let nobody = Caller {
        principal: Principal::Nobody,
        address: arrival.shown(),
        request_id: request_id.to_owned(),
        session: None,
        is_local: arrival.is_local,
        is_prefetch: is_prefetch(headers),
        is_proxied: arrival.is_proxied,
    };
    let known = |principal| Known {
        caller: Caller {
            principal,
            ..nobody.clone()
        },
        set_cookie: None,
    };
    if let Some(token) = bearer(headers) {
        let principal = by_token(services, &nobody, token, arrival).await?;
        return Ok(known(principal));
    }
    let from = From {
        headers,
        address: &nobody.address,
        is_local: arrival.is_local,
        is_proxied: arrival.is_proxied,
    };
    if let Some(known) = by_session(services, &from, &nobody, rotates).await? {
        return Ok(known);
    }
    if arrival.is_proxied && services.identity().has_proxies() {
        let access = Access::new(services.clone(), nobody.clone());
        match access.by_proxy(&from).await? {
            None => {}
            Some(Ok((provider, user_ref))) => {
                let user = services.people().user(&user_ref, Proof::Proxy(provider));
                return Ok(known(Principal::User(user)));
            }
            Some(Err(failure)) => {
                return Err(Refusal::Unmatched(Box::new((nobody.clone(), failure))));
            }
        }
    }
    if let Some(token) = cookie::read(headers, LIMITED_COOKIE).filter(|_| reads_api)
        && let Ok(Ok(verified)) = services.identity().own(&token).await
    {
        let user = services
            .people()
            .user(&verified.user_ref, Proof::LimitedToken);
        return Ok(known(Principal::User(user)));
    }
    let guest = &services.identity().settings().guest;
    if *guest == Guest::Here && arrival.is_local {
        let user = services.people().user(guest.user_ref(), Proof::Guest);
        return Ok(known(Principal::User(user)));
    }
    Ok(known(Principal::Nobody))
}

async fn by_token(
    services: &Services,
    nobody: &Caller,
    token: &str,
    arrival: &Arrival,
) -> Result<Principal, Refusal> {
    match services.identity().bearer(token, services.people()).await? {
        Proven::Caller(principal) => Ok(principal),
        Proven::Nothing(why) => {
            if !arrival.is_local && services.limits().is_guessing(arrival.address) {
                return Err(Refusal::TooMany);
            }
            let access = Access::new(services.clone(), nobody.clone());
            let event = Event::plain("token.refused", None);
            let event = event.with(serde_json::json!({"reason": why}));
            access.record(&event, Outcome::Refused).await?;
            Err(Refusal::Wrong(AppError::NotSignedIn(
                "The token in the header Authorization is not valid here, or not any more."
                    .to_owned(),
            )))
        }
    }
}

async fn by_session(
    services: &Services,
    from: &From<'_>,
    nobody: &Caller,
    rotates: bool,
) -> Result<Option<Known>, Refusal> {
    let identity = services.identity();
    let Some(found) = identity.session(from, rotates).await? else {
        return Ok(None);
    };
    let session = found.session;
    let proof = match session.provider.as_str() {
        "guest" => Proof::Guest,
        provider => Proof::Session(provider.to_owned()),
    };
    let mut user = services.people().user(&session.user_ref, proof);
    if let (
        Proof::Guest,
        Guest::Offered {
            ownership: Some(own),
            ..
        },
    ) = (&user.proof, &identity.settings().guest)
        && !services.people().knows(&user.user_ref)
    {
        user.ownership.clone_from(own);
    }
    let set_cookie = found.rotated.as_ref();
    let set_cookie = set_cookie.map(|new| identity.session_cookie(new, session.expires_at));
    Ok(Some(Known {
        caller: Caller {
            principal: Principal::User(user),
            session: Some(session.id),
            ..nobody.clone()
        },
        set_cookie,
    }))
}

fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers.get("sec-purpose");
    purpose.is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
}

/// Returns the token of the header `Authorization`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
