//! What a changed policy would decide otherwise: recent requests of the audit log are asked again, and what people
//! could read is compared.
use std::collections::BTreeMap;

use callboard_catalog::index::EntityId;
use callboard_db::{AuditFilter, StoredAudit};
use callboard_model::{
    Severity,
    view::{SimulatedRead, SimulatedRequest, SimulationView},
};
use callboard_policy::{Asked, Decision, Policy, Sources, Who};

use super::{condition_filter, nothing};
use crate::{
    error::AppError,
    server::access::{Access, READ},
};
use callboard_catalog::Filter;

/// Entries of the audit log that are asked again.
const REPLAYED: usize = 10_000;

/// People whose view is compared.
const PEOPLE: usize = 200;

/// Names of lost or gained entities that are told for one person.
const TOLD: usize = 5;

/// Requests that were the same.
type Same = (String, String, Option<String>);

impl Access {
    /// Compares a changed policy with the one that holds.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `policy.entity.read`.
    pub(in crate::server) async fn simulate(&self, text: &str) -> Result<SimulationView, AppError> {
        self.require("policy.entity.read", None).await?;
        let mut view = self.simulate_sources(self.policy().with_text(text)).await?;
        view.text = text.to_owned();
        Ok(view)
    }

    /// Compares the policy of these texts with the one that holds.
    pub(in crate::server) async fn simulate_sources(
        &self,
        sources: Sources,
    ) -> Result<SimulationView, AppError> {
        let (changed, problems) = Policy::load(sources);
        let mut view = SimulationView {
            problems,
            ..SimulationView::default()
        };
        let is_broken = view
            .problems
            .iter()
            .any(|one| one.severity == Severity::Error);
        let Some(changed) = changed.filter(|_| !is_broken) else {
            return Ok(view);
        };
        let now = self.policy().now();
        let filter = AuditFilter {
            limit: REPLAYED,
            ..AuditFilter::default()
        };
        let entries = self.db().audit_page(&filter).await?;
        let mut people: BTreeMap<String, Who> = BTreeMap::new();
        let mut differs: BTreeMap<Same, SimulatedRequest> = BTreeMap::new();
        for entry in &entries {
            let Some(who) = self.actor(entry, &mut people) else {
                continue;
            };
            let Some(known) = entry
                .entry
                .permission
                .as_deref()
                .and_then(callboard_policy::find)
            else {
                continue;
            };
            view.replayed += 1;
            let asked = known.into();
            let resource = entry.entry.resource.as_deref();
            let before = self.allows(&now, &who, &asked, resource);
            let after = self.allows(&changed, &who, &asked, resource);
            if before != after {
                note(&mut differs, entry, before, after);
            }
        }
        view.differs = differs.into_values().collect();
        view.differs.sort_by_key(|one| std::cmp::Reverse(one.at));
        view.people = people.len();
        view.reads = self.compare_reading(&now, &changed, &people);
        Ok(view)
    }

    /// Returns what a policy decides by for the actor of an entry; nothing for programs, whom no policy concerns.
    fn actor(&self, entry: &StoredAudit, people: &mut BTreeMap<String, Who>) -> Option<Who> {
        let entry = &entry.entry;
        match entry.actor_kind.as_str() {
            "none" => Some(Who::default()),
            "user" => match people.get(&entry.actor) {
                Some(who) => Some(who.clone()),
                None if people.len() < PEOPLE => {
                    let who = self.who(&entry.actor);
                    people.insert(entry.actor.clone(), who.clone());
                    Some(who)
                }
                None => None,
            },
            _ => None,
        }
    }

    fn allows(&self, policy: &Policy, who: &Who, asked: &Asked<'_>, on: Option<&str>) -> bool {
        match policy.decision(who, asked) {
            Decision::Allow => true,
            Decision::Deny => false,
            Decision::Conditional(condition) => {
                let index = self.index().read();
                let id = on.and_then(|entity_ref| index.id(entity_ref));
                id.is_some_and(|id| index.holds(&condition_filter(&condition), id))
            }
        }
    }

    fn compare_reading(
        &self,
        now: &Policy,
        changed: &Policy,
        people: &BTreeMap<String, Who>,
    ) -> Vec<SimulatedRead> {
        let Some(read) = callboard_policy::find(READ) else {
            return Vec::new();
        };
        let asked = Asked::from(read);
        let index = self.index().read();
        let set = |policy: &Policy, who: &Who| {
            let filter = match policy.decision(who, &asked) {
                Decision::Allow => Filter::All(Vec::new()),
                Decision::Deny => nothing(),
                Decision::Conditional(condition) => condition_filter(&condition),
            };
            index.matching(&filter)
        };
        let name = |id: EntityId| index.label(id).map(|label| label.entity_ref.to_owned());
        let compare = |(user, who): (&String, &Who)| {
            let (before, after) = (set(now, who), set(changed, who));
            (before != after).then(|| SimulatedRead {
                user: user.clone(),
                before: before.len(),
                after: after.len(),
                lost: (&before - &after)
                    .iter()
                    .filter_map(name)
                    .take(TOLD)
                    .collect(),
                gained: (&after - &before)
                    .iter()
                    .filter_map(name)
                    .take(TOLD)
                    .collect(),
            })
        };
        people.iter().filter_map(compare).collect()
    }
}

/// Adds a request to those that would be answered otherwise. Entries come the newest first.
fn note(
    differs: &mut BTreeMap<Same, SimulatedRequest>,
    entry: &StoredAudit,
    before: bool,
    after: bool,
) {
    let entry = &entry.entry;
    let permission = entry.permission.clone().unwrap_or_default();
    let word = |allowed| if allowed { "ALLOW" } else { "DENY" }.to_owned();
    let same = (
        entry.actor.clone(),
        permission.clone(),
        entry.resource.clone(),
    );
    let request = differs.entry(same).or_insert_with(|| SimulatedRequest {
        at: entry.at,
        times: 0,
        actor: entry.actor.clone(),
        permission,
        resource: entry.resource.clone(),
        before: word(before),
        after: word(after),
    });
    request.times += 1;
}
