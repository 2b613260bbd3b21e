//! Every URL of the user interface as a function; nobody writes a path in a string.
use callboard_model::{
    EntityRef,
    view::{CatalogQuery, ProblemsQuery},
};

/// The home page.
pub const HOME: &str = "/";
/// The catalog table; also where search forms lead.
pub const CATALOG: &str = "/catalog";
/// The list of open problems.
pub const PROBLEMS: &str = "/problems";
/// Takes the form that chooses the colours.
pub const THEME: &str = "/theme";
/// Takes the form that chooses whose things the home page shows.
pub const ME: &str = "/me";

/// Returns the catalog with these filters, order and page.
#[must_use]
pub fn catalog(query: &CatalogQuery) -> String {
    let mut url = Url::new(CATALOG);
    url.text("kind", &query.kind);
    url.list("type", &query.entity_type);
    url.list("owner", &query.owner);
    url.list("lifecycle", &query.lifecycle);
    url.list("tag", &query.tag);
    url.list("namespace", &query.namespace);
    url.text("q", &query.q);
    url.text("sort", &query.sort);
    if query.page > 1 {
        url.text("page", &query.page.to_string());
    }
    url.text
}

/// Returns the catalog with every entity of one kind.
#[must_use]
pub fn kind(kind: &str) -> String {
    catalog(&CatalogQuery {
        kind: kind.to_lowercase(),
        ..CatalogQuery::default()
    })
}

/// Returns the catalog with every entity that has this tag.
#[must_use]
pub fn tag(tag: &str) -> String {
    catalog(&CatalogQuery {
        tag: vec![tag.to_owned()],
        ..CatalogQuery::default()
    })
}

/// Returns the catalog with every entity of this owner.
#[must_use]
pub fn owned_by(owner: &EntityRef) -> String {
    catalog(&CatalogQuery {
        owner: vec![owner.to_string()],
        ..CatalogQuery::default()
    })
}

/// Returns the catalog searched for a text.
#[must_use]
pub fn search(text: &str) -> String {
    catalog(&CatalogQuery {
        q: text.to_owned(),
        ..CatalogQuery::default()
    })
}

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

/// Returns the open problems with these filters.
#[must_use]
pub fn problems(query: &ProblemsQuery) -> String {
    let mut url = Url::new(PROBLEMS);
    url.text("severity", &query.severity);
    url.text("owner", &query.owner);
    url.text("code", &query.code);
    url.text("group", &query.group);
    url.text
}

/// A path that grows a query string.
struct Url {
    text: String,
    separator: char,
}

impl Url {
    fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            separator: '?',
        }
    }

    /// Adds one parameter, unless it is empty.
    fn text(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        self.text.push(self.separator);
        self.text.push_str(key);
        self.text.push('=');
        // Both are legal in a query (RFC 3986, 3.4) and keep references readable.
        encode(&mut self.text, value, b":/");
        self.separator = '&';
    }

    /// Adds one parameter for each value.
    fn list(&mut self, key: &str, values: &[String]) {
        for value in values {
            self.text(key, value);
        }
    }
}

/// Appends a text with everything percent-encoded but unreserved characters and those in `also`.
fn encode(out: &mut String, text: &str, also: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_of_the_catalog_is_in_its_url() {
        let query = CatalogQuery {
            kind: "component".to_owned(),
            entity_type: vec!["service".to_owned(), "library".to_owned()],
            owner: vec!["group:default/a".to_owned()],
            lifecycle: vec!["production".to_owned()],
            tag: vec!["c++".to_owned()],
            namespace: vec!["default".to_owned()],
            q: "a & b".to_owned(),
            sort: "-name".to_owned(),
            page: 2,
        };
        assert_eq!(
            catalog(&query),
            "/catalog?kind=component&type=service&type=library&owner=group:default/a&lifecycle=production\
             &tag=c%2B%2B&namespace=default&q=a%20%26%20b&sort=-name&page=2"
        );
    }

    #[test]
    fn what_is_not_asked_for_is_not_in_the_url() {
        assert_eq!(catalog(&CatalogQuery::default()), "/catalog");
        assert_eq!(
            catalog(&CatalogQuery {
                page: 1,
                ..CatalogQuery::default()
            }),
            "/catalog"
        );
        assert_eq!(problems(&ProblemsQuery::default()), "/problems");
    }

    #[test]
    fn a_name_cannot_leave_its_path_segment() {
        let odd = EntityRef::new("API", "default", "a/b?c#d");
        assert_eq!(entity(&odd), "/catalog/default/api/a%2Fb%3Fc%23d");
    }

    #[test]
    fn shortcuts_lead_into_the_catalog() {
        assert_eq!(kind("API"), "/catalog?kind=api");
        assert_eq!(tag("rust"), "/catalog?tag=rust");
        assert_eq!(search("pay"), "/catalog?q=pay");
        assert_eq!(
            owned_by(&EntityRef::new("group", "default", "a")),
            "/catalog?owner=group:default/a"
        );
    }
}
