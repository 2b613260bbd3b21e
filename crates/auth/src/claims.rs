//! What a provider says about a person, in one form for all providers.
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// More groups than this are cut; no policy names them all.
const MAX_GROUPS: usize = 1000;

/// What a provider or a proxy says about the person who signs in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// Everything that was said, with the provider's own names.
    pub raw: Map<String, Value>,
    /// The provider's name for the person that never changes.
    pub subject: String,
    /// The name to sign in with, where the provider has one.
    pub username: Option<String>,
    /// The address of mail.
    pub email: Option<String>,
    /// Whether the provider has checked that the address belongs to the person; unknown if it says nothing.
    pub email_verified: Option<bool>,
    /// The name to be shown.
    pub display_name: Option<String>,
    /// The URL of a picture.
    pub picture: Option<String>,
    /// Names of groups, as the provider has them.
    pub groups: Vec<String>,
}

/// Which claims hold what, where a provider does not use the usual names: dotted paths into [`Claims::raw`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimMapping {
    /// Path of the user name; `preferred_username` or `login` otherwise.
    pub username: Option<String>,
    /// Path of the address of mail; `email` otherwise.
    pub email: Option<String>,
    /// Path of the name to be shown; `name` otherwise.
    pub display_name: Option<String>,
    /// Path of the picture's URL; `picture` or `avatar_url` otherwise.
    pub picture: Option<String>,
    /// Path of the groups, a list of texts or one text; `groups` otherwise.
    pub groups: Option<String>,
}

impl Claims {
    /// Reads the usual names from what a provider said.
    #[must_use]
    pub fn from_raw(subject: String, raw: Map<String, Value>) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| text(raw.get(*name)));
        Self {
            subject,
            username: first(&["preferred_username", "login", "username"]),
            email: first(&["email"]),
            email_verified: raw.get("email_verified").and_then(yes_or_no),
            display_name: first(&["name"]),
            picture: first(&["picture", "avatar_url"]),
            groups: texts(raw.get("groups")),
            raw,
        }
    }

    /// Returns the address unless the provider says that it is not verified.
    #[must_use]
    pub fn usable_email(&self) -> Option<&str> {
        (self.email_verified != Some(false))
            .then_some(self.email.as_deref())
            .flatten()
    }
}

impl ClaimMapping {
    /// Replaces what the configured paths name. A path that leads to nothing leaves its field empty: whoever wrote
    /// it does not want another claim in its place.
    pub fn apply(&self, claims: &mut Claims) {
        let at = |path: &String| find(&claims.raw, path);
        let username = self.username.as_ref().map(|path| text(at(path)));
        let email = self.email.as_ref().map(|path| text(at(path)));
        let display_name = self.display_name.as_ref().map(|path| text(at(path)));
        let picture = self.picture.as_ref().map(|path| text(at(path)));
        let groups = self.groups.as_ref().map(|path| texts(at(path)));
        if let Some(username) = username {
            claims.username = username;
        }
        if let Some(email) = email {
            if email != claims.email {
                // `email_verified` speaks of another claim.
                claims.email_verified = None;
            }
            claims.email = email;
        }
        if let Some(display_name) = display_name {
            claims.display_name = display_name;
        }
        if let Some(picture) = picture {
            claims.picture = picture;
        }
        if let Some(groups) = groups {
            claims.groups = groups;
        }
    }
}

/// Finds a value by its dotted path. Names of claims may have dots themselves, so a longer name goes first.
pub(crate) fn find<'v>(map: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(found) = map.get(path) {
        return Some(found);
    }
    path.rmatch_indices('.').find_map(|(dot, _)| {
        let below = map.get(&path[..dot])?.as_object()?;
        find(below, &path[dot + 1..])
    })
}

/// Reads a text that says something; numbers count, since some providers number their people.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|item| text(Some(item)))
            .take(MAX_GROUPS)
            .collect(),
        one => text(one).into_iter().collect(),
    }
}

/// Some providers write truth as a text or a number.
pub(crate) fn yes_or_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) if text.eq_ignore_ascii_case("true") || text == "1" => Some(true),
        Value::Number(number) if number.as_i64() == Some(1) => Some(true),
        Value::Null => None,
        _ => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(raw: &Value) -> Claims {
        Claims::from_raw("1".to_owned(), raw.as_object().unwrap().clone())
    }

    #[test]
    fn the_usual_names_are_read() {
        let read = claims(&json!({
            "preferred_username": "ada", "email": "ada@example.com", "email_verified": "true",
            "name": "Ada", "picture": "https://x/p.png", "groups": ["a", 7, null, ""],
        }));
        assert_eq!(read.username.as_deref(), Some("ada"));
        assert_eq!(read.email_verified, Some(true));
        assert_eq!(read.groups, ["a", "7"]);
        let read = claims(&json!({"login": "ada", "avatar_url": "https://x/p.png"}));
        assert_eq!(read.username.as_deref(), Some("ada"));
        assert_eq!(read.picture.as_deref(), Some("https://x/p.png"));
        assert_eq!(read.email_verified, None);
    }

    #[test]
    fn a_mapping_replaces_and_does_not_fall_back() {
        let mut read = claims(&json!({
            "preferred_username": "x", "email": "e@x", "email_verified": false, "upn": "u@x",
            "https://x.org/roles": {"all": ["a"]}, "a": {"b": {"c": "deep"}},
        }));
        let mapping = ClaimMapping {
            username: Some("a.b.c".to_owned()),
            email: Some("upn".to_owned()),
            groups: Some("https://x.org/roles.all".to_owned()),
            display_name: Some("nowhere.at.all".to_owned()),
            picture: None,
        };
        mapping.apply(&mut read);
        assert_eq!(read.username.as_deref(), Some("deep"));
        assert_eq!(read.email.as_deref(), Some("u@x"));
        assert_eq!(read.email_verified, None);
        assert_eq!(read.groups, ["a"]);
        assert_eq!(read.display_name, None);
    }

    #[test]
    fn mapping_a_claim_to_itself_does_not_verify_it() {
        let mut read = claims(&json!({"email": "e@x", "email_verified": false}));
        let mapping = ClaimMapping {
            email: Some("email".to_owned()),
            ..ClaimMapping::default()
        };
        mapping.apply(&mut read);
        assert_eq!(read.email_verified, Some(false));
        assert_eq!(read.usable_email(), None);
    }
}
