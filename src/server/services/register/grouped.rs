//! What a dry run found, file by file.
use std::collections::{BTreeMap, HashSet};

use callboard_catalog::{LocationRef, Preview, PreviewedFile};
use callboard_model::{
    Diagnostic, EntityRef, Severity, annotation,
    view::{EntityLabel, ImportEntity, ImportFile, ImportFound, ImportProblem, ImportState},
};
use serde_json::Value;

use super::excerpt;
use crate::{error::AppError, server::access::Access};

/// Most files that are shown.
const FILES: usize = 200;

/// Most entities that are shown over all files.
const ENTITIES: usize = 200;

/// Most problems that are shown of one file.
const PROBLEMS: usize = 50;

impl Access {
    /// Puts entities and problems to their files.
    pub(super) async fn group(
        &self,
        location: &LocationRef,
        preview: Preview,
        found: &mut ImportFound,
    ) -> Result<(), AppError> {
        let own = location.generated_ref();
        let sees_any = self.has("catalog.location.analyze");
        let registered = self.db().location_list().await?;
        let registered: HashSet<&str> = registered.iter().map(|one| one.target.as_str()).collect();
        let mut problems: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for problem in preview.problems {
            problems
                .entry(problem.file.clone())
                .or_default()
                .push(problem);
        }
        let mut bodies = preview.entities.into_iter().filter(|(one, _)| *one != own);
        let mut seen = HashSet::new();
        found.files_total = preview.files.len();
        for file in preview.files {
            let bodies: Vec<_> = bodies.by_ref().take(file.entities.len()).collect();
            found.entities_total += bodies.len();
            let of_file = problems.remove(&file.name).unwrap_or_default();
            let mut shown = ImportFile {
                is_registered: registered.contains(file.target.as_str()),
                total: bodies.len(),
                problems: with_excerpts(of_file, &file, sees_any),
                target: file.target,
                entities: Vec::new(),
            };
            let counted: usize = found.files.iter().map(|file| file.entities.len()).sum();
            for (entity_ref, body) in bodies {
                let is_twice = !seen.insert(entity_ref.clone());
                if counted + shown.entities.len() < ENTITIES {
                    shown
                        .entities
                        .extend(self.import_entity(&entity_ref, &body, is_twice));
                }
            }
            if found.files.len() < FILES {
                found.files.push(shown);
            }
        }
        let rest = problems.into_values().flatten();
        found.problems = rest.map(without_excerpt).take(PROBLEMS).collect();
        Ok(())
    }

    fn import_entity(&self, entity_ref: &str, body: &str, is_twice: bool) -> Option<ImportEntity> {
        let entity: Value = serde_json::from_str(body).ok()?;
        let entity_ref: EntityRef = entity_ref.parse().ok()?;
        let text = |pointer: &str| entity.pointer(pointer).and_then(Value::as_str);
        let kind = text("/kind").unwrap_or_default();
        let title = text("/spec/profile/displayName").or_else(|| text("/metadata/title"));
        let exists = self.sees_ref(&entity_ref.to_string());
        let at = format!(
            "/metadata/annotations/{}",
            annotation::LOCATION.replace('/', "~1")
        );
        let state = match self.location_in_catalog(&entity_ref) {
            _ if is_twice => ImportState::Twice,
            None => ImportState::New,
            Some(known) if text(&at) == Some(known.as_str()) => ImportState::Known,
            Some(known) => ImportState::Taken(self.file_name(&known)),
        };
        let owner = text("/spec/owner")
            .and_then(|owner| EntityRef::parse(owner, Some("group"), &entity_ref.namespace).ok());
        Some(ImportEntity {
            label: EntityLabel {
                kind: kind.to_owned(),
                title: title
                    .unwrap_or_else(|| text("/metadata/name").unwrap_or_default())
                    .to_owned(),
                entity_ref,
                exists,
            },
            owner: owner.map(|owner| self.label(&owner)),
            entity_type: text("/spec/type").map(str::to_owned),
            state,
        })
    }

    /// Returns the location that an entity of the catalog was read from; nothing when the caller may not read it.
    fn location_in_catalog(&self, entity_ref: &EntityRef) -> Option<String> {
        let index = self.index().read();
        let id = index.id(&entity_ref.to_string())?;
        let key = format!("metadata.annotations.{}", annotation::LOCATION);
        let location = index.value(id, &key).unwrap_or_default();
        self.sees(&index, id).then(|| location.to_owned())
    }
}

/// Adds the lines to problems of one file, the worst first. What brings no entity may be any file that the portal's
/// tokens open: its lines are for whoever may look into repositories.
fn with_excerpts(
    mut problems: Vec<Diagnostic>,
    file: &PreviewedFile,
    sees_any: bool,
) -> Vec<ImportProblem> {
    problems.sort_by_key(|one| one.severity);
    problems.retain(|one| one.severity != Severity::Info);
    problems.truncate(PROBLEMS);
    let text = file.text.as_deref();
    let text = text.filter(|_| sees_any || !file.entities.is_empty());
    let with_lines = |diagnostic: Diagnostic| ImportProblem {
        excerpt: text
            .zip(diagnostic.span)
            .and_then(|(text, span)| excerpt::cut(text, span)),
        diagnostic,
    };
    problems.into_iter().map(with_lines).collect()
}

fn without_excerpt(diagnostic: Diagnostic) -> ImportProblem {
    ImportProblem {
        diagnostic,
        excerpt: None,
    }
}
