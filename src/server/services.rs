//! Everything the doors may ask for. Built once, cheap to clone, the only room behind REST and server functions.
use std::{path::PathBuf, sync::Arc};

use callboard_catalog::{CatalogError, Follower, Ingester, SharedIndex};
use callboard_db::Db;
use callboard_model::{EntityRef, view::EntityLabel};
use tokio::sync::{Notify, watch};

use super::{
    access::Access,
    audit::Audit,
    door::{DoorSettings, Limits},
    finder::Finder,
    headers::Headers,
    identity::{Identity, IdentitySettings, People},
    personal::Personal,
    policy::PolicyHolder,
    web::Web,
};

mod analyze;
mod ancestry;
mod api_cache;
mod api_doc;
mod api_list;
mod catalog;
mod entities;
mod entity_head;
mod entity_org;
mod entity_problems;
mod entity_relations;
mod entity_source;
mod entity_text;
mod entity_warnings;
mod erring;
mod events;
mod graph;
mod hashes;
mod home;
mod locations;
mod near_names;
mod palette;
mod problems;
mod refresh;
mod register;
mod rows;
mod search;
mod shown;
mod unprocessed;

pub(super) use ancestry::AncestryItem;
pub(super) use catalog::{Export, ExportForm};
pub(super) use entities::EntitySelection;
pub use events::Secrets;
pub(super) use locations::{Conflict, Created};
pub(super) use unprocessed::Failed;

/// How entities come in.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Reads them.
    pub ingester: Ingester,
    /// `catalog.readonly`: locations are registered by configuration only.
    pub readonly: bool,
    /// `catalog.defaultLocationConflictStrategy` is `refresh`.
    pub refreshes_on_conflict: bool,
    /// What source hosts sign their events with.
    pub secrets: Secrets,
}

impl Sources {
    /// Entities come in as this ingester reads them, and nobody may change that.
    #[must_use]
    pub fn readonly(ingester: Ingester) -> Self {
        Self {
            ingester,
            readonly: true,
            refreshes_on_conflict: false,
            secrets: Secrets::default(),
        }
    }
}

/// What the portal says about itself.
#[derive(Debug, Clone, Default)]
pub struct Portal {
    /// `app.title`.
    pub title: String,
    /// `organization.name`.
    pub organization: Option<String>,
    /// `callboard.home`.
    pub home: callboard_config::Home,
    /// Folder that file names are shown relative to, where they are below it.
    pub names_from: PathBuf,
}

/// Every engine of the portal.
#[derive(Debug, Clone)]
pub struct Services(Arc<Inner>);

/// Who is let in, and what they may do.
#[derive(Debug)]
pub struct Guards {
    /// What every request passes.
    pub door: DoorSettings,
    /// Who people are.
    pub identity: IdentitySettings,
    /// What they may do.
    pub policy: PolicyHolder,
    /// What browsers are told to forbid.
    pub headers: Headers,
}

impl Guards {
    /// Treats every request as one of a person at this machine, who may do everything. For tests.
    #[must_use]
    pub fn for_tests() -> Self {
        Self {
            door: DoorSettings::for_tests(),
            identity: IdentitySettings::default(),
            policy: PolicyHolder::of_settings(callboard_policy::Settings {
                admins: vec![super::identity::GUEST.to_owned()],
                ..callboard_policy::Settings::default()
            }),
            headers: Headers::default(),
        }
    }
}

#[derive(Debug)]
struct Inner {
    db: Db,
    index: SharedIndex,
    finder: Finder,
    portal: Portal,
    sources: Sources,
    door: DoorSettings,
    limits: Limits,
    identity: Identity,
    people: People,
    policy: PolicyHolder,
    audit: Audit,
    personal: Personal,
    headers: Headers,
    erring: erring::Erring,
    api_docs: api_cache::ApiDocs,
    hashes: hashes::Hashes,
    stage: watch::Sender<Stage>,
    freed: Notify,
}

/// What the portal is doing as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Stage {
    /// An ingestion of this database was complete.
    ingested: bool,
    /// The portal was told to stop.
    stopping: bool,
}

impl Services {
    /// Loads the catalog from its database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(
        db: Db,
        portal: Portal,
        sources: Sources,
        guards: Guards,
    ) -> Result<(Self, Follower), CatalogError> {
        let (index, follower) = Follower::load(db.clone()).await?;
        let ingested = callboard_catalog::is_complete(&db).await?;
        let stage = watch::Sender::new(Stage {
            ingested,
            stopping: false,
        });
        let Guards {
            door,
            identity,
            policy,
            headers,
        } = guards;
        let web = sources.ingester.reader().map(Web::of);
        let people = People::new(index.clone(), identity.nested_groups);
        Ok((
            Self(Arc::new(Inner {
                limits: Limits::new(door.rate),
                door,
                identity: Identity::new(db.clone(), people.clone(), identity, web),
                people,
                policy,
                headers,
                audit: Audit::new(db.clone()),
                personal: Personal::new(db.clone()),
                db,
                index,
                finder: Finder::new(),
                portal,
                sources,
                erring: erring::Erring::default(),
                api_docs: api_cache::ApiDocs::default(),
                hashes: hashes::Hashes::default(),
                stage,
                freed: Notify::new(),
            })),
            follower,
        ))
    }

    /// Returns the database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Returns the catalog in memory.
    #[must_use]
    pub fn index(&self) -> &SharedIndex {
        &self.0.index
    }

    /// Returns the search engine.
    pub(super) fn finder(&self) -> &Finder {
        &self.0.finder
    }

    /// Returns what every request passes.
    pub(super) fn door(&self) -> &DoorSettings {
        &self.0.door
    }

    /// Returns the counters of requests.
    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Returns who people and programs are.
    pub(super) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Returns people as the catalog knows them.
    pub(super) fn people(&self) -> &People {
        &self.0.people
    }

    /// Returns the policy.
    pub(super) fn policy(&self) -> &PolicyHolder {
        &self.0.policy
    }

    /// Returns what browsers are told to forbid.
    pub(super) fn headers(&self) -> &Headers {
        &self.0.headers
    }

    /// Returns the audit log.
    pub(super) fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// Returns the definitions of APIs that were read.
    fn api_docs(&self) -> &api_cache::ApiDocs {
        &self.0.api_docs
    }

    /// Returns what callers may read as the search engine knows it, as far as it was found.
    fn hashes(&self) -> &hashes::Hashes {
        &self.0.hashes
    }

    /// Returns what belongs to people.
    pub(super) fn personal(&self) -> &Personal {
        &self.0.personal
    }

    /// Returns what the portal says about itself.
    #[must_use]
    pub fn portal(&self) -> &Portal {
        &self.0.portal
    }

    /// Returns how entities come in.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.0.sources
    }

    /// Says that the catalog is complete, after work that needed `much` memory or little.
    pub fn ingested(&self, much: bool) {
        self.0.stage.send_modify(|stage| stage.ingested = true);
        if much {
            self.0.freed.notify_one();
        }
    }

    /// Waits until work that needed much memory is done.
    pub async fn memory_freed(&self) {
        self.0.freed.notified().await;
    }

    /// Whether the first ingestion of a new database is still under way.
    #[must_use]
    pub fn is_ingesting(&self) -> bool {
        !self.0.stage.borrow().ingested
    }

    /// Says that the portal is about to stop.
    pub fn begin_stop(&self) {
        self.0.stage.send_modify(|stage| stage.stopping = true);
    }

    /// Whether the portal is about to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.0.stage.borrow().stopping
    }

    /// Waits until the portal is about to stop.
    pub async fn stopping(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self
            .0
            .stage
            .subscribe()
            .wait_for(|stage| stage.stopping)
            .await;
    }

    /// Shows a location reference as a person would name the file.
    fn file_name(&self, location: &str) -> String {
        let path = ["file:", "url:"]
            .iter()
            .find_map(|before| location.strip_prefix(before))
            .unwrap_or(location);
        let short = std::path::Path::new(path).strip_prefix(&self.portal().names_from);
        short.map_or_else(
            |_| path.to_owned(),
            |short| short.to_string_lossy().into_owned(),
        )
    }
}

impl Access {
    /// Names an entity by what the index knows of it. One that the caller may not read is named like one that is not
    /// there.
    pub(super) fn label(&self, entity_ref: &EntityRef) -> EntityLabel {
        let index = self.index().read();
        let text = entity_ref.to_string();
        let id = index.id(&text).filter(|id| self.sees(&index, *id));
        match id.and_then(|id| index.label(id)) {
            Some(label) => EntityLabel {
                entity_ref: entity_ref.clone(),
                kind: label.kind.to_owned(),
                title: label.title.unwrap_or(&entity_ref.name).to_owned(),
                exists: true,
            },
            None => EntityLabel {
                entity_ref: entity_ref.clone(),
                kind: callboard_model::kind::find(&entity_ref.kind)
                    .map_or_else(|| entity_ref.kind.clone(), |kind| kind.name.to_owned()),
                title: entity_ref.name.clone(),
                exists: false,
            },
        }
    }

    /// Names the entity of a canonical reference; nothing when the text is none.
    pub(super) fn label_of(&self, text: &str) -> Option<EntityLabel> {
        text.parse().ok().map(|entity_ref| self.label(&entity_ref))
    }
}
