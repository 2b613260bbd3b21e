//! Where the targets of a Location entity lead.
use std::path::Path;

use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity, Span};

use super::{Pending, Scan, Scanner};
use crate::{
    LocationRef,
    draft::Emit,
    location::{is_url, join},
    pattern::{expand, glob_base, is_glob},
};

/// Deepest chain of Location entities; Backstage's refresh follows as many.
const MAX_DEPTH: usize = 32;

/// Why a target is not read.
pub(super) struct Refusal {
    code: &'static str,
    message: String,
    help: &'static str,
}

impl Refusal {
    fn new(code: &'static str, message: String, help: &'static str) -> Self {
        Self {
            code,
            message,
            help,
        }
    }

    pub(super) fn into_diagnostic(self, file: &str, span: Option<Span>) -> Diagnostic {
        let severity = match self.code {
            codes::CAT_ALREADY_READ => Severity::Warning,
            _ => Severity::Error,
        };
        Diagnostic::new(self.code, severity, file, self.message)
            .with_span(span)
            .with_help(self.help)
    }
}

impl Scanner {
    /// Returns the places that one target of a Location entity means. The entity stands at the place `at`.
    pub(super) fn follow(
        &self,
        parent: &Pending,
        at: &LocationRef,
        name: &str,
        emit: &Emit,
        scan: &mut Scan,
    ) -> Vec<Pending> {
        let place = match self.place(parent, at, emit) {
            Ok(Some(place)) => place,
            // Other hosts are not looked at, for example when files are checked.
            Ok(None) => return Vec::new(),
            Err(refusal) => {
                scan.diagnostics
                    .push(refusal.into_diagnostic(name, emit.span));
                return Vec::new();
            }
        };
        let mut chain = parent.chain.clone();
        chain.push(at.clone());
        let base = Pending {
            at: place,
            parent: emit.by.clone(),
            optional: emit.optional,
            chain,
            declared: Some((name.to_owned(), emit.span)),
            ..parent.clone()
        };
        expand_pending(base, scan, |pattern, scan| {
            if !emit.optional {
                let problem = no_match(name, emit.span, &pattern.to_string_lossy());
                scan.diagnostics.push(problem);
            }
        })
    }

    /// Returns the place that a target means; nothing when it is one that this scanner does not look at.
    fn place(
        &self,
        parent: &Pending,
        at: &LocationRef,
        emit: &Emit,
    ) -> Result<Option<LocationRef>, Refusal> {
        let inherited = if is_url(&emit.target) {
            "url"
        } else {
            &at.location_type
        };
        let location_type = emit.location_type.as_deref().unwrap_or(inherited);
        if parent.chain.len() >= MAX_DEPTH {
            return Err(Refusal::new(
                codes::CAT_TOO_NESTED,
                format!(
                    "locations are nested more than {MAX_DEPTH} deep; {} is not read",
                    emit.target
                ),
                "name the file in a location closer to the registered one",
            ));
        }
        let place = match (location_type, at.path()) {
            ("file", Some(path)) if !is_url(&emit.target) => {
                LocationRef::file(&join(path.parent().unwrap_or(Path::new("/")), &emit.target))
            }
            ("file", None) => {
                return Err(Refusal::new(
                    codes::CAT_REFUSED,
                    format!(
                        "cannot read {}: a file of another host cannot name files of this machine",
                        emit.target
                    ),
                    "use a path relative to this file, or a URL",
                ));
            }
            ("url" | "file", _) => match self.resolve(at, &emit.target)? {
                Some(url) => LocationRef::url(url),
                None => return Ok(None),
            },
            (other, _) => return Err(unknown_type(&emit.target, other)),
        };
        if place == *at || parent.chain.contains(&place) {
            return Err(Refusal::new(
                codes::CAT_ALREADY_READ,
                format!("the location includes itself through {}", emit.target),
                "it is read once; remove the target",
            ));
        }
        Ok(Some(place))
    }

    /// Returns the URL that a target means, seen from a place.
    fn resolve(&self, at: &LocationRef, target: &str) -> Result<Option<String>, Refusal> {
        let Some(remote) = &self.remote else {
            return self.without_hosts(target).map(|()| None);
        };
        let url = if at.is_url() {
            let resolved = remote.reader().resolve(target, &at.target);
            resolved.map_err(|error| refused(target, &error))?
        } else {
            target.to_owned()
        };
        self.admit(&url)?;
        Ok(Some(url))
    }

    /// Says what it means that a target is on another host, where only files are read.
    pub(super) fn without_hosts(&self, target: &str) -> Result<(), Refusal> {
        if self.settings.skip_hosts {
            return Ok(());
        }
        Err(Refusal::new(
            codes::CAT_REFUSED,
            format!("cannot read {target}: only files are read here"),
            "copy the file to this machine, and use type file",
        ))
    }

    /// Asks whether a URL may be read at all.
    pub(super) fn admit(&self, url: &str) -> Result<(), Refusal> {
        match &self.remote {
            Some(remote) => remote
                .reader()
                .admits(url)
                .map_err(|error| refused(url, &error)),
            None => Ok(()),
        }
    }
}

fn refused(target: &str, error: &callboard_scm::ScmError) -> Refusal {
    Refusal::new(
        codes::CAT_REFUSED,
        format!("cannot read {}: {error}", without_secrets(target)),
        "only hosts of integrations and backend.reading.allow are read",
    )
}

/// Takes user name and password out of a URL, which should not stand in a log or on a page.
fn without_secrets(target: &str) -> String {
    let Some((scheme, rest)) = target.split_once("://") else {
        return target.to_owned();
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..host_end].rfind('@') {
        Some(at) => format!("{scheme}://***{}", &rest[at..]),
        None => target.to_owned(),
    }
}

pub(super) fn unknown_type(target: &str, location_type: &str) -> Refusal {
    Refusal::new(
        codes::CAT_LOCATION_TYPE,
        format!("cannot read {target}: nothing reads locations of type {location_type}"),
        "use type url for other hosts, or type file for this machine",
    )
}

/// Turns a pattern of local files into those it matches; any other place stays as it is.
pub(super) fn expand_pending(
    base: Pending,
    scan: &mut Scan,
    unmatched: impl FnOnce(&Path, &mut Scan),
) -> Vec<Pending> {
    let Some(path) = base.at.path().filter(|path| is_glob(path)) else {
        return vec![base];
    };
    scan.folders.insert(glob_base(path));
    let (files, unreadable) = expand(path);
    if let Some(reason) = unreadable {
        let (file, span) = base.declared.clone().unwrap_or_default();
        let message = format!("cannot look for {} everywhere: {reason}", path.display());
        let problem = Diagnostic::new(codes::CAT_UNREADABLE, Severity::Error, file, message);
        let problem = problem.with_span(span);
        scan.diagnostics
            .push(problem.with_help("what was found there before is kept"));
        scan.unmatched.push(base.at.clone());
    } else if files.is_empty() {
        scan.unmatched.push(base.at.clone());
        unmatched(path, scan);
    }
    files
        .into_iter()
        .map(|path| Pending {
            at: LocationRef::file(&path),
            ..base.clone()
        })
        .collect()
}

pub(super) fn no_match(file: &str, span: Option<Span>, target: &str) -> Diagnostic {
    Diagnostic::new(
        codes::CAT_NO_MATCH,
        Severity::Error,
        file,
        format!("no file matches {target}"),
    )
    .with_span(span)
    .with_help("what it gave before is kept; remove the target if the files are gone for good")
}
