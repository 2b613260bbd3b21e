//! Walking the audit log to see whether anybody tampered with it.
use sqlx::Row;

use super::{
    AuditEntry, CHUNK, HEAD, StoredAudit,
    chain::{self, Head},
    columns, read,
};
use crate::{Db, DbError, on_db};

/// What a walk over the audit log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditCheck {
    /// How many entries were found to be as they were written.
    pub entries: i64,
    /// Number and hash of the last entry that was written, as the database has it. Whoever notes it outside of the
    /// database can tell later whether the whole log was replaced.
    pub head: Option<(i64, String)>,
    /// Number of the first entry that is not as it was written, and what is wrong in plain words.
    pub broken: Option<(i64, String)>,
}

impl AuditCheck {
    fn breaks(mut self, seq: i64, what: &str) -> Self {
        self.broken = Some((seq, what.to_owned()));
        self
    }
}

impl Db {
    /// Walks the whole audit log from the first entry up to the one that is the last now, and stops at the first one
    /// that is not as it was written. `progress` gets the number of the last one checked, from time to time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_verify(&self, mut progress: impl FnMut(i64)) -> Result<AuditCheck, DbError> {
        let (fact, last) = self.audit_ends().await?;
        let head = fact.as_deref().and_then(Head::from_text);
        let mut check = AuditCheck {
            head: head.clone().map(|head| (head.seq, head.hash)),
            ..AuditCheck::default()
        };
        let Some(head) = head else {
            return Ok(match (fact, last) {
                (None, 0) => check,
                _ => check.breaks(
                    last,
                    "the note of which entry is the last one was removed or changed",
                ),
            });
        };
        let mut at = Head::default();
        // From below the first number on, so that nothing hides there.
        let mut after = i64::MIN;
        while at.seq < head.seq {
            let rows = self.audit_rows(after, head.seq).await?;
            if rows.is_empty() {
                return Ok(check.breaks(at.seq + 1, "this entry and all after it were removed"));
            }
            for row in rows {
                if let Some(what) = wrong(&row, &at) {
                    return Ok(check.breaks(row.seq.min(at.seq + 1), what));
                }
                check.entries += 1;
                at = Head {
                    seq: row.seq,
                    hash: row.hash,
                };
            }
            after = at.seq;
            progress(at.seq);
        }
        if at.hash != head.hash {
            let what =
                "this entry is not the one that was written last: the end of the log was replaced";
            return Ok(check.breaks(at.seq, what));
        }
        if last > head.seq {
            let what = "this entry was added by something else than the portal";
            return Ok(check.breaks(head.seq + 1, what));
        }
        Ok(check)
    }

    /// Returns the fact that names the last entry, and the highest number there is, both of one instant.
    async fn audit_ends(&self) -> Result<(Option<String>, i64), DbError> {
        const SQL: &str = "SELECT (SELECT value FROM facts WHERE name = $1), \
                           (SELECT COALESCE(MAX(seq), 0) FROM audit)";
        Ok(on_db!(self, pool => sqlx::query_as(SQL).bind(HEAD).fetch_one(pool).await?))
    }

    async fn audit_rows(&self, after: i64, up_to: i64) -> Result<Vec<StoredAudit>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3"
        );
        let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
        on_db!(self, pool => {
            read!(sqlx::query(SQL).bind(after).bind(up_to).bind(limit).fetch_all(pool).await?)
        })
    }
}

/// Returns what is wrong with an entry that should come right after `before`.
fn wrong(row: &StoredAudit, before: &Head) -> Option<&'static str> {
    if row.seq != before.seq + 1 {
        return Some("this entry was removed");
    }
    if row.hash != chain::hash(&before.hash, row.seq, &row.entry) {
        return Some("this entry was changed, moved or put in after it was written");
    }
    None
}
