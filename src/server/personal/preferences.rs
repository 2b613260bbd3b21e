//! What people chose for themselves: colours and density.
use callboard_db::now_ms;

use super::Own;
use crate::{
    error::AppError,
    server::access::Access,
    ui::frame::{Density, Theme},
};

/// Most preferences that one person has.
pub(super) const MOST: i64 = 200;

/// The preferences that every page needs.
pub(super) const OF_PAGES: [&str; 2] = [THEME, DENSITY];

const THEME: &str = "theme";
const DENSITY: &str = "density";

/// What somebody chooses; what is absent stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::server) struct Preferences {
    pub(in crate::server) theme: Option<Theme>,
    pub(in crate::server) density: Option<Density>,
}

impl Own {
    /// Returns what was chosen, on whichever device.
    pub(in crate::server) fn chosen(&self) -> Preferences {
        let word = |key: &str| {
            let value = self.preferences.get(key)?;
            serde_json::from_str::<String>(value).ok()
        };
        Preferences {
            theme: word(THEME).map(|word| Theme::from_word(&word)),
            density: word(DENSITY).map(|word| Density::from_word(&word)),
        }
    }
}

impl Access {
    /// Keeps what the caller chose. For whoever is no person there is nothing to keep.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub(in crate::server) async fn prefer(&self, chosen: Preferences) -> Result<(), AppError> {
        let Ok(user) = self.person_who_changes() else {
            return Ok(());
        };
        let theme = chosen.theme.map(|theme| (THEME, theme.as_str()));
        let density = chosen.density.map(|density| (DENSITY, density.as_str()));
        for (key, word) in [theme, density].into_iter().flatten() {
            let value = serde_json::Value::from(word).to_string();
            let put = self
                .db()
                .preference_put(&user.user_ref, (key, &value), now_ms(), MOST);
            put.await?;
        }
        self.personal().own.forget(&user.user_ref);
        Ok(())
    }
}
