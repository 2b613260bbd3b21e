//! URLs of one entity: its page, the tabs, and its files.
use callboard_model::{EntityRef, view::ApiQuery};

use super::{
    CATALOG,
    url::{Url, encode},
};

/// Returns the page of one entity.
#[must_use]
pub fn entity(entity: &EntityRef) -> String {
    let mut path = CATALOG.to_owned();
    for part in [&entity.namespace, &entity.kind, &entity.name] {
        path.push('/');
        encode(&mut path, part, b"");
    }
    path
}

/// Returns one tab of an entity's page: `relations`, `api`, `problems` or `yaml`; its first tab when empty.
#[must_use]
pub fn entity_tab(entity: &EntityRef, tab: &str) -> String {
    let mut path = self::entity(entity);
    if !tab.is_empty() {
        path.push('/');
        path.push_str(tab);
    }
    path
}

/// Returns the API tab as a query wants it.
#[must_use]
pub fn api(query: &ApiQuery) -> String {
    let entity = EntityRef::new(&query.kind, &query.namespace, &query.name);
    let mut url = Url::new(&entity_tab(&entity, "api"));
    url.api(query);
    url.text
}

/// Returns the API tab as a query wants it, for links on that tab: they are many, and need only its query.
#[must_use]
pub fn api_here(query: &ApiQuery) -> String {
    let mut url = Url::new("");
    url.api(query);
    if url.text.is_empty() {
        return api(query);
    }
    url.text
}

/// Returns one tab of an entity's page with what it is asked for, leaving out what is empty.
#[must_use]
pub fn entity_tab_with(entity: &EntityRef, tab: &str, asked: &[(&str, &str)]) -> String {
    let mut url = Url::new(&entity_tab(entity, tab));
    for (key, value) in asked {
        url.text(key, value);
    }
    url.text
}

/// Returns the definition of an API as a file.
#[must_use]
pub fn api_raw(entity: &EntityRef) -> String {
    entity_tab(entity, "api/raw")
}

/// Returns the file of one entity, `yaml` or `json`.
#[must_use]
pub fn download(entity: &EntityRef, format: &str) -> String {
    entity_tab_with(entity, "download", &[("format", format)])
}

/// Returns the page that unregisters an entity, and takes its form.
#[must_use]
pub fn unregister(entity: &EntityRef) -> String {
    entity_tab(entity, "unregister")
}
