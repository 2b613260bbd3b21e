//! The services as one caller may use them: the only way in which a door reaches them.
//!
//! What a caller may read is a condition of the catalog's index. It is part of every look into it, so that pages,
//! counts and facets are right, and nothing is taken away afterwards.
use std::{
    ops::Deref,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::{extract::FromRequestParts, http::request::Parts};
use callboard_catalog::{
    Filter, Index,
    index::{EntityId, EntitySet},
};
use callboard_db::AuditEntry;
use callboard_model::EntityRef;
use callboard_policy::{Asked, Decision};

use super::{
    Services,
    caller::{Caller, Principal, Proof},
    policy::{condition_filter, nothing},
};
use crate::error::AppError;

/// The permission to read an entity.
pub(super) const READ: &str = "catalog.entity.read";

/// The services on behalf of one caller. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Access(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    services: Services,
    caller: Caller,
    /// The condition on the entities that may be read; found when it is asked for.
    reading: OnceLock<Filter>,
    /// The entities for which it holds, and the state of the index for which that is true. A page looks into the index
    /// a dozen times, and a policy may have many conditions.
    seen: Mutex<Option<(i64, Arc<EntitySet>)>>,
}

impl Deref for Access {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0.services
    }
}

impl<S: Sync> FromRequestParts<S> for Access {
    type Rejection = std::convert::Infallible;

    /// Every request that passes the gate carries its access; without the gate there would be none.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let access = parts.extensions.get::<Self>().cloned();
        Ok(access.expect("the gate is a layer of every route"))
    }
}

/// What came of something that is written into the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was done.
    Done,
    /// The policy forbids it.
    Denied,
    /// It was allowed and could not be done.
    Failed,
    /// It was refused for another reason than the policy.
    Refused,
}

/// Something that happened, on what, and more about it.
#[derive(Debug, Clone, Default)]
pub(super) struct Event<'a> {
    pub(super) name: &'a str,
    pub(super) permission: Option<&'a str>,
    pub(super) resource: Option<&'a str>,
    pub(super) detail: serde_json::Value,
}

impl<'a> Event<'a> {
    /// Something that a permission of the same name is asked for.
    pub(super) fn of(permission: &'a str, resource: &'a str) -> Self {
        Self {
            name: permission,
            permission: Some(permission),
            resource: Some(resource),
            detail: serde_json::Value::Null,
        }
    }

    /// Something without a permission.
    pub(super) fn plain(name: &'a str, resource: Option<&'a str>) -> Self {
        Self {
            name,
            resource,
            ..Self::default()
        }
    }

    pub(super) fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}

impl Access {
    /// Uses the services on behalf of a caller.
    #[must_use]
    pub fn new(services: Services, caller: Caller) -> Self {
        Self(Arc::new(Inner {
            services,
            caller,
            reading: OnceLock::new(),
            seen: Mutex::new(None),
        }))
    }

    /// Returns on whose behalf.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.0.caller
    }

    /// Decides about a permission, without looking at any resource.
    pub(super) fn decide(&self, asked: &Asked<'_>) -> Decision {
        match &self.caller().principal {
            Principal::Service(service) => {
                let known = callboard_policy::find(asked.permission);
                let plugin = known.map_or("", |permission| permission.plugin);
                let action = asked.action.map(callboard_policy::Action::as_str);
                if service.may(plugin, asked.permission, action) {
                    Decision::Allow
                } else {
                    Decision::Deny
                }
            }
            Principal::User(user) if !covers(&user.proof, asked) => Decision::Deny,
            Principal::User(user) => self.policy().now().decision(&user.who(), asked),
            Principal::Nobody => self
                .policy()
                .now()
                .decision(&callboard_policy::Who::default(), asked),
        }
    }

    /// Returns the condition on the entities for which the caller has a permission.
    pub(super) fn filter_of(&self, permission: &str) -> Filter {
        let Some(known) = callboard_policy::find(permission) else {
            return nothing();
        };
        match self.decide(&known.into()) {
            Decision::Allow => Filter::All(Vec::new()),
            Decision::Deny => nothing(),
            Decision::Conditional(condition) => condition_filter(&condition),
        }
    }

    /// Returns the condition on the entities that the caller may read.
    pub(super) fn reading(&self) -> &Filter {
        self.0.reading.get_or_init(|| self.filter_of(READ))
    }

    /// Narrows a condition to the entities that the caller may read.
    pub(super) fn readable(&self, index: &Index, filter: Filter) -> Filter {
        let filter = self.discreet(index, filter);
        if self.sees_all() {
            return filter;
        }
        Filter::All(vec![self.reading().clone(), filter])
    }

    /// Returns the entities for which a condition holds and that the caller may read.
    pub(super) fn found(&self, index: &Index, filter: Filter) -> EntitySet {
        let found = index.matching(&self.discreet(index, filter));
        if self.sees_all() {
            return found;
        }
        found & &*self.seen(index)
    }

    /// Returns the entities that the caller may read.
    pub(super) fn seen(&self, index: &Index) -> Arc<EntitySet> {
        let mut known = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((seq, seen)) if *seq == index.seq() => Arc::clone(seen),
            _ => {
                let seen = Arc::new(index.matching(self.reading()));
                *known = Some((index.seq(), Arc::clone(&seen)));
                seen
            }
        }
    }

    /// Tells whether the caller may read an entity.
    pub(super) fn sees(&self, index: &Index, id: EntityId) -> bool {
        let known = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some((seq, seen)) if *seq == index.seq() => seen.contains(id),
            _ => index.holds(self.reading(), id),
        }
    }

    /// Tells whether the caller may read the entity of a reference; not, when there is none.
    pub(super) fn sees_ref(&self, entity_ref: &str) -> bool {
        let index = self.index().read();
        index.id(entity_ref).is_some_and(|id| self.sees(&index, id))
    }

    /// Tells whether the caller has a permission that is about nothing in particular.
    pub(super) fn has(&self, permission: &str) -> bool {
        let known = callboard_policy::find(permission);
        known.is_some_and(|known| self.decide(&known.into()) == Decision::Allow)
    }

    /// Makes sure that the caller has a permission that is about nothing in particular.
    ///
    /// # Errors
    /// `NotAllowed`, which is in the audit log then.
    pub(super) async fn require(&self, permission: &str, on: Option<&str>) -> Result<(), AppError> {
        if self.has(permission) {
            return Ok(());
        }
        self.denied(permission, on).await
    }

    /// Makes sure that the caller has a permission on an entity.
    ///
    /// # Errors
    /// `NotAllowed`, also when there is no such entity and the permission is not one on every entity.
    pub(super) async fn require_on(
        &self,
        permission: &str,
        entity_ref: &str,
    ) -> Result<(), AppError> {
        let filter = self.filter_of(permission);
        let holds = {
            let index = self.index().read();
            match index.id(entity_ref) {
                Some(id) => index.holds(&filter, id),
                None => filter == Filter::All(Vec::new()),
            }
        };
        if holds {
            return Ok(());
        }
        self.denied(permission, Some(entity_ref)).await
    }

    /// Makes sure that the caller may read an entity that is there.
    ///
    /// Whether there is one that may not be read stays untold: the answer is the same as for one that is not there.
    pub(super) async fn require_reading(&self, entity_ref: &EntityRef) -> Result<bool, AppError> {
        let text = entity_ref.to_string();
        if self.sees_ref(&text) {
            return Ok(true);
        }
        // Whoever may read everything is told that there is no such entity. For others, one that is not there is treated
        // like one that may not be read, down to the time it takes.
        if *self.reading() != Filter::All(Vec::new()) {
            self.record(&Event::of(READ, &text), Outcome::Denied)
                .await?;
        }
        Ok(false)
    }

    async fn denied(&self, permission: &str, on: Option<&str>) -> Result<(), AppError> {
        let event = Event {
            name: permission,
            permission: Some(permission),
            resource: on,
            detail: serde_json::Value::Null,
        };
        self.record(&event, Outcome::Denied).await?;
        if self.caller().is_known() {
            let what = callboard_policy::find(permission).map_or("", |known| known.what);
            Err(AppError::NotAllowed(format!(
                "{} may not do this: it needs the permission {permission} ({what}). The people who keep the policy \
                 of this portal can give it.",
                self.caller().name()
            )))
        } else {
            Err(AppError::NotSignedIn(
                "You have to sign in for this.".to_owned(),
            ))
        }
    }

    /// Does something and writes into the audit log what came of it.
    ///
    /// # Errors
    /// Those of what is done, and `Internal` when the audit log cannot be written.
    pub(super) async fn audited<T>(
        &self,
        event: Event<'_>,
        done: impl Future<Output = Result<T, AppError>>,
    ) -> Result<T, AppError> {
        let done = done.await;
        let (outcome, event) = match &done {
            Ok(_) => (Outcome::Done, event),
            Err(AppError::NotAllowed(_) | AppError::NotSignedIn(_)) => (Outcome::Refused, event),
            Err(error) => {
                let detail = serde_json::json!({"error": error.to_string()});
                (Outcome::Failed, event.with(detail))
            }
        };
        self.record(&event, outcome).await?;
        done
    }

    /// Writes into the audit log; returns when it is there to stay.
    pub(super) async fn record(&self, event: &Event<'_>, outcome: Outcome) -> Result<(), AppError> {
        let caller = self.caller();
        let detail = match &event.detail {
            serde_json::Value::Null => "{}".to_owned(),
            detail => detail.to_string(),
        };
        let entry = AuditEntry {
            at: callboard_db::now_ms(),
            actor: caller.name().to_owned(),
            actor_kind: caller.kind().to_owned(),
            event: event.name.to_owned(),
            permission: event.permission.map(str::to_owned),
            resource: event.resource.map(str::to_owned),
            decision: event.permission.map(|_| outcome.decision().to_owned()),
            result: outcome.result().to_owned(),
            address: caller.address.clone(),
            request_id: caller.request_id.clone(),
            detail,
        };
        self.audit().write(entry).await
    }
}

impl Outcome {
    fn decision(self) -> &'static str {
        match self {
            Self::Denied => "deny",
            Self::Done | Self::Failed | Self::Refused => "allow",
        }
    }

    fn result(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Denied | Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// Tells whether what proves a user is good for a permission.
fn covers(proof: &Proof, asked: &Asked<'_>) -> bool {
    let reads = asked.action == Some(callboard_policy::Action::Read);
    match proof {
        Proof::LimitedToken => reads,
        Proof::Personal(scopes) => scopes.iter().any(|scope| match scope.as_str() {
            "all" => true,
            "read" => reads,
            name => name == asked.permission,
        }),
        Proof::Session(_) | Proof::Token | Proof::Proxy(_) | Proof::Guest => true,
    }
}
