//! `/api/permission`, and what each plugin tells about its permissions: Backstage's permission framework.
use std::collections::HashMap;

use axum::{
    Json, Router,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use callboard_catalog::Filter;
use callboard_policy::{Action, Asked as Question, Condition, Decision, PERMISSIONS, RULES};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{body::JsonBody, error::Asked};
use crate::{
    error::AppError,
    server::{
        Services,
        access::Access,
        caller::Principal,
        policy::{condition_filter, verdict_word},
    },
};

/// The type of resource whose conditions the catalog can decide.
const ENTITY: &str = "catalog-entity";

/// What was decided in this request already.
type Decided = HashMap<PermissionInput, (Decision, Filter)>;

/// Most questions in one request, with every resource a question of its own.
const MAX_ITEMS: usize = 1_000;

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/health", get(health))
        .route("/authorize", post(authorize))
}

async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// Body of `authorize`.
#[derive(Debug, Deserialize)]
struct AuthorizeRequest {
    items: Vec<Item>,
}

/// One question.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    permission: PermissionInput,
    #[serde(default)]
    resource_ref: Option<OneOrMore>,
}

/// A permission as the client knows it; it may be of a plugin that this portal does not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PermissionInput {
    name: String,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    resource_type: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
struct Attributes {
    #[serde(default)]
    action: Option<Action>,
}

/// One reference, or a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// The answer to one question.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    id: String,
    /// A word, or one for each resource of a list.
    result: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    plugin_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<Condition>,
}

async fn authorize(
    access: Access,
    asked: Asked,
    JsonBody(request): JsonBody<AuthorizeRequest>,
) -> Response {
    asked.answer(answers(&access, request).map(|items| Json(json!({"items": items}))))
}

fn answers(access: &Access, request: AuthorizeRequest) -> Result<Vec<Answer>, AppError> {
    let count = |item: &Item| match &item.resource_ref {
        Some(OneOrMore::More(refs)) => refs.len().max(1),
        _ => 1,
    };
    let questions: usize = request.items.iter().map(count).sum();
    if questions > MAX_ITEMS {
        return Err(AppError::Invalid(format!(
            "{questions} questions are more than {MAX_ITEMS}"
        )));
    }
    // The same permission is often asked for many resources at once.
    let mut known = Decided::new();
    let items = request.items.into_iter();
    items.map(|item| answer(access, item, &mut known)).collect()
}

fn answer(access: &Access, item: Item, known: &mut Decided) -> Result<Answer, AppError> {
    let Item {
        id,
        permission,
        resource_ref,
    } = item;
    let is_told_conditions = match access.caller().principal {
        Principal::Service(_) => true,
        // Without credentials nobody is told from a plugin where plugins have none either.
        Principal::Nobody => access.door().is_open,
        Principal::User(_) => false,
    };
    if permission.resource_type.is_some() && resource_ref.is_none() && !is_told_conditions {
        return Err(AppError::Invalid(format!(
            "the permission {} needs a resourceRef: conditions are told to plugins only",
            permission.name
        )));
    }
    let (decision, filter) = known
        .entry(permission.clone())
        .or_insert_with(|| decide(access, &permission));
    let decision = &*decision;
    let one = |entity_ref: &str| match decision {
        Decision::Conditional(_) => {
            let index = access.index().read();
            let holds = index
                .id(entity_ref)
                .is_some_and(|id| index.holds(filter, id));
            if holds { "ALLOW" } else { "DENY" }
        }
        decision => verdict_word(decision),
    };
    let (result, conditions) = match (&resource_ref, decision) {
        (Some(OneOrMore::One(entity_ref)), _) => (one(entity_ref).into(), None),
        (Some(OneOrMore::More(refs)), _) => {
            let words = refs.iter().map(|entity_ref| one(entity_ref.as_str()));
            (words.collect::<Vec<_>>().into(), None)
        }
        (None, Decision::Conditional(condition)) => ("CONDITIONAL".into(), Some(condition.clone())),
        (None, decision) => (verdict_word(decision).into(), None),
    };
    let has_conditions = conditions.is_some();
    let plugin = callboard_policy::find(&permission.name).map(|known| known.plugin.to_owned());
    Ok(Answer {
        id,
        result,
        plugin_id: plugin.filter(|_| has_conditions),
        resource_type: permission.resource_type.filter(|_| has_conditions),
        conditions,
    })
}

fn decide(access: &Access, permission: &PermissionInput) -> (Decision, Filter) {
    // What the portal knows of a permission counts more than what the client says of it.
    let question = match callboard_policy::find(&permission.name) {
        Some(known) => known.into(),
        None => Question {
            permission: &permission.name,
            action: permission.attributes.action,
            resource_type: permission.resource_type.as_deref(),
        },
    };
    let decision = access.decide(&question);
    let filter = match &decision {
        Decision::Conditional(condition) => condition_filter(condition),
        Decision::Allow | Decision::Deny => crate::server::policy::nothing(),
    };
    (decision, filter)
}

/// Tells which permissions and rules the catalog has.
pub(super) async fn metadata() -> Json<Value> {
    let permissions = PERMISSIONS.iter().filter(|one| one.plugin == "catalog");
    let permissions: Vec<Value> = permissions.map(shown).collect();
    let rules = RULES.iter().filter(|rule| rule.plugin == "catalog");
    let rules: Vec<Value> = rules
        .map(|rule| {
            json!({
                "name": rule.name,
                "description": rule.description,
                "resourceType": rule.resource_type,
                "paramsSchema": callboard_policy::params_schema(rule),
            })
        })
        .collect();
    Json(json!({"permissions": permissions, "rules": rules}))
}

fn shown(permission: &callboard_policy::Permission) -> Value {
    let attributes = permission
        .action
        .map_or_else(|| json!({}), |action| json!({"action": action}));
    match permission.resource_type {
        Some(resource_type) => json!({
            "type": "resource", "name": permission.name, "attributes": attributes, "resourceType": resource_type,
        }),
        None => json!({"type": "basic", "name": permission.name, "attributes": attributes}),
    }
}

/// Body of `apply-conditions`.
#[derive(Debug, Deserialize)]
pub(super) struct ApplyRequest {
    items: Vec<ApplyItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApplyItem {
    id: String,
    #[serde(default)]
    resource_ref: Option<String>,
    #[serde(default)]
    resource_refs: Option<Vec<String>>,
    resource_type: String,
    conditions: Condition,
}

/// Tells for which entities conditions hold.
pub(super) async fn apply_conditions(
    access: Access,
    asked: Asked,
    JsonBody(request): JsonBody<ApplyRequest>,
) -> Response {
    let count = |item: &ApplyItem| item.resource_refs.as_ref().map_or(1, Vec::len);
    let questions: usize = request.items.iter().map(count).sum();
    if questions > MAX_ITEMS {
        let message = format!("{questions} questions are more than {MAX_ITEMS}");
        return asked.refuse(StatusCode::BAD_REQUEST, &message);
    }
    let other = request
        .items
        .iter()
        .find(|item| item.resource_type != ENTITY);
    if let Some(other) = other {
        let message = format!(
            "the catalog has no resources of type {}",
            other.resource_type
        );
        return asked.refuse(StatusCode::BAD_REQUEST, &message);
    }
    let items: Vec<Value> = request
        .items
        .iter()
        .map(|item| applied(&access, item))
        .collect();
    asked.answer(Ok(Json(json!({"items": items}))))
}

fn applied(access: &Access, item: &ApplyItem) -> Value {
    let filter = condition_filter(&item.conditions);
    let index = access.index().read();
    let one = |entity_ref: &String| {
        let id = index.id(entity_ref);
        let holds = id.is_some_and(|id| access.sees(&index, id) && index.holds(&filter, id));
        if holds { "ALLOW" } else { "DENY" }
    };
    let result: Value = match (&item.resource_refs, &item.resource_ref) {
        (Some(refs), _) => refs.iter().map(one).collect::<Vec<_>>().into(),
        (None, Some(entity_ref)) => one(entity_ref).into(),
        (None, None) => "DENY".into(),
    };
    json!({"id": item.id, "result": result})
}
