//! The problems tab of an entity's page.
use callboard_model::{
    EntityRef, annotation,
    view::{EntityProblems, ProblemDetail},
};

use super::entity_source::lines_around;
use crate::{error::AppError, server::access::Access};

/// Most problems on the page.
const MAX_ROWS: usize = 100;

impl Access {
    /// Answers the problems tab.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn entity_problems(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Result<EntityProblems, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        let entity = self.entity_read(&entity_ref).await?;
        let mut stored = self.problems_of(&entity).await?;
        let total = stored.len();
        stored.truncate(MAX_ROWS);
        let has_places = stored.iter().any(|one| one.diagnostic.span.is_some());
        let location = entity
            .annotation(annotation::LOCATION)
            .filter(|_| has_places);
        let text = match location {
            Some(location) => self.source_text(location).await?,
            None => None,
        };
        let file = self.place_of(&entity, annotation::LOCATION);
        let problems = stored
            .into_iter()
            .map(|problem| {
                let diagnostic = &problem.diagnostic;
                let is_here = file.as_ref() == Some(&diagnostic.file);
                let span = diagnostic.span.filter(|_| is_here);
                let lines = text.as_deref().zip(span);
                ProblemDetail {
                    lines: lines.and_then(|(text, span)| lines_around(text, span)),
                    row: self.own_row(problem),
                }
            })
            .collect();
        Ok(EntityProblems { problems, total })
    }
}
