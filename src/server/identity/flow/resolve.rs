//! From what a provider says to a user of the catalog, who is made if the configuration wants that.
use callboard_auth::{
    Claims,
    resolver::{Attempt, IDENTITY_ANNOTATION, Resolution, groups_of, resolve},
};
use callboard_model::{
    Severity,
    view::{ResolverAttempt, SignInFailure},
};
use serde_json::{Value, json};

use super::failure;
use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        identity::ProviderSetup,
    },
};

impl Access {
    /// Finds or makes the user that claims mean.
    ///
    /// # Errors
    /// When the database does not answer. That nobody is found is no error.
    pub(in crate::server) async fn resolve(
        &self,
        setup: &ProviderSetup,
        claims: &Claims,
    ) -> Result<Result<String, SignInFailure>, AppError> {
        let auto = setup.auto_provision.as_ref();
        let people = self.people();
        match resolve(&setup.kind, claims, &setup.resolvers, auto, people) {
            Resolution::User { user_ref, .. } => {
                if auto.is_some_and(|auto| auto.groups_from_claims) {
                    self.renew_groups(&user_ref, claims).await?;
                }
                Ok(Ok(user_ref))
            }
            Resolution::Provision {
                user_ref, entity, ..
            } => self.provision(setup, user_ref, &entity).await,
            Resolution::Failed {
                attempts,
                ambiguous,
            } => Ok(Err(SignInFailure {
                provider: setup.title.clone(),
                message: said(ambiguous, attempts.is_empty()).to_owned(),
                help: None,
                attempts: attempts.into_iter().map(shown).collect(),
            })),
        }
    }

    /// Tells whether a name that no User has means somebody all the same. Whoever takes it would take what is theirs.
    async fn is_spoken_for(&self, user_ref: &str) -> Result<bool, AppError> {
        let policy = self.policy().now();
        let is_named = policy
            .roles()
            .iter()
            .any(|role| role.members.iter().any(|member| member == user_ref));
        Ok(is_named
            || !self.db().session_list(user_ref).await?.is_empty()
            || !self.db().token_list(user_ref).await?.is_empty())
    }

    /// Brings the groups of a user whom sign-in made in step with what the provider says now.
    async fn renew_groups(&self, user_ref: &str, claims: &Claims) -> Result<(), AppError> {
        let all = self.db().provided_list().await?;
        let known = all.into_iter().find(|(known, _)| known == user_ref);
        let Some(mut entity) =
            known.and_then(|(_, body)| serde_json::from_str::<Value>(&body).ok())
        else {
            return Ok(());
        };
        let groups = json!(groups_of(claims));
        if entity["spec"]["memberOf"] != groups {
            entity["spec"]["memberOf"] = groups;
            self.sources().ingester.provide(&entity).await?;
        }
        Ok(())
    }

    /// Tells whether a user of this name was made for somebody else and is not in the catalog yet.
    async fn is_of_another(&self, user_ref: &str, entity: &Value) -> Result<bool, AppError> {
        let identity =
            |entity: &Value| entity["metadata"]["annotations"][IDENTITY_ANNOTATION].clone();
        let all = self.db().provided_list().await?;
        let known = all.into_iter().find(|(known, _)| known == user_ref);
        let known = known.and_then(|(_, body)| serde_json::from_str::<Value>(&body).ok());
        Ok(known.is_some_and(|known| identity(&known) != identity(entity)))
    }

    async fn provision(
        &self,
        setup: &ProviderSetup,
        user_ref: String,
        entity: &Value,
    ) -> Result<Result<String, SignInFailure>, AppError> {
        let turn = self.identity().turn(&user_ref);
        let _turn = turn.lock().await;
        if self.is_spoken_for(&user_ref).await? {
            let message = format!(
                "A User {user_ref} would be made for you, but that name means somebody already: the policy names it, or \
                 somebody of that name has sessions or tokens."
            );
            let help = "Add the User to the catalog by hand, with the annotation or address that a resolver looks for.";
            return Ok(Err(failure(&setup.title, message, Some(help))));
        }
        if self.is_of_another(&user_ref, entity).await? {
            let message = format!("Somebody else was made {user_ref} a moment ago.");
            let help = "Map another claim to username with signIn.claimMapping, so that the names of people differ.";
            return Ok(Err(failure(&setup.title, message, Some(help))));
        }
        let problems = self.sources().ingester.provide(entity).await?;
        let errors: Vec<String> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| problem.message.clone())
            .collect();
        if !errors.is_empty() {
            let message = format!(
                "The User entity that autoProvision made of the claims is not valid: {}.",
                errors.join("; ")
            );
            let help =
                "Map other claims to username, email and displayName with signIn.claimMapping.";
            return Ok(Err(failure(&setup.title, message, Some(help))));
        }
        let detail = json!({"provider": setup.id});
        let event = Event::plain("user.provision", Some(&user_ref)).with(detail);
        self.record(&event, Outcome::Done).await?;
        Ok(Ok(user_ref))
    }
}

fn said(ambiguous: bool, nothing_tried: bool) -> &'static str {
    match (ambiguous, nothing_tried) {
        (true, _) => {
            "The provider knows you, but more than one User of the catalog fits, so it is not sure who you are."
        }
        (false, true) => {
            "The provider knows you, but no sign-in resolver is configured that could find your User in the catalog."
        }
        (false, false) => {
            "The provider knows you, but none of the configured resolvers found your User in the catalog."
        }
    }
}

fn shown(attempt: Attempt) -> ResolverAttempt {
    ResolverAttempt {
        resolver: attempt.resolver,
        looked_for: attempt.looked_for,
        found: attempt.found,
        outcome: attempt.outcome,
        fix: attempt.fix,
    }
}
