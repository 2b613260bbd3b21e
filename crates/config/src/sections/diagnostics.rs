//! The section `callboard.diagnostics`.
use callboard_diagnostics::{Level, Severities};

use crate::cursor::Cursor;
use crate::tree::Value;

/// Reads severities by code; what `severities` complains about has no effect.
pub(super) fn read(section: Cursor<'_>) -> Severities {
    let entries = section.value().map_or(&[][..], Value::entries);
    Severities::new(entries.iter().filter_map(|entry| {
        let level = Level::parse(entry.value.text()?)?;
        Some((entry.key.clone(), level))
    }))
}
