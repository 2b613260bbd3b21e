//! One file into drafts: YAML, placeholders, validation, rules, annotations of the catalog.
use std::{path::Path, time::SystemTime};

use callboard_diagnostics::{Document, Limits, Node, read_stream};
use callboard_model::{
    Diagnostic, Fix, Severity, Span, annotation,
    entity_ref::DEFAULT_NAMESPACE,
    relation,
    validate::{self, UnknownKinds, Violation},
};
use serde_json::{Map, Value};

use crate::{
    LocationRef, Registered,
    check::lint_document,
    draft::{Draft, DraftEdge, Emit, FileOutcome, Lost},
    placeholder::Resolver,
    read::{MAX_FILE_BYTES, ReadError, Stamp},
    rules::Rules,
};

/// Most violations reported of one document.
const MAX_VIOLATIONS: usize = 100;

/// What has to be known to read one file.
pub(crate) struct Source<'a> {
    /// Absolute path.
    pub(crate) path: &'a Path,
    /// The file as diagnostics name it.
    pub(crate) name: &'a str,
    /// Registered location that led here.
    pub(crate) origin: &'a LocationRef,
    /// Its entry in configuration.
    pub(crate) registered: &'a Registered,
    /// General rules.
    pub(crate) rules: &'a Rules,
    /// Folder that placeholders may not leave.
    pub(crate) within: &'a Path,
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
            outcome.lost = Lost::Anything;
            let (file, span) = source
                .declared
                .map_or((source.name, None), |(file, span)| (file.as_str(), *span));
            let message = format!("cannot read {}: {}", source.name, error.reason);
            let code = if error.missing { "CAT002" } else { "CAT001" };
            let mut problem = Diagnostic::new(code, Severity::Error, file, message).with_span(span);
            // Somebody who asks to check a file that is not there has nothing to lose.
            problem.help = span.map(|_| {
                "what it gave before is kept until it can be read or is no longer named".to_owned()
            });
            outcome.diagnostics.push(problem);
        }
    }
    outcome
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
        read_document(source, document, &mut budget, outcome);
    }
}

fn read_document(
    source: &Source<'_>,
    document: &Document,
    budget: &mut u64,
    outcome: &mut FileOutcome,
) {
    let Some(root) = &document.root else {
        return outcome.lost.add(None);
    };
    let mut resolver = Resolver {
        file: source.name,
        folder: source.path.parent().unwrap_or(Path::new("/")),
        within: source.within,
        budget,
        included: Vec::new(),
        diagnostics: Vec::new(),
    };
    let entity = resolver.resolve(root);
    outcome.included.append(&mut resolver.included);
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
    for violation in violations.into_iter().take(MAX_VIOLATIONS) {
        found.push(to_diagnostic(source.name, root, violation));
    }
    found.extend(lint_document(source.name, root, &entity));
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
        _ if is_refused => {}
        Value::Object(entity) if is_valid => accept(source, root, entity, outcome),
        // A wrong name does not say which entity is meant.
        _ => outcome.lost.add(known.filter(|_| !is_unsure)),
    }
}

fn reference(entity: &Value) -> Option<String> {
    validate::reference_of(entity).map(|entity_ref| entity_ref.to_string())
}

fn to_diagnostic(file: &str, root: &Node, violation: Violation) -> Diagnostic {
    let span = root.place(&violation.pointer);
    let mut problem =
        Diagnostic::new(violation.code, Severity::Error, file, violation.message).with_span(span);
    problem.help = violation.help;
    problem.fix = violation.replacement.map(|text| Fix {
        title: format!("Replace it with {text}"),
        span,
        replacement: quoted_if_needed(text),
    });
    problem
}

/// A plain YAML scalar of this text must stay a text.
fn quoted_if_needed(text: String) -> String {
    let is_number = text.parse::<f64>().is_ok();
    if is_number || matches!(text.as_str(), "true" | "false" | "null") {
        format!("\"{text}\"")
    } else {
        text
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
    if entity["kind"]
        .as_str()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Location"))
    {
        outcome.emits.extend(emits(root));
    }
    let location = LocationRef::file(source.path);
    if let Some(draft) = Draft::new(entity, &location, source.origin, Some(root)) {
        outcome.drafts.push(draft);
    }
}

/// Returns the further locations that a Location entity names.
fn emits(root: &Node) -> Vec<Emit> {
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
                target: node.as_str()?.to_owned(),
                location_type: location_type.clone(),
                span: Some(node.span),
                optional,
            })
        })
        .collect()
}

/// What Backstage puts in place of a link that would run a script.
const REJECTED_URL: &str = "https://backstage.io/annotation-rejected-for-security-reasons";

impl Draft {
    /// Builds a draft from a valid entity; `root` gives places when the file is at hand.
    pub(crate) fn new(
        mut entity: Map<String, Value>,
        location: &LocationRef,
        origin: &LocationRef,
        root: Option<&Node>,
    ) -> Option<Self> {
        let kind = entity.get("kind")?.as_str()?.to_owned();
        let Value::Object(mut metadata) = entity.remove("metadata")? else {
            return None;
        };
        metadata.shift_remove("uid");
        metadata.shift_remove("etag");
        metadata
            .entry("namespace")
            .or_insert_with(|| DEFAULT_NAMESPACE.into());
        if let Value::Object(annotations) = metadata
            .entry("annotations")
            .or_insert_with(|| Value::Object(Map::new()))
        {
            for key in [annotation::VIEW_URL, annotation::EDIT_URL] {
                if let Some(Value::String(url)) = annotations.get_mut(key)
                    && validate::format::is_script_url(url)
                {
                    REJECTED_URL.clone_into(url);
                }
            }
            annotations.insert(annotation::LOCATION.to_owned(), location.to_string().into());
            annotations.insert(
                annotation::ORIGIN_LOCATION.to_owned(),
                origin.to_string().into(),
            );
        }
        let mut spec = match entity.remove("spec") {
            Some(Value::Object(spec)) => Some(spec),
            _ => None,
        };
        let namespace = metadata.get("namespace")?.as_str()?;
        let edges = spec
            .as_ref()
            .map(|spec| draft_edges(&kind, namespace, spec, root));
        if let Some(spec) = &mut spec {
            relation::sort_references(&kind, spec);
        }
        let metadata = Value::Object(metadata);
        let identity = serde_json::json!({"kind": &kind, "metadata": {
            "name": metadata.get("name")?, "namespace": metadata.get("namespace")?}});
        let version = entity.get("apiVersion")?;
        let mut head = format!(
            "{{\"apiVersion\":{version},\"kind\":{},\"metadata\":{metadata}",
            Value::from(kind)
        );
        head.pop();
        Some(Self {
            entity_ref: reference(&identity)?,
            head: head.into(),
            tail: spec
                .map_or_else(String::new, |spec| {
                    format!(",\"spec\":{}", Value::Object(spec))
                })
                .into(),
            edges: edges.unwrap_or_default(),
            name_span: root.map(|root| root.place("/metadata/name")),
            status: Vec::new(),
        })
    }
}

fn draft_edges(
    kind_name: &str,
    namespace: &str,
    spec: &Map<String, Value>,
    root: Option<&Node>,
) -> Box<[DraftEdge]> {
    relation::references(kind_name, namespace, spec)
        .into_iter()
        .filter_map(|reference| {
            Some(DraftEdge {
                rule: reference.rule,
                target: reference.target.ok()?.to_string().into(),
                span: root.map(|root| root.place(&reference.pointer)),
            })
        })
        .collect()
}
