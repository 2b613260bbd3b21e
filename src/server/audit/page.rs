//! The audit page.
use callboard_db::{AuditFilter, StoredAudit};
use callboard_model::view::{AuditQuery, AuditRow, AuditView};

use crate::{error::AppError, server::access::Access};

/// Entries on a page.
const ROWS: usize = 50;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Events that the portal writes, for the list on the page. Any other text can be asked for in the address.
const EVENTS: &[&str] = &[
    "sign-in",
    "sign-out",
    "session.revoke",
    "token.create",
    "token.revoke",
    "token.refused",
    "user.provision",
    "user.forget",
    "policy.load",
    "policy.simulate",
    "audit.export",
    "catalog.entity.read",
    "catalog.entity.refresh",
    "catalog.entity.delete",
    "catalog.location.create",
    "catalog.location.delete",
    "catalog.event",
];

impl Access {
    /// Answers the audit page.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `callboard.audit.read`; `Invalid` when a day of the query is none.
    pub async fn audit_view(&self, query: &AuditQuery) -> Result<AuditView, AppError> {
        self.require("callboard.audit.read", None).await?;
        let mut filter = filter_of(query)?;
        filter.limit = ROWS + 1;
        let mut rows = self.db().audit_page(&filter).await?;
        let has_more = rows.len() > ROWS;
        rows.truncate(ROWS);
        filter.before = None;
        let newest = AuditFilter {
            limit: 1,
            ..AuditFilter::default()
        };
        let head = self.db().audit_page(&newest).await?.into_iter().next();
        Ok(AuditView {
            next: rows.last().filter(|_| has_more).map(|last| last.seq),
            total: u64::try_from(self.db().audit_count(&filter).await?).unwrap_or_default(),
            rows: rows.into_iter().map(row).collect(),
            events: EVENTS.iter().map(|event| (*event).to_owned()).collect(),
            head: head.map(|head| head.hash),
        })
    }
}

/// Turns the query of the page into a condition.
///
/// # Errors
/// `Invalid` when a day is none.
pub(in crate::server) fn filter_of(query: &AuditQuery) -> Result<AuditFilter, AppError> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let from = given(&query.from).map(|text| day(&text)).transpose()?;
    let to = given(&query.to).map(|text| day(&text)).transpose()?;
    Ok(AuditFilter {
        actor: given(&query.actor),
        event: given(&query.event),
        permission: None,
        resource: None,
        decision: given(&query.decision),
        result: given(&query.result),
        text: given(&query.q),
        from,
        // The whole day is meant.
        to: to.map(|start| start.saturating_add(DAY)),
        before: query.before,
        limit: ROWS,
    })
}

/// Reads a day such as `2026-11-26`; returns its first millisecond since 1970, UTC.
fn day(text: &str) -> Result<i64, AppError> {
    let wrong = || AppError::Invalid(format!("\"{text}\" is no day; write it as 2026-11-26."));
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>());
    let mut next = || parts.next().and_then(Result::ok).ok_or_else(wrong);
    let (year, month, day) = (next()?, next()?, next()?);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(wrong());
    }
    Ok(days_since_1970(year, month, day) * DAY)
}

/// Counts days in the Gregorian calendar, with a year that begins in March so that the leap day is its last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

fn row(stored: StoredAudit) -> AuditRow {
    let entry = stored.entry;
    AuditRow {
        seq: stored.seq,
        at: entry.at,
        actor: entry.actor,
        event: entry.event,
        permission: entry.permission,
        resource: entry.resource,
        decision: entry.decision,
        result: entry.result,
        address: entry.address,
        request_id: entry.request_id,
        detail: entry.detail,
        hash: stored.hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-11-26", 20_783),
        ] {
            assert_eq!(day(text).unwrap(), days * DAY, "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-00-10",
            "yesterday",
            "99999-01-01",
        ] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_last_day_is_meant_whole() {
        let query = AuditQuery {
            from: "1970-01-02".to_owned(),
            to: "1970-01-02".to_owned(),
            ..AuditQuery::default()
        };
        let filter = filter_of(&query).unwrap();
        assert_eq!((filter.from, filter.to), (Some(DAY), Some(2 * DAY)));
        assert_eq!(filter.actor, None);
    }
}
