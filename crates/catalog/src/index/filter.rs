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
const MAX_CONDITIONS: usize = 500;

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
            Filter::Has(key) => {
                let mut found = RoaringBitmap::new();
                if let Some(column) = self.column(key) {
                    column.present.add_to(&mut found);
                }
                found
            }
            Filter::Is(key, values) => self.with_values(key, values),
            Filter::StartsWith(key, start) => {
                let start = start.to_lowercase();
                let mut found = RoaringBitmap::new();
                if let Some(column) = self.column(key) {
                    for spellings in column.values.starting_with(&start) {
                        spellings.add_to(&mut found);
                    }
                }
                found
            }
            Filter::Contains(keys, text) => self.containing(keys, &text.to_lowercase()),
        }
    }

    fn with_values(&self, key: &str, values: &[String]) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        let Some(column) = self.column(key) else {
            return found;
        };
        for value in values {
            if let Some(spellings) = column.values.get(value.to_lowercase().as_str()) {
                spellings.add_to(&mut found);
            }
        }
        found
    }

    fn containing(&self, keys: &[String], text: &str) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for column in keys.iter().filter_map(|key| self.column(key)) {
            for (_, spellings) in column
                .values
                .iter()
                .filter(|(value, _)| value.contains(text))
            {
                spellings.add_to(&mut found);
            }
        }
        found
    }
}

/// Reads the `filter` parameters of a request: any of them has to hold; within one, the comma means "and", and the
/// same key twice means any of its values.
///
/// # Errors
/// When a condition has no key; the text says which.
pub fn parse_filters<S: AsRef<str>>(parameters: &[S]) -> Result<Filter, String> {
    let asked = parameters
        .iter()
        .map(AsRef::as_ref)
        .filter(|text| !text.trim().is_empty());
    let sets: Vec<Filter> = asked.map(parse_filter).collect::<Result<_, _>>()?;
    let conditions: usize = sets.iter().map(Filter::len).sum();
    if conditions > MAX_CONDITIONS {
        return Err(format!(
            "the filters have {conditions} conditions, more than {MAX_CONDITIONS}"
        ));
    }
    Ok(if sets.is_empty() {
        Filter::All(Vec::new())
    } else {
        Filter::Any(sets)
    })
}

fn parse_filter(text: &str) -> Result<Filter, String> {
    let mut conditions: Vec<(String, Vec<String>)> = Vec::new();
    for part in text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (key, value) = match part.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (part, None),
        };
        if key.is_empty() {
            return Err(format!(
                "the filter \"{part}\" has no key: write key=value, or key alone"
            ));
        }
        let at = conditions
            .iter()
            .position(|(known, _)| known.eq_ignore_ascii_case(key));
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
