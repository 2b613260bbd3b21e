//! What an entity has to do with others, in the groups in which its page shows it, and what a location brought.
//!
//! An entity may have thousands of relations: names come from the index, and only what is shown is loaded.
use std::collections::BTreeMap;

use callboard_catalog::Filter;
use callboard_model::{
    Entity, EntityRef, annotation, kind, relation,
    view::{EntityLabel, EntityRow, KindCount, Produced, RelationGroup},
};

use crate::{error::AppError, server::access::Access};

/// Rows shown of one group.
const ROWS: usize = 10;

/// Groups in the order of the page; all others come after them, by name.
const ORDER: &[&str] = &[
    "providesApi",
    "consumesApi",
    "apiProvidedBy",
    "apiConsumedBy",
    "hasPart",
    "dependsOn",
    "dependencyOf",
];

/// Relations that the page of every kind shows elsewhere: as facts beside the description.
const FACTS: &[&str] = &["ownedBy"];

/// Relations that the pages of people show elsewhere: as profile, members, tree and ownership.
const OF_PEOPLE: &[&str] = &["ownerOf", "memberOf", "hasMember", "childOf", "parentOf"];

/// Wholes that are shown as facts.
const WHOLES: &[&str] = &["system", "domain", "component"];

impl Access {
    /// Returns the relations of an entity in groups, each with its first rows.
    pub(super) async fn relation_groups(
        &self,
        entity: &Entity,
    ) -> Result<Vec<RelationGroup>, AppError> {
        let mut groups: Vec<RelationGroup> = Vec::new();
        for ((_, relation_type, kind), refs) in grouped(entity) {
            let total = refs.len();
            let labels = self.first_by_title(&refs, ROWS);
            groups.push(RelationGroup {
                title: title(&entity.kind, relation_type, kind),
                relation_type: relation_type.to_owned(),
                kind: kind.to_owned(),
                targets: self.rows_of(labels).await?,
                total,
            });
        }
        Ok(groups)
    }

    /// Returns the first of some entities by their titles.
    pub(super) fn first_by_title(&self, refs: &[&str], wanted: usize) -> Vec<EntityLabel> {
        let mut labels: Vec<EntityLabel> =
            refs.iter().filter_map(|text| self.label_of(text)).collect();
        labels.sort_by_cached_key(|label| (label.title.to_lowercase(), label.entity_ref.clone()));
        labels.truncate(wanted);
        labels
    }

    /// Returns rows for these entities, in order; what is missing has a row that says so.
    pub(super) async fn rows_of(
        &self,
        labels: Vec<EntityLabel>,
    ) -> Result<Vec<EntityRow>, AppError> {
        let there = labels.iter().filter(|label| label.exists);
        let refs: Vec<String> = there.map(|label| label.entity_ref.to_string()).collect();
        let mut rows: BTreeMap<EntityRef, EntityRow> = BTreeMap::new();
        for entity in self.entities(&refs).await? {
            let row = self.row(&entity);
            rows.insert(row.label.entity_ref.clone(), row);
        }
        Ok(labels
            .into_iter()
            .map(|label| {
                rows.remove(&label.entity_ref)
                    .unwrap_or_else(|| self.bare_row(&label.entity_ref))
            })
            .collect())
    }

    /// Returns what a Location entity brought.
    pub(super) async fn produced(&self, entity_ref: &str) -> Result<Produced, AppError> {
        let places = self.db().source_targets(entity_ref).await?;
        let (ids, kinds, total) = {
            let key = format!("metadata.annotations.{}", annotation::LOCATION);
            let index = self.index().read();
            let mut found = self.found(&index, Filter::Is(key, places));
            // The location of a registration has the place that it stands for.
            if let Some(own) = index.id(entity_ref) {
                found.remove(own);
            }
            let total = usize::try_from(found.len()).unwrap_or(usize::MAX);
            let kinds = index.facet("kind", &found);
            (index.ordered(&found, &[], 0, ROWS), kinds, total)
        };
        let mut kinds: Vec<KindCount> = kinds
            .into_iter()
            .map(|(kind, count)| KindCount { kind, count })
            .collect();
        kinds.sort_by(|a, b| (b.count, &a.kind).cmp(&(a.count, &b.kind)));
        Ok(Produced {
            rows: self.rows(&ids).await?,
            total,
            kinds,
        })
    }
}

/// Place in the order of the page, type of relation, and kind of the other ends where they are kept apart.
type Group<'a> = (usize, &'a str, &'a str);

/// Sorts the other ends of the relations that the page shows as tables into groups.
fn grouped(entity: &Entity) -> BTreeMap<Group<'_>, Vec<&str>> {
    let is_person = matches!(entity.kind.to_lowercase().as_str(), "group" | "user");
    let mut groups: BTreeMap<Group<'_>, Vec<&str>> = BTreeMap::new();
    for relation in &entity.relations {
        let relation_type = relation.relation_type.as_str();
        let target = relation.target_ref.as_str();
        let kind = target.split(':').next().unwrap_or_default();
        let elsewhere = FACTS.contains(&relation_type)
            || (is_person && OF_PEOPLE.contains(&relation_type))
            || (relation_type == "partOf" && WHOLES.contains(&kind));
        if elsewhere {
            continue;
        }
        let kind = if matches!(relation_type, "hasPart" | "dependsOn") {
            kind
        } else {
            ""
        };
        let place = ORDER.iter().position(|one| *one == relation_type);
        let place = place.unwrap_or(ORDER.len());
        let group = groups.entry((place, relation_type, kind));
        group.or_default().push(target);
    }
    groups
}

/// Returns the heading of a group.
fn title(of_kind: &str, relation_type: &str, kind: &str) -> String {
    let plural =
        || kind::find(kind).map_or_else(|| format!("{kind}s"), |known| known.plural.to_owned());
    match (relation_type, kind) {
        ("providesApi", _) => "Provided APIs".to_owned(),
        ("consumesApi", _) => "Consumed APIs".to_owned(),
        ("hasPart", "component") if of_kind.eq_ignore_ascii_case("component") => {
            "Subcomponents".to_owned()
        }
        ("hasPart", "domain") => "Subdomains".to_owned(),
        ("hasPart", _) => plural(),
        ("dependsOn", "api") => "Depends on APIs".to_owned(),
        ("dependsOn", _) => format!("Depends on {}", plural().to_lowercase()),
        (other, _) => relation::title(other),
    }
}

#[cfg(test)]
mod tests {
    use callboard_model::Relation;

    use super::*;

    fn entity(kind: &str, relations: &[(&str, &str)]) -> Entity {
        let relation = |(relation_type, target): &(&str, &str)| Relation {
            relation_type: (*relation_type).to_owned(),
            target_ref: (*target).to_owned(),
        };
        Entity {
            kind: kind.to_owned(),
            relations: relations.iter().map(relation).collect(),
            ..Entity::default()
        }
    }

    fn titles(entity: &Entity) -> Vec<String> {
        let groups = grouped(entity);
        let titles = groups.keys();
        titles
            .map(|(_, relation, of)| title(&entity.kind, relation, of))
            .collect()
    }

    #[test]
    fn tables_of_a_component_are_those_of_backstage_in_a_steady_order() {
        let component = entity(
            "Component",
            &[
                ("dependencyOf", "component:default/z"),
                ("dependsOn", "api:default/a"),
                ("dependsOn", "component:default/a"),
                ("dependsOn", "resource:default/b"),
                ("hasPart", "component:default/c"),
                ("ownedBy", "group:default/g"),
                ("partOf", "system:default/s"),
                ("providesApi", "api:default/p"),
                ("consumesApi", "api:default/q"),
                ("tracedBy", "robot:default/r"),
            ],
        );
        assert_eq!(
            titles(&component),
            [
                "Provided APIs",
                "Consumed APIs",
                "Subcomponents",
                "Depends on APIs",
                "Depends on components",
                "Depends on resources",
                "Needed by",
                "Traced by"
            ]
        );
    }

    #[test]
    fn what_people_are_to_each_other_is_shown_elsewhere() {
        let relations = [
            ("hasMember", "user:default/a"),
            ("ownerOf", "component:default/a"),
            ("childOf", "group:default/a"),
        ];
        assert!(titles(&entity("Group", &relations)).is_empty());
        assert_eq!(titles(&entity("Robot", &relations)).len(), 3);
        let domain = [
            ("hasPart", "domain:default/a"),
            ("hasPart", "system:default/a"),
            ("partOf", "robot:default/whole"),
        ];
        assert_eq!(
            titles(&entity("Domain", &domain)),
            ["Subdomains", "Systems", "Part of"]
        );
    }
}
