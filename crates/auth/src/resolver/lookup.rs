//! Runs one resolver and says in words what happened.
use callboard_model::EntityRef;
use callboard_model::validate::format::is_object_name;

use super::method::{Method, known, method};
use super::{Attempt, Resolver};
use crate::jose::shown;
use crate::{Claims, Directory};

const EMAIL_KEY: &str = "spec.profile.email";
const MISSING_EMAIL: &str = "Ask the provider for the scope that gives it, or name another claim in signIn.claimMapping.email";

/// What one step found.
pub(super) enum Found {
    User {
        user_ref: String,
        in_catalog: bool,
    },
    Nobody,
    /// Several users, which ends the search.
    Several,
    /// A person who must not sign in, which ends the search too.
    Refused,
}

/// Builds the attempt of one resolver while it runs.
pub(super) struct Step<'s> {
    pub(super) provider: &'s str,
    pub(super) resolver: &'s str,
    pub(super) directory: &'s dyn Directory,
}

pub(super) fn run(
    provider: &str,
    claims: &Claims,
    resolver: &Resolver,
    directory: &dyn Directory,
) -> (Attempt, Found) {
    let step = Step {
        provider,
        resolver: &resolver.name,
        directory,
    };
    let allowed = &resolver.options.allowed_domains;
    let (attempt, found, name) = match method(provider, &resolver.name, claims) {
        None => return step.unknown(),
        Some(Method::Annotation { key, values, what }) => {
            let name = values.first().cloned();
            let (attempt, found) = step.annotation(&key, &values, what);
            (attempt, found, name)
        }
        Some(Method::Username) => {
            let (attempt, found) = step.name("user name", claims.username.as_deref());
            (attempt, found, claims.username.clone())
        }
        Some(email_method) => {
            let (attempt, found) = step.email(&email_method, claims, allowed);
            (attempt, found, claims.usable_email().map(str::to_owned))
        }
    };
    if resolver.options.dangerously_allow_without_user
        && matches!(found, Found::Nobody)
        && let Some(name) = name
    {
        return step.without_user(attempt, &name);
    }
    (attempt, found)
}

impl Step<'_> {
    pub(super) fn attempt(&self, looked_for: String) -> Attempt {
        Attempt {
            resolver: self.resolver.to_owned(),
            looked_for,
            found: Vec::new(),
            outcome: String::new(),
            fix: String::new(),
        }
    }

    fn unknown(&self) -> (Attempt, Found) {
        let mut attempt = self.attempt("nobody".to_owned());
        attempt.outcome = format!("{} has no resolver of this name", self.provider);
        attempt.fix = format!(
            "In signIn.resolvers of this provider, use one of {}",
            known(self.provider).join(", ")
        );
        (attempt, Found::Nobody)
    }

    /// Looks for the users with any of the values, of which the first that is there counts.
    pub(super) fn annotation(&self, key: &str, values: &[String], what: &str) -> (Attempt, Found) {
        let Some(first) = values.first() else {
            let looked_for = format!("a User with the annotation {key}");
            return self.no_claim(looked_for, what, "");
        };
        let search = format!("metadata.annotations.{key}");
        let fix = format!(
            "Add `{key}: \"{}\"` under metadata.annotations of the User",
            shown(first)
        );
        self.search(&search, values, &fix)
    }

    fn email(&self, method: &Method, claims: &Claims, allowed: &[String]) -> (Attempt, Found) {
        let what = match method {
            Method::LocalPart => {
                "a User whose name is what stands before the @ of the email".to_owned()
            }
            Method::EmailAnnotation(key) => format!("a User with the annotation {key}"),
            _ => format!("a User with {EMAIL_KEY}"),
        };
        let Some(email) = claims.email.as_deref() else {
            return self.no_claim(what, "email", MISSING_EMAIL);
        };
        if claims.usable_email().is_none() {
            let mut attempt = self.attempt(what);
            let email = shown(email);
            attempt.outcome =
                format!("the provider says that {email} is not verified, so it proves nothing");
            attempt.fix = "Verify the address at the provider, then sign in again".to_owned();
            return (attempt, Found::Nobody);
        }
        let Some((local, domain)) = email.rsplit_once('@') else {
            return self.no_claim(what, "email with an @", MISSING_EMAIL);
        };
        if !allowed.is_empty() && !allowed.iter().any(|one| one.eq_ignore_ascii_case(domain)) {
            return self.wrong_domain(what, email, domain);
        }
        match method {
            Method::LocalPart => self.name("part before the @", Some(local)),
            Method::EmailAnnotation(key) => self.annotation(key, &[email.to_owned()], "email"),
            _ => {
                let mut emails = vec![email.to_owned()];
                if let Some((user, _tag)) =
                    local.split_once('+').filter(|(user, _)| !user.is_empty())
                {
                    emails.push(format!("{user}@{domain}"));
                }
                let fix = format!(
                    "Add `email: {}` under spec.profile of the User",
                    shown(email)
                );
                self.search(EMAIL_KEY, &emails, &fix)
            }
        }
    }

    fn wrong_domain(&self, what: String, email: &str, domain: &str) -> (Attempt, Found) {
        let mut attempt = self.attempt(what);
        attempt.outcome = format!("{} is not from an allowed domain", shown(email));
        attempt.fix = format!(
            "If people of {} may sign in, add it to allowedDomains of {} in signIn.resolvers",
            shown(domain),
            self.resolver
        );
        (attempt, Found::Refused)
    }

    fn name(&self, what: &str, name: Option<&str>) -> (Attempt, Found) {
        let Some(name) = name else {
            let looked_for = format!("a User whose name is the {what}");
            let fix = "Name the claim that holds it in signIn.claimMapping.username";
            return self.no_claim(looked_for, what, fix);
        };
        let user_ref = EntityRef::new("user", "default", name).to_string();
        let mut attempt = self.attempt(format!("the User {}", shown(&user_ref)));
        if !is_object_name(name) {
            attempt.outcome = format!("{} cannot be the name of an entity", shown(name));
            attempt.fix = "Use a resolver that compares an annotation or the email".to_owned();
            return (attempt, Found::Nobody);
        }
        if self.directory.user(&user_ref) {
            attempt.found.push(user_ref.clone());
            attempt.outcome = "found".to_owned();
            let in_catalog = true;
            return (
                attempt,
                Found::User {
                    user_ref,
                    in_catalog,
                },
            );
        }
        attempt.outcome = "not found".to_owned();
        attempt.fix = or_provision(&format!(
            "Add a User with metadata.name: {} to the catalog",
            name.to_lowercase()
        ));
        (attempt, Found::Nobody)
    }

    fn search(&self, key: &str, values: &[String], fix: &str) -> (Attempt, Found) {
        let wanted: Vec<String> = values.iter().map(|value| shown(value)).collect();
        let mut attempt = self.attempt(format!("a User with {key} = {}", wanted.join(" or ")));
        let mut users = values
            .iter()
            .map(|value| self.directory.users_where(key, value))
            .find(|users| !users.is_empty())
            .unwrap_or_default();
        users.sort();
        users.dedup();
        attempt.found.clone_from(&users);
        if users.len() > 1 {
            attempt.outcome =
                "several users have it, and it cannot be told which one this is".to_owned();
            attempt.fix = format!("Leave {key} at one of {}", users.join(", "));
            return (attempt, Found::Several);
        }
        match users.pop() {
            Some(user_ref) => {
                attempt.outcome = "found".to_owned();
                let in_catalog = true;
                (
                    attempt,
                    Found::User {
                        user_ref,
                        in_catalog,
                    },
                )
            }
            None => {
                attempt.outcome = "not found".to_owned();
                attempt.fix = or_provision(fix);
                (attempt, Found::Nobody)
            }
        }
    }

    fn no_claim(&self, looked_for: String, what: &str, fix: &str) -> (Attempt, Found) {
        let mut attempt = self.attempt(looked_for);
        attempt.outcome = format!("{} gave no {what}", self.provider);
        fix.clone_into(&mut attempt.fix);
        (attempt, Found::Nobody)
    }

    /// Signs in under a name that nobody has. A name that somebody has would be taken over, so it is refused.
    fn without_user(&self, mut attempt: Attempt, name: &str) -> (Attempt, Found) {
        let user_ref = EntityRef::new("user", "default", name).to_string();
        let usable = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
        if !name.chars().all(usable) || self.directory.user(&user_ref) {
            attempt.outcome = format!(
                "{}, and {} cannot stand in for it",
                attempt.outcome,
                shown(&user_ref)
            );
            return (attempt, Found::Nobody);
        }
        attempt.outcome = format!(
            "{}; signed in as {user_ref}, which no entity has (dangerouslyAllowSignInWithoutUserInCatalog)",
            attempt.outcome
        );
        let in_catalog = false;
        (
            attempt,
            Found::User {
                user_ref,
                in_catalog,
            },
        )
    }
}

fn or_provision(fix: &str) -> String {
    format!("{fix}; or set signIn.autoProvision: true for this provider in auth.providers")
}
