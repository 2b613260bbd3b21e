//! The audit log as a file: every entry that a query finds, the oldest first, without holding them in memory.
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use callboard_db::{AuditFilter, StoredAudit};
use serde_json::json;

use crate::{
    error::AppError,
    server::{
        access::{Access, Event, Outcome},
        csv,
    },
};

/// How entries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Form {
    /// A table with a line of headings.
    Csv,
    /// One JSON object on each line.
    Json,
}

const COLUMNS: &str = "seq,at,actor,actor_kind,event,permission,resource,decision,result,address,request_id,detail,hash\r\n";

/// Answers the entries that a filter finds.
///
/// # Errors
/// `NotAllowed` without the permission `callboard.audit.read`.
pub(in crate::server) async fn export(
    access: Access,
    filter: AuditFilter,
    form: Form,
) -> Result<Response, AppError> {
    access.require("callboard.audit.read", None).await?;
    let event = Event::plain("audit.export", None);
    access.record(&event, Outcome::Done).await?;
    let head = if form == Form::Csv { COLUMNS } else { "" };
    let first = futures::stream::once(async move { Ok::<_, std::io::Error>(Bytes::from(head)) });
    let rest = futures::stream::try_unfold(Some(0_i64), move |after| {
        let access = access.clone();
        let filter = filter.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let rows = access.db().audit_each(&filter, after).await;
            let rows = rows.map_err(std::io::Error::other)?;
            let Some(last) = rows.last() else {
                return Ok(None);
            };
            let next = Some(last.seq);
            let text: String = rows.iter().map(|row| line(row, form)).collect();
            Ok(Some((Bytes::from(text), next)))
        }
    });
    let body = Body::from_stream(futures::StreamExt::chain(first, rest));
    let (media_type, name) = match form {
        Form::Csv => (
            "text/csv; charset=utf-8",
            "attachment; filename=\"audit.csv\"",
        ),
        Form::Json => (
            "application/x-ndjson",
            "attachment; filename=\"audit.ndjson\"",
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, body).into_response())
}

fn line(row: &StoredAudit, form: Form) -> String {
    let entry = &row.entry;
    if form == Form::Json {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let object = json!({
            "seq": row.seq, "at": entry.at, "actor": entry.actor, "actorKind": entry.actor_kind,
            "event": entry.event, "permission": entry.permission, "resource": entry.resource,
            "decision": entry.decision, "result": entry.result, "address": entry.address,
            "requestId": entry.request_id, "detail": detail, "hash": row.hash,
        });
        return format!("{object}\n");
    }
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let cells = [
        row.seq.to_string(),
        entry.at.to_string(),
        entry.actor.clone(),
        entry.actor_kind.clone(),
        entry.event.clone(),
        text(&entry.permission),
        text(&entry.resource),
        text(&entry.decision),
        entry.result.clone(),
        entry.address.clone(),
        entry.request_id.clone(),
        entry.detail.clone(),
        row.hash.clone(),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| csv::cell(cell)).collect();
    format!("{}\r\n", cells.join(","))
}
