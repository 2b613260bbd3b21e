//! The forms that register, unregister, and make a first catalog file.
use axum::{
    Form,
    body::Bytes,
    extract::{Path, Request},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use callboard_catalog::LocationRef;
use callboard_model::{
    EntityRef,
    view::{FollowQuery, NewFileForm},
};
use leptos::prelude::provide_context;
use url::form_urlencoded;

use super::{IdForm, failed, mistaken, see_other, split};
use crate::{
    error::AppError,
    paths,
    server::{access::Access, cookie, services::Conflict, site::Pages},
    ui::{frame::FormMistake, pages::Unregistered},
};

/// Keeps the address of what was unregistered just now, for the notice of the catalog page.
const UNREGISTERED_COOKIE: &str = "callboard-unregistered";

/// How long the notice is there, in seconds.
const NOTICE_SECONDS: u32 = 30;

/// Longest address that the notice offers to register again.
const MAX_NOTICE: usize = 1_000;

/// Most locations of one form.
const MAX_TARGETS: usize = 200;

/// Most entities that the page which follows is told of.
const MAX_FOLLOWED: usize = 100;

/// What the form asks to be registered.
#[derive(Debug, Default)]
struct Registration {
    targets: Vec<String>,
    /// Entities by the target that brings them.
    entities: Vec<(String, String)>,
    /// Whether what is registered already should be read again.
    again: bool,
}

impl Registration {
    fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (key, value) in form_urlencoded::parse(body) {
            match &*key {
                "target" if form.targets.len() < MAX_TARGETS => {
                    form.targets.push(value.trim().to_owned());
                }
                // An address has no space in it.
                "entity" => form.entities.extend(
                    value
                        .split_once(' ')
                        .map(|(target, entity)| (target.to_owned(), entity.to_owned())),
                ),
                "again" => form.again = true,
                _ => {}
            }
        }
        form.targets.retain(|target| !target.is_empty());
        form.targets.dedup();
        form
    }

    /// Returns what was promised by the targets that were chosen.
    fn promised(&self) -> Vec<String> {
        let chosen = self
            .entities
            .iter()
            .filter(|(target, _)| self.targets.contains(target) || target == "*");
        chosen
            .map(|(_, entity)| entity.clone())
            .take(MAX_FOLLOWED)
            .collect()
    }
}

/// Registers what was chosen, and leads to the page that follows it.
pub(in crate::server) async fn register(
    pages: Pages,
    access: Access,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let request = Request::from_parts(parts, body);
    let body = match axum::RequestExt::extract::<Bytes, _>(request).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    let form = Registration::read(&body);
    if form.targets.is_empty() {
        let error = AppError::Invalid("Nothing was chosen: mark at least one file.".to_owned());
        return mistaken(pages, again, &error).await;
    }
    let mut ids = Vec::new();
    for target in &form.targets {
        let conflict = if form.again {
            Conflict::Refresh
        } else {
            Conflict::Reject
        };
        let created = access
            .location_create(&LocationRef::url(target), Some(conflict))
            .await;
        match created {
            Ok(created) => ids.push(created.location.id),
            // Somebody was faster, which comes to the same.
            Err(AppError::Conflict(_)) => match access.location_id(target).await {
                Ok(Some(id)) => ids.push(id),
                Ok(None) => {}
                Err(error) => return failed(&error),
            },
            Err(error) => return mistaken(pages, again, &error).await,
        }
    }
    let entity = form.promised();
    see_other(&paths::follow(&FollowQuery { id: ids, entity }), None)
}

/// Removes a registered location that has no entity.
pub(in crate::server) async fn remove_location(
    access: Access,
    Form(form): Form<IdForm>,
) -> Response {
    match access.location_remove(&form.id).await {
        Ok(()) | Err(AppError::NotFound(_)) => see_other(paths::IMPORT, None),
        Err(error) => failed(&error),
    }
}

/// Unregisters an entity with everything of its location, and leads to the catalog.
pub(in crate::server) async fn unregister(
    pages: Pages,
    access: Access,
    Path((namespace, kind, name)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let parts = Request::from_parts(parts, axum::body::Body::empty());
    let entity_ref = EntityRef::new(&kind, &namespace, &name);
    match access.unregister(&entity_ref).await {
        Ok(target) => {
            let what = target.filter(|target| target.len() <= MAX_NOTICE);
            let what = what.unwrap_or_else(|| entity_ref.to_string());
            let value: String = form_urlencoded::byte_serialize(what.as_bytes()).collect();
            let cookie = format!(
                "{UNREGISTERED_COOKIE}={value}; Path=/catalog; Max-Age={NOTICE_SECONDS}; HttpOnly; SameSite=Lax"
            );
            see_other(paths::CATALOG, Some(&cookie))
        }
        // The page says so itself.
        Err(AppError::NotFound(_)) => pages.show(parts, || {}).await,
        Err(error) => mistaken(pages, parts, &error).await,
    }
}

/// Returns what was unregistered just now by whoever sends a request.
pub(in crate::server) fn unregistered(request: &Request) -> Option<Unregistered> {
    if request.uri().path() != paths::CATALOG {
        return None;
    }
    let what = cookie::read(request.headers(), UNREGISTERED_COOKIE)?;
    (!what.is_empty()).then_some(Unregistered(what))
}

/// Answers the catalog file that the form describes.
pub(in crate::server) async fn new_file(access: Access, Form(form): Form<NewFileForm>) -> Response {
    let made = match access.new_file(&form).await {
        Ok(made) => made,
        Err(error) => return failed(&error),
    };
    let name = form.path.rsplit('/').next().unwrap_or_default();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let name: String = name.chars().filter(|letter| is_plain(*letter)).collect();
    let name = if name.is_empty() {
        "catalog-info.yaml"
    } else {
        &name
    };
    let mut response = made.text.into_response();
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename=\"{name}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/yaml; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Opens a pull request with that file, and shows the form with what came of it.
pub(in crate::server) async fn propose(pages: Pages, access: Access, request: Request) -> Response {
    let (parts, mut form) = match split::<NewFileForm>(request).await {
        Ok(split) => split,
        Err(refused) => return refused,
    };
    form.preview = "1".to_owned();
    match access.propose(&form).await {
        Ok(opened) => {
            let provide = move || {
                provide_context(form.clone());
                provide_context(opened.clone());
            };
            pages.show(parts, provide).await
        }
        Err(error) => {
            let text = error.to_string();
            let provide = move || {
                provide_context(form.clone());
                provide_context(FormMistake(text.clone()));
            };
            let mut page = pages.show(parts, provide).await;
            if page.status().is_success() {
                *page.status_mut() = axum::http::StatusCode::from_u16(error.status())
                    .unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
            }
            page
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_registered_and_what_it_promised_is_followed() {
        let body = b"target=https%3A%2F%2Fa%2Fx.yaml&entity=https%3A%2F%2Fa%2Fx.yaml+component%3Adefault%2Fx\
                     &entity=https%3A%2F%2Fa%2Fy.yaml+component%3Adefault%2Fy&target=&other=1";
        let form = Registration::read(body);
        assert_eq!(form.targets, ["https://a/x.yaml"]);
        assert_eq!(form.promised(), ["component:default/x"]);
        assert!(!form.again);
        assert!(Registration::read(b"again=1").again);
    }

    #[test]
    fn a_form_without_end_is_cut() {
        let body = "target=https%3A%2F%2Fa%2Fx&target=https%3A%2F%2Fa%2Fy&".repeat(1_000);
        let form = Registration::read(body.as_bytes());
        assert_eq!(form.targets.len(), MAX_TARGETS);
    }
}
