//! Problems that are open now.
use std::collections::{HashMap, HashSet};

use callboard_model::Diagnostic;
use sha1::{Digest, Sha1};
use sqlx::{QueryBuilder, Row};

use crate::{Db, DbError, ROWS_PER_STATEMENT, on_db};

/// One open problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProblem {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// When it was first seen, in milliseconds since 1970-01-01 UTC.
    pub since: i64,
}

impl Db {
    /// Makes these the open problems: new ones begin `now`, those that stay keep their begin, the rest end.
    /// Returns whether anything changed.
    ///
    /// # Errors
    /// When the database does not carry it out; then nothing has changed.
    pub async fn problem_replace(
        &self,
        problems: &[Diagnostic],
        now: i64,
    ) -> Result<bool, DbError> {
        let mut wanted = HashMap::with_capacity(problems.len());
        for problem in problems {
            wanted.insert(fingerprint(problem), problem);
        }
        let changed = on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            if let Some(lock) = self.writer_lock() {
                sqlx::query(lock).execute(&mut *tx).await?;
            }
            let stored: Vec<(String, String)> =
                sqlx::query_as("SELECT fingerprint, body FROM problems").fetch_all(&mut *tx).await?;
            let bodies: HashMap<_, _> = wanted
                .iter()
                .map(|(print, problem)| Ok((print.clone(), to_json(problem)?)))
                .collect::<Result<_, DbError>>()?;
            let same: HashSet<&String> = stored
                .iter()
                .filter(|(print, body)| bodies.get(print) == Some(body))
                .map(|(print, _)| print)
                .collect();
            let gone: Vec<_> = stored.iter().filter(|(print, _)| !bodies.contains_key(print)).collect();
            let new: Vec<_> = bodies.iter().filter(|(print, _)| !same.contains(print)).collect();
            for chunk in gone.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("DELETE FROM problems WHERE fingerprint IN (");
                let mut list = query.separated(", ");
                for (print, _) in chunk {
                    list.push_bind(print);
                }
                query.push(")");
                query.build().execute(&mut *tx).await?;
            }
            for chunk in new.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("INSERT INTO problems (fingerprint, since, body) ");
                query.push_values(chunk, |mut row, (print, body)| {
                    row.push_bind(*print).push_bind(now).push_bind(*body);
                });
                query.push(" ON CONFLICT (fingerprint) DO UPDATE SET body = excluded.body");
                query.build().execute(&mut *tx).await?;
            }
            tx.commit().await?;
            !gone.is_empty() || !new.is_empty()
        });
        if changed {
            self.wake.ring();
        }
        Ok(changed)
    }

    /// Returns all open problems, by file, place and code.
    ///
    /// # Errors
    /// When the database does not answer or a stored problem cannot be read.
    pub async fn problem_list(&self) -> Result<Vec<StoredProblem>, DbError> {
        const SQL: &str = "SELECT since, body FROM problems";
        let mut problems = on_db!(self, pool => {
            let rows = sqlx::query(SQL).fetch_all(pool).await?;
            rows.iter()
                .map(|row| {
                    let body: String = row.try_get(1)?;
                    let diagnostic = serde_json::from_str(&body)
                        .map_err(|source| DbError::Stored { what: "problem", source })?;
                    Ok(StoredProblem { diagnostic, since: row.try_get(0)? })
                })
                .collect::<Result<Vec<_>, DbError>>()?
        });
        problems.sort_by(|a, b| {
            let key = |p: &StoredProblem| p.diagnostic.span;
            let (one, two) = (&a.diagnostic, &b.diagnostic);
            one.file
                .cmp(&two.file)
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| (&one.code, &one.message).cmp(&(&two.code, &two.message)))
        });
        Ok(problems)
    }
}

fn to_json(problem: &Diagnostic) -> Result<String, DbError> {
    serde_json::to_string(problem).map_err(|source| DbError::Stored {
        what: "problem",
        source,
    })
}

/// What makes a problem the same one although lines were added above it: everything but its place. A hash, because
/// an index takes neither long texts nor, on PostgreSQL, the character 0.
fn fingerprint(problem: &Diagnostic) -> String {
    let entity = problem.entity_ref.as_deref().unwrap_or_default();
    let parts = [&problem.code, &problem.file, &problem.message, entity];
    format!("{:x}", Sha1::digest(parts.join("\n")))
}
