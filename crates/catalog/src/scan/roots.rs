//! Where a scan begins: the registered locations.
use std::path::{Path, PathBuf};

use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity, Span};
use serde_json::{Value, json};

use super::{
    Pending, Scan, Scanner,
    follow::{expand_pending, no_match, unknown_type},
};
use crate::{
    LocationRef, Registered,
    draft::{
        Draft,
        build::{Annotations, Links},
    },
    location::{is_url, join},
    pattern::glob_base,
};

impl Scanner {
    /// Returns the place among the registered locations of one of them.
    pub(crate) fn root_of(&self, origin: &LocationRef) -> Option<usize> {
        let same = self.resolved.iter().filter(|(_, known)| *known == origin);
        same.map(|(at, _)| *at).min()
    }

    /// Returns the files that one registered location means.
    pub(super) fn register(&mut self, at: usize, scan: &mut Scan) -> Vec<Pending> {
        let registered = self.settings.locations[at].clone();
        let (file, span) = declared(&registered);
        match self.origin(at, &registered, scan) {
            Ok(Some(origin)) => {
                self.resolved.insert(at, origin.clone());
                let draft = self.generated(&origin);
                scan.generated.extend(draft.map(|draft| (at, draft)));
                let pending = Pending {
                    at: origin.clone(),
                    root: at,
                    parent: origin.generated_ref(),
                    origin,
                    optional: false,
                    chain: Vec::new(),
                    declared: Some((file.clone(), span)),
                };
                expand_pending(pending, scan, |_, scan| {
                    scan.diagnostics
                        .push(no_match(&file, span, &registered.target));
                })
            }
            Ok(None) => Vec::new(),
            Err(problem) => {
                scan.diagnostics.push(*problem);
                Vec::new()
            }
        }
    }

    /// Returns the place that a registered location means; nothing when this scanner does not look at it.
    fn origin(
        &self,
        at: usize,
        registered: &Registered,
        scan: &mut Scan,
    ) -> Result<Option<LocationRef>, Box<Diagnostic>> {
        let (file, span) = declared(registered);
        if registered.target.is_empty() {
            let message = "the location has no target";
            let problem = Diagnostic::new(codes::CAT_NO_TARGET, Severity::Error, file, message);
            return Err(Box::new(problem.with_span(span)));
        }
        match registered.location_type.as_str() {
            "url" if self.remote.is_none() => match self.without_hosts(&registered.target) {
                Ok(()) => Ok(None),
                Err(refusal) => Err(Box::new(refusal.into_diagnostic(&file, span))),
            },
            "url" => match self.admit(&registered.target) {
                Ok(()) => Ok(Some(LocationRef::url(&registered.target))),
                Err(refusal) => Err(Box::new(refusal.into_diagnostic(&file, span))),
            },
            "file" if !is_url(&registered.target) => Ok(Some(self.find_file(at, registered, scan))),
            other => {
                let refusal = unknown_type(&registered.target, other);
                Err(Box::new(refusal.into_diagnostic(&file, span)))
            }
        }
    }

    fn find_file(&self, at: usize, registered: &Registered, scan: &mut Scan) -> LocationRef {
        let bases = registered.bases.iter();
        let candidates: Vec<PathBuf> = bases.map(|base| join(base, &registered.target)).collect();
        if let Some(found) = candidates.iter().find(|path| is_there(path)) {
            return LocationRef::file(found);
        }
        if let Some(known) = self.resolved.get(&at) {
            return known.clone();
        }
        // Nobody knows which of them it was before the portal started.
        scan.unmatched
            .extend(candidates.iter().map(|path| LocationRef::file(path)));
        LocationRef::file(&candidates.into_iter().next().unwrap_or_default())
    }

    /// Makes the Location entity that stands for a registered location, as Backstage does.
    fn generated(&self, origin: &LocationRef) -> Option<Draft> {
        let entity = json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Location",
            "metadata": {"name": origin.generated_name()},
            "spec": {"type": origin.location_type, "target": origin.target},
        });
        let remote = self.remote.as_ref().filter(|_| origin.is_url());
        let links = remote.map(|remote| Links::of(remote.reader(), origin));
        let annotations = Annotations {
            location: origin,
            origin,
            links: links.as_ref(),
        };
        match entity {
            Value::Object(entity) => Draft::new(entity, &annotations, None),
            _ => None,
        }
    }
}

/// Returns the file and place that register a location.
fn declared(registered: &Registered) -> (String, Option<Span>) {
    match &registered.declared {
        Some((file, span)) => (file.clone(), Some(*span)),
        None => (registered.target.clone(), None),
    }
}

/// Whether a path, or the folder that a pattern starts from, exists.
fn is_there(path: &Path) -> bool {
    path.exists() || (glob_base(path) != *path && glob_base(path).is_dir())
}
