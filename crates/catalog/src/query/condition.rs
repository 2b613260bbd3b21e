//! What a part asks for, as a condition of the index.
use callboard_model::{annotation, entity_ref::DEFAULT_NAMESPACE};

use super::{
    Sets, State, Term, Wanted, What,
    field::{self, Way},
};
use crate::{Filter, index::REF_KEY};

impl Term {
    /// Returns the condition that the part is.
    #[must_use]
    pub fn filter(&self, sets: &Sets<'_>) -> Filter {
        let filter = match &self.what {
            What::Text(text) => Filter::Contains(field::text_keys(), text.clone()),
            What::Is(state) => state.filter(sets),
            What::Has(field) => match field.presence() {
                (key, "") => Filter::Has(key),
                (key, start) => Filter::StartsWith(key, start.to_owned()),
            },
            What::Field(field, values) => any(match field.way() {
                Way::Whole(key) => whole(&key, values),
                Way::Within(keys) => {
                    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
                    let contains = |one: &Wanted| Filter::Contains(keys.clone(), one.text.clone());
                    values.iter().map(contains).collect()
                }
                Way::Reference(key, kinds) => {
                    let full: Vec<Wanted> = values
                        .iter()
                        .flat_map(|one| references(one, &kinds))
                        .collect();
                    whole(&key, &full)
                }
            }),
        };
        if self.negated {
            Filter::Not(Box::new(filter))
        } else {
            filter
        }
    }
}

impl State {
    /// Returns the condition that an entity is in the state.
    #[must_use]
    pub fn filter(self, sets: &Sets<'_>) -> Filter {
        let one_of = |refs: &[String]| Filter::Is(REF_KEY.to_owned(), refs.to_vec());
        match self {
            Self::Orphan => {
                let key = format!("metadata.annotations.{}", annotation::ORPHAN);
                Filter::Is(key, vec!["true".to_owned()])
            }
            Self::Error => one_of(sets.erring),
            Self::Owned => Filter::Is("relations.ownedby".to_owned(), sets.owners.to_vec()),
            Self::Starred => one_of(sets.starred),
            Self::Watched => one_of(sets.watched),
        }
    }
}

fn any(mut filters: Vec<Filter>) -> Filter {
    if filters.len() == 1 {
        filters.remove(0)
    } else {
        Filter::Any(filters)
    }
}

/// Returns the conditions that a key has one of these values: one for all that are whole, one for each start.
fn whole(key: &str, values: &[Wanted]) -> Vec<Filter> {
    let exact = values.iter().filter(|one| !one.is_start);
    let exact: Vec<String> = exact.map(|one| one.text.clone()).collect();
    let starts = values.iter().filter(|one| one.is_start);
    let starts = starts.map(|one| Filter::StartsWith(key.to_owned(), one.text.clone()));
    let exact = (!exact.is_empty()).then(|| Filter::Is(key.to_owned(), exact));
    exact.into_iter().chain(starts).collect()
}

/// Returns the canonical references that a value can mean: a name stands for one of each kind, in the namespace
/// `default` unless it says another.
fn references(wanted: &Wanted, kinds: &[&str]) -> Vec<Wanted> {
    let of = |text: String| Wanted {
        text: text.to_lowercase(),
        is_start: wanted.is_start,
    };
    let text = wanted.text.as_str();
    let slash = text.find('/');
    let colon = text
        .find(':')
        .filter(|colon| slash.is_none_or(|slash| colon < &slash));
    match (colon, slash) {
        (Some(_), Some(_)) => vec![of(text.to_owned())],
        (Some(colon), None) => {
            let (kind, name) = (&text[..colon], &text[colon + 1..]);
            vec![of(format!("{kind}:{DEFAULT_NAMESPACE}/{name}"))]
        }
        (None, _) => {
            let rest = match slash {
                Some(_) => text.to_owned(),
                None => format!("{DEFAULT_NAMESPACE}/{text}"),
            };
            let kinds = kinds.iter();
            kinds.map(|kind| of(format!("{kind}:{rest}"))).collect()
        }
    }
}
