//! Placeholders: `$text`, `$json` and `$yaml` are replaced by the content of another file.
//!
//! Source: Backstage's placeholder processor. An object with exactly one key that starts with `$` is a placeholder;
//! unknown ones are left as they are.
use std::path::{Path, PathBuf};

use callboard_diagnostics::{Data, Limits, Node, read_stream};
use callboard_model::{Diagnostic, Severity};
use serde_json::{Map, Value};

use crate::{
    location::{is_url, join},
    read::{Stamp, read_file},
};

/// Where placeholders may read from and what they have read.
pub(crate) struct Resolver<'a> {
    /// Name of the file for diagnostics.
    pub(crate) file: &'a str,
    /// Folder that relative paths start from.
    pub(crate) folder: &'a Path,
    /// Folder that a placeholder may not leave.
    pub(crate) within: &'a Path,
    /// Bytes that placeholders of this file may still bring in.
    pub(crate) budget: &'a mut u64,
    /// Files read, with their state.
    pub(crate) included: Vec<(PathBuf, Option<Stamp>)>,
    /// Problems.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// Turns a tree into JSON with every placeholder replaced.
    pub(crate) fn resolve(&mut self, node: &Node) -> Value {
        if let [only] = node.entries()
            && let Some(kind @ ("text" | "json" | "yaml")) = only.key.strip_prefix('$')
        {
            return match self.replace(kind, &only.value) {
                Ok(value) => value,
                Err(reason) => {
                    let problem = Diagnostic::new("CAT023", Severity::Error, self.file, reason)
                        .with_span(only.value.span);
                    self.diagnostics.push(problem);
                    // The document is refused for this; a text keeps validation from saying more about it.
                    Value::String(format!("${kind}"))
                }
            };
        }
        match &node.data {
            Data::Sequence(items) => {
                Value::Array(items.iter().map(|item| self.resolve(item)).collect())
            }
            Data::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), self.resolve(&entry.value)))
                    .collect::<Map<_, _>>(),
            ),
            _ => node.to_json(),
        }
    }

    fn replace(&mut self, kind: &str, argument: &Node) -> Result<Value, String> {
        let target = argument
            .as_str()
            .ok_or_else(|| format!("${kind} needs a path, but has {}", argument.type_name()))?;
        if is_url(target) {
            return Err(format!(
                "cannot read {target}: there is no network access for placeholders; only files beside this one are read"
            ));
        }
        let path = join(self.folder, target);
        let bytes = self
            .read(&path)
            .map_err(|reason| format!("cannot read {target}: {reason}"))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| format!("cannot read {target}: it is not UTF-8 text"))?;
        match kind {
            "json" => serde_json::from_str(&text)
                .map_err(|error| format!("{target} is not valid JSON: {error}")),
            "yaml" => parse_yaml(target, &text),
            _ => Ok(Value::String(text)),
        }
    }

    fn read(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        self.included.push((path.to_owned(), Stamp::of(path)));
        // The real path counts: a link must not lead out of the folder either.
        let real = path
            .canonicalize()
            .map_err(|_| "there is no such file".to_owned())?;
        let is_inside = self
            .within
            .canonicalize()
            .is_ok_and(|folder| real.starts_with(folder));
        if !is_inside || real.starts_with("/proc") {
            return Err("it is outside of the folder of this location".to_owned());
        }
        let (bytes, _) = read_file(&real).map_err(|error| error.reason)?;
        *self.budget = self
            .budget
            .checked_sub(bytes.len() as u64)
            .ok_or("the placeholders of one file may bring in 10 MB")?;
        Ok(bytes)
    }
}

fn parse_yaml(target: &str, text: &str) -> Result<Value, String> {
    let stream = read_stream(target, text.as_bytes(), &Limits::default());
    if let Some(problem) = stream
        .diagnostics
        .iter()
        .find(|problem| problem.severity == Severity::Error)
    {
        return Err(format!(
            "{} is not valid YAML: {}",
            problem.place(),
            problem.message
        ));
    }
    match stream.documents.as_slice() {
        [document] => Ok(document.root.as_ref().map_or(Value::Null, Node::to_json)),
        documents => Err(format!(
            "{target} must hold exactly one document, but has {}",
            documents.len()
        )),
    }
}
