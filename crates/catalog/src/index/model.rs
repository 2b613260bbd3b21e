//! The index against a model that keeps every entity as a plain list of terms and looks at each of them.
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;

/// One entity of the model: its keys with their values as written.
type Terms = BTreeMap<String, BTreeSet<Option<String>>>;

#[derive(Debug, Clone)]
enum Step {
    Put(u8, Value),
    Remove(u8),
}

#[derive(Debug, Default)]
struct Model(BTreeMap<String, Terms>);

fn entity_ref(number: u8) -> String {
    format!("component:default/{:02}", number % 40)
}

/// A value in one of few spellings, so that many entities share it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[abAB]{1,2}",
        "[a-c]{0,3}",
        Just("true".to_owned()),
        Just("ÄB".to_owned()),
        Just("x".repeat(201)),
    ]
}

fn entity() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (0..3_i32).prop_map(Value::from),
        Just(Value::Null),
    ];
    let list = || prop::collection::vec(text(), 0..4);
    let field = prop_oneof![3 => scalar, 1 => list().prop_map(Value::from)];
    let spec = prop::collection::btree_map("[xyZ]", field, 0..4);
    (text(), list(), spec, prop::option::of(text())).prop_map(|(name, tags, spec, title)| {
        let spec: Map<String, Value> = spec.into_iter().collect();
        let mut metadata = json!({"name": name, "tags": tags});
        if let Some(title) = title {
            metadata["title"] = title.into();
        }
        json!({"kind": "Component", "metadata": metadata, "spec": spec})
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (any::<u8>(), entity()).prop_map(|(number, entity)| Step::Put(number, entity)),
        1 => any::<u8>().prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 0..120)
}

/// Carries the same steps out on both, in batches of some size, as the follower does.
fn both(steps: &[Step], batch: usize) -> (Index, Model) {
    let (mut index, mut model) = (Index::default(), Model::default());
    for steps in steps.chunks(batch) {
        for step in steps {
            match step {
                Step::Put(number, entity) => {
                    let entity_ref = entity_ref(*number);
                    let text = entity.to_string();
                    index.add(&Entry::parse(&entity_ref, &text).unwrap());
                    model.0.insert(entity_ref, terms(entity));
                }
                Step::Remove(number) => {
                    index.take(&entity_ref(*number));
                    model.0.remove(&entity_ref(*number));
                }
            }
        }
        index.settle();
    }
    (index, model)
}

/// The terms of an entity as the generator makes them, by the rules of Backstage's search table.
fn terms(entity: &Value) -> Terms {
    let mut terms = Terms::new();
    let mut add = |key: String, value: &Value| {
        let text = match value {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        };
        if key.chars().count() <= 200 {
            let text = text.filter(|text| text.chars().count() <= 200);
            terms.entry(key).or_default().insert(text);
        }
    };
    add("kind".to_owned(), &entity["kind"]);
    let spec = entity["spec"].as_object().unwrap().iter();
    let fields = spec.map(|(key, value)| (format!("spec.{}", key.to_lowercase()), value));
    let metadata =
        ["name", "title", "tags"].map(|key| (format!("metadata.{key}"), &entity["metadata"][key]));
    let there = metadata
        .into_iter()
        .filter(|(key, value)| key != "metadata.title" || !value.is_null());
    for (key, value) in fields.chain(there) {
        match value {
            Value::Array(items) => {
                for item in items {
                    add(key.clone(), item);
                    let path = format!("{key}.{}", item.as_str().unwrap().to_lowercase());
                    add(path.trim().to_owned(), &Value::Bool(true));
                }
            }
            scalar => add(key, scalar),
        }
    }
    terms
}

impl Model {
    fn matching(&self, holds: impl Fn(&Terms) -> bool) -> Vec<String> {
        let all = self.0.iter().filter(|(_, terms)| holds(terms));
        all.map(|(entity_ref, _)| entity_ref.clone()).collect()
    }

    fn lower<'a>(terms: &'a Terms, key: &str) -> impl Iterator<Item = String> + 'a {
        let values = terms.get(key).into_iter().flatten().flatten();
        values.map(|text| text.to_lowercase())
    }

    fn position(&self, entity_ref: &str, keys: &[OrderKey]) -> Position {
        let value = |key: &OrderKey| {
            let values = Self::lower(&self.0[entity_ref], &key.key);
            if key.descending {
                values.max()
            } else {
                values.min()
            }
        };
        Position {
            values: keys.iter().map(value).collect(),
            entity_ref: entity_ref.to_owned(),
        }
    }

    fn ordered(&self, keys: &[OrderKey]) -> Vec<Position> {
        let mut all: Vec<_> = self
            .0
            .keys()
            .map(|entity_ref| self.position(entity_ref, keys))
            .collect();
        all.sort_by(|a, b| compare(keys, a, b));
        all
    }
}

fn compare(keys: &[OrderKey], a: &Position, b: &Position) -> Ordering {
    let values = keys.iter().zip(a.values.iter().zip(&b.values));
    let mut orders = values.map(|(key, (a, b))| match (a, b) {
        (Some(a), Some(b)) if key.descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    let decided = orders.find(|order| order.is_ne());
    decided.unwrap_or_else(|| a.entity_ref.cmp(&b.entity_ref))
}

fn refs(index: &Index, ids: impl IntoIterator<Item = EntityId>) -> Vec<String> {
    let label = |id| index.label(id).unwrap().entity_ref.to_owned();
    ids.into_iter().map(label).collect()
}

fn sorted(mut refs: Vec<String>) -> Vec<String> {
    refs.sort();
    refs
}

/// Keys that entities of the generator have, and one that none has.
fn key() -> impl Strategy<Value = String> {
    let keys = [
        "kind",
        "metadata.name",
        "metadata.tags",
        "metadata.title",
        "spec.x",
        "spec.z",
        "metadata.tags.a",
        "nothing",
    ];
    prop::sample::select(keys.to_vec()).prop_map(str::to_owned)
}

fn order_keys() -> impl Strategy<Value = Vec<OrderKey>> {
    let one = (key(), any::<bool>()).prop_map(|(key, descending)| OrderKey { key, descending });
    prop::collection::vec(one, 0..3)
}

/// Conditions of every form, nested a little.
fn filter() -> impl Strategy<Value = Filter> {
    let value = || "[abAB]{0,2}|true|TRUE|äb|Äb";
    let values = || prop::collection::vec(value(), 0..4);
    let any_key = || prop_oneof![key(), key().prop_map(|key| key.to_uppercase())];
    let leaf = prop_oneof![
        any_key().prop_map(Filter::Has),
        (any_key(), values()).prop_map(|(key, values)| Filter::Is(key, values)),
        (any_key(), value()).prop_map(|(key, start)| Filter::StartsWith(key, start)),
        (prop::collection::vec(any_key(), 0..3), value())
            .prop_map(|(keys, text)| Filter::Contains(keys, text)),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several.clone().prop_map(Filter::All),
            several.prop_map(Filter::Any),
            inner.prop_map(|one| Filter::Not(Box::new(one))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_condition_holds_for_an_entity_where_it_is_among_the_matching(
        steps in steps(), batch in 1..60_usize, filters in prop::collection::vec(filter(), 1..20),
    ) {
        let (index, _) = both(&steps, batch);
        for filter in filters {
            let matching = index.matching(&filter);
            for id in 0..50 {
                prop_assert_eq!(index.holds(&filter, id), matching.contains(id), "{:?} of {}", filter, id);
            }
        }
    }

    #[test]
    fn a_value_finds_the_first_that_have_it(
        steps in steps(), batch in 1..60_usize, key in key(), value in "[abAB]{0,2}|true|äb|Äb", limit in 0..50_usize,
    ) {
        let (index, _) = both(&steps, batch);
        let all = index.matching(&Filter::Is(key.clone(), vec![value.clone()]));
        let want: Vec<_> = all.iter().take(limit).collect();
        prop_assert_eq!(index.ids_where(&key, &value, limit), want);
    }

    #[test]
    fn conditions_find_what_looking_at_every_entity_finds(
        steps in steps(), batch in 1..60_usize, key in key(), value in "[abAB]{0,2}|true|äb|Äb",
    ) {
        let (index, model) = both(&steps, batch);
        let found = |filter: &Filter| sorted(refs(&index, index.matching(filter)));
        let lower = value.to_lowercase();
        prop_assert_eq!(index.len(), model.0.len());
        prop_assert_eq!(found(&Filter::All(Vec::new())), model.matching(|_| true));
        prop_assert_eq!(found(&Filter::Has(key.clone())), model.matching(|terms| terms.contains_key(&key)));
        prop_assert_eq!(
            found(&Filter::Is(key.clone(), vec![value.clone(), "b".to_owned()])),
            model.matching(|terms| Model::lower(terms, &key).any(|text| text == lower || text == "b"))
        );
        prop_assert_eq!(
            found(&Filter::StartsWith(key.clone(), value.clone())),
            model.matching(|terms| Model::lower(terms, &key).any(|text| text.starts_with(&lower)))
        );
        prop_assert_eq!(
            found(&Filter::Contains(vec![key.clone(), "spec.y".to_owned()], value.clone())),
            model.matching(|terms| {
                let mut all = Model::lower(terms, &key).chain(Model::lower(terms, "spec.y"));
                all.any(|text| text.contains(&lower))
            })
        );
    }

    #[test]
    fn facets_count_what_looking_at_every_entity_counts(
        steps in steps(), batch in 1..60_usize, key in key(), letter in "[ab]",
    ) {
        let (index, model) = both(&steps, batch);
        let among = index.matching(&Filter::Contains(vec!["metadata.name".to_owned()], letter.clone()));
        let mut want: BTreeMap<String, usize> = BTreeMap::new();
        for terms in model.0.values() {
            if Model::lower(terms, "metadata.name").any(|name| name.contains(&letter)) {
                let values = terms.get(&key).into_iter().flatten().flatten();
                values.for_each(|text| *want.entry(text.clone()).or_default() += 1);
            }
        }
        let got = index.facet(&key, &among);
        let lower = |(text, _): &(String, usize)| text.to_lowercase();
        prop_assert!(got.is_sorted_by_key(lower), "{:?}", got);
        prop_assert_eq!(got.into_iter().collect::<BTreeMap<_, _>>(), want);
    }

    #[test]
    fn pages_walked_either_way_give_the_whole_order(
        steps in steps(), batch in 1..60_usize, keys in order_keys(), size in 1..9_usize,
    ) {
        let (index, model) = both(&steps, batch);
        let want = model.ordered(&keys);
        let refs_of = |all: &[Position]| all.iter().map(|one| one.entity_ref.clone()).collect::<Vec<_>>();
        let (mut forward, mut start) = (Vec::new(), Start::First);
        loop {
            let page = index.page(&index.all(), &keys, &start, size);
            prop_assert_eq!(page.has_before, !forward.is_empty() && !page.ids.is_empty());
            forward.extend(refs(&index, page.ids));
            prop_assert_eq!(page.has_after, forward.len() < want.len());
            match page.last {
                Some(last) if page.has_after => start = Start::After(last),
                _ => break,
            }
        }
        prop_assert_eq!(&forward, &refs_of(&want));
        let beyond = Position { values: vec![None; keys.len()], entity_ref: "~".to_owned() };
        let (mut backward, mut start) = (Vec::new(), Start::Before(beyond));
        loop {
            let page = index.page(&index.all(), &keys, &start, size);
            backward.splice(0..0, refs(&index, page.ids));
            match page.first {
                Some(first) if page.has_before => start = Start::Before(first),
                _ => break,
            }
        }
        prop_assert_eq!(&backward, &refs_of(&want));
        for offset in [0, 1, size, 1000] {
            let ids = index.ordered(&index.all(), &keys, offset, size);
            let rest = &want[offset.min(want.len())..];
            prop_assert_eq!(refs(&index, ids), refs_of(&rest[..size.min(rest.len())]));
        }
    }

    #[test]
    fn a_place_stays_right_when_its_entity_is_gone_and_others_came(
        steps in steps(), later in steps(), keys in order_keys(), at in any::<prop::sample::Index>(), size in 1..9_usize,
    ) {
        let before = both(&steps, 20).1;
        prop_assume!(!before.0.is_empty());
        let all: Vec<&String> = before.0.keys().collect();
        let place = before.position(at.get::<&String>(&all), &keys);
        let (index, model) = both(&[steps, later].concat(), 20);
        let (less, more): (Vec<_>, Vec<_>) = model.ordered(&keys).into_iter()
            .filter(|one| compare(&keys, one, &place).is_ne())
            .partition(|one| compare(&keys, one, &place).is_lt());
        let here = model.0.len() - less.len() - more.len();
        let page = index.page(&index.all(), &keys, &Start::After(place.clone()), size);
        let want: Vec<_> = more.iter().take(size).collect();
        prop_assert_eq!(refs(&index, page.ids), want.iter().map(|one| one.entity_ref.clone()).collect::<Vec<_>>());
        prop_assert_eq!(page.has_before, less.len() + here > 0);
        prop_assert_eq!(page.has_after, more.len() > size);
        prop_assert_eq!(page.last.as_ref(), want.last().copied());
        let page = index.page(&index.all(), &keys, &Start::Before(place), size);
        let want = &less[less.len().saturating_sub(size)..];
        prop_assert_eq!(refs(&index, page.ids), want.iter().map(|one| one.entity_ref.clone()).collect::<Vec<_>>());
        prop_assert_eq!(page.has_before, less.len() > size);
        prop_assert_eq!(page.has_after, more.len() + here > 0);
        prop_assert_eq!(page.first.as_ref(), want.first());
    }

    #[test]
    fn an_entity_in_memory_has_the_terms_of_its_text(entity in entity()) {
        let parsed = Entry::parse("a:b/c", &entity.to_string()).unwrap();
        let read = Entry::of("a:b/c", &entity);
        prop_assert_eq!(format!("{parsed:?}"), format!("{read:?}"));
    }
}
