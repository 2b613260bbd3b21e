//! Comparing what the catalog should hold with what is stored.
use std::collections::{HashMap, HashSet};

use callboard_db::{ChangeRequest, Db, EntityHead, Put};
use serde_json::{Map, Value};

use crate::{CatalogError, draft::Text, stitch::Stitched};

/// What comes of a comparison.
#[derive(Debug)]
pub(crate) enum Difference {
    /// The changes to write.
    Requests(Vec<ChangeRequest>),
    /// Texts that were let go are needed and are not in the database: these places have to be read again.
    NeedsText(HashSet<String>),
}

/// Compares what should be with what is stored.
///
/// An entity whose file did not change but whose relations did takes its text from the database.
pub(crate) async fn difference(
    db: &Db,
    stitched: &[Stitched<'_>],
    stored: &[EntityHead],
) -> Result<Difference, CatalogError> {
    let known: HashMap<&str, &EntityHead> = stored
        .iter()
        .map(|head| (head.entity_ref.as_str(), head))
        .collect();
    let changed: Vec<(&Stitched<'_>, Option<&EntityHead>)> = stitched
        .iter()
        .map(|one| (one, known.get(one.entity_ref).copied()))
        .filter(|(one, head)| head.is_none_or(|head| !is_same(one, head)))
        .collect();
    let texts = match stored_texts(db, &changed).await? {
        Ok(texts) => texts,
        Err(locations) => return Ok(Difference::NeedsText(locations)),
    };
    let wanted: HashSet<&str> = stitched.iter().map(|one| one.entity_ref).collect();
    let gone = stored
        .iter()
        .filter(|head| !wanted.contains(head.entity_ref.as_str()));
    let puts = changed.iter().filter_map(|(one, head)| {
        let text = one.text().or_else(|| texts.get(one.entity_ref))?;
        Some(put(one, text, *head))
    });
    Ok(Difference::Requests(puts.chain(gone.map(remove)).collect()))
}

fn is_same(one: &Stitched<'_>, head: &EntityHead) -> bool {
    head.hash == one.hash && head.location == one.location
}

/// Returns the texts of those changed entities whose drafts have none any more, by reference; or the places that have
/// to be read again.
async fn stored_texts<'a>(
    db: &Db,
    changed: &[(&'a Stitched<'_>, Option<&EntityHead>)],
) -> Result<Result<HashMap<&'a str, Text>, HashSet<String>>, CatalogError> {
    let without = || changed.iter().filter(|(one, _)| one.text().is_none());
    let is_stored = |one: &Stitched<'_>, head: Option<&EntityHead>| {
        head.is_some_and(|head| head.location == one.location)
    };
    let lost: HashSet<String> = without()
        .filter(|(one, head)| !is_stored(one, *head))
        .map(|(one, _)| one.location.to_owned())
        .collect();
    if !lost.is_empty() {
        return Ok(Err(lost));
    }
    let refs: Vec<String> = without()
        .map(|(one, _)| one.entity_ref.to_owned())
        .collect();
    let bodies = db.entity_bodies(&refs).await?;
    let mut texts = HashMap::with_capacity(refs.len());
    let mut lost = HashSet::new();
    for ((one, _), body) in without().zip(bodies) {
        let text = body
            .and_then(|body| text_of(&body))
            .filter(|text| one.is_text(text));
        match text {
            Some(text) => {
                texts.insert(one.entity_ref, text);
            }
            None => {
                lost.insert(one.location.to_owned());
            }
        }
    }
    Ok(if lost.is_empty() {
        Ok(texts)
    } else {
        Err(lost)
    })
}

/// Takes relations, status and identity off a stored entity.
fn text_of(body: &str) -> Option<Text> {
    let mut entity: Map<String, Value> = serde_json::from_str(body).ok()?;
    let mut metadata = entity.shift_remove("metadata")?;
    let fields = metadata.as_object_mut()?;
    fields.shift_remove("uid");
    fields.shift_remove("etag");
    let spec = match entity.shift_remove("spec") {
        Some(Value::Object(spec)) => Some(spec),
        _ => None,
    };
    let kind = entity.get("kind")?.as_str()?;
    Some(Text::new(entity.get("apiVersion")?, kind, &metadata, spec))
}

fn put(one: &Stitched<'_>, text: &Text, head: Option<&EntityHead>) -> ChangeRequest {
    let uid = head.map_or_else(callboard_db::new_uid, |head| head.uid.clone());
    ChangeRequest {
        entity_ref: one.entity_ref.to_owned(),
        put: Some(Put {
            hash: one.hash.clone(),
            location: one.location.to_owned(),
            body: one.body(text, &uid),
            uid,
        }),
        cause: one.location.to_owned(),
    }
}

fn remove(head: &EntityHead) -> ChangeRequest {
    ChangeRequest {
        entity_ref: head.entity_ref.clone(),
        put: None,
        cause: head.location.clone(),
    }
}
