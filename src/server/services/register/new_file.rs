//! A first catalog file for a repository without one: the form filled in for a start, and the text made of it.
use callboard_catalog::{
    Filter, LocationRef,
    index::{OrderKey, TITLE_KEY},
};
use callboard_model::{
    Diagnostic, EntityRef, Severity,
    view::{EntityLabel, NewFileForm, NewFilePreview, NewFileView},
};
use callboard_scm::RepositoryFile;
use serde_json::{Map, Value, json};

use super::{CREATE, FILE, MAX_URL, failure};
use crate::{error::AppError, server::access::Access};

/// Groups, users and systems that are offered.
const OFFERED: usize = 500;

/// Longest text of one field.
const MAX_FIELD: usize = 10_000;

/// Most tags.
const MAX_TAGS: usize = 300;

const FIRST_LINES: &str = "# What this file means: https://backstage.io/docs/features/software-catalog/descriptor-format\n";

/// Fields of `spec` by kind, beyond owner: those that the form fills.
const KINDS: &[(&str, &[&str])] = &[
    ("Component", &["type", "lifecycle", "owner", "system"]),
    ("Resource", &["type", "owner", "system"]),
    ("System", &["owner"]),
    ("Domain", &["owner"]),
];

impl Access {
    /// Answers the form for a first catalog file; empty fields are filled in for a start unless a preview is asked for.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `catalog.location.create`.
    pub async fn new_file_view(&self, form: &NewFileForm) -> Result<NewFileView, AppError> {
        self.require(CREATE, None).await?;
        let mut form = form.clone();
        let mut view = NewFileView {
            readonly: self.sources().readonly,
            owners: self.offered(&["group", "user"]),
            systems: self.offered(&["system"]),
            ..NewFileView::default()
        };
        let place = match self.repository_place(&form) {
            Ok(place) => place,
            Err(message) => {
                view.mistake = Some(message);
                None
            }
        };
        if form.preview.is_empty() {
            fill_in(&mut form, place.as_ref());
        } else if form.path.trim().is_empty() {
            FILE.clone_into(&mut form.path);
        }
        if let Some(place) = &place {
            view.target = Some(place.target.clone());
            view.can_propose = place.can_propose && self.has("catalog.location.analyze");
        }
        if !form.preview.is_empty() {
            view.preview = Some(self.made_of(&form, place.as_ref()));
        }
        view.form = form;
        Ok(view)
    }

    /// Returns the catalog file that the form describes.
    ///
    /// # Errors
    /// `NotAllowed` without the permission `catalog.location.create`.
    pub async fn new_file(&self, form: &NewFileForm) -> Result<NewFilePreview, AppError> {
        self.require(CREATE, None).await?;
        let place = self.repository_place(form).ok().flatten();
        Ok(self.made_of(form, place.as_ref()))
    }

    /// Finds the place of the file in its repository; nothing without an address.
    pub(super) fn repository_place(
        &self,
        form: &NewFileForm,
    ) -> Result<Option<RepositoryFile>, String> {
        let url = form.url.trim();
        if url.is_empty() {
            return Ok(None);
        }
        if url.len() > MAX_URL {
            return Err(format!("The address is longer than {MAX_URL} characters."));
        }
        if let Some(failure) = failure::of_text(url) {
            return Err(failure.reason);
        }
        let Some(reader) = self.sources().ingester.reader() else {
            return Err("This portal reads files only.".to_owned());
        };
        let path = path_of(form)?;
        match reader.repository_file(url, &path) {
            Ok(place) => Ok(Some(place)),
            Err(error) => Err(format!(
                "{url} is not the address of a repository: {error}."
            )),
        }
    }

    /// Makes the text and looks at it as the catalog would.
    fn made_of(&self, form: &NewFileForm, place: Option<&RepositoryFile>) -> NewFilePreview {
        let text = text_of(form, place);
        let target = place.map_or(FILE, |place| place.target.as_str());
        let checked = self
            .sources()
            .ingester
            .check_text(&LocationRef::url(target), &text);
        let mut problems = checked.problems;
        problems.extend(self.unknown_references(form));
        for problem in &mut problems {
            path_of(form)
                .unwrap_or_else(|_| FILE.to_owned())
                .clone_into(&mut problem.file);
        }
        problems.sort_by_key(|one| one.severity);
        NewFilePreview { text, problems }
    }

    /// Says which names of the form the catalog does not have.
    fn unknown_references(&self, form: &NewFileForm) -> Vec<Diagnostic> {
        let named = [
            (
                "owner",
                &form.owner,
                "group",
                callboard_diagnostics::codes::CAT_OWNER_MISSING,
            ),
            (
                "system",
                &form.system,
                "system",
                callboard_diagnostics::codes::CAT_DANGLING,
            ),
        ];
        let unknown = named.into_iter().filter_map(|(field, text, kind, code)| {
            let is_used = fields_of(&form.kind).contains(&field) && !text.trim().is_empty();
            let reference = EntityRef::parse(text, Some(kind), "default").ok()?;
            let is_unknown = is_used && !self.sees_ref(&reference.to_string());
            is_unknown.then(|| {
                let message =
                    format!("spec.{field} names {reference}, which the catalog does not have");
                Diagnostic::new(code, Severity::Warning, FILE, message)
                    .with_help("choose one of the list, or register that one as well")
            })
        });
        unknown.collect()
    }

    fn offered(&self, kinds: &[&str]) -> Vec<EntityLabel> {
        let refs: Vec<String> = {
            let index = self.index().read();
            let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            let found = self.found(&index, Filter::Is("kind".to_owned(), kinds));
            let order = [
                OrderKey {
                    key: "kind".to_owned(),
                    descending: false,
                },
                OrderKey {
                    key: TITLE_KEY.to_owned(),
                    descending: false,
                },
            ];
            let ids = index.ordered(&found, &order, 0, OFFERED);
            // Not by `self.refs`: a second guard on one thread waits for ever behind a writer.
            let labels = ids.iter().filter_map(|id| index.label(*id));
            labels.map(|label| label.entity_ref.to_owned()).collect()
        };
        refs.iter().filter_map(|one| self.label_of(one)).collect()
    }
}

/// Returns the path of the file, which stays inside the repository.
pub(super) fn path_of(form: &NewFileForm) -> Result<String, String> {
    let path = form.path.trim().trim_start_matches('/');
    if path.is_empty() {
        return Ok(FILE.to_owned());
    }
    let is_odd = |part: &str| matches!(part, "" | "." | ".." | ".git");
    let ends = path.ends_with(".yaml") || path.ends_with(".yml");
    if path.len() > 500 || path.split('/').any(is_odd) || path.contains(['*', '\\']) || !ends {
        return Err(
            "The path of the file has to lie in the repository and end in .yaml.".to_owned(),
        );
    }
    Ok(path.to_owned())
}

/// Fills in what the address of the repository tells, and the most usual for the rest.
fn fill_in(form: &mut NewFileForm, place: Option<&RepositoryFile>) {
    let or = |field: &mut String, text: &str| {
        if field.trim().is_empty() {
            text.clone_into(field);
        }
    };
    or(&mut form.kind, "Component");
    or(&mut form.entity_type, "service");
    or(&mut form.lifecycle, "production");
    or(&mut form.path, FILE);
    if let Some(place) = place {
        or(&mut form.name, &entity_name(&place.name));
        or(&mut form.branch, "add-catalog-info");
        or(&mut form.pr_title, "Add catalog-info.yaml");
        or(
            &mut form.pr_body,
            "This describes the repository for the developer portal.\nOnce it is merged, the portal can register it.",
        );
    }
}

/// Makes a name that the catalog takes of a repository's.
fn entity_name(name: &str) -> String {
    let plain = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || "-_.".contains(letter) => letter,
        _ => '-',
    };
    let text: String = name.chars().take(63).map(plain).collect();
    text.trim_matches(|letter: char| !letter.is_ascii_alphanumeric())
        .to_owned()
}

fn fields_of(kind: &str) -> &'static [&'static str] {
    let known = KINDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(kind.trim()));
    known.map_or(&[], |(_, fields)| fields)
}

/// Writes the file.
fn text_of(form: &NewFileForm, place: Option<&RepositoryFile>) -> String {
    let cut = |text: &str| {
        text.trim()
            .replace("\r\n", "\n")
            .chars()
            .take(MAX_FIELD)
            .collect::<String>()
    };
    let kind = KINDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(form.kind.trim()));
    let kind = kind.map_or_else(|| cut(&form.kind), |(name, _)| (*name).to_owned());
    let mut metadata = Map::new();
    let put = |map: &mut Map<String, Value>, key: &str, text: &str| {
        let text = cut(text);
        if !text.is_empty() {
            map.insert(key.to_owned(), text.into());
        }
    };
    put(&mut metadata, "name", &form.name);
    put(&mut metadata, "title", &form.title);
    put(&mut metadata, "description", &form.description);
    if let Some((place, key)) = place.and_then(|place| Some((place, place.annotation?))) {
        let slug = format!("{}/{}", place.owner, place.name);
        metadata.insert("annotations".to_owned(), json!({ key: slug }));
    }
    let tags = form
        .tags
        .split([',', ' ', '\n'])
        .map(str::trim)
        .filter(|tag| !tag.is_empty());
    let tags: Vec<Value> = tags.take(MAX_TAGS).map(Value::from).collect();
    if !tags.is_empty() {
        metadata.insert("tags".to_owned(), tags.into());
    }
    let mut spec = Map::new();
    for field in fields_of(&form.kind) {
        let text = match *field {
            "type" => &form.entity_type,
            "lifecycle" => &form.lifecycle,
            "owner" => &form.owner,
            _ => &form.system,
        };
        put(&mut spec, field, text);
    }
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": kind,
        "metadata": metadata,
        "spec": spec,
    });
    let text = serde_yaml::to_string(&entity).unwrap_or_default();
    format!("{FIRST_LINES}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> NewFileForm {
        NewFileForm {
            kind: "component".to_owned(),
            name: "shop".to_owned(),
            owner: "team-a".to_owned(),
            entity_type: "service".to_owned(),
            lifecycle: "production".to_owned(),
            tags: "java, web".to_owned(),
            ..NewFileForm::default()
        }
    }

    #[test]
    fn the_file_has_what_the_form_says_and_nothing_empty() {
        let text = text_of(&form(), None);
        let entity: Value = serde_yaml::from_str(&text).unwrap();
        let want = json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component",
            "metadata": {"name": "shop", "tags": ["java", "web"]},
            "spec": {"type": "service", "lifecycle": "production", "owner": "team-a"}});
        assert_eq!(entity, want);
    }

    #[test]
    fn what_somebody_types_stays_a_text() {
        let mut odd = form();
        for text in [
            "yes",
            "a: b",
            "- x",
            "\"",
            "{{",
            "# no",
            "12",
            "line\nline",
            "<script>",
        ] {
            odd.description = text.to_owned();
            let entity: Value = serde_yaml::from_str(&text_of(&odd, None)).unwrap();
            assert_eq!(entity["metadata"]["description"], text);
            assert_eq!(entity.as_object().unwrap().len(), 4, "{text}");
        }
    }

    #[test]
    fn a_path_stays_in_the_repository() {
        let path = |path: &str| {
            path_of(&NewFileForm {
                path: path.to_owned(),
                ..NewFileForm::default()
            })
        };
        assert_eq!(path("").as_deref(), Ok(FILE));
        assert_eq!(path("/a/b.yaml").as_deref(), Ok("a/b.yaml"));
        for wrong in [
            "../x.yaml",
            "a//b.yaml",
            "Makefile",
            ".git/x.yaml",
            "**/x.yaml",
        ] {
            assert!(path(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_repositories_become_names_of_entities() {
        assert_eq!(entity_name("my shop!"), "my-shop");
        assert_eq!(entity_name(".github"), "github");
        assert_eq!(entity_name(&"x".repeat(99)).len(), 63);
    }
}
