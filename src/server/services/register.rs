//! Registering by hand: what an address would bring, said before anything is registered.
mod excerpt;
mod failure;
mod follow;
mod grouped;
mod new_file;
mod overview;
mod propose;
mod remove;

use callboard_catalog::{LocationRef, Preview, Registered};
use callboard_model::view::{ImportFound, ImportHost, ImportView};
use callboard_scm::{Answer, Reader};

use crate::{error::AppError, server::access::Access};

/// The permission to register.
pub(super) const CREATE: &str = "catalog.location.create";

/// Name of the files that are looked for below a folder.
pub(super) const FILE: &str = "catalog-info.yaml";

/// Longest address.
pub(super) const MAX_URL: usize = 4_096;

impl Access {
    /// Answers the page that registers: what an address would bring, or else what is registered already.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `catalog.location.create`; `Internal` when the database does not answer.
    pub async fn import_view(&self, url: &str) -> Result<ImportView, AppError> {
        self.require(CREATE, None).await?;
        let readonly = self.sources().readonly;
        let reader = self.sources().ingester.reader();
        let mut view = ImportView {
            readonly,
            reads_hosts: reader.is_some(),
            hosts: reader.map(hosts).unwrap_or_default(),
            found: None,
            locations: None,
        };
        let url = url.trim();
        if let (Some(reader), false, false) = (reader, readonly, url.is_empty()) {
            view.found = Some(self.look(reader, url).await?);
        } else {
            view.locations = self.locations_view().await?;
        }
        Ok(view)
    }

    /// Looks at what an address would bring.
    async fn look(&self, reader: &Reader, url: &str) -> Result<ImportFound, AppError> {
        let mut found = ImportFound {
            url: url.chars().take(MAX_URL).collect(),
            target: url.to_owned(),
            ..ImportFound::default()
        };
        if let Some(failure) = failure::of_text(url) {
            found.failure = Some(failure);
            return Ok(found);
        }
        if let Some(pattern) = reader.pattern_below(url, FILE) {
            found.target = pattern;
            found.is_search = true;
        }
        let may_make_file = reader.repository_file(url, FILE).is_ok();
        if let Err(error) = reader.admits(&found.target) {
            found.failure = Some(failure::of_error(&error, false));
            return Ok(found);
        }
        found.registered = self.registered_row(&found.target).await?;
        found.configured = self.configured_place(&found.target);
        let location = LocationRef::url(&found.target);
        let preview = self.sources().ingester.preview(&location).await?;
        if is_unread(&preview, &location) {
            // A problem says why in words only; the host says once more which kind of failure it is.
            match reader.read(&found.target, None).await {
                Err(error) => found.failure = Some(failure::of_error(&error, may_make_file)),
                Ok(Answer::Found(read)) if read.files.is_empty() => {
                    found.failure = Some(failure::nothing_found(&found.target, found.is_search));
                }
                Ok(_) => {}
            }
        }
        if found.failure.is_none() {
            self.group(&location, preview, &mut found).await?;
        }
        Ok(found)
    }

    /// Returns the place of the configuration that names a target, or only that it does.
    fn configured_place(&self, target: &str) -> Option<String> {
        let configured = self.sources().ingester.configured();
        let found = configured.iter().find(|one| one.target == target)?;
        Some(self.declared_at(found))
    }

    /// Names the place of the configuration where a location is registered.
    pub(super) fn declared_at(&self, registered: &Registered) -> String {
        match &registered.declared {
            Some((file, span)) => format!("{}:{}", self.file_name(file), span.start.line),
            None => String::new(),
        }
    }
}

fn hosts(reader: &Reader) -> Vec<ImportHost> {
    let known = reader.known_hosts().into_iter();
    known
        .map(|host| ImportHost {
            name: host.name,
            kind: host.kind.to_owned(),
            has_credentials: host.has_credentials,
            can_propose: host.can_propose,
            example: host.example,
        })
        .collect()
}

/// Tells whether nothing of a location could be read.
fn is_unread(preview: &Preview, location: &LocationRef) -> bool {
    let own = location.generated_ref();
    let has_entities = preview.entities.iter().any(|(one, _)| *one != own);
    let has_text = preview.files.iter().any(|file| file.text.is_some());
    !has_entities && !has_text
}
