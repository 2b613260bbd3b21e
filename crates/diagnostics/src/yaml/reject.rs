//! Files that are refused, or remarked on, as a whole.
use callboard_model::{Diagnostic, Position, Severity, Span};

use super::Limits;
use crate::codes;

/// Returns why a file is not read at all, if so.
pub(super) fn whole_file(file: &str, bytes: &[u8], limits: &Limits) -> Option<Diagnostic> {
    if bytes.len() > limits.bytes {
        let message = format!(
            "the file has {} and at most {} are read",
            size(bytes.len()),
            size(limits.bytes)
        );
        return Some(
            Diagnostic::new(codes::YML_TOO_LARGE, Severity::Error, file, message)
                .with_help("split it into smaller files"),
        );
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some(
            Diagnostic::new(
                codes::YML_NOT_UTF8,
                Severity::Error,
                file,
                "the file is UTF-16 text",
            )
            .with_help("save the file as UTF-8"),
        );
    }
    let zero = bytes.iter().position(|byte| *byte == 0)?;
    let place = position(bytes, zero);
    Some(
        Diagnostic::new(
            codes::YML_BINARY,
            Severity::Error,
            file,
            "the file is not text: it contains a zero byte",
        )
        .with_span(Span {
            start: place,
            end: place,
        })
        .with_help("point the location at a YAML file"),
    )
}

/// Returns the remark on a file without any document.
pub(super) fn nothing(file: &str) -> Diagnostic {
    Diagnostic::new(
        codes::YML_EMPTY,
        Severity::Warning,
        file,
        "there is nothing in this file",
    )
    .with_help("add a document, or remove the file")
}

/// Returns the place of a byte in a text that may not be UTF-8; every byte that starts a character counts.
fn position(bytes: &[u8], offset: usize) -> Position {
    let before = &bytes[..offset];
    let before = before.strip_prefix(super::split::BOM).unwrap_or(before);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n');
    let column = column.filter(|byte| **byte & 0xC0 != 0x80).count();
    Position {
        line: super::text::count_u32(lines) + 1,
        column: super::text::count_u32(column) + 1,
        offset,
    }
}

fn size(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if bytes >= MIB {
        format!("{}.{} MiB", bytes / MIB, bytes % MIB * 10 / MIB)
    } else {
        format!("{bytes} bytes")
    }
}
