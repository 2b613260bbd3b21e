//! URLs of registering and unregistering.
use callboard_model::view::{FollowQuery, NewFileForm};

use super::{IMPORT, Url};

/// Shows what becomes of a registration.
pub const FOLLOW: &str = "/catalog-import/follow";
/// The form for a first catalog file.
pub const NEW_FILE: &str = "/catalog-import/new";
/// Takes that form and answers the file.
pub const NEW_FILE_TEXT: &str = "/catalog-import/new/file";
/// Takes that form and opens a pull request with the file.
pub const NEW_FILE_PROPOSE: &str = "/catalog-import/new/pull-request";
/// Takes the form that removes a registered location.
pub const REMOVE_LOCATION: &str = "/catalog-import/remove";

/// Returns the page that shows what an address would bring.
#[must_use]
pub fn import(url: &str) -> String {
    let mut page = Url::new(IMPORT);
    page.text("url", url);
    page.text
}

/// Returns the page that follows these registrations.
#[must_use]
pub fn follow(query: &FollowQuery) -> String {
    let mut page = Url::new(FOLLOW);
    page.list("id", &query.id);
    page.list("entity", &query.entity);
    page.text
}

/// Returns the form for a first catalog file of a repository.
#[must_use]
pub fn new_file(form: &NewFileForm) -> String {
    let mut page = Url::new(NEW_FILE);
    let fields = [
        ("url", &form.url),
        ("path", &form.path),
        ("kind", &form.kind),
        ("name", &form.name),
        ("title", &form.title),
        ("description", &form.description),
        ("owner", &form.owner),
        ("type", &form.entity_type),
        ("lifecycle", &form.lifecycle),
        ("system", &form.system),
        ("tags", &form.tags),
        ("preview", &form.preview),
    ];
    for (key, value) in fields {
        page.text(key, value);
    }
    page.text
}

#[cfg(test)]
mod tests {
    use super::*;
    use callboard_model::EntityRef;

    #[test]
    fn an_address_is_one_parameter_whatever_is_in_it() {
        assert_eq!(
            import("https://git.example/a/b?x=1&y=2#z"),
            "/catalog-import?url=https://git.example/a/b%3Fx%3D1%26y%3D2%23z"
        );
        assert_eq!(import(""), "/catalog-import");
    }

    #[test]
    fn what_is_followed_is_in_the_url() {
        let query = FollowQuery {
            id: vec!["1".to_owned(), "2".to_owned()],
            entity: vec!["component:default/a".to_owned()],
        };
        assert_eq!(
            follow(&query),
            "/catalog-import/follow?id=1&id=2&entity=component:default/a"
        );
    }

    #[test]
    fn an_entity_is_unregistered_below_its_own_page() {
        let entity = EntityRef::new("API", "default", "a/b");
        assert_eq!(
            super::super::unregister(&entity),
            "/catalog/default/api/a%2Fb/unregister"
        );
    }
}
