//! Secrets of sessions, and when sessions end.
use callboard_auth::session::{
    SessionLimits, SessionState, SessionTimes, hash, in_grace, needs_rotation, new_secret, seal,
    state, unseal,
};
use proptest::prelude::*;

const LIMITS: SessionLimits = SessionLimits {
    idle_ms: 100,
    absolute_ms: 1000,
    rotate_ms: 50,
    grace_ms: 10,
};

fn times(seen: i64, expires: i64) -> SessionTimes {
    SessionTimes {
        created: 0,
        seen,
        rotated: seen,
        expires,
    }
}

#[test]
fn a_session_ends_when_it_is_idle_old_or_over() {
    let at = |times: SessionTimes, now: i64| state(&times, &LIMITS, now);
    assert_eq!(at(times(0, 5000), 99), SessionState::Active);
    assert_eq!(at(times(0, 5000), 100), SessionState::Idle);
    assert_eq!(at(times(950, 5000), 999), SessionState::Active);
    assert_eq!(at(times(950, 5000), 1000), SessionState::Expired);
    assert_eq!(at(times(0, 50), 50), SessionState::Expired);
    assert_eq!(
        at(times(500, 5000), i64::MIN),
        SessionState::Active,
        "the clock was set back"
    );
    assert_eq!(at(times(0, i64::MAX), i64::MAX), SessionState::Expired);
}

#[test]
fn a_secret_is_replaced_and_the_old_one_honoured_for_a_moment() {
    let times = times(1000, 5000);
    assert!(!needs_rotation(&times, &LIMITS, 1049));
    assert!(needs_rotation(&times, &LIMITS, 1050));
    assert!(in_grace(&times, &LIMITS, 1009));
    assert!(!in_grace(&times, &LIMITS, 1010));
}

#[test]
fn the_hash_is_the_known_one() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(hash(""), empty);
}

#[test]
fn what_is_sealed_twice_looks_different() {
    let secret = new_secret();
    assert_ne!(seal(secret.expose(), b"x"), seal(secret.expose(), b"x"));
}

proptest! {
    #[test]
    fn what_was_sealed_comes_back_for_the_same_secret_only(
        plain in prop::collection::vec(any::<u8>(), 0..2000),
        other in "\\PC{0,50}",
    ) {
        let secret = new_secret();
        let sealed = seal(secret.expose(), &plain);
        prop_assert_eq!(unseal(secret.expose(), &sealed), Some(plain));
        prop_assert_eq!(unseal(&other, &sealed), None);
        prop_assert_eq!(unseal(&hash(secret.expose()), &sealed), None);
    }

    #[test]
    fn a_changed_character_opens_nothing(at in 0usize..200, with in "[A-Za-z0-9_-]") {
        let secret = new_secret();
        let sealed = seal(secret.expose(), b"tokens of a provider");
        let at = at % sealed.len();
        let mut wrong = sealed.clone();
        wrong.replace_range(at..=at, &with);
        prop_assume!(wrong != sealed);
        prop_assert_eq!(unseal(secret.expose(), &wrong), None);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,100}|[A-Za-z0-9_-]{0,100}") {
        prop_assert_eq!(unseal("secret", &text), None);
    }
}
