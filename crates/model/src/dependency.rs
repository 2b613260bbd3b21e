//! Which end of a relation needs the other: types of relations in pairs, for graphs and for what a change may break.

/// Two types that say the same from both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// As the one that needs the other says it.
    pub needs: &'static str,
    /// As the other says it.
    pub needed_by: &'static str,
}

/// Every known pair. A system needs its parts, an API whoever provides it; groups and owners count as needed.
pub const PAIRS: &[Pair] = &[
    pair("dependsOn", "dependencyOf"),
    pair("consumesApi", "apiConsumedBy"),
    pair("apiProvidedBy", "providesApi"),
    pair("hasPart", "partOf"),
    pair("ownedBy", "ownerOf"),
    pair("memberOf", "hasMember"),
    pair("childOf", "parentOf"),
];

const fn pair(needs: &'static str, needed_by: &'static str) -> Pair {
    Pair { needs, needed_by }
}

/// What a type of relation says of the entity that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// The type as it is written.
    pub name: String,
    /// What the other end calls it, if that is known.
    pub inverse: Option<&'static str>,
    /// Whether the entity needs the other end; otherwise it is needed.
    pub needs: bool,
    /// Place in lists of types.
    pub order: usize,
}

impl Sense {
    /// Returns the sense of a type in any case. Of one that is not known, the entity that has it needs the other.
    #[must_use]
    pub fn of(relation_type: &str) -> Self {
        for (at, pair) in PAIRS.iter().enumerate() {
            for (name, inverse, needs) in [
                (pair.needs, pair.needed_by, true),
                (pair.needed_by, pair.needs, false),
            ] {
                if name.eq_ignore_ascii_case(relation_type) {
                    return Self {
                        name: name.to_owned(),
                        inverse: Some(inverse),
                        needs,
                        order: at * 2 + usize::from(!needs),
                    };
                }
            }
        }
        Self {
            name: relation_type.to_owned(),
            inverse: None,
            needs: true,
            order: PAIRS.len() * 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind;

    #[test]
    fn both_ends_of_a_pair_are_known_in_any_case() {
        let needs = Sense::of("dependson");
        assert_eq!(
            (needs.name.as_str(), needs.inverse),
            ("dependsOn", Some("dependencyOf"))
        );
        assert!(needs.needs);
        assert!(!Sense::of("partOf").needs, "a part does not need the whole");
        let other = Sense::of("deployedOn");
        assert!(other.needs && other.inverse.is_none());
    }

    #[test]
    fn every_relation_that_fields_make_is_in_a_pair() {
        let fields = kind::KINDS.iter().flat_map(|kind| {
            let variants = kind.variants.iter().flat_map(|(_, fields)| fields.iter());
            kind.fields.iter().chain(variants)
        });
        for rule in fields.filter_map(|field| field.relation) {
            let sense = Sense::of(rule.forward);
            assert_eq!(sense.inverse, Some(rule.reverse), "{}", rule.forward);
        }
    }
}
