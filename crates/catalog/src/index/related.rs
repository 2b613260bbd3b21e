//! What one entity has: all values of a key, and so the other ends of its relations.
use super::{EntityId, Index};

/// Keys of relations begin so, and end with the type in lower case.
const RELATIONS: &str = "relations.";

impl Index {
    /// Returns every value of one key of an entity, as written, in an order that does not depend on its file.
    pub fn values<'a>(
        &'a self,
        id: EntityId,
        key: &str,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let column = self.column(key).into_iter();
        column.flat_map(move |column| column.values(id))
    }

    /// Returns the types of relations that any entity has, in lower case and in order.
    #[must_use]
    pub fn relation_types(&self) -> Vec<&str> {
        let keys = self.keys.starting_with(RELATIONS);
        let mut types: Vec<_> = keys.map(|key| &key[RELATIONS.len()..]).collect();
        types.sort_unstable();
        types
    }

    /// Returns the other ends of one type of relation of an entity, as written and in no order of its file.
    pub fn related<'a>(
        &'a self,
        id: EntityId,
        relation_type: &str,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        self.values(id, &format!("{RELATIONS}{relation_type}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_relations_of_an_entity_are_found() {
        let mut index = Index::default();
        let entity = json!({"kind": "Component", "metadata": {"name": "a", "tags": ["true"]}, "relations": [
            {"type": "dependsOn", "targetRef": "resource:default/x"},
            {"type": "dependsOn", "targetRef": "resource:default/Y"},
            {"type": "ownedBy", "targetRef": "group:default/t"},
        ]});
        index.put("component:default/a", &entity);
        index.put("component:default/b", &json!({"kind": "Component"}));
        let id = index.id("component:default/a").unwrap();
        let other = index.id("component:default/b").unwrap();
        assert_eq!(index.relation_types(), ["dependson", "ownedby"]);
        let mut ends: Vec<_> = index.related(id, "dependson").collect();
        ends.sort_unstable();
        assert_eq!(ends, ["resource:default/Y", "resource:default/x"]);
        assert_eq!(index.related(other, "dependson").count(), 0);
        assert_eq!(index.related(id, "partof").count(), 0);
        let tags: Vec<_> = index.values(id, "metadata.tags").collect();
        assert_eq!(tags, ["true"]);
        index.remove("component:default/a");
        assert!(
            index.relation_types().is_empty(),
            "what nobody has is no type"
        );
    }
}
