//! Problems that are open now.
use std::collections::{HashMap, HashSet};

use callboard_model::Diagnostic;
use sha1::{Digest, Sha1};
use sqlx::QueryBuilder;

use crate::{Db, DbError, ROWS_PER_STATEMENT, on_db};

/// Most characters of a reference or a file that are kept beside a problem, as in the migration that added them; an
/// index of PostgreSQL takes no long texts. References of entities are shorter.
const KEPT: usize = 512;

/// Asks for the problems of one entity and the errors of one file that are about no entity.
const OF_ENTITY: &str = "SELECT since, body FROM problems WHERE entity_ref = $1 \
                         UNION ALL SELECT since, body FROM problems \
                         WHERE file = $2 AND entity_ref IS NULL AND severity = 'error'";

/// Asks for the entities that have errors.
const ERRING: &str =
    "SELECT DISTINCT entity_ref FROM problems WHERE severity = 'error' AND entity_ref IS NOT NULL";

/// One open problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProblem {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// When it was first seen, in milliseconds since 1970-01-01 UTC.
    pub since: i64,
}

/// What is stored of a problem but its beginning. The version before this one writes the first two alone.
#[derive(Debug, PartialEq, Eq, sqlx::FromRow)]
struct Row {
    fingerprint: String,
    body: String,
    entity_ref: Option<String>,
    file: Option<String>,
    severity: Option<String>,
}

impl Row {
    fn of(problem: &Diagnostic) -> Result<Self, DbError> {
        Ok(Self {
            fingerprint: fingerprint(problem),
            body: to_json(problem)?,
            entity_ref: problem.entity_ref.as_deref().map(kept),
            file: Some(kept(&problem.file)),
            severity: Some(problem.severity.as_str().to_owned()),
        })
    }
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
        const STORED: &str = "SELECT fingerprint, body, entity_ref, file, severity FROM problems";
        let mut wanted = HashMap::with_capacity(problems.len());
        for problem in problems {
            let row = Row::of(problem)?;
            wanted.insert(row.fingerprint.clone(), row);
        }
        let changed = on_db!(self, pool => {
            let mut tx = pool.begin_with(self.begin()).await?;
            if let Some(lock) = self.writer_lock() {
                sqlx::query(lock).execute(&mut *tx).await?;
            }
            let stored: Vec<Row> = sqlx::query_as(STORED).fetch_all(&mut *tx).await?;
            // A row of the version before lacks columns, so it is not the same and is written again.
            let same: HashSet<&String> = stored
                .iter()
                .filter(|row| wanted.get(&row.fingerprint) == Some(*row))
                .map(|row| &row.fingerprint)
                .collect();
            let gone: Vec<_> =
                stored.iter().filter(|row| !wanted.contains_key(&row.fingerprint)).collect();
            let new: Vec<_> =
                wanted.values().filter(|row| !same.contains(&row.fingerprint)).collect();
            for chunk in gone.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new("DELETE FROM problems WHERE fingerprint IN (");
                let mut list = query.separated(", ");
                for row in chunk {
                    list.push_bind(&row.fingerprint);
                }
                query.push(")");
                query.build().execute(&mut *tx).await?;
            }
            for chunk in new.chunks(ROWS_PER_STATEMENT) {
                let mut query = QueryBuilder::new(
                    "INSERT INTO problems (fingerprint, since, body, entity_ref, file, severity) ",
                );
                query.push_values(chunk, |mut values, row| {
                    values
                        .push_bind(&row.fingerprint)
                        .push_bind(now)
                        .push_bind(&row.body)
                        .push_bind(&row.entity_ref)
                        .push_bind(&row.file)
                        .push_bind(&row.severity);
                });
                query.push(
                    " ON CONFLICT (fingerprint) DO UPDATE SET body = excluded.body, \
                     entity_ref = excluded.entity_ref, file = excluded.file, severity = excluded.severity",
                );
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
        let stored: Vec<(i64, String)> =
            on_db!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
        read(stored)
    }

    /// Returns the open problems of one entity, by file, place and code, and the errors of a file that are about no
    /// entity.
    ///
    /// # Errors
    /// When the database does not answer or a stored problem cannot be read.
    pub async fn problem_list_of(
        &self,
        entity_ref: &str,
        file: &str,
    ) -> Result<Vec<StoredProblem>, DbError> {
        let (own, whole) = (kept(entity_ref), kept(file));
        let stored: Vec<(i64, String)> = on_db!(self, pool => {
            sqlx::query_as(OF_ENTITY).bind(own).bind(whole).fetch_all(pool).await?
        });
        let mut problems = read(stored)?;
        // What was cut to be kept may be another one.
        problems.retain(|problem| match &problem.diagnostic.entity_ref {
            Some(of) => of == entity_ref,
            None => problem.diagnostic.file == file,
        });
        Ok(problems)
    }

    /// Returns the references of the entities that have open errors, in order, each once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn problem_erring(&self) -> Result<Vec<String>, DbError> {
        let mut refs: Vec<String> =
            on_db!(self, pool => sqlx::query_scalar(ERRING).fetch_all(pool).await?);
        // PostgreSQL may have an order of its own.
        refs.sort();
        Ok(refs)
    }
}

/// Returns a reference or a file as it is kept beside a problem.
fn kept(text: &str) -> String {
    crate::text::stored(text, KEPT)
}

/// Reads stored problems and puts them in order, by file, place and code.
fn read(stored: Vec<(i64, String)>) -> Result<Vec<StoredProblem>, DbError> {
    let mut problems = stored
        .into_iter()
        .map(|(since, body)| {
            let diagnostic = serde_json::from_str(&body).map_err(|source| DbError::Stored {
                what: "problem",
                source,
            })?;
            Ok(StoredProblem { diagnostic, since })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
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

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::{Pool, Target};

    #[tokio::test]
    async fn no_question_goes_through_every_problem() {
        let db = Db::open(&Target::Memory).await.unwrap();
        let Pool::Sqlite(pool) = &db.pool else {
            panic!("memory is SQLite");
        };
        let indexes = async |sql: &str| {
            let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let steps: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(sql).fetch_all(pool).await.unwrap();
            let steps = steps.into_iter().map(|(.., step)| step);
            let steps: Vec<_> = steps.filter(|step| step.contains("problems")).collect();
            assert!(steps.iter().all(|s| s.starts_with("SEARCH ")), "{steps:?}");
            let name = |step: &String| {
                step.split_once("INDEX ")?
                    .1
                    .split(' ')
                    .next()
                    .map(str::to_owned)
            };
            steps.iter().filter_map(name).collect::<Vec<_>>()
        };
        assert_eq!(
            indexes(OF_ENTITY).await,
            ["problems_entity", "problems_file"]
        );
        assert_eq!(indexes(ERRING).await, ["problems_erring"]);
    }
}
