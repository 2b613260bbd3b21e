//! Query parameters in Backstage's way: a name may be repeated, and lists are parted by commas.
use axum::http::request::Parts;
use callboard_catalog::{
    Filter,
    index::{OrderKey, parse_filters},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value};

use super::cursor::{Direction, OrderField, encode};
use crate::error::AppError;

/// Most parameters of one name, and most fields in a list.
pub(super) const MAX_ITEMS: usize = 500;

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

    /// Returns the items of a parameter whose values are lists.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let all = self.0.iter().filter(|(key, _)| key == name);
        let parts = all.flat_map(|(_, value)| value.split(','));
        parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Returns the values of `name[key]`, `name[key][0]` and the like, with their keys; that of `name[0]` and `name`
    /// alone is no key.
    pub(super) fn below(&self, name: &str) -> Vec<(String, String)> {
        let found = self.0.iter().filter_map(|(key, value)| {
            let rest = key.strip_prefix(name)?;
            let inner = rest.strip_prefix('[').unwrap_or_default();
            let is_one = rest.is_empty() || inner.contains(']');
            let key = inner.split(']').next().unwrap_or_default();
            is_one.then(|| (key.to_owned(), value.clone()))
        });
        found.collect()
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
        number.map(Some).map_err(|_| no_count(name, text))
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
        query.append_pair("after", &encode(after)).finish()
    }

    /// Returns the condition of the `filter` parameters.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(super) fn filter(&self) -> Result<Filter, AppError> {
        parse_filters(&self.all("filter")).map_err(AppError::Invalid)
    }
}

/// Reads a number of a body: whole and not negative, and however large.
///
/// # Errors
/// When it is another one.
pub(super) fn count(name: &str, number: &Number) -> Result<usize, AppError> {
    if let Some(whole) = number.as_u64() {
        return Ok(usize::try_from(whole).unwrap_or(usize::MAX));
    }
    match number.as_f64() {
        // JavaScript has one type of number; `{:.0}` writes a whole one without a fraction.
        Some(float) if float >= 0.0 && float.fract() == 0.0 => {
            Ok(format!("{float:.0}").parse().unwrap_or(usize::MAX))
        }
        _ => Err(no_count(name, &number.to_string())),
    }
}

fn no_count(name: &str, found: &str) -> AppError {
    AppError::Invalid(format!(
        "invalid {name} \"{found}\": expected a whole number, 0 or more"
    ))
}

/// Reads a field that is different when it is null than when it is absent.
pub(super) fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
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

/// Reads `metadata.name,desc`; the direction may be left out, and what follows it does not count.
///
/// # Errors
/// When the direction is another word.
pub(super) fn order_field(text: &str) -> Result<OrderField, AppError> {
    let mut parts = text.split(',');
    let field = parts.next().unwrap_or_default();
    let order = match parts.next() {
        None | Some("asc") => Direction::Asc,
        Some("desc") => Direction::Desc,
        Some(_) => return Err(no_order(text)),
    };
    if field.is_empty() {
        return Err(no_order(text));
    }
    Ok(OrderField {
        field: field.to_owned(),
        order,
    })
}

fn no_order(text: &str) -> AppError {
    AppError::Invalid(format!(
        "invalid orderField \"{text}\": expected <field>,asc or <field>,desc"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<usize> {
        count("limit", &serde_json::from_str(text).unwrap()).ok()
    }

    #[test]
    fn a_number_of_a_body_is_whole_and_not_negative() {
        assert_eq!(read("0"), Some(0));
        assert_eq!(read("0.0"), Some(0));
        assert_eq!(read("20"), Some(20));
        assert_eq!(read("1e300"), Some(usize::MAX));
        assert_eq!(read("18446744073709551616"), Some(usize::MAX));
        assert_eq!(read("-1"), None);
        assert_eq!(read("0.5"), None);
        assert_eq!(read("-1e300"), None);
    }

    #[test]
    fn the_direction_of_an_order_may_be_left_out() {
        for (text, want) in [
            ("metadata.name", Direction::Asc),
            ("metadata.name,desc", Direction::Desc),
            ("metadata.name,asc,more", Direction::Asc),
        ] {
            let order = order_field(text).unwrap();
            assert_eq!((order.field.as_str(), order.order), ("metadata.name", want));
        }
        for text in ["", ",asc", "metadata.name,", "metadata.name,up"] {
            assert!(order_field(text).is_err(), "{text}");
        }
    }
}
