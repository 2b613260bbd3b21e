//! Sign-in resolvers: each by its name, their order, and what they say when they fail.
use callboard_auth::resolver::{AutoProvision, Resolution, known, resolve};
use serde_json::json;

use crate::people::{EMAIL, LOCAL, People, USERNAME, ada, claims, failed, named};

const USER_ID: &str = "userIdMatchingUserEntityAnnotation";

fn user_of(resolution: &Resolution) -> Option<(&str, &str, bool)> {
    match resolution {
        Resolution::User {
            user_ref,
            by,
            in_catalog,
            ..
        } => Some((user_ref, by, *in_catalog)),
        Resolution::Provision { .. } | Resolution::Failed { .. } => None,
    }
}

const EMAIL_ANNOTATION: &str = "emailMatchingUserEntityAnnotation";
const TAGGED: &str = "ada+test@example.com";

/// Expects that a resolver finds the user that has a value, and says what to do if nobody has it.
fn finds(kind: &str, name: &str, key: &str, value: &str) {
    let people = People::default().with("user:default/x", &[(key, value)]);
    let found = resolve(kind, &ada(), &[named(name)], None, &people);
    let wanted = Some(("user:default/x", name, true));
    assert_eq!(user_of(&found), wanted, "{kind} {found:?}");
    let nobody = People::default();
    let (attempts, _) = failed(resolve(kind, &ada(), &[named(name)], None, &nobody));
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].outcome, "not found");
    assert!(!attempts[0].fix.is_empty());
}

#[test]
fn every_resolver_finds_its_user() {
    let annotated = |kind: &str, name: &str, annotation: &str, value: &str| {
        finds(
            kind,
            name,
            &format!("metadata.annotations.{annotation}"),
            value,
        );
    };
    annotated("github", USER_ID, "github.com/user-id", "U_abc");
    annotated("github", USER_ID, "github.com/user-id", "42");
    annotated("gitlab", USER_ID, "git.example/user-id", "42");
    annotated(
        "microsoft",
        USER_ID,
        "graph.microsoft.com/user-id",
        "guid-1",
    );
    annotated("google", EMAIL_ANNOTATION, "google.com/email", TAGGED);
    annotated("gcpIap", EMAIL_ANNOTATION, "google.com/email", TAGGED);
    annotated("microsoft", EMAIL_ANNOTATION, "microsoft.com/email", TAGGED);
    annotated("okta", EMAIL_ANNOTATION, "okta.com/email", TAGGED);
    let keycloak = "oidcSubClaimMatchingKeycloakUserId";
    annotated("oidc", keycloak, "keycloak.org/id", "42");
    let ping = "oidcSubClaimMatchingPingIdentityUserId";
    annotated("oidc", ping, "pingidentity.org/id", "42");
    finds("cfaccess", EMAIL, "spec.profile.email", TAGGED);
    finds("awsalb", EMAIL, "spec.profile.email", "ada@example.com");
}

#[test]
fn names_find_their_user_in_any_case() {
    let people = People::default().with("user:default/ada", &[]);
    for (kind, name) in [
        ("github", USERNAME),
        ("gitlab", USERNAME),
        ("oidc", USERNAME),
        ("oidc", "preferredUsernameMatchingUserEntityName"),
        ("oauth2Proxy", "forwardedUserMatchingUserEntityName"),
    ] {
        let found = resolve(kind, &ada(), &[named(name)], None, &people);
        let wanted = Some(("user:default/ada", name, true));
        assert_eq!(user_of(&found), wanted, "{kind} {name}");
    }
}

#[test]
fn every_known_name_does_something() {
    for kind in [
        "github",
        "gitlab",
        "google",
        "microsoft",
        "okta",
        "oidc",
        "oauth2Proxy",
        "gcpIap",
        "awsalb",
        "cfaccess",
    ] {
        assert!(
            known(kind).contains(&EMAIL) && known(kind).contains(&LOCAL),
            "{kind}"
        );
        for name in known(kind) {
            let (attempts, _) = failed(resolve(
                kind,
                &ada(),
                &[named(name)],
                None,
                &People::default(),
            ));
            assert!(
                !attempts[0].outcome.contains("has no resolver"),
                "{kind} {name}"
            );
        }
    }
}

#[test]
fn the_first_that_finds_somebody_decides() {
    let people = People::default().with("user:default/ada", &[]).with(
        "user:default/boss",
        &[("spec.profile.email", "ada@example.com")],
    );
    let by_name_first = resolve(
        "github",
        &ada(),
        &[named(USER_ID), named(USERNAME), named(EMAIL)],
        None,
        &people,
    );
    let Resolution::User {
        user_ref, attempts, ..
    } = by_name_first
    else {
        panic!()
    };
    assert_eq!(user_ref, "user:default/ada");
    assert_eq!(
        attempts.len(),
        2,
        "what came before is told, what comes after is not tried"
    );
    let by_email_first = resolve(
        "github",
        &ada(),
        &[named(EMAIL), named(USERNAME)],
        None,
        &people,
    );
    assert_eq!(
        user_of(&by_email_first),
        Some(("user:default/boss", EMAIL, true))
    );
}

#[test]
fn several_users_end_the_search() {
    let email = [("spec.profile.email", "ada@example.com")];
    let people = People::default()
        .with("user:default/ada", &[])
        .with("user:default/b", &email)
        .with("user:default/a", &email);
    let auto = AutoProvision {
        namespace: "default".to_owned(),
        groups_from_claims: false,
    };
    let resolvers = [named(EMAIL), named(USERNAME)];
    let (attempts, ambiguous) = failed(resolve("github", &ada(), &resolvers, Some(&auto), &people));
    assert!(ambiguous);
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].found, ["user:default/a", "user:default/b"]);
    assert!(
        attempts[0]
            .fix
            .contains("one of user:default/a, user:default/b")
    );
}

#[test]
fn the_whole_address_goes_before_the_one_without_its_tag() {
    let people = People::default()
        .with(
            "user:default/short",
            &[("spec.profile.email", "ada@example.com")],
        )
        .with(
            "user:default/whole",
            &[("spec.profile.email", "ada+test@example.com")],
        );
    let found = resolve("oidc", &ada(), &[named(EMAIL)], None, &people);
    assert_eq!(user_of(&found), Some(("user:default/whole", EMAIL, true)));
    let (attempts, _) = failed(resolve(
        "oidc",
        &ada(),
        &[named(EMAIL)],
        None,
        &People::default(),
    ));
    assert_eq!(
        attempts[0].looked_for,
        "a User with spec.profile.email = Ada+test@example.com or Ada@example.com"
    );
    // Without anything before the tag there is nobody to look for.
    let tag = claims("1", &json!({"email": "+tag@example.com"}));
    let people =
        People::default().with("user:default/x", &[("spec.profile.email", "@example.com")]);
    failed(resolve("oidc", &tag, &[named(EMAIL)], None, &people));
}

#[test]
fn an_unverified_address_proves_nothing() {
    let mut ada = ada();
    ada.email_verified = Some(false);
    let people = People::default().with(
        "user:default/ada+test",
        &[
            ("spec.profile.email", "ada+test@example.com"),
            (
                "metadata.annotations.google.com/email",
                "ada+test@example.com",
            ),
        ],
    );
    for name in [EMAIL, LOCAL, "emailMatchingUserEntityAnnotation"] {
        let mut resolver = named(name);
        resolver.options.dangerously_allow_without_user = true;
        let (attempts, _) = failed(resolve("google", &ada, &[resolver], None, &people));
        assert!(attempts[0].outcome.contains("not verified"), "{attempts:?}");
    }
}

#[test]
fn other_domains_are_kept_out_for_good() {
    let mut local = named(LOCAL);
    local.options.allowed_domains = vec!["EXAMPLE.com".to_owned()];
    let eve = claims(
        "1",
        &json!({"email": "ada@evil.example", "preferred_username": "ada"}),
    );
    let people = People::default().with("user:default/ada", &[]);
    let auto = AutoProvision {
        namespace: "default".to_owned(),
        groups_from_claims: false,
    };
    let resolvers = [local.clone(), named(USERNAME)];
    let (attempts, ambiguous) = failed(resolve("oidc", &eve, &resolvers, Some(&auto), &people));
    assert!(!ambiguous);
    assert_eq!(
        attempts.len(),
        1,
        "neither another resolver nor provisioning is tried"
    );
    assert!(
        attempts[0].fix.contains("add it to allowedDomains"),
        "{attempts:?}"
    );
    // What only ends like the domain is another domain.
    for email in [
        "ada@notexample.com",
        "ada@example.com@evil.example",
        "ada@sub.example.com",
    ] {
        let other = claims("1", &json!({ "email": email }));
        failed(resolve(
            "oidc",
            &other,
            std::slice::from_ref(&local),
            None,
            &people,
        ));
    }
    let ada = claims("1", &json!({"email": "Ada@Example.Com"}));
    let found = resolve("oidc", &ada, &[local], None, &people);
    assert_eq!(user_of(&found), Some(("user:default/ada", LOCAL, true)));
}

#[test]
fn without_user_is_dangerous_but_takes_nobody_over() {
    let dangerous = |name: &str| {
        let mut resolver = named(name);
        resolver.options.dangerously_allow_without_user = true;
        resolver
    };
    let found = resolve(
        "github",
        &ada(),
        &[dangerous(USERNAME)],
        None,
        &People::default(),
    );
    assert_eq!(user_of(&found), Some(("user:default/ada", USERNAME, false)));
    // The subject happens to be the name of somebody.
    let eve = claims("ada", &json!({}));
    let people = People::default().with("user:default/ada", &[]);
    let keycloak = [dangerous("oidcSubClaimMatchingKeycloakUserId")];
    let (attempts, _) = failed(resolve("oidc", &eve, &keycloak, None, &people));
    assert!(
        attempts[0].outcome.contains("cannot stand in"),
        "{attempts:?}"
    );
    let odd = claims("1", &json!({"email": "group:x/admins@example.com"}));
    failed(resolve("oidc", &odd, &[dangerous(EMAIL)], None, &people));
}
