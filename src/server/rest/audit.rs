//! `/api/audit/export`: the audit log as a file, for people and for programs that keep it elsewhere.
use axum::{extract::Query, response::Response};
use callboard_model::view::AuditQuery;
use serde::Deserialize;

use super::error::Asked;
use crate::{
    error::AppError,
    server::{
        access::Access,
        audit::{self, Form, filter_of},
    },
};

/// What is exported, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `csv`, or `json` for one object on each line.
    format: String,
    actor: String,
    event: String,
    decision: String,
    result: String,
    q: String,
    from: String,
    to: String,
}

/// Answers every entry that the query finds, the oldest first.
pub(super) async fn export(access: Access, asked: Asked, Query(wanted): Query<Wanted>) -> Response {
    let exported =
        match form(&wanted.format).and_then(|form| Ok((form, filter_of(&wanted.query())?))) {
            Ok((form, filter)) => audit::export(access, filter, form).await,
            Err(error) => Err(error),
        };
    asked.answer(exported)
}

fn form(name: &str) -> Result<Form, AppError> {
    match name {
        "" | "json" => Ok(Form::Json),
        "csv" => Ok(Form::Csv),
        other => Err(AppError::Invalid(format!(
            "invalid format \"{other}\": expected csv or json"
        ))),
    }
}

impl Wanted {
    fn query(&self) -> AuditQuery {
        AuditQuery {
            actor: self.actor.clone(),
            event: self.event.clone(),
            decision: self.decision.clone(),
            result: self.result.clone(),
            q: self.q.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            before: None,
        }
    }
}
