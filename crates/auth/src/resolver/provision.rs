//! Makes a User entity from what a provider says, for people who are not in the catalog.
use callboard_model::EntityRef;
use callboard_model::validate::format::{MAX_NAME, is_object_name};
use serde_json::{Map, Value, json};

use super::lookup::{Found, Step};
use super::method::{ANY_ID, email_annotation, gitlab_host, id_annotation};
use super::{Attempt, AutoProvision, Resolution};
use crate::claims::text;
use crate::jose::shown;
use crate::{Claims, Directory, session};

/// The annotation by which a person is recognised at the next sign-in.
pub const IDENTITY_ANNOTATION: &str = "callboard.io/identity";
/// What stands in place of a resolver's name.
pub(super) const NAME: &str = "autoProvision";
/// So many characters of a hash tell names apart that would become the same.
const HASH: usize = 8;
const MAX_URL: usize = 2000;
const MAX_EMAIL: usize = 320;

/// Returns what a person is known by: the issuer, or the kind of provider where there is none, and the subject.
#[must_use]
pub fn identity(provider: &str, claims: &Claims) -> String {
    let issuer = text(claims.raw.get("iss")).unwrap_or_else(|| provider.to_owned());
    format!("{issuer}#{}", claims.subject)
}

/// Looks for the entity that was made at an earlier sign-in.
pub(super) fn returning(
    provider: &str,
    claims: &Claims,
    directory: &dyn Directory,
) -> (Attempt, Found) {
    // Without a subject, everybody of the provider would be the same person.
    let known = (!claims.subject.is_empty()).then(|| identity(provider, claims));
    let known: Vec<String> = known.into_iter().collect();
    step(provider, directory).annotation(IDENTITY_ANNOTATION, &known, "user id")
}

/// Makes the entity.
pub(super) fn provision(
    provider: &str,
    claims: &Claims,
    auto: &AutoProvision,
    directory: &dyn Directory,
    mut attempts: Vec<Attempt>,
) -> Resolution {
    if claims.subject.is_empty() {
        return Resolution::Failed {
            attempts,
            ambiguous: false,
        };
    }
    // The one before only says that the person is new, which is no problem.
    if let Some(last) = attempts.last_mut() {
        last.fix.clear();
    }
    let name = name(provider, claims);
    let user_ref = EntityRef::new("user", &auto.namespace, &name).to_string();
    let mut attempt =
        step(provider, directory).attempt(format!("a name for a new User: {user_ref}"));
    if directory.user(&user_ref) {
        attempt.found.push(user_ref.clone());
        attempt.outcome =
            format!("{user_ref} is in the catalog already, and is not known to be this person");
        attempt.fix = format!(
            "If it is, add `{IDENTITY_ANNOTATION}: \"{}\"` under metadata.annotations of {user_ref}",
            shown(&identity(provider, claims))
        );
        attempts.push(attempt);
        return Resolution::Failed {
            attempts,
            ambiguous: false,
        };
    }
    attempt.outcome = "free, so the User is made".to_owned();
    attempts.push(attempt);
    Resolution::Provision {
        entity: entity(provider, claims, auto, &name),
        user_ref,
        attempts,
    }
}

fn step<'s>(provider: &'s str, directory: &'s dyn Directory) -> Step<'s> {
    Step {
        provider,
        resolver: NAME,
        directory,
    }
}

fn entity(provider: &str, claims: &Claims, auto: &AutoProvision, name: &str) -> Value {
    let mut profile = Map::new();
    let display = claims.display_name.as_deref().map(shown);
    if let Some(display) = display.filter(|display| !display.trim().is_empty()) {
        profile.insert("displayName".to_owned(), display.trim().into());
    }
    let is_address = |email: &&str| {
        email.len() <= MAX_EMAIL && email.contains('@') && !email.contains(char::is_control)
    };
    // A provider of any kind may let people write what they like, so it has to say that it has checked.
    let is_checked = claims.email_verified == Some(true) || provider != "oidc";
    let email = claims.usable_email().filter(|_| is_checked);
    if let Some(email) = email.filter(is_address) {
        profile.insert("email".to_owned(), email.into());
    }
    let shows = |url: &&str| {
        url.len() <= MAX_URL && (url.starts_with("https://") || url.starts_with("http://"))
    };
    if let Some(picture) = claims.picture.as_deref().filter(shows) {
        profile.insert("picture".to_owned(), picture.into());
    }
    let groups = if auto.groups_from_claims {
        member_of(&claims.groups)
    } else {
        Vec::new()
    };
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "User",
        "metadata": {
            "name": name,
            "namespace": auto.namespace,
            "annotations": annotations(provider, claims),
        },
        "spec": { "profile": profile, "memberOf": groups },
    })
}

/// What Backstage's own resolvers look for goes in too, so that the entity is found by them next time.
fn annotations(provider: &str, claims: &Claims) -> Map<String, Value> {
    let mut annotations = Map::new();
    let mut add = |key: String, value: String| {
        annotations.insert(key, value.into());
    };
    add(IDENTITY_ANNOTATION.to_owned(), identity(provider, claims));
    if let Some((key, values)) = id_annotation(provider, ANY_ID, claims)
        && let Some(id) = values.into_iter().next()
    {
        add(key, id);
    }
    if let (Some(key), Some(email)) = (email_annotation(provider), claims.usable_email()) {
        add(key.to_owned(), email.to_owned());
    }
    if let Some(login) = &claims.username {
        match provider {
            "github" => add("github.com/user-login".to_owned(), login.clone()),
            "gitlab" => add(format!("{}/user-login", gitlab_host(claims)), login.clone()),
            _ => {}
        }
    }
    annotations
}

/// Returns the references of the groups that a provider says somebody is in, as a made User has them.
#[must_use]
pub fn groups_of(claims: &Claims) -> Vec<String> {
    member_of(&claims.groups)
}

/// Only groups whose names are names of entities already: if others were changed until they fit, whoever may make the
/// group `admins!` at the provider would be among the `admins` here.
fn member_of(groups: &[String]) -> Vec<String> {
    let mut refs: Vec<String> = groups
        .iter()
        // Keycloak writes groups as paths.
        .map(|group| group.strip_prefix('/').unwrap_or(group))
        .filter(|group| is_object_name(group))
        .map(|group| EntityRef::new("group", "default", group).to_string())
        .collect();
    refs.sort();
    refs.dedup();
    refs
}

/// The user name, or what stands before the `@` of the email, made a valid name. If anything but the case of letters
/// had to be changed, a hash of the identity goes behind it, so that nobody gets the name of somebody else that way.
fn name(provider: &str, claims: &Claims) -> String {
    let local = |email: &str| email.split('@').next().unwrap_or_default().to_owned();
    let wanted = claims
        .username
        .as_deref()
        .map(local)
        .or_else(|| claims.usable_email().map(local))
        .unwrap_or_default()
        .to_lowercase();
    if is_object_name(&wanted) {
        return wanted;
    }
    let hash = session::hash(&identity(provider, claims));
    let mut plain = String::new();
    for c in wanted.chars() {
        if plain.len() >= MAX_NAME - HASH - 1 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_end_matches('-');
    let plain = if plain.is_empty() { "user" } else { plain };
    format!("{plain}-{}", &hash[..HASH])
}
