//! Rules about values that are right each on its own and wrong together.
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use crate::cursor::Cursor;
use crate::schema::Form;
use crate::sections::names_postgres;
use crate::tree::{Data, Value};

/// Reports values that contradict each other.
pub(crate) fn check_contradictions(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let root = Cursor::new(root);
    matchers(root, diagnostics);
    database(root.get("backend").get("database"), diagnostics);
}

fn matchers(root: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (rule, value) in root.get("catalog").get("rules").items().enumerate() {
        for (location, value) in value.get("locations").items().enumerate() {
            if let (Some(_), Some(pattern)) =
                (value.get("exact").value(), value.get("pattern").value())
            {
                let message = format!(
                    "`catalog.rules[{rule}].locations[{location}]` has both `exact` and `pattern`"
                );
                report(pattern, message, "keep the one that is meant", diagnostics);
            }
        }
    }
}

fn database(database: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(client) = database.get("client").value() else {
        return;
    };
    let postgres = match client.text() {
        Some("pg") => true,
        Some("better-sqlite3" | "sqlite3") => false,
        Some("embedded-postgres") => {
            let message = "`embedded-postgres` is known to Backstage; Callboard uses its own SQLite file instead";
            diagnostics.push(client.origin.report(
                codes::CFG_UNUSED_SECTION,
                Severity::Warning,
                message,
            ));
            return;
        }
        _ => return,
    };
    let Some(connection) = database.get("connection").value() else {
        return;
    };
    let has = |keys: &[&str]| keys.iter().any(|key| connection.get(key).is_some());
    let of_sqlite = has(&["filename", "directory"]);
    let of_postgres = has(&[
        "host",
        "port",
        "user",
        "password",
        "database",
        "connectionString",
    ]);
    let wrong = match &connection.data {
        Data::Text(_) if postgres => !Form::PostgresUrl.accepts(connection),
        Data::Text(text) => names_postgres(text),
        Data::Map(_) if postgres => of_sqlite && !of_postgres,
        Data::Map(_) => of_postgres && !of_sqlite,
        _ => false,
    };
    if wrong {
        let (kind, help) = if postgres {
            (
                "of PostgreSQL",
                "PostgreSQL takes a `postgres://` URL, or `host`, `port`, `user`, `password`, `database`",
            )
        } else {
            (
                "of SQLite",
                "SQLite takes `:memory:`, a file, or `directory`; for PostgreSQL write `client: pg`",
            )
        };
        let message = format!(
            "`backend.database.client` is `{}`, but `connection` is not one {kind}",
            client.text().unwrap_or_default(),
        );
        report(connection, message, help, diagnostics);
    }
}

fn report(value: &Value, message: String, help: &str, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.push(
        value
            .origin
            .report(codes::CFG_CONTRADICTION, Severity::Error, message)
            .with_help(help),
    );
}
