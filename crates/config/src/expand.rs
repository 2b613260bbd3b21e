//! Turns a file as written into a layer: resolves `${VAR}`, `$env`, `$file` and `$include`.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use callboard_diagnostics::{Data as Yaml, Entry as YamlEntry, Limits, Node, codes, read_stream};
use callboard_model::{Diagnostic, Position, Severity, Span};

use crate::files::{Files, MAX_BYTES, ReadError, join};
use crate::substitute::{substitute, variable};
use crate::tree::{Data, Entry, LeftOut, Map, Origin, Value};

mod include;

/// How deep files may include each other.
const MAX_DEPTH: usize = 8;
/// How deep maps and lists may stand in each other when all is included.
const MAX_LEVELS: usize = 100;

/// What all files of one load share.
pub(crate) struct Expander<'a> {
    pub(crate) environment: &'a BTreeMap<String, String>,
    pub(crate) files: Files,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many maps and lists are open around the value at hand.
    level: usize,
}

/// The file whose text is being expanded.
struct Scope {
    /// Its name in messages.
    file: Arc<str>,
    /// Where its relative paths start.
    folder: PathBuf,
    /// The files and parts of files that are being expanded, to notice one that includes itself.
    open: Vec<(PathBuf, String)>,
}

impl<'a> Expander<'a> {
    /// Prepares for a load.
    pub(crate) fn new(environment: &'a BTreeMap<String, String>) -> Self {
        Self {
            environment,
            files: Files::default(),
            diagnostics: Vec::new(),
            level: 0,
        }
    }

    /// Reads one layer. Returns nothing when there is nothing usable in it; problems are reported.
    pub(crate) fn layer(&mut self, path: &Path) -> Option<Value> {
        let file: Arc<str> = path.display().to_string().into();
        if is_url(&file) {
            let help = "download it first and name the file";
            self.unreadable(
                &file,
                "it is a URL, and configuration is read from files only",
                help,
            );
            return None;
        }
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable(
                    &file,
                    &error.to_string(),
                    "check the path and who may read it",
                );
                return None;
            }
        };
        let root = self.parse(&file, &bytes).ok()??;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let scope = Scope {
            file,
            folder,
            open: vec![(identity(path), String::new())],
        };
        let value = self.value(&root, &scope)?;
        match value.data {
            Data::Map(_) => Some(value),
            Data::Null => None,
            _ => {
                let message = format!(
                    "the file holds {}, and a configuration is a map",
                    value.type_name()
                );
                self.diagnostics.push(value.origin.report(
                    codes::CFG_UNREADABLE,
                    Severity::Error,
                    message,
                ));
                None
            }
        }
    }

    fn unreadable(&mut self, file: &str, reason: &str, help: &str) {
        let message = format!("the configuration cannot be read: {reason}");
        let diagnostic = Diagnostic::new(codes::CFG_UNREADABLE, Severity::Error, file, message);
        self.diagnostics.push(diagnostic.with_help(help));
    }

    /// Reads the one document of a file; `Ok(None)` is an empty file, `Err` was reported.
    fn parse(&mut self, file: &Arc<str>, bytes: &[u8]) -> Result<Option<Node>, ()> {
        let limits = Limits {
            bytes: usize::try_from(MAX_BYTES).unwrap_or(usize::MAX),
            depth: 64,
            nodes: 100_000,
        };
        let stream = read_stream(file, bytes, &limits);
        let failed = stream
            .diagnostics
            .iter()
            .any(|found| found.severity == Severity::Error);
        self.diagnostics.extend(stream.diagnostics);
        let mut documents = stream.documents.into_iter();
        let first = documents.next();
        if let Some(second) = documents.next() {
            let span = second.root.as_ref().map(|root| root.place(""));
            let message = "the file holds more than one YAML document, and a configuration is one";
            let diagnostic =
                Diagnostic::new(codes::CFG_UNREADABLE, Severity::Error, &**file, message)
                    .with_span(span);
            self.diagnostics.push(
                diagnostic.with_help("remove the `---` or move the second part to its own file"),
            );
            return Err(());
        }
        match first.and_then(|document| document.root) {
            None if failed => Err(()),
            root => Ok(root),
        }
    }

    /// Expands one value; nothing means that the value is treated as if it was not written.
    fn value(&mut self, node: &Node, scope: &Scope) -> Option<Value> {
        if self.level == MAX_LEVELS {
            let origin = Origin::new(&scope.file, Some(node.place("")));
            let message = format!("the configuration is nested more than {MAX_LEVELS} deep");
            self.diagnostics
                .push(origin.report(codes::CFG_UNREADABLE, Severity::Error, message));
            return None;
        }
        self.level += 1;
        let value = self.expand(node, scope);
        self.level -= 1;
        value
    }

    fn expand(&mut self, node: &Node, scope: &Scope) -> Option<Value> {
        let origin = Origin::new(&scope.file, Some(node.span));
        let data = match &node.data {
            Yaml::Null => Data::Null,
            Yaml::Bool(value) => Data::Bool(*value),
            Yaml::Number(value) => Data::Number(value.clone()),
            Yaml::String(text) => return self.text(text, node.span, origin),
            Yaml::Sequence(items) => Data::List(
                items
                    .iter()
                    .filter_map(|item| self.value(item, scope))
                    .collect(),
            ),
            Yaml::Mapping(entries) => {
                if let Some(entry) = entries
                    .iter()
                    .find(|entry| include::is_include_key(&entry.key))
                {
                    return self.include(entry, entries.len(), scope);
                }
                let origin = Origin::new(&scope.file, Some(node.place("")));
                let mut map = Map::default();
                for entry in entries {
                    let reported = self.diagnostics.len();
                    match self.entry(entry, scope) {
                        Some(entry) => map.entries.push(entry),
                        None => map.left_out.push(LeftOut {
                            key: entry.key.clone(),
                            silently: self.diagnostics.len() == reported,
                        }),
                    }
                }
                return Some(Value {
                    origin,
                    data: Data::Map(map),
                });
            }
        };
        Some(Value { origin, data })
    }

    fn entry(&mut self, entry: &YamlEntry, scope: &Scope) -> Option<Entry> {
        let key_origin = Origin::new(&scope.file, Some(entry.key_span));
        let mut value = self.value(&entry.value, scope)?;
        // A map, a list and nothing are best pointed at by their key, unless they came from another file.
        if !matches!(value.data, Data::Bool(_) | Data::Number(_) | Data::Text(_))
            && value.origin.file == scope.file
        {
            value.origin = key_origin.clone();
        }
        Some(Entry {
            key: entry.key.clone(),
            key_origin,
            value,
        })
    }

    fn text(&mut self, text: &str, span: Span, mut origin: Origin) -> Option<Value> {
        let result = substitute(text, self.environment);
        for (name, range) in result.unset {
            let place = part_of(span, text, range);
            self.unset(
                &format!("`{name}`"),
                Origin {
                    span: Some(place),
                    ..origin.clone()
                },
            );
        }
        if result.from_environment {
            origin.written = Some(text.into());
        }
        Some(Value {
            origin,
            data: Data::Text(result.text?),
        })
    }

    /// Reports a variable that is not set.
    fn unset(&mut self, name: &str, origin: Origin) {
        let message =
            format!("the environment variable {name} is not set, so this value is left out");
        let help = "the value of a lower layer or the default is used; set the variable or write a default: `${NAME:-default}`";
        self.diagnostics.push(
            origin
                .report(codes::CFG_UNSET_VARIABLE, Severity::Warning, message)
                .with_help(help),
        );
    }
}

/// Returns the place of a part of a text, where the text stands in the file letter for letter; else the whole.
fn part_of(span: Span, text: &str, range: std::ops::Range<usize>) -> Span {
    let quotes = match (span.end.offset.saturating_sub(span.start.offset)).checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    if text.contains(['\n', '\\']) || span.start.line != span.end.line {
        return span;
    }
    let at = |offset: usize| {
        let letters = u32::try_from(text[..offset].chars().count()).unwrap_or(u32::MAX);
        Position {
            line: span.start.line,
            column: span
                .start
                .column
                .saturating_add(letters)
                .saturating_add(quotes),
            offset: span.start.offset + offset + quotes as usize,
        }
    };
    Span {
        start: at(range.start),
        end: at(range.end),
    }
}

/// Returns a name under which a file is known however it was reached.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn is_url(file: &str) -> bool {
    file.starts_with("http://") || file.starts_with("https://")
}
