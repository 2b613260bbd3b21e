//! What the page of an entity says before anything else: nothing leads to it any more, relations that lead nowhere,
//! and errors because of which an earlier version is shown.
use callboard_db::StoredProblem;
use callboard_diagnostics::codes;
use callboard_model::{
    Entity, Severity, annotation,
    view::{EntityLabel, EntityWarnings, ProblemRow, WarningRow},
};

use super::problems::OF_OTHERS;
use crate::{error::AppError, server::access::Access};

/// Problems that are shown; the problems tab has all of them.
const SHOWN: usize = 4;

/// For so many relations that lead nowhere it is looked for what was meant: each look goes through all names, and holds
/// the index meanwhile.
const LOOKED_FOR: usize = 1;

/// So many of the entities that led to one are asked for errors.
const ANCESTORS: usize = 5;

impl Access {
    /// Returns what has to be said of an entity.
    pub(super) async fn entity_warnings(
        &self,
        entity: &Entity,
    ) -> Result<EntityWarnings, AppError> {
        let text = entity.entity_ref().to_string();
        let own = self.problems_of(entity).await?;
        let stale = own
            .iter()
            .any(|problem| problem.diagnostic.code == codes::CAT_LAST_GOOD);
        let mut rows: Vec<ProblemRow> = own
            .into_iter()
            .filter(is_grave)
            .map(|problem| self.own_row(problem))
            .collect();
        let has_cause = rows
            .iter()
            .any(|row| row.diagnostic.severity == Severity::Error);
        if stale && !has_cause {
            rows.extend(self.errors_above(&text).await?);
        }
        let total = rows.len();
        rows.truncate(SHOWN);
        let problems = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| WarningRow {
                near: if at < LOOKED_FOR {
                    self.meant(entity, &row)
                } else {
                    None
                },
                row,
            })
            .collect();
        Ok(EntityWarnings {
            orphan: entity.annotation(annotation::ORPHAN) == Some("true"),
            can_remove: self.may_on("catalog.entity.delete", &text),
            stale,
            problems,
            total,
        })
    }

    /// Returns what was probably meant by a relation that leads nowhere.
    fn meant(&self, entity: &Entity, row: &ProblemRow) -> Option<EntityLabel> {
        if !OF_OTHERS.contains(&row.diagnostic.code.as_str()) {
            return None;
        }
        let message = &row.diagnostic.message;
        let targets = entity.relations.iter().map(|one| &one.target_ref);
        let named = targets.filter(|target| message.contains(target.as_str()));
        // A reference may begin as another one does.
        let target = named.max_by_key(|target| target.len())?;
        self.near(&target.parse().ok()?).into_iter().next()
    }

    /// Returns the errors of what led to an entity, the nearest first.
    async fn errors_above(&self, entity_ref: &str) -> Result<Vec<ProblemRow>, AppError> {
        let mut rows = Vec::new();
        let above = self.ancestors(entity_ref).await?;
        for one in above.into_iter().take(ANCESTORS) {
            let above_ref = one.label.entity_ref.to_string();
            let file = one.source.unwrap_or_default();
            let mut problems = self.db().problem_list_of(&above_ref, &file).await?;
            self.keep_visible(&mut problems);
            problems.retain(|problem| problem.diagnostic.severity == Severity::Error);
            rows.extend(problems.into_iter().map(|problem| {
                let mut row = self.problem_row(problem);
                row.owner = None;
                row.entity = Some(one.label.clone());
                row
            }));
        }
        Ok(rows)
    }

    /// Shows a problem on the page of its own entity.
    pub(super) fn own_row(&self, problem: StoredProblem) -> ProblemRow {
        ProblemRow {
            diagnostic: problem.diagnostic,
            entity: None,
            owner: None,
            since: problem.since,
        }
    }
}

/// Whether a problem has to be said before anything else.
fn is_grave(problem: &StoredProblem) -> bool {
    let diagnostic = &problem.diagnostic;
    diagnostic.severity == Severity::Error || OF_OTHERS.contains(&diagnostic.code.as_str())
}
