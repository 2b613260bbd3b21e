//! Everything the doors may ask for. Built once, cheap to clone, the only room behind REST and server functions.
use std::{path::PathBuf, sync::Arc};

use callboard_catalog::{CatalogError, Follower, Ingester, SharedIndex};
use callboard_db::Db;
use callboard_model::{EntityRef, view::EntityLabel};
use tokio::sync::{Notify, watch};

mod analyze;
mod ancestry;
mod catalog;
mod entities;
mod events;
mod home;
mod locations;
mod problems;
mod refresh;
mod rows;
mod unprocessed;

pub(super) use ancestry::AncestryItem;
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
    /// Folder that file names are shown relative to, where they are below it.
    pub names_from: PathBuf,
}

/// Every engine of the portal.
#[derive(Debug, Clone)]
pub struct Services(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    index: SharedIndex,
    portal: Portal,
    sources: Sources,
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
    ) -> Result<(Self, Follower), CatalogError> {
        let (index, follower) = Follower::load(db.clone()).await?;
        let ingested = callboard_catalog::is_complete(&db).await?;
        let stage = watch::Sender::new(Stage {
            ingested,
            stopping: false,
        });
        Ok((
            Self(Arc::new(Inner {
                db,
                index,
                portal,
                sources,
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

    /// Names an entity by what the index knows of it.
    fn label(&self, entity_ref: &EntityRef) -> EntityLabel {
        let index = self.index().read();
        let text = entity_ref.to_string();
        match index.id(&text).and_then(|id| index.label(id)) {
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
    fn label_of(&self, text: &str) -> Option<EntityLabel> {
        text.parse().ok().map(|entity_ref| self.label(&entity_ref))
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
