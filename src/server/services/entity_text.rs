//! An entity as text, and the way it came in.
use callboard_catalog::Filter;
use callboard_model::{
    Entity, EntityRef, annotation,
    view::{Ancestor, EntityText, TextForm},
};

use super::{entity_source::document_of, rows::parse};
use crate::{error::AppError, server::access::Access};

/// So many bytes of a text are shown; the file to download has all.
const SHOWN: usize = 256 * 1024;

/// Entities of the same file that are shown.
const COLOCATED: usize = 20;

impl Access {
    /// Answers the YAML tab; `form` is `yaml`, `json` or `file`.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn entity_text(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
        form: TextForm,
    ) -> Result<EntityText, AppError> {
        let entity_ref = EntityRef::new(kind, namespace, name);
        let (body, entity) = self.body_and_entity(&entity_ref).await?;
        let location = entity.annotation(annotation::LOCATION);
        let file = match location {
            Some(location) => self.source_text(location).await?,
            None => None,
        };
        let document = match &file {
            Some(file) if form == TextForm::File => document_of(file, &entity_ref),
            _ => None,
        };
        let (form, line, text) = match (form, document) {
            (TextForm::Json, _) => (TextForm::Json, 1, written(&body, TextForm::Json)),
            (TextForm::File, Some((line, text))) => (TextForm::File, line, text),
            _ => (TextForm::Yaml, 1, written(&body, TextForm::Yaml)),
        };
        let bytes = text.len();
        let mut view = EntityText {
            form,
            is_cut: bytes > SHOWN,
            text: start_of(text),
            bytes,
            line,
            has_file: file.is_some(),
            source: self.place_of(&entity, annotation::LOCATION),
            origin: self.place_of(&entity, annotation::ORIGIN_LOCATION),
            uid: entity.metadata.uid.clone(),
            etag: entity.metadata.etag.clone(),
            ..EntityText::default()
        };
        let mut way = self.ancestors(&entity_ref.to_string()).await?;
        way.reverse();
        way.push(Ancestor {
            label: self.label(&entity_ref),
            source: view.source.clone(),
        });
        view.ancestry = way;
        if let Some(location) = location {
            self.add_colocated(&mut view, &entity_ref, location);
        }
        Ok(view)
    }

    /// Returns the whole text of an entity for a file.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub(in crate::server) async fn entity_file(
        &self,
        entity_ref: &EntityRef,
        form: TextForm,
    ) -> Result<String, AppError> {
        let (body, _) = self.body_and_entity(entity_ref).await?;
        Ok(written(&body, form))
    }

    async fn body_and_entity(&self, entity_ref: &EntityRef) -> Result<(String, Entity), AppError> {
        let body = self.entity_body(entity_ref).await?;
        let body =
            body.ok_or_else(|| AppError::NotFound(format!("The catalog has no {entity_ref}.")))?;
        let entity = parse(&body)?;
        Ok((body, entity))
    }

    fn add_colocated(&self, view: &mut EntityText, entity_ref: &EntityRef, location: &str) {
        let key = format!("metadata.annotations.{}", annotation::LOCATION);
        let of_file = Filter::Is(key, vec![location.to_owned()]);
        // The entity itself is among them.
        let (ids, total) = self.matching(&of_file, COLOCATED + 1);
        view.colocated_total = total.saturating_sub(1);
        let refs = self.refs(&ids);
        let labels = refs.iter().filter_map(|text| self.label_of(text));
        let others = labels.filter(|label| label.entity_ref != *entity_ref);
        view.colocated = others.take(COLOCATED).collect();
    }
}

/// Writes a stored entity as YAML or as JSON for people.
fn written(body: &str, form: TextForm) -> String {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(body) else {
        return String::new();
    };
    match form {
        TextForm::Json => serde_json::to_string_pretty(&value).unwrap_or_default(),
        TextForm::Yaml | TextForm::File => serde_yaml::to_string(&value).unwrap_or_default(),
    }
}

/// Returns the first lines of a text, as many as are shown.
fn start_of(mut text: String) -> String {
    if text.len() <= SHOWN {
        return text;
    }
    let end = text.floor_char_boundary(SHOWN);
    let end = text[..end].rfind('\n').map_or(end, |line| line + 1);
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_lines() {
        let line = "é".repeat(100) + "\n";
        let cut = start_of(line.repeat(2_000));
        assert!(cut.len() <= SHOWN && cut.len() > SHOWN - 300);
        assert!(cut.ends_with('\n'));
        assert_eq!(start_of("short".to_owned()), "short");
        assert_eq!(start_of("é".repeat(SHOWN)).len(), SHOWN);
    }

    #[test]
    fn what_is_stored_is_written_in_both_forms() {
        let body = r#"{"kind":"A","spec":{"note":"1"}}"#;
        assert_eq!(
            written(body, TextForm::Yaml),
            "kind: A\nspec:\n  note: '1'\n"
        );
        assert!(written(body, TextForm::Json).contains("\n  \"kind\": \"A\""));
        assert_eq!(written("{", TextForm::Json), "");
    }
}
