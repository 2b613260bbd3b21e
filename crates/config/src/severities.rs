//! Checks `callboard.diagnostics`, whose keys are the codes of problems.
use callboard_diagnostics::{Level, codes, problem_with};
use callboard_model::{Diagnostic, Severity};

use crate::cursor::Cursor;
use crate::tree::Value;

/// Reports severities that do not exist, and decisions that have no effect.
pub(crate) fn check_severities(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let section = Cursor::new(root).get("callboard").get("diagnostics");
    for entry in section.value().map_or(&[][..], Value::entries) {
        let code = &entry.key;
        let Some(level) = entry.value.text().and_then(Level::parse) else {
            let message = format!("`callboard.diagnostics.{code}` is not a severity");
            let origin = &entry.value.origin;
            let problem = origin.report(codes::CFG_VALUE, Severity::Error, message);
            diagnostics
                .push(problem.with_help(format!("write one of: {}", Level::WORDS.join(", "))));
            continue;
        };
        if let Some((message, advice)) = problem_with(code, level) {
            let message = format!("`callboard.diagnostics.{code}` has no effect: {message}");
            let origin = &entry.key_origin;
            let problem = origin.report(codes::CFG_UNKNOWN_KEY, Severity::Warning, message);
            diagnostics.push(problem.with_help(advice));
        }
    }
}
