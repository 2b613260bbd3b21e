//! What belongs to one person: preferences, stars, watches, saved views and what they looked at.
mod forms;
mod marks;
mod own;
mod preferences;
mod settings;
mod views;
mod visits;

use callboard_db::Db;

pub(super) use forms::{prefer, remember, save_view, set_theme, star, unsave_view, watch};
pub(super) use own::Own;
pub(super) use preferences::Preferences;

use super::{
    access::Access,
    caller::{Proof, User},
};
use crate::error::AppError;
use own::OwnCache;
use visits::Visits;

/// What one process knows of what belongs to people.
#[derive(Debug)]
pub(super) struct Personal {
    db: Db,
    own: OwnCache,
    visits: Visits,
}

impl Personal {
    /// Knows nothing yet.
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            own: OwnCache::default(),
            visits: Visits::default(),
        }
    }

    /// Writes down who looked at what since the last time. What cannot be written is kept for the next time.
    pub(super) async fn write_visits(&self) -> Result<(), callboard_db::DbError> {
        self.visits.write(&self.db).await
    }
}

impl Access {
    /// Returns the user whose things these are; programs have none.
    pub(super) fn person(&self) -> Option<&User> {
        self.caller().user()
    }

    /// Returns the user whose things these are.
    ///
    /// # Errors
    /// `NotSignedIn` when it is nobody, `NotAllowed` when it is a program.
    fn person_with_things(&self) -> Result<&User, AppError> {
        self.person().ok_or_else(|| {
            if self.caller().is_known() {
                AppError::NotAllowed(
                    "A program has no stars, views or preferences: they belong to people."
                        .to_owned(),
                )
            } else {
                AppError::NotSignedIn("Sign in to keep something for yourself.".to_owned())
            }
        })
    }

    /// Returns the user who may change their own things.
    ///
    /// # Errors
    /// `NotSignedIn` when it is nobody, `NotAllowed` when it is a program or a token that is for reading.
    fn person_who_changes(&self) -> Result<&User, AppError> {
        let user = self.person_with_things()?;
        let may = match &user.proof {
            Proof::LimitedToken => false,
            Proof::Personal(scopes) => scopes.iter().any(|scope| scope == "all"),
            Proof::Session(_) | Proof::Token | Proof::Proxy(_) | Proof::Guest => true,
        };
        if may {
            Ok(user)
        } else {
            Err(AppError::NotAllowed(
                "This token is for reading: it changes nothing, not even what is its owner's own."
                    .to_owned(),
            ))
        }
    }
}
