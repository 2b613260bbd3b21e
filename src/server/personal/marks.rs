//! Stars and watches.
use std::{collections::BTreeSet, sync::Arc};

use callboard_db::{Mark, StoredMark, now_ms};
use callboard_model::{
    EntityRef,
    view::{EntityLabel, MarkedRow},
};

use crate::{error::AppError, server::access::Access};

/// Most stars and most watches that one person has.
const MOST: i64 = 2_000;

/// Most entities that one request marks.
pub(super) const AT_ONCE: usize = 1_000;

impl Access {
    /// Returns the references of what the caller starred; nothing for programs.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn stars(&self) -> Result<Arc<BTreeSet<String>>, AppError> {
        Ok(Arc::clone(&self.own().await?.stars))
    }

    /// Returns the references of what the caller watches; nothing for programs.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn watches(&self) -> Result<Arc<BTreeSet<String>>, AppError> {
        Ok(Arc::clone(&self.own().await?.watches))
    }

    /// Marks entities for the caller, or takes the mark off them. Only what the caller may read can be marked; a mark
    /// can be taken off anything.
    ///
    /// # Errors
    /// `Invalid` for a wrong reference or too many, `NotFound` when the caller may read none of them, `Conflict` when
    /// they have as many marks as they may have.
    pub(in crate::server) async fn mark(
        &self,
        mark: Mark,
        refs: &[String],
        on: bool,
    ) -> Result<(), AppError> {
        let mut parsed = references(refs)?;
        // First of all: who may not see an entity is told that there is none, whoever it is.
        if on {
            let none = AppError::NotFound(match &parsed[..] {
                [one] => format!("The catalog has no {one}."),
                _ => "The catalog has none of these entities.".to_owned(),
            });
            parsed.retain(|one| self.sees_ref(one));
            if parsed.is_empty() {
                return Err(none);
            }
        }
        let user_ref = self.person_who_changes()?.user_ref.clone();
        let done = if on {
            let now = now_ms();
            self.db()
                .mark_put(&user_ref, mark, &parsed, now, MOST)
                .await
        } else {
            let removed = self.db().mark_remove(&user_ref, mark, &parsed).await;
            removed.map(|_| true)
        };
        self.personal().own.forget(&user_ref);
        if done? {
            return Ok(());
        }
        let (what, undo) = match mark {
            Mark::Star => ("starred", "Take some stars off"),
            Mark::Watch => ("watched", "Stop watching some"),
        };
        Err(AppError::Conflict(format!(
            "With these you would have more than {MOST} {what} entities. {undo} first; the settings page lists them."
        )))
    }

    /// Returns what the caller marked, the newest first. What is gone stays in the list and says so.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn marked(
        &self,
        mark: Mark,
        most: usize,
    ) -> Result<(Vec<MarkedRow>, usize), AppError> {
        let own = self.own().await?;
        let all = own.marks.iter().filter(|one| one.mark == mark);
        let total = all.clone().count();
        let row = |one: &StoredMark| self.marked_row(&one.entity_ref, one.at, &own.stars);
        Ok((all.filter_map(row).take(most).collect(), total))
    }

    pub(in crate::server) fn marked_row(
        &self,
        entity_ref: &str,
        at: i64,
        stars: &BTreeSet<String>,
    ) -> Option<MarkedRow> {
        let label = self.label_of(entity_ref)?;
        Some(MarkedRow {
            owner: self.owner_of(&label),
            label,
            at,
            starred: stars.contains(entity_ref),
        })
    }

    /// Names the first owner of an entity that the caller may read, if they may read the owner as well.
    fn owner_of(&self, label: &EntityLabel) -> Option<EntityLabel> {
        if !label.exists {
            return None;
        }
        let owner = {
            let index = self.index().read();
            let id = index.id(&label.entity_ref.to_string())?;
            index.value(id, "relations.ownedby").map(str::to_owned)
        };
        self.label_of(&owner?).filter(|owner| owner.exists)
    }
}

/// Reads references and brings them into their one form.
fn references(texts: &[String]) -> Result<Vec<String>, AppError> {
    if texts.is_empty() {
        return Err(AppError::Invalid(
            "Name at least one entity, as ref=component:default/name.".to_owned(),
        ));
    }
    if texts.len() > AT_ONCE {
        return Err(AppError::Invalid(format!(
            "At most {AT_ONCE} entities can be marked at once, not {}.",
            texts.len()
        )));
    }
    let parse = |text: &String| {
        text.parse::<EntityRef>()
            .map(|parsed| parsed.to_string())
            .map_err(|_| {
                let shown: String = text.chars().take(200).collect();
                AppError::Invalid(format!(
                    "\"{shown}\" is no reference such as component:default/name."
                ))
            })
    };
    texts.iter().map(parse).collect()
}
