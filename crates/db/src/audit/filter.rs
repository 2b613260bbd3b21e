//! Which entries of the audit log are wanted.
use super::chain::{LONG, SHORT};
use crate::text::can_be_stored;

/// Which entries are wanted: those for which all that is given holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Exactly this actor.
    pub actor: Option<String>,
    /// Exactly this event.
    pub event: Option<String>,
    /// Exactly this permission.
    pub permission: Option<String>,
    /// Exactly this resource.
    pub resource: Option<String>,
    /// `allow` or `deny`.
    pub decision: Option<String>,
    /// `ok`, `refused` or `failed`.
    pub result: Option<String>,
    /// A text that occurs in actor, resource, event or detail; letters of either case are the same, beyond ASCII
    /// only where the database knows them.
    pub text: Option<String>,
    /// Not before this time, in milliseconds since 1970-01-01 UTC.
    pub from: Option<i64>,
    /// Before this time.
    pub to: Option<i64>,
    /// Before this number: the last one of the page before.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

impl AuditFilter {
    /// Returns the columns that have to be equal to something, with what.
    pub(super) fn equal(&self) -> [(&'static str, Option<&String>); 6] {
        [
            ("actor", self.actor.as_ref()),
            ("event", self.event.as_ref()),
            ("permission", self.permission.as_ref()),
            ("resource", self.resource.as_ref()),
            ("decision", self.decision.as_ref()),
            ("result", self.result.as_ref()),
        ]
    }

    /// Returns the columns that have to be at least, or below, a number, with the comparison and the number.
    pub(super) fn bounds(&self) -> [(&'static str, Option<i64>); 3] {
        [
            ("at >= ", self.from),
            ("at < ", self.to),
            ("seq < ", self.before),
        ]
    }

    /// Returns whether it asks for a text that no entry can hold, which a database may refuse to look for.
    pub(super) fn finds_nothing(&self) -> bool {
        let absurd =
            |text: &String, limit| !can_be_stored(text) || text.chars().nth(limit).is_some();
        let fields = self.equal().into_iter();
        let mut fields = fields.filter_map(|(column, value)| {
            let limit = if column == "resource" { LONG } else { SHORT };
            Some((value?, limit))
        });
        fields.any(|(value, limit)| absurd(value, limit))
            || self.text.as_ref().is_some_and(|text| absurd(text, LONG))
    }
}

/// Appends the conditions of a filter to a statement that has none yet.
macro_rules! push {
    ($query:ident, $filter:ident) => {{
        $query.push(" WHERE 1 = 1");
        for (column, value) in $filter.equal() {
            if let Some(value) = value {
                $query
                    .push(" AND ")
                    .push(column)
                    .push(" = ")
                    .push_bind(value);
            }
        }
        for (comparison, number) in $filter.bounds() {
            if let Some(number) = number {
                $query.push(" AND ").push(comparison).push_bind(number);
            }
        }
        if let Some(text) = &$filter.text {
            let pattern = crate::text::anywhere(text);
            let mut word = " AND (";
            for column in ["actor", "resource", "event", "detail"] {
                $query
                    .push(word)
                    .push("LOWER(")
                    .push(column)
                    .push(") LIKE LOWER(");
                $query.push_bind(pattern.clone()).push(") ESCAPE '\\'");
                word = " OR ";
            }
            $query.push(")");
        }
    }};
}
pub(super) use push;
