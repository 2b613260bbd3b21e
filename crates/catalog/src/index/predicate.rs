//! Conditions in the JSON form that Backstage calls a filter predicate.
//!
//! An object of fields means that every one holds; `$all`, `$any` and `$not` stand alone and hold others; a field is
//! compared with a value or with one of `$exists`, `$in`, `$hasPrefix` and `$contains`.
//! What Backstage's catalog refuses is refused here too, with the place at which it stands.
use serde_json::{Map, Value};

use super::{Filter, filter::MAX_CONDITIONS};

/// How deep conditions may be nested.
const MAX_DEPTH: usize = 50;

/// Longest part of the input that an error repeats, in characters.
const SHOWN: usize = 80;

/// The field whose items are objects that can be looked for.
const RELATIONS: &str = "relations";

/// Reads a predicate.
///
/// # Errors
/// When it is none, has more conditions than one request may have, or is nested too deeply; the text names the place.
pub fn parse_predicate(query: &Value) -> Result<Filter, String> {
    let mut reader = Reader {
        path: String::from("query"),
        conditions: 0,
    };
    reader.predicate(query, 1)
}

/// A walk down a predicate; the path is grown and cut as it goes.
struct Reader {
    path: String,
    conditions: usize,
}

impl Reader {
    fn predicate(&mut self, value: &Value, depth: usize) -> Result<Filter, String> {
        if depth > MAX_DEPTH {
            return self.fail(format!("nested more than {MAX_DEPTH} deep"));
        }
        let Value::Object(map) = value else {
            return self.fail(format!(
                "expected an object such as {{\"kind\": \"component\"}}, found {}",
                shown(value)
            ));
        };
        match map.keys().find(|key| key.starts_with('$')) {
            None => {
                // Without fields it holds for all, which is a condition too.
                self.count(usize::from(map.is_empty()))?;
                let fields = map.iter();
                let all: Result<_, _> = fields.map(|(key, value)| self.field(key, value)).collect();
                all.map(Filter::All)
            }
            Some(operator) if map.len() > 1 => self.fail(format!(
                "{operator} has to stand alone; put it and the other conditions into $all"
            )),
            Some(operator) => self.within(operator, |reader| {
                reader.combined(operator, &map[operator], depth)
            }),
        }
    }

    fn combined(&mut self, operator: &str, value: &Value, depth: usize) -> Result<Filter, String> {
        match operator {
            "$all" => self.list(value, depth).map(Filter::All),
            "$any" => self.list(value, depth).map(Filter::Any),
            "$not" => {
                let inner = self.predicate(value, depth + 1)?;
                Ok(Filter::Not(Box::new(inner)))
            }
            _ => self.fail("expected a field, $all, $any or $not".to_owned()),
        }
    }

    fn list(&mut self, value: &Value, depth: usize) -> Result<Vec<Filter>, String> {
        let Value::Array(items) = value else {
            return self.fail(format!(
                "expected a list of conditions, found {}",
                shown(value)
            ));
        };
        if items.is_empty() {
            self.count(1)?;
        }
        let items = items.iter().enumerate();
        items
            .map(|(number, item)| {
                let length = self.path.len();
                self.path.push_str(&format!("[{number}]"));
                let filter = self.predicate(item, depth + 1)?;
                self.path.truncate(length);
                Ok(filter)
            })
            .collect()
    }

    fn field(&mut self, key: &str, value: &Value) -> Result<Filter, String> {
        self.within(key, |reader| {
            reader.count(1)?;
            if key.contains(['\n', '\r']) {
                return reader.fail("a field has no line breaks".to_owned());
            }
            match (primitive(value), value) {
                (Some(text), _) => Ok(Filter::Is(key.to_owned(), vec![text])),
                (None, Value::Object(map)) => reader.compared(key, map),
                (None, other) => reader.fail(format!("{EXPECTED}, found {}", shown(other))),
            }
        })
    }

    /// Reads what a field is compared with. As in Backstage, the first operator that is right counts.
    fn compared(&mut self, key: &str, map: &Map<String, Value>) -> Result<Filter, String> {
        let owned = key.to_owned();
        if let Some(Value::Bool(exists)) = map.get("$exists") {
            let has = Filter::Has(owned);
            return Ok(if *exists {
                has
            } else {
                Filter::Not(Box::new(has))
            });
        }
        if let Some(Value::Array(items)) = map.get("$in") {
            return self.within("$in", |reader| Ok(Filter::Is(owned, reader.values(items)?)));
        }
        if let Some(target) = map.get("$contains") {
            return self.within("$contains", |reader| reader.contains(key, target));
        }
        if let Some(Value::String(start)) = map.get("$hasPrefix") {
            return Ok(Filter::StartsWith(owned, start.clone()));
        }
        self.fail(format!(
            "{EXPECTED}, found {}",
            shown(&Value::Object(map.clone()))
        ))
    }

    fn values(&mut self, items: &[Value]) -> Result<Vec<String>, String> {
        self.count(items.len().saturating_sub(1))?;
        let items = items.iter();
        items
            .map(|item| match primitive(item) {
                Some(text) => Ok(text),
                None => self.fail(format!(
                    "expected texts, numbers and booleans, found {}",
                    shown(item)
                )),
            })
            .collect()
    }

    fn contains(&mut self, key: &str, target: &Value) -> Result<Filter, String> {
        match (primitive(target), target) {
            (Some(text), _) => Ok(Filter::Is(key.to_owned(), vec![text])),
            (None, Value::Object(target)) if key.eq_ignore_ascii_case(RELATIONS) => {
                self.relation(target)
            }
            (None, Value::Object(_)) => self.fail(
                "only relations can be looked for by an object; name a text, a number or a boolean"
                    .to_owned(),
            ),
            (None, other) => self.fail(format!(
                "expected a text, a number, a boolean or a relation, found {}",
                shown(other)
            )),
        }
    }

    fn relation(&mut self, target: &Map<String, Value>) -> Result<Filter, String> {
        let (mut relation_type, mut targets) = (None, None);
        for (key, value) in target {
            let known = match key.to_ascii_lowercase().as_str() {
                "type" => {
                    let text = value.as_str().filter(|text| !text.is_empty());
                    relation_type.replace(text.map(str::to_owned)).is_some()
                }
                "targetref" => {
                    let refs = self.within(key, |reader| reader.target_refs(value))?;
                    targets.replace(refs).is_some()
                }
                _ => {
                    return self.fail(format!(
                        "a relation has type and targetRef, not {}",
                        shown(&Value::String(key.clone()))
                    ));
                }
            };
            if known {
                return self.fail(format!("{key} is there twice"));
            }
        }
        let Some(relation_type) = relation_type.flatten() else {
            return self.fail("a relation is looked for by its type, a text".to_owned());
        };
        let key = format!("{RELATIONS}.{relation_type}");
        Ok(match targets {
            None => Filter::Has(key),
            Some(refs) => Filter::Is(key, refs),
        })
    }

    fn target_refs(&mut self, value: &Value) -> Result<Vec<String>, String> {
        let several = value
            .as_object()
            .filter(|map| map.len() == 1)
            .and_then(|map| map.get("$in")?.as_array());
        let refs: Option<Vec<String>> = match (value, several) {
            (Value::String(one), _) => Some(vec![one.clone()]),
            (_, Some(items)) => {
                let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
                texts.collect()
            }
            _ => None,
        };
        match refs {
            Some(refs) if !refs.is_empty() => {
                self.count(refs.len() - 1)?;
                Ok(refs)
            }
            _ => self.fail(format!(
                "expected a reference or {{\"$in\": [\"…\"]}} with at least one, found {}",
                shown(value)
            )),
        }
    }

    fn within<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<T, String> {
        let length = self.path.len();
        self.path.push('.');
        self.path.push_str(&cut(key));
        let result = read(self)?;
        self.path.truncate(length);
        Ok(result)
    }

    fn count(&mut self, more: usize) -> Result<(), String> {
        self.conditions = self.conditions.saturating_add(more);
        if self.conditions > MAX_CONDITIONS {
            return Err(format!(
                "the query has more than {MAX_CONDITIONS} conditions"
            ));
        }
        Ok(())
    }

    fn fail<T>(&self, message: String) -> Result<T, String> {
        Err(format!("invalid query at {}: {message}", self.path))
    }
}

const EXPECTED: &str = "expected a text, a number, a boolean, or one of {\"$exists\": true}, {\"$in\": […]}, \
                        {\"$hasPrefix\": \"…\"} and {\"$contains\": …}";

/// Returns a text, number or boolean as the index has it.
fn primitive(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(match number.as_f64() {
            // JavaScript has one type of number: 7.0 and 7 are the same text there.
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                format!("{float:.0}")
            }
            _ => number.to_string(),
        }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
