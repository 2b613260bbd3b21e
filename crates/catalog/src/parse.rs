//! One file into drafts: YAML, placeholders, validation, rules, annotations of the catalog.
use std::{path::Path, time::SystemTime};

use callboard_diagnostics::{Document, Limits, Node, codes, read_stream};
use callboard_model::{
    Diagnostic, Severity, Span,
    validate::{self, UnknownKinds},
};
use serde_json::{Map, Value};

use crate::{
    LocationRef, Registered,
    check::{Sheet, lint_document},
    draft::{
        Draft, Emit, FileOutcome, Lost,
        build::{Annotations, Links, reference},
    },
    placeholder::Resolver,
    read::{MAX_FILE_BYTES, ReadError, Stamp},
    remote::Remote,
    rules::Rules,
};

/// Most violations reported of one document.
const MAX_VIOLATIONS: usize = 100;

/// What has to be known to read one file.
pub(crate) struct Source<'a> {
    /// Where it is.
    pub(crate) at: &'a LocationRef,
    /// The file as diagnostics name it.
    pub(crate) name: &'a str,
    /// Registered location that led here.
    pub(crate) origin: &'a LocationRef,
    /// Its entry in configuration.
    pub(crate) registered: &'a Registered,
    /// General rules.
    pub(crate) rules: &'a Rules,
    /// Folder that placeholders may not leave; absent when they read no local files.
    pub(crate) within: Option<&'a Path>,
    /// What other hosts have; absent when nothing but files is looked at.
    pub(crate) remote: Option<&'a Remote>,
    /// Whether what is on other hosts is passed over, rather than a problem.
    pub(crate) skip_hosts: bool,
    /// Whether a missing file is fine.
    pub(crate) optional: bool,
    /// File and place that name this file, for when it cannot be read.
    pub(crate) declared: Option<&'a (String, Option<Span>)>,
}

/// Turns what was read from a file into entities, further locations and problems.
pub(crate) fn parse_file(
    source: &Source<'_>,
    read: Result<(Vec<u8>, Stamp), ReadError>,
    read_at: SystemTime,
) -> FileOutcome {
    let mut outcome = FileOutcome::default();
    match read {
        Ok((bytes, stamp)) => {
            outcome.stamp = Some((stamp, read_at));
            read_documents(source, &bytes, &mut outcome);
        }
        Err(error) if error.missing && source.optional => {}
        Err(error) => {
            let code = if error.missing {
                codes::CAT_NO_MATCH
            } else {
                codes::CAT_UNREADABLE
            };
            return unreadable(source, code, &error.reason);
        }
    }
    outcome
}

/// Turns what was read from another host into entities, further locations and problems.
pub(crate) fn parse_bytes(source: &Source<'_>, bytes: &[u8]) -> FileOutcome {
    let mut outcome = FileOutcome::default();
    read_documents(source, bytes, &mut outcome);
    outcome
}

/// Says that a place cannot be read; nobody knows what it would have given.
pub(crate) fn unreadable(source: &Source<'_>, code: &str, reason: &str) -> FileOutcome {
    let (file, span) = source
        .declared
        .map_or((source.name, None), |(file, span)| (file.as_str(), *span));
    let message = format!("cannot read {}: {reason}", source.name);
    let mut problem = Diagnostic::new(code, Severity::Error, file, message).with_span(span);
    // Somebody who asks to check a file that is not there has nothing to lose.
    problem.help = span.map(|_| {
        "what it gave before is kept until it can be read or is no longer named".to_owned()
    });
    FileOutcome {
        lost: Lost::Anything,
        diagnostics: vec![problem],
        ..FileOutcome::default()
    }
}

fn read_documents(source: &Source<'_>, bytes: &[u8], outcome: &mut FileOutcome) {
    let limits = Limits {
        bytes: usize::try_from(MAX_FILE_BYTES).unwrap_or(usize::MAX),
        ..Limits::default()
    };
    // A file that is being written looks empty for a moment; one with only comments is empty on purpose.
    if bytes.iter().all(u8::is_ascii_whitespace) {
        outcome.lost = Lost::Anything;
    }
    let mut stream = read_stream(source.name, bytes, &limits);
    if stream.documents.is_empty()
        && stream
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    {
        outcome.lost = Lost::Anything;
    }
    outcome.diagnostics.append(&mut stream.diagnostics);
    let mut budget = MAX_FILE_BYTES;
    for document in &stream.documents {
        read_document(source, bytes, document, &mut budget, outcome);
    }
}

fn read_document(
    source: &Source<'_>,
    text: &[u8],
    document: &Document,
    budget: &mut u64,
    outcome: &mut FileOutcome,
) {
    let Some(root) = &document.root else {
        return outcome.lost.add(None);
    };
    let mut resolver = Resolver {
        file: source.name,
        at: source.at,
        within: source.within,
        remote: source.remote,
        skip_hosts: source.skip_hosts,
        budget,
        included: Vec::new(),
        fetched: Vec::new(),
        diagnostics: Vec::new(),
    };
    let entity = resolver.resolve(root);
    outcome.included.append(&mut resolver.included);
    outcome.fetched.append(&mut resolver.fetched);
    let mut found = resolver.diagnostics;
    let known = reference(&entity);
    let named = entity
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let unknown = if source.rules.names(named, source.registered) {
        UnknownKinds::Keep
    } else {
        UnknownKinds::Refuse
    };
    let violations = validate::validate(&entity, unknown);
    let names = ["/kind", "/metadata/name", "/metadata/namespace"];
    let is_unsure = violations
        .iter()
        .any(|violation| names.contains(&violation.pointer.as_str()));
    let sheet = Sheet {
        file: source.name,
        folder: source.at.path().and_then(Path::parent),
        text,
        root,
        entity: &entity,
    };
    let violations = violations.into_iter().take(MAX_VIOLATIONS);
    found.extend(violations.map(|violation| sheet.violation(violation)));
    found.extend(lint_document(&sheet));
    let is_valid = !found
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    // What the rules refuse is not broken: somebody decided that it has no place here, so nothing of it is kept.
    let is_refused = is_valid
        && !source
            .rules
            .allow(&entity, source.origin, source.registered);
    if is_refused {
        found.push(not_allowed(source, root, named));
    }
    if let Some(entity_ref) = &known {
        for problem in &mut found {
            problem.entity_ref = Some(entity_ref.clone());
        }
    }
    outcome.diagnostics.append(&mut found);
    match entity {
        _ if is_refused => outcome.refused.extend(known),
        Value::Object(entity) if is_valid => accept(source, root, entity, outcome),
        // A wrong name does not say which entity is meant.
        _ => outcome.lost.add(known.filter(|_| !is_unsure)),
    }
}

fn not_allowed(source: &Source<'_>, root: &Node, kind: &str) -> Diagnostic {
    Diagnostic::new(
        "CAT007",
        Severity::Error,
        source.name,
        format!(
            "entities of kind {kind} are not allowed from {}",
            source.origin
        ),
    )
    .with_span(root.place("/kind"))
    .with_help(format!(
        "add \"{kind}\" to catalog.rules, or to the rules of this location, in app-config.yaml"
    ))
}

fn accept(source: &Source<'_>, root: &Node, entity: Map<String, Value>, outcome: &mut FileOutcome) {
    let is_location = entity["kind"]
        .as_str()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Location"));
    let links = source
        .remote
        .filter(|_| source.at.is_url())
        .map(|remote| Links::of(remote.reader(), source.at));
    let annotations = Annotations {
        location: source.at,
        origin: source.origin,
        links: links.as_ref(),
    };
    if let Some(draft) = Draft::new(entity, &annotations, Some(root)) {
        if is_location {
            outcome.emits.extend(emits(root, &draft.entity_ref));
        }
        outcome.drafts.push(draft);
    }
}

/// Returns the further locations that a Location entity names.
fn emits(root: &Node, by: &str) -> Vec<Emit> {
    let Some(spec) = root.get("spec") else {
        return Vec::new();
    };
    let location_type = spec.get("type").and_then(Node::as_str).map(str::to_owned);
    let optional = spec.get("presence").and_then(Node::as_str) == Some("optional");
    let targets = spec.get("targets").map_or(&[][..], Node::items);
    spec.get("target")
        .into_iter()
        .chain(targets)
        .filter_map(|node| {
            Some(Emit {
                by: by.to_owned(),
                target: node.as_str()?.to_owned(),
                location_type: location_type.clone(),
                span: Some(node.span),
                optional,
            })
        })
        .collect()
}
