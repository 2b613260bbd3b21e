//! The names of the resolvers, and what each of them compares with what.
use url::Url;

use crate::Claims;
use crate::claims::text;

/// The common resolvers of Backstage, for every provider.
const COMMON: &[&str] = &[PROFILE_EMAIL, LOCAL_PART];

const PROFILE_EMAIL: &str = "emailMatchingUserEntityProfileEmail";
const LOCAL_PART: &str = "emailLocalPartMatchingUserEntityName";
const EMAIL_ANNOTATION: &str = "emailMatchingUserEntityAnnotation";
const USER_ID: &str = "userIdMatchingUserEntityAnnotation";
const USERNAME: &str = "usernameMatchingUserEntityName";
const PREFERRED_USERNAME: &str = "preferredUsernameMatchingUserEntityName";
const FORWARDED_USER: &str = "forwardedUserMatchingUserEntityName";
const KEYCLOAK: &str = "oidcSubClaimMatchingKeycloakUserId";
const PING: &str = "oidcSubClaimMatchingPingIdentityUserId";

/// Returns the names of the resolvers that a kind of provider has.
#[must_use]
pub fn known(provider_kind: &str) -> &'static [&'static str] {
    match provider_kind {
        "github" | "gitlab" => &[USER_ID, USERNAME, PROFILE_EMAIL, LOCAL_PART],
        "google" | "okta" | "gcpIap" => &[EMAIL_ANNOTATION, PROFILE_EMAIL, LOCAL_PART],
        "microsoft" => &[EMAIL_ANNOTATION, USER_ID, PROFILE_EMAIL, LOCAL_PART],
        "oidc" => &[
            PROFILE_EMAIL,
            LOCAL_PART,
            PREFERRED_USERNAME,
            USERNAME,
            KEYCLOAK,
            PING,
        ],
        "oauth2Proxy" => &[FORWARDED_USER, PROFILE_EMAIL, LOCAL_PART],
        _ => COMMON,
    }
}

/// What a resolver does.
pub(super) enum Method {
    /// Compares something with an annotation; several spellings are tried in their order.
    Annotation {
        key: String,
        values: Vec<String>,
        /// What the value is called when it is missing.
        what: &'static str,
    },
    /// Compares the address of mail with an annotation.
    EmailAnnotation(&'static str),
    /// Compares the address of mail with the one in the profile.
    ProfileEmail,
    /// Compares what stands before the `@` with the name.
    LocalPart,
    /// Compares the user name with the name.
    Username,
}

/// Returns what a resolver does for a kind of provider, if it has it.
pub(super) fn method(provider_kind: &str, name: &str, claims: &Claims) -> Option<Method> {
    if !known(provider_kind).contains(&name) {
        return None;
    }
    Some(match name {
        PROFILE_EMAIL => Method::ProfileEmail,
        LOCAL_PART => Method::LocalPart,
        EMAIL_ANNOTATION => Method::EmailAnnotation(email_annotation(provider_kind)?),
        USERNAME | PREFERRED_USERNAME | FORWARDED_USER => Method::Username,
        _ => {
            let (key, values) = id_annotation(provider_kind, name, claims)?;
            let what = "user id";
            Method::Annotation { key, values, what }
        }
    })
}

/// The annotation that holds an address of mail at a provider.
pub(super) fn email_annotation(provider_kind: &str) -> Option<&'static str> {
    match provider_kind {
        "google" | "gcpIap" => Some("google.com/email"),
        "microsoft" => Some("microsoft.com/email"),
        "okta" => Some("okta.com/email"),
        _ => None,
    }
}

/// The annotation that holds the id of a person at a provider, and the values that mean this person.
pub(super) fn id_annotation(
    provider_kind: &str,
    resolver: &str,
    claims: &Claims,
) -> Option<(String, Vec<String>)> {
    let said = |name: &str| text(claims.raw.get(name)).into_iter();
    let subject = Some(claims.subject.clone()).filter(|subject| !subject.is_empty());
    Some(match (provider_kind, resolver) {
        // Backstage writes the node id; the number is what people find on their own.
        ("github", _) => (
            "github.com/user-id".to_owned(),
            said("node_id").chain(subject).collect(),
        ),
        ("gitlab", _) => (
            format!("{}/user-id", gitlab_host(claims)),
            subject.into_iter().collect(),
        ),
        ("microsoft", _) => (
            "graph.microsoft.com/user-id".to_owned(),
            said("oid").collect(),
        ),
        ("oidc", KEYCLOAK) => ("keycloak.org/id".to_owned(), subject.into_iter().collect()),
        ("oidc", PING) => (
            "pingidentity.org/id".to_owned(),
            subject.into_iter().collect(),
        ),
        _ => return None,
    })
}

/// The host in the person's own page, as Backstage takes it.
pub(super) fn gitlab_host(claims: &Claims) -> String {
    ["web_url", "iss"]
        .iter()
        .filter_map(|name| text(claims.raw.get(*name)))
        .filter_map(|url| Url::parse(&url).ok()?.host_str().map(str::to_owned))
        .next()
        .unwrap_or_else(|| "gitlab.com".to_owned())
}

/// The name under which the kind of [`id_annotation`] is asked for in general.
pub(super) const ANY_ID: &str = USER_ID;
