//! JSON as people read it: over several lines where it is long, in one where it is short.
use serde_json::Value;

/// How many characters stand in one line.
const WIDTH: usize = 60;

/// How deep values are laid out; what is deeper stands in one line.
const DEPTH: usize = 24;

/// Returns JSON laid out for people, or the text as it is if it is no JSON.
pub(super) fn readable(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            let mut out = String::new();
            write(&mut out, &value, 0, 0);
            out
        }
        Err(_) => text.to_owned(),
    }
}

/// Tells whether JSON holds nothing at all.
pub(super) fn is_empty(text: &str) -> bool {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Null) => true,
        Ok(Value::Object(object)) => object.is_empty(),
        Ok(Value::Array(items)) => items.is_empty(),
        Ok(_) => false,
        Err(_) => text.trim().is_empty(),
    }
}

/// Writes a value behind `used` characters of its line, beside the indentation.
fn write(out: &mut String, value: &Value, depth: usize, used: usize) {
    let short = value.to_string();
    if depth >= DEPTH || short.chars().count() + used + 2 * depth <= WIDTH {
        spaced(out, value);
        return;
    }
    let line = |out: &mut String, first: bool| {
        out.push_str(if first { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
    };
    match value {
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                line(out, place == 0);
                write(out, item, depth + 1, 0);
            }
        }
        Value::Object(members) => {
            out.push('{');
            for (place, (key, member)) in members.iter().enumerate() {
                line(out, place == 0);
                let key = Value::from(key.as_str()).to_string();
                out.push_str(&key);
                out.push_str(": ");
                write(out, member, depth + 1, key.chars().count() + 2);
            }
        }
        _ => return out.push_str(&short),
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(if value.is_array() { ']' } else { '}' });
}

/// Writes a value into one line, with a space after each comma and colon.
fn spaced(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { ", " });
                spaced(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (place, (key, member)) in members.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { ", " });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push_str(": ");
                spaced(out, member);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_stand_in_one_line_and_long_ones_do_not() {
        assert_eq!(readable(r#"{"a":[1,"b"]}"#), r#"{"a": [1, "b"]}"#);
        let rule = r#"{"rule":"IS_ENTITY_KIND","params":{"kinds":["API"]}}"#;
        let long = readable(&format!(r#"{{"anyOf":[{rule},{rule}]}}"#));
        let line = r#"    {"rule": "IS_ENTITY_KIND", "params": {"kinds": ["API"]}}"#;
        assert_eq!(
            long,
            format!("{{\n  \"anyOf\": [\n{line},\n{line}\n  ]\n}}")
        );
    }

    #[test]
    fn what_is_laid_out_is_still_the_same_value() {
        let text = r#"{"a":{"b":["a long text that does not fit beside others","another long text that does not fit"],"c":null}}"#;
        let before: Value = serde_json::from_str(text).expect("JSON");
        let after: Value = serde_json::from_str(&readable(text)).expect("JSON");
        assert_eq!(before, after);
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        assert_eq!(readable("no json"), "no json");
        for nothing in ["{}", "null", "[]", "", " "] {
            assert!(is_empty(nothing), "{nothing:?}");
        }
        assert!(!is_empty("0"));
        assert!(!is_empty("no json"));
    }
}
