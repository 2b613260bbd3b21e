//! How an address grows its query string.
use callboard_model::view::{ApiQuery, AuditQuery, GraphQuery};

/// A path that grows a query string.
pub(super) struct Url {
    pub(super) text: String,
    pub(super) separator: char,
}

impl Url {
    pub(super) fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            separator: '?',
        }
    }

    /// Adds one parameter, unless it is empty.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        // All are legal in a query (RFC 3986, 3.4) and keep references and lists readable.
        self.encoded(key, value, b":/,");
    }

    /// Adds one parameter with these characters left as they are, unless it is empty.
    pub(super) fn encoded(&mut self, key: &str, value: &str, also: &[u8]) {
        if value.is_empty() {
            return;
        }
        self.text.push(self.separator);
        self.text.push_str(key);
        self.text.push('=');
        encode(&mut self.text, value, also);
        self.separator = '&';
    }

    /// Adds the filters of the audit log.
    pub(super) fn audit(&mut self, query: &AuditQuery) {
        self.text("actor", &query.actor);
        self.text("event", &query.event);
        self.text("decision", &query.decision);
        self.text("result", &query.result);
        self.text("q", &query.q);
        self.text("from", &query.from);
        self.text("to", &query.to);
    }

    /// Adds what the relations of entities are asked for, apart from the entities.
    pub(super) fn graph(&mut self, query: &GraphQuery) {
        self.text("view", &query.view);
        self.text("direction", &query.direction);
        if query.depth > 1 {
            self.text("depth", &query.depth.to_string());
        }
        self.list("kind", &query.kind);
        self.list("relation", &query.relation);
        self.text("layout", &query.layout);
        if query.unmerged {
            self.text("merge", "false");
        }
        if query.page > 1 {
            self.text("page", &query.page.to_string());
        }
    }

    /// Adds what of a definition is shown.
    pub(super) fn api(&mut self, query: &ApiQuery) {
        self.text("q", &query.q);
        self.text("op", &query.op);
        self.text("schema", &query.schema);
        self.text("group", &query.group);
        self.text("raw", if query.raw { "1" } else { "" });
        if query.page > 1 {
            self.text("page", &query.page.to_string());
        }
    }

    /// Adds one parameter for each value.
    pub(super) fn list(&mut self, key: &str, values: &[String]) {
        for value in values {
            self.text(key, value);
        }
    }
}

/// Appends a text with everything percent-encoded but unreserved characters and those in `also`.
pub(super) fn encode(out: &mut String, text: &str, also: &[u8]) {
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
