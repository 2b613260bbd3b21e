//! One document under examination: its text, its tree and its values, and what can be said and repaired there.
use std::path::Path;

use callboard_diagnostics::{Data, Entry, Node, rule};
use callboard_model::{
    Diagnostic, Fix, Position, Severity, Span,
    validate::{Repair, Violation},
};
use serde_json::Value;

use super::write::{quoted, scalar};

/// One document and where it stands.
pub(crate) struct Sheet<'a> {
    /// The file as diagnostics name it.
    pub(crate) file: &'a str,
    /// The folder of the file; absent for what came from another host.
    pub(crate) folder: Option<&'a Path>,
    /// The whole file.
    pub(crate) text: &'a [u8],
    /// The document with its places.
    pub(crate) root: &'a Node,
    /// The document with placeholders replaced.
    pub(crate) entity: &'a Value,
}

impl Sheet<'_> {
    /// Begins a problem with the severity that the registry gives its code.
    pub(super) fn problem(&self, code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let severity = rule(code).map_or(Severity::Warning, |rule| rule.severity);
        Diagnostic::new(code, severity, self.file, message).with_span(span)
    }

    /// Turns a broken rule of the model into a problem with its place.
    pub(crate) fn violation(&self, violation: Violation) -> Diagnostic {
        let mut span = self.root.place(&violation.pointer);
        let entry = self.entry(&violation.pointer);
        if let (Some(Repair::Rename(_)), Some(entry)) = (&violation.repair, entry) {
            span = entry.key_span;
        }
        let mut problem = Diagnostic::new(
            violation.code,
            Severity::Error,
            self.file,
            violation.message,
        )
        .with_span(span);
        problem.help = violation.help;
        let (node, is_there) = self.root.pointer(&violation.pointer);
        problem.fix = violation.repair.and_then(|repair| match repair {
            Repair::Text(text) if is_there => {
                self.replace(node.span, &text, format!("Replace it with {text}"))
            }
            Repair::Quote if is_there => self.quote(node),
            Repair::List if is_there => self.put_into_list(node),
            Repair::Rename(name) => self.rename(entry?, &name),
            _ => None,
        });
        problem
    }

    /// Returns the key that a pointer ends with.
    pub(super) fn entry(&self, pointer: &str) -> Option<&Entry> {
        let (parent, key) = pointer.rsplit_once('/')?;
        let (parent, is_there) = self.root.pointer(parent);
        is_there
            .then(|| parent.entry(&key.replace("~1", "/").replace("~0", "~")))
            .flatten()
    }

    /// Returns the text of a place as it is written.
    pub(super) fn written(&self, span: Span) -> Option<&str> {
        let bytes = self.text.get(span.start.offset..span.end.offset)?;
        std::str::from_utf8(bytes).ok()
    }

    /// Returns the place to point at for a map.
    pub(super) fn first_key(&self, node: &Node) -> Span {
        let first = node.entries().first();
        first.map_or(node.span, |entry| entry.key_span)
    }

    /// Returns the place of a part of a written value.
    pub(super) fn within(&self, span: Span, at: usize, length: usize) -> Span {
        let step = |from: Position, text: &str| Position {
            line: from.line + count(text.matches('\n').count()),
            column: match text.rfind('\n') {
                Some(newline) => count(text[newline + 1..].chars().count()) + 1,
                None => from.column + count(text.chars().count()),
            },
            offset: from.offset + text.len(),
        };
        let Some(written) = self.written(span) else {
            return span;
        };
        let start = step(span.start, &written[..at]);
        let end = step(start, &written[at..at + length]);
        Span { start, end }
    }

    /// Returns the text of a value that may be changed alone: without anchor, tag or alias, in one line, and not the
    /// expression of a template, which something else replaces before it is read.
    fn changeable(&self, span: Span) -> Option<&str> {
        let is_expression = |text: &str| ["{{", "{%", "${"].iter().any(|mark| text.contains(mark));
        self.written(span).filter(|text| {
            !text.is_empty()
                && !text.starts_with(['&', '!', '*'])
                && !text.contains(['\n', '\r'])
                && !is_expression(text)
        })
    }

    /// Offers another text for a value or key; quotes stay as they are.
    pub(super) fn replace(&self, span: Span, text: &str, title: String) -> Option<Fix> {
        let written = self.changeable(span)?;
        let replacement = match written.as_bytes()[0] {
            b'\'' if !text.contains(['\'', '\n', '\r']) => format!("'{text}'"),
            b'"' => quoted(text),
            _ => scalar(text),
        };
        Some(Fix {
            title,
            span,
            replacement,
        })
    }

    /// Offers another name for a key, unless the map has that name already.
    pub(super) fn rename(&self, entry: &Entry, name: &str) -> Option<Fix> {
        self.replace(entry.key_span, name, format!("Rename it to {name}"))
    }

    /// Offers quotes around a number or boolean, exactly as it is written.
    pub(super) fn quote(&self, node: &Node) -> Option<Fix> {
        let written = self.changeable(node.span)?;
        let is_plain = matches!(node.data, Data::Number(_) | Data::Bool(_));
        is_plain.then(|| Fix {
            title: "Put it in quotes".to_owned(),
            span: node.span,
            replacement: quoted(written),
        })
    }

    /// Offers brackets around a single text where a list is needed.
    fn put_into_list(&self, node: &Node) -> Option<Fix> {
        let written = self.changeable(node.span)?;
        let is_safe =
            written.starts_with(['"', '\'']) || !written.contains([',', '[', ']', '{', '}']);
        (node.as_str().is_some() && is_safe && !written.starts_with(['|', '>'])).then(|| Fix {
            title: "Make it a list".to_owned(),
            span: node.span,
            replacement: format!("[{written}]"),
        })
    }

    /// Offers to remove an item that is not the first of its list.
    pub(super) fn remove_item(&self, list: &Node, at: usize) -> Option<Fix> {
        let (before, item) = (list.items().get(at.checked_sub(1)?)?, list.items().get(at)?);
        self.changeable(item.span)?;
        let title = "Remove it".to_owned();
        let starts_with =
            |node: &Node, first| self.text.get(node.span.start.offset) == Some(&first);
        if !starts_with(list, b'[') {
            let span = self.line_of(item.span, |indent| indent.trim() == "-")?;
            return Some(Fix {
                title,
                span,
                replacement: String::new(),
            });
        }
        let span = Span {
            start: before.span.end,
            end: item.span.end,
        };
        let between = self.written(Span {
            start: before.span.end,
            end: item.span.start,
        })?;
        (between.trim() == ",").then_some(Fix {
            title,
            span,
            replacement: String::new(),
        })
    }

    /// Offers to remove a key with its value of one line, unless the map would be empty then.
    pub(super) fn remove_entry(&self, map: &Node, key: &str) -> Option<Fix> {
        let entry = map.entry(key).filter(|_| map.entries().len() > 1)?;
        self.changeable(entry.value.span)?;
        self.changeable(entry.key_span)?;
        let whole = Span {
            start: entry.key_span.start,
            end: entry.value.span.end,
        };
        (self.written(whole)?.lines().count() == 1).then_some(())?;
        Some(Fix {
            title: "Remove it".to_owned(),
            span: self.line_of(whole, |indent| indent.trim().is_empty())?,
            replacement: String::new(),
        })
    }

    /// Returns the whole line around a place, with its end, if nothing else stands on it.
    fn line_of(&self, span: Span, may_precede: impl Fn(&str) -> bool) -> Option<Span> {
        let before = self.text.get(..span.start.offset)?;
        let from = before.iter().rposition(|byte| *byte == b'\n')? + 1;
        may_precede(std::str::from_utf8(&before[from..]).ok()?).then_some(())?;
        let after = self.text.get(span.end.offset..)?;
        let length = after.iter().position(|byte| *byte == b'\n')? + 1;
        after[..length].trim_ascii().is_empty().then_some(())?;
        Some(Span {
            start: Position {
                column: 1,
                offset: from,
                ..span.start
            },
            end: Position {
                line: span.end.line + 1,
                column: 1,
                offset: span.end.offset + length,
            },
        })
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
