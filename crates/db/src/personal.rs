//! What the portal keeps for each person: preferences, starred and watched entities, recent ones, and saved views.
mod mark;
mod preference;
mod recent;
mod view;

pub use mark::{Mark, StoredMark};
pub use recent::{StoredRecent, Visit};
pub use view::{StoredView, ViewPut};

use crate::{Db, DbError, on_db, text::can_be_stored};

impl Db {
    /// Forgets everything that is kept for a user; returns how many things that were. The views of groups stay, without
    /// the name of who made them.
    ///
    /// # Errors
    /// When the database does not carry it out; then nothing is forgotten.
    pub async fn personal_forget(&self, user_ref: &str) -> Result<u64, DbError> {
        const OWN: [&str; 4] = [
            "DELETE FROM preferences WHERE user_ref = $1",
            "DELETE FROM marks WHERE user_ref = $1",
            "DELETE FROM recents WHERE user_ref = $1",
            "DELETE FROM saved_views WHERE owner_ref = $1",
        ];
        const MADE: &str = "UPDATE saved_views SET created_by = '' WHERE created_by = $1";
        if !can_be_stored(user_ref) {
            return Ok(0);
        }
        on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            let mut count = 0;
            for sql in OWN {
                count += sqlx::query(sql).bind(user_ref).execute(&mut *tx).await?.rows_affected();
            }
            sqlx::query(MADE).bind(user_ref).execute(&mut *tx).await?;
            tx.commit().await?;
            Ok(count)
        })
    }
}
