//! Users that are made at their first sign-in.
use callboard_auth::Claims;
use callboard_auth::resolver::{
    AutoProvision, IDENTITY_ANNOTATION, Resolution, Resolver, identity, resolve,
};
use callboard_model::validate::{UnknownKinds, validate};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::people::{People, claims};

fn auto(groups: bool) -> AutoProvision {
    AutoProvision {
        namespace: "default".to_owned(),
        groups_from_claims: groups,
    }
}

fn made(kind: &str, claims: &Claims, groups: bool) -> (String, Value) {
    match resolve(kind, claims, &[], Some(&auto(groups)), &People::default()) {
        Resolution::Provision {
            user_ref, entity, ..
        } => (user_ref, entity),
        other => panic!("{other:?}"),
    }
}

fn octocat() -> Claims {
    claims(
        "583231",
        &json!({
            "login": "Octocat", "node_id": "U_abc", "name": "The Octocat", "email": "octocat@github.com",
            "avatar_url": "https://avatars.example/1", "iss": "https://github.com",
        }),
    )
}

#[test]
fn an_entity_has_all_that_finds_it_again() {
    let (user_ref, entity) = made("github", &octocat(), false);
    assert_eq!(user_ref, "user:default/octocat");
    assert_eq!(
        entity,
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "User",
            "metadata": {
                "name": "octocat",
                "namespace": "default",
                "annotations": {
                    "callboard.io/identity": "https://github.com#583231",
                    "github.com/user-id": "U_abc",
                    "github.com/user-login": "Octocat",
                },
            },
            "spec": {
                "profile": {
                    "displayName": "The Octocat",
                    "email": "octocat@github.com",
                    "picture": "https://avatars.example/1",
                },
                "memberOf": [],
            },
        })
    );
    assert_eq!(validate(&entity, UnknownKinds::Refuse), []);
}

#[test]
fn the_next_sign_in_finds_it_without_any_resolver() {
    let known = identity("github", &octocat());
    let key = format!("metadata.annotations.{IDENTITY_ANNOTATION}");
    let people = People::default().with("user:default/octocat", &[(&key, &known)]);
    let again = resolve("github", &octocat(), &[], Some(&auto(false)), &people);
    let Resolution::User {
        user_ref,
        by,
        in_catalog,
        ..
    } = again
    else {
        panic!("{again:?}")
    };
    assert_eq!(
        (user_ref.as_str(), by.as_str(), in_catalog),
        ("user:default/octocat", "autoProvision", true)
    );
    // The same number at another provider is somebody else.
    let mut other = octocat();
    other
        .raw
        .insert("iss".to_owned(), json!("https://ghe.example"));
    let other = resolve("github", &other, &[], Some(&auto(false)), &people);
    assert!(
        matches!(
            other,
            Resolution::Failed {
                ambiguous: false,
                ..
            }
        ),
        "{other:?}"
    );
}

#[test]
fn a_name_that_somebody_has_is_not_taken_over() {
    let people = People::default().with("user:default/octocat", &[]);
    let resolvers = [Resolver {
        name: "emailMatchingUserEntityProfileEmail".to_owned(),
        ..Resolver::default()
    }];
    let taken = resolve(
        "github",
        &octocat(),
        &resolvers,
        Some(&auto(false)),
        &people,
    );
    let Resolution::Failed {
        attempts,
        ambiguous,
    } = taken
    else {
        panic!("{taken:?}")
    };
    assert!(!ambiguous);
    assert_eq!(attempts.len(), 3);
    let last = attempts.last().unwrap();
    assert_eq!(last.found, ["user:default/octocat"]);
    assert!(
        last.outcome.contains("is in the catalog already"),
        "{last:?}"
    );
    assert!(
        last.fix
            .contains("callboard.io/identity: \"https://github.com#583231\""),
        "{last:?}"
    );
}

#[test]
fn nobody_is_made_where_that_is_not_wanted() {
    let failed = resolve("github", &octocat(), &[], None, &People::default());
    assert!(matches!(failed, Resolution::Failed { .. }));
}

#[test]
fn somebody_without_a_subject_is_not_made_and_is_nobody() {
    let nobody = claims("", &json!({"preferred_username": "ada"}));
    let key = format!("metadata.annotations.{IDENTITY_ANNOTATION}");
    let people = People::default().with("user:default/x", &[(&key, &identity("oidc", &nobody))]);
    let failed = resolve("oidc", &nobody, &[], Some(&auto(false)), &people);
    assert!(matches!(failed, Resolution::Failed { .. }), "{failed:?}");
}

#[test]
fn an_address_that_is_not_verified_does_not_get_into_the_catalog() {
    let eve = claims(
        "1",
        &json!({"email": "boss@example.com", "email_verified": false}),
    );
    let (user_ref, entity) = made("google", &eve, false);
    assert!(user_ref.starts_with("user:default/user-"), "{user_ref}");
    assert!(!entity.to_string().contains("boss"), "{entity}");
}

#[test]
fn groups_come_along_only_if_their_names_need_no_change() {
    let mut ada = octocat();
    ada.groups = [
        "/platform",
        "admins!",
        "Team-A",
        "team-a",
        "a b",
        "a/b",
        "group:x/y",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    let (_, entity) = made("oidc", &ada, true);
    assert_eq!(
        entity["spec"]["memberOf"],
        json!(["group:default/platform", "group:default/team-a"])
    );
    assert_eq!(made("oidc", &ada, false).1["spec"]["memberOf"], json!([]));
}

#[test]
fn names_that_become_the_same_stay_apart() {
    let name = |username: &str, subject: &str| {
        let claims = claims(subject, &json!({ "preferred_username": username }));
        made("oidc", &claims, false).0
    };
    assert_eq!(name("Ada", "1"), "user:default/ada");
    assert_eq!(name("ada@example.com", "1"), "user:default/ada");
    assert_ne!(name("ada!", "1"), "user:default/ada");
    assert_ne!(name("ada!", "1"), name("ada!", "2"));
    assert_eq!(name("ada!", "1"), name("ada!", "1"));
    assert_ne!(name("安娜", "1"), name("安德", "2"));
    assert!(name("a b", "1").starts_with("user:default/a-b-"));
}

#[test]
fn a_picture_is_a_link_and_nothing_that_runs() {
    for picture in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x",
        " java\nscript:x",
    ] {
        let mut ada = octocat();
        ada.picture = Some(picture.to_owned());
        let (_, entity) = made("github", &ada, false);
        assert_eq!(
            entity["spec"]["profile"]["picture"],
            Value::Null,
            "{picture}"
        );
    }
}

fn some_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![
        "\\PC{0,100}",
        "[a-zA-Z0-9._@-]{0,100}",
        ".{0,30}"
    ])
}

proptest! {
    #[test]
    fn whatever_the_provider_says_the_entity_is_valid(
        subject in "\\PC{1,40}",
        username in some_text(),
        email in some_text(),
        verified in prop::option::of(any::<bool>()),
        display_name in some_text(),
        picture in some_text(),
        groups in prop::collection::vec("\\PC{0,40}|[a-z/-]{0,10}", 0..5),
        kind in prop::sample::select(vec!["github", "gitlab", "google", "microsoft", "okta", "oidc", "oauth2Proxy", "cfaccess"]),
    ) {
        let claims = Claims {
            raw: serde_json::Map::new(),
            subject, username, email, email_verified: verified, display_name, picture, groups,
        };
        let (user_ref, entity) = made(kind, &claims, true);
        let problems = validate(&entity, UnknownKinds::Refuse);
        prop_assert!(problems.is_empty(), "{:?} in {}", problems, entity);
        let parsed: callboard_model::EntityRef = user_ref.parse().unwrap();
        prop_assert_eq!(parsed.to_string(), user_ref);
        prop_assert_eq!(entity["metadata"]["name"].as_str().unwrap(), parsed.name);
    }
}
