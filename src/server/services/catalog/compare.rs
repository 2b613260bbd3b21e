//! A few entities side by side.
use callboard_model::{
    Entity, EntityRef,
    view::{CatalogCell, Comparison},
};

use crate::{error::AppError, server::access::Access};

/// Most entities that fit beside each other.
const MOST: usize = 4;

/// Facts that are compared by the column that shows them, and their names.
const FACTS: &[(&str, &str)] = &[
    ("reference", "Reference"),
    ("kind", "Kind"),
    ("type", "Type"),
    ("lifecycle", "Lifecycle"),
    ("owner", "Owner"),
    ("system", "System"),
    ("description", "Description"),
    ("tags", "Tags"),
];

/// Relations whose ends are counted.
const COUNTED: &[(&str, &str)] = &[
    ("dependsOn", "Depends on"),
    ("dependencyOf", "Dependency of"),
    ("providesApi", "Provides APIs"),
    ("consumesApi", "Consumes APIs"),
    ("hasPart", "Has parts"),
    ("hasMember", "Has members"),
    ("ownerOf", "Owner of"),
];

impl Access {
    /// Puts entities side by side, four at most; those that may not be read are counted with those that are not there.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn comparison(&self, refs: &[String]) -> Result<Comparison, AppError> {
        let mut wanted: Vec<String> = Vec::new();
        let mut missing = 0;
        for text in refs {
            match text.parse::<EntityRef>() {
                Ok(entity_ref) if self.sees_ref(&entity_ref.to_string()) => {
                    let entity_ref = entity_ref.to_string();
                    if !wanted.contains(&entity_ref) && wanted.len() < MOST {
                        wanted.push(entity_ref);
                    }
                }
                _ => missing += 1,
            }
        }
        let entities = self.entities(&wanted).await?;
        let labels = entities
            .iter()
            .map(|entity| self.label(&entity.entity_ref()));
        let own = FACTS.iter().map(|(column, name)| {
            let cells = entities
                .iter()
                .map(|entity| self.cell(entity, column, true));
            ((*name).to_owned(), cells.collect::<Vec<_>>())
        });
        let counted = COUNTED.iter().map(|(relation, name)| {
            let cells = entities.iter().map(|entity| counted(entity, relation));
            ((*name).to_owned(), cells.collect())
        });
        let facts = own.chain(counted);
        let facts = facts.filter(|(_, cells)| cells.iter().any(|cell| *cell != CatalogCell::Empty));
        let facts = facts.map(|(name, cells)| {
            // References differ always.
            let is_fact = name != "Reference";
            let is_different = is_fact && cells.windows(2).any(|two| two[0] != two[1]);
            (name, cells, is_different)
        });
        Ok(Comparison {
            entities: labels.collect(),
            facts: facts.collect(),
            missing,
        })
    }
}

fn counted(entity: &Entity, relation: &str) -> CatalogCell {
    match entity.relation_targets(relation).count() {
        0 => CatalogCell::Empty,
        count => CatalogCell::Text(count.to_string()),
    }
}
