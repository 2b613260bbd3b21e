//! Saved views of the catalog: a person's own, and those that a group shares.
use callboard_db::{StoredView, ViewPut, new_uid, now_ms};
use callboard_model::{EntityRef, view::SavedView};
use serde_json::json;

use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        caller::User,
    },
};

/// Most views that a person or a group has.
const MOST: i64 = 100;

/// Longest name, in characters.
const MAX_NAME: usize = 100;

/// Longest query, in bytes.
const MAX_QUERY: usize = 4_096;

impl Access {
    /// Returns the views of the catalog that the caller and their groups saved, by name.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn saved_views(&self) -> Result<Vec<SavedView>, AppError> {
        let Some(user) = self.person() else {
            return Ok(Vec::new());
        };
        let can_edit = self.person_who_changes().is_ok();
        let all = self.db().view_list(&user.ownership).await?;
        let shown = all
            .into_iter()
            .filter_map(|view| self.shown_view(view, can_edit));
        Ok(shown.collect())
    }

    /// Saves a view of the catalog; `owner` is a group of the caller's, or empty for their own. A view of the same
    /// name gets the new query.
    ///
    /// # Errors
    /// `Invalid` when the name or the query is none, `NotAllowed` when the owner is not the caller's, `Conflict` when
    /// the owner has as many views as they may have.
    pub async fn view_save(
        &self,
        name: &str,
        owner: &str,
        query: &str,
    ) -> Result<SavedView, AppError> {
        let user = self.person_who_changes()?;
        let owner_ref = owner_of(user, owner)?;
        let now = now_ms();
        let view = StoredView {
            id: new_uid(),
            owner_ref,
            name: checked_name(name)?,
            query: checked_query(query)?,
            created_by: user.user_ref.clone(),
            created_at: now,
            updated_at: now,
        };
        if self.db().view_put(&view, MOST).await? == ViewPut::Full {
            return Err(AppError::Conflict(format!(
                "There are {MOST} saved views already; delete one that nobody needs first. The settings page lists them."
            )));
        }
        let detail = json!({"name": view.name, "query": view.query});
        self.note_team_view("view.save", user, &view.owner_ref, detail)
            .await?;
        let saved = self.shown_view(view, true);
        saved.ok_or(AppError::Internal)
    }

    /// Deletes a view of the caller or of one of their groups.
    ///
    /// # Errors
    /// `NotFound` when there is none of this id that is theirs.
    pub async fn view_delete(&self, id: &str) -> Result<(), AppError> {
        let user = self.person_who_changes()?;
        let view = self.db().view_get(id).await?;
        // Whether somebody else has it stays untold.
        let view = view.filter(|view| user.ownership.contains(&view.owner_ref));
        let gone = || AppError::NotFound("There is no such saved view any more.".to_owned());
        let view = view.ok_or_else(gone)?;
        if !self.db().view_remove(id).await? {
            return Err(gone());
        }
        let detail = json!({"name": view.name});
        self.note_team_view("view.delete", user, &view.owner_ref, detail)
            .await
    }

    /// Writes into the audit log what somebody did to a view that others use as well.
    async fn note_team_view(
        &self,
        name: &str,
        user: &User,
        owner_ref: &str,
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        if owner_ref == user.user_ref {
            return Ok(());
        }
        let event = Event::plain(name, Some(owner_ref)).with(detail);
        self.record(&event, Outcome::Done).await
    }

    fn shown_view(&self, view: StoredView, can_edit: bool) -> Option<SavedView> {
        Some(SavedView {
            owner: self.label_of(&view.owner_ref)?,
            id: view.id,
            name: view.name,
            query: view.query,
            can_edit,
        })
    }
}

/// Returns the reference of the owner of a view: the user, or one of their groups.
fn owner_of(user: &User, owner: &str) -> Result<String, AppError> {
    let owner = owner.trim();
    if owner.is_empty() {
        return Ok(user.user_ref.clone());
    }
    let parsed = owner.parse::<EntityRef>().map(|owner| owner.to_string());
    let own = parsed.ok().filter(|owner| user.ownership.contains(owner));
    own.ok_or_else(|| {
        AppError::NotAllowed(
            "A view can be saved for oneself or for a group that one is a member of; this is neither.".to_owned(),
        )
    })
}

fn checked_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(AppError::Invalid(format!(
            "Give the view a name of at most {MAX_NAME} characters, so that you find it again."
        )));
    }
    Ok(name.to_owned())
}

fn checked_query(query: &str) -> Result<String, AppError> {
    let query = query.trim();
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() > MAX_QUERY || query.chars().any(char::is_control) {
        return Err(AppError::Invalid(format!(
            "A view holds at most {MAX_QUERY} bytes of filters; take some of them away and save it again."
        )));
    }
    Ok(query.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::caller::Proof;

    #[test]
    fn a_view_is_ones_own_or_that_of_a_group_of_ones_own() {
        let user = User {
            user_ref: "user:default/ada".to_owned(),
            ownership: vec!["user:default/ada".to_owned(), "group:default/a".to_owned()],
            groups: Vec::new(),
            proof: Proof::Guest,
        };
        let owner = |text: &str| owner_of(&user, text).ok();
        assert_eq!(owner("").as_deref(), Some("user:default/ada"));
        assert_eq!(owner("Group:A").as_deref(), Some("group:default/a"));
        assert_eq!(owner("group:default/b"), None);
        assert_eq!(owner("user:default/ben"), None);
        assert_eq!(owner("nonsense"), None);
    }

    #[test]
    fn names_and_queries_are_short_and_plain() {
        assert_eq!(checked_name("  Mine ").ok().as_deref(), Some("Mine"));
        for bad in ["", "  ", "a\nb", &"x".repeat(101)] {
            assert!(checked_name(bad).is_err(), "{bad}");
        }
        assert!(checked_name(&"ä".repeat(100)).is_ok());
        assert_eq!(checked_query("?kind=api").ok().as_deref(), Some("kind=api"));
        assert!(checked_query(&"x".repeat(4_097)).is_err());
        assert!(checked_query("a=\0").is_err());
    }
}
