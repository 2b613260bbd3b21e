//! How entries of the audit log are bounded, numbered and linked by hashes.
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{AuditEntry, StoredAudit};
use crate::text::stored;

/// Most characters of a short field; an index of PostgreSQL takes no longer texts.
pub(super) const SHORT: usize = 500;

/// Most characters of a resource and of the detail.
pub(super) const LONG: usize = 2_000;

/// The last entry: its number and hash. Before the first one it is 0 and empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) hash: String,
}

impl Head {
    /// Reads the value of the fact; nothing if it is not one that was written here.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (seq, hash) = text.split_once(' ')?;
        Some(Self {
            seq: seq.parse().ok()?,
            hash: hash.to_owned(),
        })
    }

    /// Returns the value of the fact.
    pub(super) fn to_text(&self) -> String {
        format!("{} {}", self.seq, self.hash)
    }

    /// Decides after what the next entry comes: after the entry that the fact names, even if the table ends before
    /// or after it. The log goes on, and the break stays visible.
    pub(super) fn to_append(fact: Option<&str>, last: Option<(i64, String)>) -> Self {
        let last = last
            .map(|(seq, hash)| Self { seq, hash })
            .unwrap_or_default();
        match fact.map(Self::from_text) {
            None => last,
            Some(fact) => {
                let fact = fact.unwrap_or_default();
                Self {
                    seq: fact.seq.max(last.seq),
                    hash: fact.hash,
                }
            }
        }
    }
}

/// Numbers and links entries that follow a head; returns them and the new head.
pub(super) fn link(entries: &[AuditEntry], mut head: Head) -> (Vec<StoredAudit>, Head) {
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let entry = bounded(entry);
        head.seq += 1;
        head.hash = hash(&head.hash, head.seq, &entry);
        rows.push(StoredAudit {
            seq: head.seq,
            entry,
            hash: head.hash.clone(),
        });
    }
    (rows, head)
}

/// Returns the hash of an entry. A JSON array is unambiguous: where a field ends cannot be moved, and nothing is not
/// the empty text.
pub(super) fn hash(before: &str, seq: i64, entry: &AuditEntry) -> String {
    let fields = json!([
        before,
        seq,
        entry.at,
        entry.actor,
        entry.actor_kind,
        entry.event,
        entry.permission,
        entry.resource,
        entry.decision,
        entry.result,
        entry.address,
        entry.request_id,
        entry.detail,
    ]);
    format!("{:x}", Sha256::digest(fields.to_string()))
}

/// Returns an entry as it is stored.
fn bounded(entry: &AuditEntry) -> AuditEntry {
    let short = |text: &String| stored(text, SHORT);
    AuditEntry {
        at: entry.at,
        actor: short(&entry.actor),
        actor_kind: short(&entry.actor_kind),
        event: short(&entry.event),
        permission: entry.permission.as_ref().map(short),
        resource: entry.resource.as_ref().map(|text| stored(text, LONG)),
        decision: entry.decision.as_ref().map(short),
        result: short(&entry.result),
        address: short(&entry.address),
        request_id: short(&entry.request_id),
        detail: detail(&entry.detail),
    }
}

/// Returns a detail as it is stored: JSON stays JSON.
fn detail(text: &str) -> String {
    if text.chars().nth(LONG).is_none() {
        return stored(text, LONG);
    }
    let mut limit = LONG;
    loop {
        // Signs that are escaped take more room, so less of such a text is kept.
        limit /= 2;
        let cut = json!({ "cut": Value::String(stored(text, limit)) }).to_string();
        if cut.chars().nth(LONG).is_none() {
            return cut;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(actor: &str, event: &str) -> AuditEntry {
        AuditEntry {
            actor: actor.to_owned(),
            event: event.to_owned(),
            ..AuditEntry::default()
        }
    }

    #[test]
    fn the_hash_covers_every_field_and_where_it_ends() {
        let base = entry("ab", "c");
        let variants = [
            entry("a", "bc"),
            AuditEntry {
                at: 1,
                ..base.clone()
            },
            AuditEntry {
                actor_kind: "x".to_owned(),
                ..base.clone()
            },
            AuditEntry {
                permission: Some(String::new()),
                ..base.clone()
            },
            AuditEntry {
                resource: Some(String::new()),
                ..base.clone()
            },
            AuditEntry {
                decision: Some(String::new()),
                ..base.clone()
            },
            AuditEntry {
                result: "x".to_owned(),
                ..base.clone()
            },
            AuditEntry {
                address: "x".to_owned(),
                ..base.clone()
            },
            AuditEntry {
                request_id: "x".to_owned(),
                ..base.clone()
            },
            AuditEntry {
                detail: "x".to_owned(),
                ..base.clone()
            },
        ];
        let mut hashes: Vec<_> = variants.iter().map(|entry| hash("", 1, entry)).collect();
        hashes.extend([hash("", 1, &base), hash("", 2, &base), hash("x", 1, &base)]);
        let count = hashes.len();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }

    #[test]
    fn the_hash_of_a_known_entry_stays_what_it_is() {
        let text = r#"["",1,0,"a","","b",null,null,null,"","","",""]"#;
        assert_eq!(
            hash("", 1, &entry("a", "b")),
            format!("{:x}", Sha256::digest(text)),
            "entries of earlier versions have to be verified too"
        );
    }

    #[test]
    fn a_detail_that_is_too_long_stays_json() {
        for sign in ["a", "\"", "\u{1}", "ä", "\0"] {
            let cut = detail(&sign.repeat(5_000));
            assert!(cut.chars().count() <= LONG, "{sign:?}");
            let value: Value = serde_json::from_str(&cut).expect("it is JSON");
            assert!(
                value["cut"].as_str().is_some_and(|text| text.len() >= 100),
                "{sign:?}"
            );
        }
        assert_eq!(detail(r#"{"a":1}"#), r#"{"a":1}"#);
    }

    #[test]
    fn what_comes_next_follows_the_fact() {
        let head = |seq, hash: &str| Head {
            seq,
            hash: hash.to_owned(),
        };
        let last = |seq| Some((seq, "row".to_owned()));
        assert_eq!(Head::to_append(None, None), Head::default());
        assert_eq!(Head::to_append(None, last(3)), head(3, "row"));
        assert_eq!(Head::to_append(Some("3 fact"), last(2)), head(3, "fact"));
        assert_eq!(Head::to_append(Some("3 fact"), last(4)), head(4, "fact"));
        assert_eq!(Head::to_append(Some("nonsense"), last(4)), head(4, ""));
        assert_eq!(Head::from_text(&head(5, "x").to_text()), Some(head(5, "x")));
    }
}
