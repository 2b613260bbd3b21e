//! Settings that Backstage's pages keep for a person, by bucket and key. The starred entities among them are the stars
//! of the portal.
use std::collections::BTreeSet;

use callboard_db::{Mark, now_ms};
use callboard_model::EntityRef;
use serde_json::{Value, json};

use super::preferences::MOST;
use crate::{error::AppError, server::access::Access};

/// Longest name of a bucket and of a key, in characters.
const MAX_NAME: usize = 80;

/// Longest value, in bytes.
const MAX_VALUE: usize = 64 * 1024;

/// Bucket and key under which Backstage keeps the starred entities.
const STARS: (&str, &str) = ("starredEntities", "entityRefs");

impl Access {
    /// Returns a setting of the caller.
    ///
    /// # Errors
    /// `NotFound` when there is none, `NotAllowed` for programs.
    pub(in crate::server) async fn setting(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<Value, AppError> {
        let user = self.person_with_things()?;
        if (bucket, key) == STARS {
            let own = self.own().await?;
            let stars = own.marks.iter().filter(|one| one.mark == Mark::Star);
            return Ok(stars.map(|one| one.entity_ref.as_str()).collect());
        }
        let name = name(bucket, key)?;
        let stored = self.db().preference_get(&user.user_ref, &name).await?;
        let stored = stored.ok_or_else(|| none(bucket, key))?;
        serde_json::from_str(&stored).map_err(|error| {
            tracing::error!(%error, "a stored setting cannot be read");
            AppError::Internal
        })
    }

    /// Keeps a setting of the caller.
    ///
    /// # Errors
    /// `Invalid` when it is too long or no list of references where one is expected, `Conflict` when the caller has as
    /// many as they may have, `NotAllowed` for programs and tokens that are for reading.
    pub(in crate::server) async fn setting_put(
        &self,
        bucket: &str,
        key: &str,
        value: &Value,
    ) -> Result<(), AppError> {
        let user = self.person_who_changes()?;
        if (bucket, key) == STARS {
            return self.set_stars(value).await;
        }
        let (name, text) = (name(bucket, key)?, value.to_string());
        if text.len() > MAX_VALUE {
            return Err(AppError::Invalid(format!(
                "a setting holds at most {MAX_VALUE} bytes of JSON, not {}",
                text.len()
            )));
        }
        let put = self
            .db()
            .preference_put(&user.user_ref, (&name, &text), now_ms(), MOST);
        if put.await? {
            return Ok(());
        }
        Err(AppError::Conflict(format!(
            "{} has {MOST} settings already; delete one that is not needed",
            user.user_ref
        )))
    }

    /// Forgets a setting of the caller.
    ///
    /// # Errors
    /// `NotAllowed` for programs and tokens that are for reading.
    pub(in crate::server) async fn setting_remove(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<(), AppError> {
        let user = self.person_who_changes()?;
        if (bucket, key) == STARS {
            return self.set_stars(&json!([])).await;
        }
        let name = name(bucket, key)?;
        self.db().preference_remove(&user.user_ref, &name).await?;
        Ok(())
    }

    /// Makes these the stars of the caller. What they may not read is passed over, and keeps the star it has.
    async fn set_stars(&self, value: &Value) -> Result<(), AppError> {
        let wrong = || AppError::Invalid("expected a list of entity references".to_owned());
        let refs = value.as_array().ok_or_else(wrong)?.iter().map(|one| {
            let parsed = one.as_str().and_then(|text| text.parse::<EntityRef>().ok());
            parsed.map(|parsed| parsed.to_string()).ok_or_else(wrong)
        });
        let wanted: BTreeSet<String> = refs.collect::<Result<_, _>>()?;
        let now = self.stars().await?;
        let gone: Vec<String> = now.difference(&wanted).cloned().collect();
        let new = wanted.difference(&now).filter(|one| self.sees_ref(one));
        let new: Vec<String> = new.cloned().collect();
        for (refs, on) in [(gone, false), (new, true)] {
            for chunk in refs.chunks(super::marks::AT_ONCE) {
                self.mark(Mark::Star, chunk, on).await?;
            }
        }
        Ok(())
    }
}

/// Returns the name under which a setting is kept; no two of different buckets are the same.
fn name(bucket: &str, key: &str) -> Result<String, AppError> {
    let is_fine = |text: &str| !text.is_empty() && text.chars().count() <= MAX_NAME;
    if is_fine(bucket) && is_fine(key) {
        return Ok(format!("settings:{}:{bucket}/{key}", bucket.len()));
    }
    Err(AppError::Invalid(format!(
        "a bucket and a key have names of 1 to {MAX_NAME} characters"
    )))
}

fn none(bucket: &str, key: &str) -> AppError {
    AppError::NotFound(format!("The bucket '{bucket}' has no setting '{key}'."))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn settings_of_different_buckets_have_different_names() {
        assert_ne!(name("a/b", "c").ok(), name("a", "b/c").ok());
        for (bucket, key) in [("", "a"), ("a", ""), ("a", &*"x".repeat(81))] {
            assert!(name(bucket, key).is_err(), "{bucket}/{key}");
        }
    }
}
