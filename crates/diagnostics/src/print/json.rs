//! Problems as one JSON object.
use callboard_model::Diagnostic;
use serde_json::json;

use super::{Summary, safe, sorted};

/// Prints problems as one JSON object with `diagnostics` and `summary`.
#[must_use]
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let value = json!({
        "diagnostics": sorted(diagnostics),
        "summary": Summary::of(diagnostics),
    });
    safe::json(&format!("{value:#}\n"))
}
