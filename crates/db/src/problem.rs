//! Problems that are open now.
use std::collections::{HashMap, HashSet};

use callboard_model::Diagnostic;
use sha1::{Digest, Sha1};
use sqlx::QueryBuilder;

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
        // A quote within a text is written with a backslash, so that these are found as fields alone.
        const SQL: &str = "SELECT since, body FROM problems WHERE body LIKE $1 ESCAPE '!' \
                           OR (body LIKE $2 ESCAPE '!' AND body LIKE '%\"severity\":\"error\"%' \
                           AND body NOT LIKE '%,\"entity_ref\":%')";
        let own = field_pattern("entity_ref", entity_ref)?;
        let whole = field_pattern("file", file)?;
        if entity_ref.contains('\0') || file.contains('\0') {
            return Ok(Vec::new());
        }
        let stored: Vec<(i64, String)> = on_db!(self, pool => {
            sqlx::query_as(SQL).bind(own).bind(whole).fetch_all(pool).await?
        });
        let mut problems = read(stored)?;
        problems.retain(|problem| match &problem.diagnostic.entity_ref {
            Some(of) => of == entity_ref,
            None => problem.diagnostic.file == file,
        });
        Ok(problems)
    }

    /// Returns the references of the entities that have open errors, in order, each once.
    ///
    /// # Errors
    /// When the database fails or holds a problem that is not JSON.
    pub async fn problem_erring(&self) -> Result<Vec<String>, DbError> {
        // A quote within a text is written with a backslash, so that only the field itself looks like this.
        const SQL: &str = "SELECT body FROM problems WHERE body LIKE '%\"severity\":\"error\"%'";
        let bodies: Vec<(String,)> = on_db!(self, pool => {
            sqlx::query_as(SQL).fetch_all(pool).await?
        });
        let mut refs = Vec::new();
        for (body,) in bodies {
            let problem: Diagnostic =
                serde_json::from_str(&body).map_err(|source| DbError::Stored {
                    what: "problem",
                    source,
                })?;
            refs.extend(problem.entity_ref);
        }
        refs.sort();
        refs.dedup();
        Ok(refs)
    }
}

/// Returns the pattern of what holds a field with this text.
fn field_pattern(name: &str, text: &str) -> Result<String, DbError> {
    let text = serde_json::to_string(text).map_err(|source| DbError::Stored {
        what: "problem",
        source,
    })?;
    let mut pattern = format!("%\"{}\":", name.replace('_', "!_"));
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Ok(pattern)
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
