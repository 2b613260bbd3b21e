//! Cursors of `by-query`: a page's place and all that the query was, as base64 JSON with Backstage's field names.
//!
//! A cursor comes from outside like any other input: whatever is read from it is checked as if it stood in the request.
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use callboard_catalog::index::{OrderKey, Position, Start};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::body::from_object;
use crate::error::AppError;

/// Padding is written, and may be missing in what is read.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Sorts after every entity reference.
const LAST_REF: &str = "\u{10ffff}";

/// Everything a page of `by-query` depends on, but for the fields and the number of entities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cursor {
    /// What to sort by; only the first counts.
    pub(super) order_fields: Vec<OrderField>,
    /// The value of the sort field, if there is one, and the reference of the entity next to the page; nothing for
    /// the very first or, going back, the very last.
    pub(super) order_field_values: Vec<Option<String>>,
    /// Whether the page ends there instead of starting there.
    pub(super) is_previous: bool,
    /// The `filter` parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) filters: Vec<String>,
    /// The predicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) full_text_filter: Option<TextFilter>,
    /// Counted once and carried along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) total_items: Option<u32>,
}

/// One field to sort by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OrderField {
    pub(super) field: String,
    pub(super) order: Direction,
}

/// Upwards or downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Direction {
    Asc,
    Desc,
}

/// A text that some value of some fields has to contain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TextFilter {
    #[serde(default)]
    pub(super) term: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) fields: Option<Vec<String>>,
}

impl Cursor {
    /// Returns the key to sort by.
    pub(super) fn order(&self) -> Option<OrderKey> {
        self.order_fields.first().map(|order| OrderKey {
            key: order.field.clone(),
            descending: order.order == Direction::Desc,
        })
    }

    /// Returns where the page starts.
    ///
    /// # Errors
    /// When the place does not fit the order.
    pub(super) fn start(&self) -> Result<Start, AppError> {
        let ordered = !self.order_fields.is_empty();
        let position = match (ordered, self.order_field_values.as_slice()) {
            (_, []) if !self.is_previous => return Ok(Start::First),
            (_, []) => Position {
                values: vec![None; usize::from(ordered)],
                entity_ref: LAST_REF.to_owned(),
            },
            (true, [value, Some(entity_ref)]) => Position {
                values: vec![value.clone()],
                entity_ref: entity_ref.clone(),
            },
            (false, [Some(entity_ref)]) => Position {
                values: Vec::new(),
                entity_ref: entity_ref.clone(),
            },
            _ => return Err(malformed("its place does not fit its order")),
        };
        Ok(if self.is_previous {
            Start::Before(position)
        } else {
            Start::After(position)
        })
    }

    /// Returns the cursor of a page next to this one; without a position it is the one at the end of all.
    pub(super) fn turned(
        &self,
        to: Option<&Position>,
        is_previous: bool,
        total: Option<u32>,
    ) -> String {
        let place = to.map(|position| {
            let values = position.values.iter().cloned();
            values.chain([Some(position.entity_ref.clone())]).collect()
        });
        encode(&Self {
            order_field_values: place.unwrap_or_default(),
            is_previous,
            total_items: total,
            ..self.clone()
        })
    }
}

/// Encodes the place where another page is.
pub(super) fn encode<T: Serialize>(value: &T) -> String {
    BASE64.encode(serde_json::to_vec(value).unwrap_or_default())
}

/// Decodes a cursor, in either alphabet of base64.
///
/// # Errors
/// When it is not one that was given out here.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    let standard: String = text
        .trim()
        .chars()
        .map(|c| match c {
            // A plus sign that was not escaped arrives as a space.
            '-' | ' ' => '+',
            '_' => '/',
            c => c,
        })
        .collect();
    let bytes = BASE64
        .decode(standard)
        .map_err(|_| malformed("it is not base64"))?;
    from_object(&bytes).map_err(|error| malformed(&error.to_string()))
}

fn malformed(why: &str) -> AppError {
    AppError::Invalid(format!("malformed cursor, could not be parsed: {why}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Start, AppError> {
        decode::<Cursor>(&encode(value))?.start()
    }

    fn cursor(order: Value, values: Value, is_previous: bool) -> Value {
        json!({"orderFields": order, "orderFieldValues": values, "isPrevious": is_previous})
    }

    #[test]
    fn a_cursor_survives_its_encoding_in_either_alphabet() {
        let cursor = Cursor {
            filters: vec![
                "kind=component".to_owned(),
                "a=\u{3ff}\u{fbff}~~~???".to_owned(),
            ],
            total_items: Some(7),
            ..Cursor::default()
        };
        let text = encode(&cursor);
        let url_safe = text.replace('+', "-").replace('/', "_");
        for text in [
            text.as_str(),
            url_safe.trim_end_matches('='),
            &text.replace('+', " "),
        ] {
            assert_eq!(decode::<Cursor>(text).unwrap(), cursor);
        }
    }

    #[test]
    fn a_place_is_before_or_after_an_entity_or_at_an_end() {
        let order = json!([{"field": "spec.type", "order": "desc"}]);
        let position = |value: Option<&str>, entity_ref: &str| Position {
            values: vec![value.map(str::to_owned)],
            entity_ref: entity_ref.to_owned(),
        };
        let start = read(&cursor(order.clone(), json!(["service", "a"]), false)).unwrap();
        assert_eq!(start, Start::After(position(Some("service"), "a")));
        let start = read(&cursor(order.clone(), json!([null, "a"]), true)).unwrap();
        assert_eq!(start, Start::Before(position(None, "a")));
        assert_eq!(
            read(&cursor(order.clone(), json!([]), false)).unwrap(),
            Start::First
        );
        let start = read(&cursor(order, json!([]), true)).unwrap();
        assert_eq!(start, Start::Before(position(None, LAST_REF)));
    }

    #[test]
    fn a_cursor_that_was_tampered_with_is_refused() {
        let order = json!([{"field": "a", "order": "asc"}]);
        for value in [
            json!({}),
            json!([]),
            json!(7),
            cursor(json!([{"field": "a", "order": "up"}]), json!([]), false),
            cursor(json!([{"field": 1, "order": "asc"}]), json!([]), false),
            cursor(order.clone(), json!(["a"]), false),
            cursor(order.clone(), json!(["a", null]), false),
            cursor(order.clone(), json!(["a", "b", "c"]), false),
            cursor(order, json!([1, "b"]), false),
            cursor(json!([]), json!(["a", "b"]), true),
            json!({"orderFields": [], "orderFieldValues": [], "isPrevious": 1}),
            json!({"orderFields": [], "orderFieldValues": [], "isPrevious": true, "totalItems": -1}),
            json!({"orderFields": [], "orderFieldValues": [], "isPrevious": true, "totalItems": 1e300}),
            json!({"orderFields": [], "orderFieldValues": [], "isPrevious": true, "filters": "kind=a"}),
        ] {
            let error = read(&value).unwrap_err();
            assert!(
                error.to_string().starts_with("malformed cursor"),
                "{value}: {error}"
            );
        }
        for text in ["", "notacursor", "!!!", "e30", "eyJ", &"A".repeat(100_000)] {
            assert!(decode::<Cursor>(text).is_err(), "{text:.20}");
        }
    }
}
