//! Conditions on entities, and the text form that Backstage's REST API has for them.
use roaring::RoaringBitmap;

use super::Index;

/// A condition. Keys are dotted paths; keys and values are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Every one holds; none at all means every entity.
    All(Vec<Self>),
    /// At least one holds; none at all means no entity.
    Any(Vec<Self>),
    /// The condition does not hold.
    Not(Box<Self>),
    /// The key is there, whatever its value.
    Has(String),
    /// The key has one of these values.
    Is(String, Vec<String>),
    /// Some value of the key starts with this text.
    StartsWith(String, String),
    /// Some value of any of these keys contains this text.
    Contains(Vec<String>, String),
}

/// Most conditions that one request may have.
pub(super) const MAX_CONDITIONS: usize = 500;

impl Filter {
    /// Returns how many conditions have to be looked at.
    fn len(&self) -> usize {
        match self {
            Self::All(inner) | Self::Any(inner) => inner.iter().map(Self::len).sum(),
            Self::Not(inner) => inner.len(),
            Self::Is(_, values) => values.len().max(1),
            Self::Contains(keys, _) => keys.len(),
            Self::Has(_) | Self::StartsWith(..) => 1,
        }
    }

    /// Tells whether the condition holds for something with at most one value for each key, which the function gives.
    ///
    /// For lists that are too short to be worth an index, such as the registered locations.
    #[must_use]
    pub fn holds<'a>(&self, value: &impl Fn(&str) -> Option<&'a str>) -> bool {
        let lower = |key: &str| value(key).map(str::to_lowercase);
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(value)),
            Self::Any(any) => any.iter().any(|one| one.holds(value)),
            Self::Not(inner) => !inner.holds(value),
            Self::Has(key) => value(key).is_some(),
            Self::Is(key, values) => {
                lower(key).is_some_and(|found| values.iter().any(|one| one.to_lowercase() == found))
            }
            Self::StartsWith(key, start) => {
                lower(key).is_some_and(|found| found.starts_with(&start.to_lowercase()))
            }
            Self::Contains(keys, text) => {
                let text = text.to_lowercase();
                let mut values = keys.iter().filter_map(|key| lower(key));
                values.any(|found| found.contains(&text))
            }
        }
    }

    /// Returns every key that the condition names, in the order in which it names them.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::All(inner) | Self::Any(inner) => inner.iter().flat_map(Self::keys).collect(),
            Self::Not(inner) => inner.keys(),
            Self::Has(key) | Self::Is(key, _) | Self::StartsWith(key, _) => vec![key],
            Self::Contains(keys, _) => keys.iter().map(String::as_str).collect(),
        }
    }
}

impl Index {
    /// Returns the entities for which a condition holds.
    #[must_use]
    pub fn matching(&self, filter: &Filter) -> RoaringBitmap {
        match filter {
            Filter::All(all) => {
                let mut sets = all.iter().map(|one| self.matching(one));
                let Some(first) = sets.next() else {
                    return self.all();
                };
                sets.fold(first, |found, set| found & set)
            }
            Filter::Any(any) => any.iter().fold(RoaringBitmap::new(), |found, one| {
                found | self.matching(one)
            }),
            Filter::Not(inner) => self.all() - self.matching(inner),
            Filter::Has(key) => self.with_key(key),
            Filter::Is(key, values) => self.with_values(key, values),
            Filter::StartsWith(key, start) => self.with_prefix(key, start),
            Filter::Contains(keys, text) => self.with_text(keys, text),
        }
    }
}

/// Reads the `filter` parameters of a request: any of them has to hold; within one, the comma means "and", and the
/// same key twice means any of its values.
///
/// # Errors
/// When a condition has no key; the text says which.
pub fn parse_filters<S: AsRef<str>>(parameters: &[S]) -> Result<Filter, String> {
    // A parameter that says nothing, as `filter=` or `filter=,`, is as if it were not there.
    let is_blank = |text: &&str| text.split(',').all(|part| part.trim().is_empty());
    let asked = parameters
        .iter()
        .map(AsRef::as_ref)
        .filter(|text| !is_blank(text));
    let sets: Vec<Filter> = asked.map(parse_filter).collect::<Result<_, _>>()?;
    let conditions: usize = sets.iter().map(Filter::len).sum();
    if conditions > MAX_CONDITIONS {
        return Err(too_many(conditions));
    }
    Ok(if sets.is_empty() {
        Filter::All(Vec::new())
    } else {
        Filter::Any(sets)
    })
}

fn too_many(conditions: usize) -> String {
    format!("the filters have {conditions} conditions, more than {MAX_CONDITIONS}")
}

fn parse_filter(text: &str) -> Result<Filter, String> {
    let mut conditions: Vec<(String, Vec<String>)> = Vec::new();
    let parts = text.split(',').map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let count = parts.clone().count();
    if count > MAX_CONDITIONS {
        return Err(too_many(count));
    }
    for part in parts {
        let (key, value) = match part.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (part, None),
        };
        if key.is_empty() {
            return Err(format!(
                "invalid filter: \"{part}\" has no key; write key=value, or key alone"
            ));
        }
        // The same key in another case is a condition of its own, as in Backstage.
        let at = conditions.iter().position(|(known, _)| known == key);
        let at = at.unwrap_or_else(|| {
            conditions.push((key.to_owned(), Vec::new()));
            conditions.len() - 1
        });
        conditions[at].1.extend(value.map(str::to_owned));
    }
    let condition = |(key, values): (String, Vec<String>)| {
        if values.is_empty() {
            Filter::Has(key)
        } else {
            Filter::Is(key, values)
        }
    };
    Ok(Filter::All(conditions.into_iter().map(condition).collect()))
}
