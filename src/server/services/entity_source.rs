//! The text of the file that an entity was read from, as far as it is at hand: files of this machine, and files of
//! other hosts as they were read last.
use callboard_catalog::LocationRef;
use callboard_diagnostics::{Limits, read_stream};
use callboard_model::{EntityRef, Span, validate, view::SourceLines};

use crate::{error::AppError, server::access::Access};

/// Larger files are not looked into.
const MAX_FILE: u64 = 1024 * 1024;

/// Lines shown before and after the one that is meant.
const AROUND: usize = 2;

/// Characters shown of one line.
const WIDTH: usize = 200;

impl Access {
    /// Returns the text of a file; nothing when it is not at hand, or when the caller may not look into files: one file
    /// may bring many entities.
    pub(super) async fn source_text(&self, location: &str) -> Result<Option<String>, AppError> {
        if !self.sees_all() && !self.has("catalog.ingestion.read") {
            return Ok(None);
        }
        let Some(place) = LocationRef::parse(location) else {
            return Ok(None);
        };
        let bytes = match place.location_type.as_str() {
            "file" => local(&place.target).await,
            "url" => {
                let files = self.db().read_files(&place.target).await?;
                let own = files.into_iter().find(|(url, _)| *url == place.target);
                own.map(|(_, body)| body)
            }
            _ => None,
        };
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    }
}

/// Reads a file of this machine. Only the configuration names such files, and the portal read it before.
async fn local(path: &str) -> Option<Vec<u8>> {
    let about = tokio::fs::metadata(path).await.ok()?;
    if !about.is_file() || about.len() > MAX_FILE {
        return None;
    }
    tokio::fs::read(path).await.ok()
}

/// Returns the part of a file that is one entity, with the number of its first line.
pub(super) fn document_of(text: &str, entity_ref: &EntityRef) -> Option<(u32, String)> {
    let stream = read_stream("file", text.as_bytes(), &Limits::default());
    let mut roots = stream.documents.iter().filter_map(|one| one.root.as_ref());
    let root =
        roots.find(|root| validate::reference_of(&root.to_json()).as_ref() == Some(entity_ref))?;
    let start = root.span.start;
    let first = text[..start.offset.min(text.len())]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let rest = &text[first..];
    let mut end = rest.len();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if at > 0 && is_separator(line) {
            end = at;
            break;
        }
        at += line.len();
    }
    Some((start.line, rest[..end].trim_end().to_owned()))
}

/// Returns the lines around a place, none of another document.
pub(super) fn lines_around(text: &str, span: Span) -> Option<SourceLines> {
    let meant = span.start.line as usize;
    let first = meant.saturating_sub(AROUND).max(1);
    let mut shown: Vec<(usize, &str)> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        if number < first {
            continue;
        }
        if number > meant + AROUND || (number > meant && is_separator(line)) {
            break;
        }
        if number < meant && is_separator(line) {
            shown.clear();
        }
        shown.push((number, line));
    }
    shown.iter().find(|(number, _)| *number == meant)?;
    Some(SourceLines {
        first: u32::try_from(shown.first()?.0).ok()?,
        lines: shown
            .iter()
            .map(|(number, line)| {
                let is_meant = *number == meant;
                cut(line, if is_meant { span.start.column } else { 0 })
            })
            .collect(),
        meant: span.start.line,
    })
}

fn is_separator(line: &str) -> bool {
    let line = line.trim_end();
    line == "---" || line == "..." || line.starts_with("--- ")
}

/// Cuts a long line so that a column is in what is left.
fn cut(line: &str, column: u32) -> String {
    let length = line.chars().count();
    if length <= WIDTH {
        return line.to_owned();
    }
    let column = column as usize;
    let first = if column < WIDTH {
        0
    } else {
        column - WIDTH / 4
    };
    let part: String = line.chars().skip(first).take(WIDTH).collect();
    let before = if first > 0 { "…" } else { "" };
    let after = if first + WIDTH < length { "…" } else { "" };
    format!("{before}{part}{after}")
}

#[cfg(test)]
mod tests {
    use callboard_model::Position;

    use super::*;

    const FILE: &str = "# top\nkind: A\nmetadata: {name: a}\n---\napiVersion: x/v1\nkind: B\nmetadata:\n  name: b\n  \
                        description: |\n    one\n    two\n---\nkind: C\nmetadata: {name: c}\n";

    fn at(line: u32) -> Span {
        let start = Position {
            line,
            ..Position::default()
        };
        Span { start, end: start }
    }

    #[test]
    fn one_document_is_cut_out_of_its_file() {
        let (line, text) = document_of(FILE, &EntityRef::new("b", "default", "b")).unwrap();
        assert_eq!(line, 5);
        assert!(text.starts_with("apiVersion: x/v1\nkind: B"), "{text}");
        assert!(text.ends_with("    two"), "{text}");
        assert!(document_of(FILE, &EntityRef::new("d", "default", "d")).is_none());
        assert!(document_of("\t: [", &EntityRef::new("d", "default", "d")).is_none());
    }

    #[test]
    fn lines_around_a_place_are_of_its_document() {
        let lines = lines_around(FILE, at(5)).unwrap();
        assert_eq!((lines.first, lines.meant), (4, 5));
        assert_eq!(
            lines.lines,
            ["---", "apiVersion: x/v1", "kind: B", "metadata:"]
        );
        let lines = lines_around(FILE, at(10)).unwrap();
        assert_eq!(lines.lines.last().map(String::as_str), Some("    two"));
        assert!(lines_around(FILE, at(99)).is_none());
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "é".repeat(WIDTH + 1);
        let lines = lines_around(&text, at(1)).unwrap();
        assert_eq!(lines.lines[0].chars().count(), WIDTH + 1);
        let far = format!("{}here{}", "a".repeat(1_000), "b".repeat(1_000));
        let part = cut(&far, 1_001);
        assert!(part.contains("here"), "{part}");
        assert!(part.starts_with('…') && part.ends_with('…'));
    }
}
