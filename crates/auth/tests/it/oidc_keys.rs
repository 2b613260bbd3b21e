//! Which of the published keys counts for a token.
use callboard_auth::provider::Provider;
use serde_json::{Value, json};

use crate::idp::Idp;
use crate::keys::Key;

/// Signs in with a provider that publishes its key after a change, and other keys beside it.
fn sign_in(
    key: Key,
    change: impl Fn(&mut Value),
    others: &[Key],
    header: fn(&mut Value),
) -> Result<(), String> {
    let mut own = key.jwk();
    change(&mut own);
    let idp = Idp::new(key);
    let mut says = idp.says.lock().unwrap();
    says.published = std::iter::once(own)
        .chain(others.iter().map(Key::jwk))
        .collect();
    says.header = Box::new(header);
    drop(says);
    let signed_in = idp.sign_in(&Provider::new(Idp::settings()));
    signed_in.map(drop).map_err(|error| error.to_string())
}

fn as_it_is(_: &mut Value) {}

fn without_kid(header: &mut Value) {
    header.as_object_mut().unwrap().remove("kid");
}

#[test]
fn a_key_that_says_it_is_for_something_else_is_not_used() {
    let with = |name: &'static str, value: &'static str| {
        let change = move |jwk: &mut Value| jwk[name] = json!(value);
        sign_in(Key::rs256("a"), change, &[], as_it_is)
    };
    with("use", "sig").unwrap();
    with("alg", "RS256").unwrap();
    for (name, value) in [("use", "enc"), ("alg", "RS384"), ("alg", "RSA-OAEP")] {
        let message = with(name, value).unwrap_err();
        assert!(message.contains("not known (kid a)"), "{message}");
    }
}

#[test]
fn keys_of_types_that_are_not_known_do_not_spoil_the_others() {
    for odd in [
        json!({"kty": "new", "kid": "z"}),
        json!(7),
        json!(null),
        json!({}),
    ] {
        let idp = Idp::new(Key::es256("a"));
        let own = idp.says.lock().unwrap().key.jwk();
        idp.says.lock().unwrap().published = vec![odd, own];
        idp.sign_in(&Provider::new(Idp::settings())).unwrap();
    }
}

#[test]
fn a_token_that_names_no_key_means_the_only_one_of_its_kind() {
    let own = || Key::es256("a");
    sign_in(own(), as_it_is, &[], without_kid).unwrap();
    sign_in(own(), as_it_is, &[Key::eddsa("b")], without_kid).unwrap();
    let message = sign_in(own(), as_it_is, &[Key::es256("b")], without_kid).unwrap_err();
    assert!(message.contains("kid missing"), "{message}");
}
