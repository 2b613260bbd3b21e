//! Putting drafts together: one winner for each reference, relations both ways, a hash of the result.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use callboard_model::{Diagnostic, Severity};
use serde_json::json;
use sha1::{Digest, Sha1};

use crate::{
    draft::{Draft, Text},
    retain::Retained,
    scan::{Scan, ScannedFile},
};

/// What an entity should be.
#[derive(Debug)]
pub(crate) struct Winner<'a> {
    pub(crate) draft: &'a Draft,
    /// File as diagnostics name it.
    pub(crate) file: &'a str,
    /// Location reference of the file.
    pub(crate) location: String,
    /// Place of the registered location in configuration, for deciding name conflicts.
    root: usize,
}

impl<'a> Winner<'a> {
    /// Takes a draft that comes after everything that is registered.
    pub(crate) fn after_all(draft: &'a Draft, location: &'a str) -> Self {
        Self {
            draft,
            file: location,
            location: location.to_owned(),
            root: usize::MAX,
        }
    }
}

/// Chooses one draft for each reference: the one whose registered location comes first in configuration, then the
/// one whose file sorts first, then the earlier document. Never the one that arrived first.
pub(crate) fn winners<'a>(
    files: &'a [ScannedFile],
    retained: &'a [Retained],
) -> (BTreeMap<&'a str, Winner<'a>>, Vec<Diagnostic>) {
    let mut winners: BTreeMap<&str, Winner<'_>> = BTreeMap::new();
    let mut conflicts = Vec::new();
    for candidate in candidates(files, retained) {
        let entity_ref = candidate.draft.entity_ref.as_str();
        let Some(holder) = winners.get(entity_ref) else {
            winners.insert(entity_ref, candidate);
            continue;
        };
        let before = |a: &Winner<'_>, b: &Winner<'_>| (a.root, &a.location) < (b.root, &b.location);
        if before(&candidate, holder) {
            let loser = winners.insert(entity_ref, candidate);
            conflicts.extend(loser.map(|loser| conflict(&loser, &winners[entity_ref])));
        } else {
            conflicts.push(conflict(&candidate, holder));
        }
    }
    (winners, conflicts)
}

fn candidates<'a>(
    files: &'a [ScannedFile],
    retained: &'a [Retained],
) -> impl Iterator<Item = Winner<'a>> {
    let read = files.iter().flat_map(|file| {
        file.outcome.drafts.iter().map(move |draft| Winner {
            draft,
            file: &file.name,
            location: file.at.to_string(),
            root: file.root,
        })
    });
    let kept = retained.iter().map(|kept| Winner {
        draft: &kept.draft,
        file: &kept.file,
        location: kept.location.clone(),
        root: kept.root,
    });
    read.chain(kept)
}

fn conflict(loser: &Winner<'_>, holder: &Winner<'_>) -> Diagnostic {
    let place = match holder.draft.name_span {
        Some(span) => format!("{}:{}", holder.file, span.start.line),
        None => holder.file.to_owned(),
    };
    Diagnostic::new(
        "CAT022",
        Severity::Error,
        loser.file,
        format!(
            "{} is already described in {place}; this one is not used",
            loser.draft.entity_ref
        ),
    )
    .with_span(loser.draft.name_span)
    .with_help("give one of them another name or namespace")
    .about(&loser.draft.entity_ref)
}

/// One entity with its relations, ready to be compared and stored.
#[derive(Debug)]
pub(crate) struct Stitched<'a> {
    pub(crate) entity_ref: &'a str,
    pub(crate) location: &'a str,
    pub(crate) hash: String,
    draft: &'a Draft,
    /// What follows the spec: relations and, for a retained entity, status; without the brace that ends the entity.
    end: String,
}

impl Stitched<'_> {
    /// Returns the text of the draft, unless it was let go.
    pub(crate) fn text(&self) -> Option<&Text> {
        self.draft.text.as_deref()
    }

    /// Whether this is the text that the draft had.
    pub(crate) fn is_text(&self, text: &Text) -> bool {
        text.digest() == self.draft.digest
    }

    /// Returns the entity as JSON text.
    pub(crate) fn body(&self, text: &Text, uid: &str) -> String {
        let Text { head, tail } = text;
        format!(
            "{head},\"uid\":\"{uid}\",\"etag\":\"{}\"}}{tail}{}}}",
            self.hash, self.end
        )
    }
}

/// Adds relations to every winner.
pub(crate) fn stitch<'a>(
    winners: &'a BTreeMap<&'a str, Winner<'a>>,
    scan: &'a Scan,
) -> Vec<Stitched<'a>> {
    let mut relations: HashMap<&str, BTreeSet<(&str, &str)>> = HashMap::new();
    for winner in winners.values() {
        let source = winner.draft.entity_ref.as_str();
        for edge in &winner.draft.edges {
            relations
                .entry(source)
                .or_default()
                .insert((edge.rule.forward, &*edge.target));
            relations
                .entry(&edge.target)
                .or_default()
                .insert((edge.rule.reverse, source));
        }
    }
    let none = BTreeSet::new();
    let of = |entity_ref: &str| relations.get(entity_ref).unwrap_or(&none);
    let from_files = winners
        .values()
        .map(|winner| finish(winner.draft, &winner.location, of(&winner.draft.entity_ref)));
    let from_config = scan
        .generated
        .iter()
        .filter(|(_, draft)| !winners.contains_key(draft.entity_ref.as_str()))
        .map(|(_, draft)| finish(draft, "config", of(&draft.entity_ref)));
    let mut all: Vec<_> = from_files.chain(from_config).collect();
    all.sort_by_key(|stitched| stitched.entity_ref);
    all.dedup_by_key(|stitched| stitched.entity_ref);
    all
}

fn finish<'a>(
    draft: &'a Draft,
    location: &'a str,
    relations: &BTreeSet<(&str, &str)>,
) -> Stitched<'a> {
    let mut end = String::from(",\"relations\":[");
    for (at, (relation_type, target)) in relations.iter().enumerate() {
        if at > 0 {
            end.push(',');
        }
        end.push_str(&json!({"type": relation_type, "targetRef": target}).to_string());
    }
    end.push(']');
    if !draft.status.is_empty() {
        let item = |message: &String| {
            json!({"type": "backstage.io/catalog-processing", "level": "error", "message": message,
                "error": {"name": "InputError", "message": message}})
        };
        let items: Vec<_> = draft.status.iter().map(item).collect();
        end.push_str(&format!(",\"status\":{}", json!({"items": items})));
    }
    let mut hash = Sha1::new();
    hash.update(draft.digest);
    hash.update(&end);
    Stitched {
        entity_ref: &draft.entity_ref,
        location,
        hash: format!("{:x}", hash.finalize()),
        draft,
        end,
    }
}
