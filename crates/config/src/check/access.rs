//! Checks what guards the server: the access of programs, trusted proxies, headers and limits.
use std::time::Duration;

use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use super::external;
use crate::cursor::Cursor;
use crate::sections::TrustProxy;
use crate::tree::{Origin, Value};

/// Reports what the forms of values cannot say.
pub(crate) fn check_access(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let root = Cursor::new(root);
    let backend = root.get("backend");
    external::check(backend.get("auth"), diagnostics);
    trust_proxy(backend.get("trustProxy"), diagnostics);
    csp(backend.get("csp"), diagnostics);
    let window = backend.get("rateLimit").get("window");
    not_zero("backend.rateLimit.window", window, diagnostics);
    session(
        root.get("callboard").get("auth").get("session"),
        diagnostics,
    );
}

fn trust_proxy(value: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if let (Some(value), TrustProxy::All) = (value.value(), TrustProxy::read(value)) {
        let message =
            "`backend.trustProxy` is `true`, so whoever reaches the server may claim any address";
        let problem = value
            .origin
            .report(codes::CFG_VALUE, Severity::Warning, message);
        diagnostics.push(problem.with_help(
            "write how many proxies there are, or their addresses, such as `loopback, 10.0.0.0/8`",
        ));
    }
}

fn csp(section: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entry in section.value().map_or(&[][..], Value::entries) {
        let letters = |letter: char| letter.is_ascii_alphabetic() || letter == '-';
        if entry.key.is_empty() || !entry.key.chars().all(letters) {
            let message = format!("{:?} in `backend.csp` is not a directive", entry.key);
            wrong(
                &entry.key_origin,
                message,
                "a directive has letters and hyphens only, such as `connect-src`",
                diagnostics,
            );
        }
    }
}

fn session(section: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (idle, absolute) = (section.get("idle"), section.get("absolute"));
    not_zero("callboard.auth.session.idle", idle, diagnostics);
    not_zero("callboard.auth.session.absolute", absolute, diagnostics);
    if let (Some(value), Some(short), Some(long)) =
        (idle.value(), idle.duration(), absolute.duration())
        && short > long
    {
        let message =
            "`callboard.auth.session.idle` is longer than `callboard.auth.session.absolute`";
        let problem = value
            .origin
            .report(codes::CFG_CONTRADICTION, Severity::Error, message);
        diagnostics.push(problem.with_help("sessions would end before they are idle for so long"));
    }
}

/// Reports a duration without length.
pub(super) fn not_zero(path: &str, value: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if let (Some(at), Some(Duration::ZERO)) = (value.value(), value.duration()) {
        let message = format!("`{path}` is no time at all");
        wrong(
            &at.origin,
            message,
            "write a time such as `1m`",
            diagnostics,
        );
    }
}

/// Reports a wrong value.
pub(super) fn wrong(
    origin: &Origin,
    message: impl Into<String>,
    help: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.push(
        origin
            .report(codes::CFG_VALUE, Severity::Error, message)
            .with_help(help),
    );
}
