//! A catalog of users for the resolvers.
use callboard_auth::resolver::{Attempt, Resolution, Resolver, ResolverOptions};
use callboard_auth::{Claims, Directory};
use serde_json::{Value, json};

pub(crate) const EMAIL: &str = "emailMatchingUserEntityProfileEmail";
pub(crate) const LOCAL: &str = "emailLocalPartMatchingUserEntityName";
pub(crate) const USERNAME: &str = "usernameMatchingUserEntityName";

/// Users by reference, each with the values that can be searched.
#[derive(Default)]
pub(crate) struct People(Vec<(String, Vec<(String, String)>)>);

impl People {
    pub(crate) fn with(mut self, user_ref: &str, values: &[(&str, &str)]) -> Self {
        let values = values
            .iter()
            .map(|(k, v)| ((*k).to_owned(), v.to_lowercase()));
        self.0.push((user_ref.to_owned(), values.collect()));
        self
    }
}

impl Directory for People {
    fn users_where(&self, key: &str, value: &str) -> Vec<String> {
        let wanted = (key.to_owned(), value.to_lowercase());
        let people = self.0.iter().filter(|(_, values)| values.contains(&wanted));
        people.map(|(user_ref, _)| user_ref.clone()).collect()
    }

    fn user(&self, user_ref: &str) -> bool {
        self.0.iter().any(|(one, _)| one == user_ref)
    }
}

pub(crate) fn claims(subject: &str, raw: &Value) -> Claims {
    Claims::from_raw(subject.to_owned(), raw.as_object().unwrap().clone())
}

pub(crate) fn named(name: &str) -> Resolver {
    Resolver {
        name: name.to_owned(),
        options: ResolverOptions::default(),
    }
}

pub(crate) fn ada() -> Claims {
    claims(
        "42",
        &json!({
            "preferred_username": "Ada", "email": "Ada+test@example.com", "node_id": "U_abc", "oid": "guid-1",
            "web_url": "https://git.example/ada",
        }),
    )
}

pub(crate) fn failed(resolution: Resolution) -> (Vec<Attempt>, bool) {
    match resolution {
        Resolution::Failed {
            attempts,
            ambiguous,
        } => (attempts, ambiguous),
        other => panic!("{other:?}"),
    }
}
