//! The sign-in page and the settings page.
use callboard_db::{Mark, StoredSession, StoredToken};
use callboard_model::{
    EntityRef,
    view::{AccountView, OwnershipRow, SessionRow, SignInProvider, SignInView, TokenRow},
};

use super::{Guest, SessionBody, Way, flow::title_of};
use crate::{
    error::AppError,
    server::{
        access::Access,
        caller::{Proof, User},
        site::is_local,
    },
};

/// Most starred and most watched entities on the settings page.
const MARKED: usize = 200;

impl Access {
    /// Answers the sign-in page.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn sign_in_view(&self, back: &str, failure: &str) -> Result<SignInView, AppError> {
        let identity = self.identity();
        let settings = identity.settings();
        let back = if is_local(back) { back } else { "/" };
        let url = |id: &str| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("env", &settings.environment);
            query.append_pair("flow", "redirect");
            query.append_pair("redirectUrl", back);
            format!("/api/auth/{id}/start?{}", query.finish())
        };
        let all = settings.providers.iter();
        let offered = all.filter(|setup| match setup.way {
            Way::OAuth(_) => true,
            Way::Guest => settings.guest.lets_in(self.caller().is_local),
            // A proxy lets in whom it knows without asking.
            Way::Proxy(_) => false,
        });
        let providers: Vec<_> = offered
            .map(|setup| SignInProvider {
                id: setup.id.clone(),
                title: setup.title.clone(),
                kind: setup.kind.clone(),
                url: url(&setup.id),
            })
            .collect();
        let failure = match failure {
            "" => None,
            secret => identity.failure(secret).await?,
        };
        let user = self.caller().user();
        Ok(SignInView {
            is_closed: settings.providers.is_empty() && user.is_none(),
            providers,
            failure,
            signed_in_as: user.map(|user| self.people().title(&user.user_ref)),
        })
    }

    /// Answers the settings page.
    ///
    /// # Errors
    /// `NotSignedIn` when nobody is signed in.
    pub async fn account_view(&self) -> Result<AccountView, AppError> {
        let user = self
            .caller()
            .user()
            .ok_or_else(|| AppError::NotSignedIn("Sign in to see your account.".to_owned()))?;
        let is_person = self.own_account().is_ok();
        let sessions = if is_person {
            self.db().session_list(&user.user_ref).await?
        } else {
            Vec::new()
        };
        let tokens = if is_person {
            self.db().token_list(&user.user_ref).await?
        } else {
            Vec::new()
        };
        let entity_ref = reference(&user.user_ref)?;
        let (starred, starred_total) = self.marked(Mark::Star, MARKED).await?;
        let (watched, watched_total) = self.marked(Mark::Watch, MARKED).await?;
        Ok(AccountView {
            email: self.email(user, &entity_ref, &sessions),
            user: self.label(&entity_ref),
            signed_in_by: self.signed_in_by(user),
            is_guest: user.proof == Proof::Guest,
            ownership: self.ownership_rows(user),
            nested_groups: self.people().counts_nested_groups(),
            sessions: sessions.iter().map(|one| self.session_row(one)).collect(),
            tokens: tokens.into_iter().map(token_row).collect(),
            starred,
            starred_total,
            watched,
            watched_total,
            views: self.saved_views().await?,
        })
    }

    fn signed_in_by(&self, user: &User) -> String {
        let identity = self.identity();
        match &user.proof {
            Proof::Session(id) | Proof::Proxy(id) => title_of(identity.setup(id), id).to_owned(),
            Proof::Token | Proof::LimitedToken => "A token of the portal".to_owned(),
            Proof::Personal(_) => "A personal access token".to_owned(),
            Proof::Guest => match identity.settings().guest {
                Guest::Here => "Nothing: this machine is let in as the guest".to_owned(),
                Guest::Never | Guest::Offered { .. } => "Guest".to_owned(),
            },
        }
    }

    fn email(
        &self,
        user: &User,
        entity_ref: &EntityRef,
        sessions: &[StoredSession],
    ) -> Option<String> {
        let from_catalog = {
            let index = self.index().read();
            let id = index.id(&entity_ref.to_string());
            let value = id.and_then(|id| index.value(id, "spec.profile.email"));
            value.map(str::to_owned)
        };
        let current = self.caller().session.as_deref();
        let session = sessions.iter().find(|one| Some(one.id.as_str()) == current);
        let body = session.and_then(|one| serde_json::from_str::<SessionBody>(&one.body).ok());
        let from_provider = body.and_then(|body| body.email);
        from_provider
            .or(from_catalog)
            .filter(|_| user.proof != Proof::Guest)
    }

    fn ownership_rows(&self, user: &User) -> Vec<OwnershipRow> {
        let distance = |one: &String| {
            let mut groups = user.groups.iter();
            groups
                .find(|(group, _)| group == one)
                .map(|(_, distance)| *distance)
        };
        let why = |one: &String| match distance(one) {
            None => "you",
            Some(1) => "member of",
            Some(_) => "above a group of yours",
        };
        let rows = user.ownership.iter().filter_map(|one| {
            Some(OwnershipRow {
                label: self.label(&one.parse().ok()?),
                why: why(one).to_owned(),
            })
        });
        rows.collect()
    }

    fn session_row(&self, session: &StoredSession) -> SessionRow {
        let identity = self.identity();
        let provider = title_of(identity.setup(&session.provider), &session.provider);
        SessionRow {
            id: session.id.clone(),
            is_current: self.caller().session.as_deref() == Some(session.id.as_str()),
            provider: provider.to_owned(),
            agent: session.agent.clone(),
            address: session.address.clone(),
            created_at: session.created_at,
            seen_at: session.seen_at,
            expires_at: session.expires_at,
        }
    }
}

fn reference(text: &str) -> Result<EntityRef, AppError> {
    text.parse().map_err(|_| {
        tracing::error!(text, "a user has no valid reference");
        AppError::Internal
    })
}

fn token_row(token: StoredToken) -> TokenRow {
    TokenRow {
        scopes: serde_json::from_str(&token.scopes).unwrap_or_default(),
        id: token.id,
        name: token.name,
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
    }
}
