//! Query parameters in Backstage's way: a name may be repeated, and cursors are opaque.
use axum::http::request::Parts;
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_catalog::{
    Filter,
    index::{OrderKey, parse_filters},
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// Most entities on a page.
pub(super) const MAX_LIMIT: usize = 10_000;

/// All parameters of a request, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl<S: Sync> axum::extract::FromRequestParts<S> for Parameters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        ))
    }
}

impl Parameters {
    /// Returns every value of a parameter.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).collect()
    }

    /// Returns the first value of a parameter.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns a number that is not negative.
    ///
    /// # Errors
    /// When the parameter is there and no such number.
    pub(super) fn number(&self, name: &str) -> Result<Option<usize>, AppError> {
        let Some(text) = self.first(name) else {
            return Ok(None);
        };
        let number = text.trim().parse();
        number.map(Some).map_err(|_| {
            AppError::Invalid(format!(
                "invalid {name} \"{text}\": expected a whole number, 0 or more"
            ))
        })
    }

    /// Returns the query of the page after this one: the same, from where this one ends.
    pub(super) fn next<T: Serialize>(&self, after: &T) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in self
            .0
            .iter()
            .filter(|(key, _)| key != "offset" && key != "after")
        {
            query.append_pair(key, value);
        }
        query.append_pair("after", &to_cursor(after)).finish()
    }

    /// Returns the condition of the `filter` parameters.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(super) fn filter(&self) -> Result<Filter, AppError> {
        parse_filters(&self.all("filter")).map_err(AppError::Invalid)
    }
}

/// Reads `asc:metadata.name`.
///
/// # Errors
/// When the text has another form.
pub(super) fn order(text: &str) -> Result<OrderKey, AppError> {
    match text.split_once(':') {
        Some((direction @ ("asc" | "desc"), key)) if !key.is_empty() => Ok(OrderKey {
            key: key.to_owned(),
            descending: direction == "desc",
        }),
        _ => Err(AppError::Invalid(format!(
            "invalid order \"{text}\": expected asc:<field> or desc:<field>"
        ))),
    }
}

/// Reads `metadata.name,desc`; the direction may be left out.
///
/// # Errors
/// When the direction is another word.
pub(super) fn order_field(text: &str) -> Result<OrderKey, AppError> {
    let (key, direction) = text.split_once(',').unwrap_or((text, "asc"));
    match direction {
        "asc" | "desc" if !key.is_empty() => Ok(OrderKey {
            key: key.to_owned(),
            descending: direction == "desc",
        }),
        _ => Err(AppError::Invalid(format!(
            "invalid orderField \"{text}\": expected <field>,asc or <field>,desc"
        ))),
    }
}

/// Encodes the place where the next page begins.
pub(super) fn to_cursor<T: Serialize>(value: &T) -> String {
    STANDARD.encode(serde_json::to_vec(value).unwrap_or_default())
}

/// Decodes a cursor.
///
/// # Errors
/// When it is not one that was given out here.
pub(super) fn from_cursor<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, AppError> {
    let malformed = || AppError::Invalid("malformed cursor, could not be parsed".to_owned());
    let bytes = STANDARD.decode(text).map_err(|_| malformed())?;
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}
