//! Durations as Backstage writes them: ISO 8601 (`PT30M`), a number with a unit (`30m`), or an object of units.
use std::time::Duration;

use crate::tree::{Data, Value};

/// What a duration looks like, for messages.
pub(crate) const EXPECTED: &str = "a duration such as `30m`, `PT30M` or `{ minutes: 30 }`";

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// The keys of an object, with their length in seconds; months and years are 30 and 365 days.
pub(crate) const UNITS: [(&str, f64); 8] = [
    ("years", 365.0 * DAY),
    ("months", 30.0 * DAY),
    ("weeks", 7.0 * DAY),
    ("days", DAY),
    ("hours", HOUR),
    ("minutes", MINUTE),
    ("seconds", 1.0),
    ("milliseconds", 0.001),
];

/// Reads a duration, or nothing when the value is none.
pub(crate) fn read_duration(value: &Value) -> Option<Duration> {
    let seconds = match &value.data {
        Data::Text(text) => match text.trim().strip_prefix('P') {
            Some(rest) => iso_seconds(rest),
            None => worded_seconds(text.trim()),
        },
        Data::Map(map) if !map.entries.is_empty() => map
            .entries
            .iter()
            .map(|entry| Some(unit_seconds(&entry.key)? * read_number(&entry.value)?))
            .sum::<Option<f64>>(),
        _ => None,
    }?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Reads a number, also one written as text, as Backstage does.
pub(crate) fn read_number(value: &Value) -> Option<f64> {
    match &value.data {
        Data::Number(number) => number.as_f64(),
        Data::Text(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn unit_seconds(name: &str) -> Option<f64> {
    UNITS
        .iter()
        .find(|(unit, _)| *unit == name)
        .map(|(_, seconds)| *seconds)
}

/// Reads what follows the `P`: numbers with date units, then after a `T` numbers with time units.
fn iso_seconds(text: &str) -> Option<f64> {
    let (date, time) = match text.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if text.is_empty() => return None,
        None => (text, ""),
    };
    let date = iso_parts(
        date,
        &[
            ('Y', 365.0 * DAY),
            ('M', 30.0 * DAY),
            ('W', 7.0 * DAY),
            ('D', DAY),
        ],
    )?;
    let time = iso_parts(time, &[('H', HOUR), ('M', MINUTE), ('S', 1.0)])?;
    Some(date + time)
}

/// Adds up numbers with units, each unit at most once and in the given order.
fn iso_parts(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut total = 0.0;
    let mut units = units.iter();
    while !text.is_empty() {
        let end = text.find(|letter: char| letter.is_ascii_uppercase())?;
        let letter = text[end..].chars().next()?;
        let (_, seconds) = units.find(|(unit, _)| *unit == letter)?;
        total += plain_number(&text[..end].replace(',', "."))? * seconds;
        text = &text[end + 1..];
    }
    Some(total)
}

/// Reads `30m`, `2 hours`, `1.5 d`. A number alone is refused, because its unit would be a guess.
fn worded_seconds(text: &str) -> Option<f64> {
    let end = text.find(|letter: char| letter.is_ascii_alphabetic())?;
    let number = plain_number(text[..end].trim_end_matches(' '))?;
    let seconds = match text[end..].to_ascii_lowercase().as_str() {
        "milliseconds" | "millisecond" | "msecs" | "msec" | "ms" => 0.001,
        "seconds" | "second" | "secs" | "sec" | "s" => 1.0,
        "minutes" | "minute" | "mins" | "min" | "m" => MINUTE,
        "hours" | "hour" | "hrs" | "hr" | "h" => HOUR,
        "days" | "day" | "d" => DAY,
        "weeks" | "week" | "w" => 7.0 * DAY,
        "months" | "month" | "mo" => 30.0 * DAY,
        "years" | "year" | "yrs" | "yr" | "y" => 365.0 * DAY,
        _ => return None,
    };
    Some(number * seconds)
}

/// Reads digits with at most one point; `1e3`, `inf` and signs are not durations.
fn plain_number(text: &str) -> Option<f64> {
    let plain = text
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == '.');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::read_duration;
    use crate::tree::{Origin, Value};

    fn seconds(json: serde_json::Value) -> Option<f64> {
        let value = Value::from_json(json, &Origin::new(&"test".into(), None));
        read_duration(&value).as_ref().map(Duration::as_secs_f64)
    }

    #[test]
    fn the_three_ways_to_write_a_duration_are_read() {
        for (json, expected) in [
            (json!("30m"), 1800.0),
            (json!("2 Hours"), 7200.0),
            (json!(".5s"), 0.5),
            (json!("250ms"), 0.25),
            (json!("P1D"), 86_400.0),
            (
                json!("P1Y2M1W1DT1H1M1.5S"),
                365.0 * 86_400.0 + 68.0 * 86_400.0 + 3661.5,
            ),
            (json!({"minutes": 1, "seconds": "30"}), 90.0),
            (json!({"milliseconds": 1.5}), 0.0015),
        ] {
            assert_eq!(seconds(json.clone()), Some(expected), "{json}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for json in [
            json!("30"),
            json!(30),
            json!(""),
            json!("m"),
            json!("-5m"),
            json!("1e3s"),
            json!("P"),
            json!("PT"),
            json!("P1DT"),
            json!("P1H"),
            json!("PT1S1H"),
            json!("5 fortnights"),
            json!({}),
            json!({"minute": 1}),
            json!({"minutes": "x"}),
            json!({"minutes": -1}),
            json!({"years": 1e300}),
            json!([1]),
            json!(true),
        ] {
            assert_eq!(seconds(json.clone()), None, "{json}");
        }
    }
}
