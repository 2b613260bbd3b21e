//! What the resolvers say when something is odd.
use callboard_auth::resolver::{Attempt, known, resolve};
use serde_json::json;

use crate::people::{EMAIL, LOCAL, People, USERNAME, ada, claims, failed, named};

#[test]
fn odd_configuration_is_explained() {
    let (attempts, _) = failed(resolve(
        "google",
        &ada(),
        &[named("nonsense")],
        None,
        &People::default(),
    ));
    assert!(
        attempts[0]
            .fix
            .contains("use one of emailMatchingUserEntityAnnotation"),
        "{attempts:?}"
    );
    let (attempts, _) = failed(resolve("github", &ada(), &[], None, &People::default()));
    assert!(attempts[0].fix.contains("signIn.resolvers"), "{attempts:?}");
    let nobody = claims("", &json!({}));
    for name in known("github") {
        let (attempts, _) = failed(resolve(
            "github",
            &nobody,
            &[named(name)],
            None,
            &People::default(),
        ));
        assert!(attempts[0].outcome.contains("gave no"), "{attempts:?}");
    }
}

#[test]
fn what_others_wrote_cannot_break_a_line() {
    let odd = claims(
        "1",
        &json!({
            "email": format!("a\r\nb{}@x", "c".repeat(10_000)), "preferred_username": "a\u{1b}[2J",
        }),
    );
    let resolvers = [named(EMAIL), named(LOCAL), named(USERNAME)];
    let (attempts, _) = failed(resolve(
        "github",
        &odd,
        &resolvers,
        None,
        &People::default(),
    ));
    for text in attempts
        .iter()
        .flat_map(|a| [&a.looked_for, &a.outcome, &a.fix])
    {
        assert!(
            !text.contains(char::is_control) && text.len() < 1500,
            "{text}"
        );
    }
}

#[test]
fn attempts_can_be_stored() {
    let (attempts, _) = failed(resolve(
        "github",
        &ada(),
        &[named(EMAIL)],
        None,
        &People::default(),
    ));
    let stored = serde_json::to_value(&attempts[0]).unwrap();
    assert_eq!(stored["resolver"], EMAIL);
    assert_eq!(
        serde_json::from_value::<Attempt>(stored).unwrap(),
        attempts[0]
    );
}
