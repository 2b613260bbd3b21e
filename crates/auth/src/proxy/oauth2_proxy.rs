//! Headers of oauth2-proxy. They are plain text, so everything depends on who sent them.
use http::HeaderMap;
use serde_json::{Map, Value};

use super::{ProxyError, header};
use crate::Claims;

const PREFERRED: &str = "x-forwarded-preferred-username";
const USER: &str = "x-forwarded-user";
const EMAIL: &str = "x-forwarded-email";
const GROUPS: &str = "x-forwarded-groups";

/// Reads `x-forwarded-preferred-username`, `-user`, `-email` and `-groups`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Oauth2Proxy;

impl Oauth2Proxy {
    pub(super) fn identify(self, headers: &HeaderMap) -> Result<Claims, ProxyError> {
        let preferred = header(headers, PREFERRED)?;
        let user = header(headers, USER)?;
        let email = header(headers, EMAIL)?;
        let groups = header(headers, GROUPS)?;
        let subject = user
            .or(preferred)
            .or(email)
            .ok_or_else(|| ProxyError::Missing(USER.to_owned()))?;
        let mut raw = Map::new();
        let mut say = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                raw.insert(name.to_owned(), value.into());
            }
        };
        say("preferred_username", preferred.or(user));
        say("user", user);
        say("email", email);
        if let Some(groups) = groups {
            let groups: Vec<&str> = groups.split(',').map(str::trim).collect();
            raw.insert("groups".to_owned(), Value::from(groups));
        }
        Ok(Claims::from_raw(subject.to_owned(), raw))
    }
}
