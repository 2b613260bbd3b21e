//! The ways in that ask nobody, and the way out.
use callboard_auth::Claims;
use serde_json::json;

use super::{
    Ended, Flow, From, failure,
    finish::title_of,
    start::{StartQuery, back},
};
use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        caller::Proof,
    },
};

impl Access {
    /// Lets somebody in as the guest.
    ///
    /// # Errors
    /// `NotAllowed` when the guest is not let in from there, or a page of another site asks.
    pub(in crate::server) async fn guest_session(
        &self,
        id: &str,
        query: &StartQuery,
        from: &From<'_>,
    ) -> Result<Ended, AppError> {
        let identity = self.identity();
        identity.check_environment(query.env.as_deref())?;
        let site = from.headers.get("sec-fetch-site");
        if site.is_some_and(|site| site != "same-origin" && site != "none") {
            return Err(AppError::NotAllowed(
                "A page of another site cannot sign you in.".to_owned(),
            ));
        }
        let guest = &identity.settings().guest;
        if !guest.lets_in(from.is_local) {
            let failure = failure(
                title_of(identity.setup(id), id),
                "The guest is let in at the portal's own machine only.",
                Some(
                    "Set auth.providers.guest.dangerouslyAllowOutsideDevelopment to let everybody in who reaches the portal.",
                ),
            );
            return self
                .sign_in_failed(id, Flow::Redirect, String::new(), "/", failure)
                .await;
        }
        let to = back(identity.settings(), query.redirect_url.as_deref())?;
        let claims = Claims {
            display_name: Some("Guest".to_owned()),
            ..Claims::default()
        };
        let user_ref = guest.user_ref().to_owned();
        let begun = self
            .begin_session(id, &user_ref, &claims, None, from)
            .await?;
        if let (Some(before), Some(user)) = (&self.caller().session, self.caller().user()) {
            identity.end(before, &user.user_ref).await?;
        }
        Ok(Ended::Redirect {
            to,
            cookie: identity.session_cookie(&begun.secret, begun.session.expires_at),
        })
    }

    /// Tells a person that a provider cannot be reached.
    pub(in crate::server) async fn unreachable(
        &self,
        id: &str,
        error: &AppError,
    ) -> Result<Ended, AppError> {
        let failure = failure(
            title_of(self.identity().setup(id), id),
            error.to_string(),
            Some("Try again in a moment. If it stays, tell the people who run this portal."),
        );
        self.sign_in_failed(id, Flow::Redirect, String::new(), "/", failure)
            .await
    }

    /// Ends the session of this request, or all of the user's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::server) async fn sign_out(&self, everywhere: bool) -> Result<(), AppError> {
        let caller = self.caller();
        let (Some(user), Some(session)) = (caller.user(), &caller.session) else {
            // Nobody is signed in, which is what was asked for.
            return Ok(());
        };
        // The guest is everybody who is not signed in as somebody; they do not end each other's sessions.
        let everywhere = everywhere && user.proof != Proof::Guest;
        let ended = if everywhere {
            self.identity().end_all(&user.user_ref).await?
        } else {
            u64::from(self.identity().end(session, &user.user_ref).await?)
        };
        let event = Event::plain("sign-out", Some(&user.user_ref));
        let event = event.with(json!({"sessions": ended, "everywhere": everywhere}));
        self.record(&event, Outcome::Done).await
    }
}
