//! Lays one layer over another: maps merge key by key, everything else replaces, null hides.
use std::collections::HashMap;

use crate::tree::{Data, Entry, Map, Value};

/// Lays `upper` over `lower`. The operation is associative, so layers may be joined in any grouping.
pub(crate) fn merge(lower: Value, upper: Value) -> Value {
    let Value {
        origin,
        data: Data::Map(above),
    } = upper
    else {
        return upper;
    };
    let data = match lower.data {
        Data::Map(below) if !above.replaces => merge_maps(below, above),
        Data::Map(_) => above,
        _ => Map {
            replaces: true,
            ..above
        },
    };
    Value {
        origin,
        data: Data::Map(data),
    }
}

fn merge_maps(below: Map, above: Map) -> Map {
    let replaces = below.replaces;
    let left_out = [below.left_out, above.left_out].concat();
    let mut upper: HashMap<String, Entry> = above
        .entries
        .iter()
        .map(|entry| (entry.key.clone(), entry.clone()))
        .collect();
    let mut entries = Vec::with_capacity(below.entries.len().max(above.entries.len()));
    for entry in below.entries {
        entries.push(match upper.remove(&entry.key) {
            Some(over) => Entry {
                value: merge(entry.value, over.value),
                ..over
            },
            None => entry,
        });
    }
    entries.extend(
        above
            .entries
            .into_iter()
            .filter(|entry| upper.contains_key(&entry.key)),
    );
    Map {
        entries,
        replaces,
        left_out,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::merge;
    use crate::tree::{Origin, Value};

    fn value(json: Json) -> Value {
        Value::from_json(json, &Origin::new(&Arc::from("test"), None))
    }

    fn merged(layers: &[Json]) -> Json {
        let mut result = layers
            .iter()
            .cloned()
            .map(value)
            .reduce(merge)
            .expect("there is a layer");
        result.strip_nulls();
        result.to_json()
    }

    #[test]
    fn maps_merge_key_by_key_and_keep_the_order_of_the_lower_layer() {
        let result = merged(&[
            json!({"a": {"x": 1, "y": 2}, "b": 1}),
            json!({"c": 3, "a": {"y": 5}}),
        ]);
        assert_eq!(result.to_string(), r#"{"a":{"x":1,"y":5},"b":1,"c":3}"#);
    }

    #[test]
    fn lists_and_scalars_replace() {
        assert_eq!(
            merged(&[json!({"a": [1, 2]}), json!({"a": [3]})]),
            json!({"a": [3]})
        );
        assert_eq!(
            merged(&[json!({"a": {"x": 1}}), json!({"a": "text"})]),
            json!({"a": "text"})
        );
    }

    #[test]
    fn null_unsets_an_inherited_key_and_everything_below_it() {
        assert_eq!(
            merged(&[json!({"a": {"x": 1}, "b": 2}), json!({"a": null})]),
            json!({"b": 2})
        );
        let reset = merged(&[
            json!({"a": {"x": 1}}),
            json!({"a": null}),
            json!({"a": {"y": 2}}),
        ]);
        assert_eq!(reset, json!({"a": {"y": 2}}));
    }

    #[test]
    fn null_inside_a_list_stays() {
        assert_eq!(
            merged(&[json!({"a": [null, {"b": null}]})]),
            json!({"a": [null, {"b": null}]})
        );
    }

    fn tree() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            (0..3).prop_map(Json::from),
            Just(json!([1, null])),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop::collection::btree_map("[abc]", inner, 0..3)
                .prop_map(|map| Json::Object(map.into_iter().collect()))
        })
    }

    proptest! {
        #[test]
        fn merging_is_associative(a in tree(), b in tree(), c in tree()) {
            let (a, b, c) = (value(a), value(b), value(c));
            let mut left = merge(merge(a.clone(), b.clone()), c.clone());
            let mut right = merge(a, merge(b, c));
            left.strip_nulls();
            right.strip_nulls();
            prop_assert_eq!(left.to_json(), right.to_json());
        }
    }
}
