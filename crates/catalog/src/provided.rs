//! Users that sign-in made: one more source, which comes after all others.
//!
//! They are checked by the rules of every file. A file that describes the same user wins without a word, since that is
//! how a user who was made at the first sign-in gets a proper description later.
use std::collections::BTreeMap;

use callboard_db::now_ms;
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};
use serde_json::Value;

use crate::{
    Allow, CatalogError, Ingester, LocationRef, Registered,
    draft::{Draft, FileOutcome},
    parse::{Source, parse_bytes},
    rules::Rules,
    stitch::Winner,
};

/// Location reference of every user that sign-in made.
pub(crate) const LOCATION: &str = "provided:sign-in";

/// The only kind that sign-in makes.
const KIND: &str = "User";

impl Ingester {
    /// Keeps a user that sign-in made, who will be in the catalog soon; returns what is wrong with the entity. With an
    /// error among that nothing is kept.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn provide(&self, entity: &Value) -> Result<Vec<Diagnostic>, CatalogError> {
        let body = entity.to_string();
        let outcome = read(&body);
        if let Some(draft) = outcome.drafts.first() {
            let kept = self.db.provided_put(&draft.entity_ref, &body, now_ms());
            kept.await?;
        }
        Ok(outcome.diagnostics)
    }

    /// Reads all users that sign-in made.
    pub(crate) async fn provided(&self) -> Result<Vec<FileOutcome>, CatalogError> {
        let stored = self.db.provided_list().await?;
        let read_all = move || stored.iter().map(|(_, body)| read(body)).collect();
        Ok(tokio::task::spawn_blocking(read_all).await?)
    }
}

/// Puts the users in for whom there is nothing else.
pub(crate) fn add<'a>(
    winners: &mut BTreeMap<&'a str, Winner<'a>>,
    drafts: impl Iterator<Item = &'a Draft>,
) {
    for draft in drafts {
        let of_sign_in = || Winner::after_all(draft, LOCATION);
        winners.entry(&draft.entity_ref).or_insert_with(of_sign_in);
    }
}

/// Reads one user as a file would be read; either there is a draft or there are errors.
fn read(body: &str) -> FileOutcome {
    let at = LocationRef {
        location_type: "provided".to_owned(),
        target: "sign-in".to_owned(),
    };
    let registered = Registered {
        allow: vec![Allow {
            kind: KIND.to_owned(),
            spec_type: None,
        }],
        ..Registered::default()
    };
    let source = Source {
        at: &at,
        name: LOCATION,
        origin: &at,
        registered: &registered,
        rules: &Rules::default(),
        within: None,
        remote: None,
        skip_hosts: false,
        optional: false,
        declared: None,
    };
    let mut outcome = parse_bytes(&source, body.as_bytes());
    without_places(&mut outcome);
    let is_valid = outcome.drafts.len() == 1 && outcome.emits.is_empty();
    let has_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    if !is_valid && !outcome.diagnostics.iter().any(has_error) {
        let message = "sign-in did not make exactly one user";
        let problem = Diagnostic::new(codes::CAT_UNREADABLE, Severity::Error, LOCATION, message);
        outcome.diagnostics.push(problem);
    }
    if outcome.diagnostics.iter().any(has_error) {
        outcome.drafts.clear();
    }
    outcome
}

/// Takes away the places within the text, which nobody ever sees.
fn without_places(outcome: &mut FileOutcome) {
    for problem in &mut outcome.diagnostics {
        problem.span = None;
        problem.fix = None;
    }
    for draft in &mut outcome.drafts {
        draft.name_span = None;
        for edge in &mut draft.edges {
            edge.span = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn any_text_of_a_provider_arrives_as_it_is(text in any::<String>(), odd in "[\u{0}-\u{a0}\u{2028}\u{feff}$&*:\"\\\\]{0,20}") {
            let spec = json!({"profile": {"displayName": format!("x{text}{odd}")}, "memberOf": []});
            let metadata = json!({"name": "ada", "annotations": {"example.com/text": odd}});
            let entity = json!({"apiVersion": "backstage.io/v1alpha1", "kind": "User", "metadata": metadata, "spec": spec});
            let outcome = read(&entity.to_string());
            prop_assert_eq!(outcome.drafts.len(), 1, "{:?}", outcome.diagnostics);
            let text = outcome.drafts[0].text.as_deref().unwrap();
            prop_assert_eq!(&*text.tail, format!(",\"spec\":{spec}"));
        }

        #[test]
        fn no_text_in_the_table_is_too_odd(body in any::<String>()) {
            let outcome = read(&body);
            prop_assert!(outcome.drafts.is_empty() && !outcome.diagnostics.is_empty());
        }
    }
}
