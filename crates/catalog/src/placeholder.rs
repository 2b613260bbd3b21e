//! Placeholders: `$text`, `$json`, `$yaml`, `$openapi` and `$asyncapi` are replaced by the content of another file.
//!
//! Source: Backstage's placeholder processor. An object with exactly one key that starts with `$` is a placeholder;
//! unknown ones are left as they are.
use std::path::{Path, PathBuf};

use callboard_diagnostics::{Data, Limits, Node, codes, read_stream};
use callboard_model::{Diagnostic, Severity};
use serde_json::{Map, Value};

use crate::{
    LocationRef,
    bundle::{Files, bundle},
    location::{is_url, join},
    read::{MAX_FILE_BYTES, Stamp, read_file},
    remote::Remote,
};

/// Where placeholders may read from and what they have read.
pub(crate) struct Resolver<'a> {
    /// Name of the file for diagnostics.
    pub(crate) file: &'a str,
    /// The file itself; relative targets start from it.
    pub(crate) at: &'a LocationRef,
    /// Folder that a placeholder may not leave; absent when local files are not read at all.
    pub(crate) within: Option<&'a Path>,
    /// What other hosts have; absent when nothing but files is looked at.
    pub(crate) remote: Option<&'a Remote>,
    /// Whether what is on other hosts is passed over, rather than a problem.
    pub(crate) skip_hosts: bool,
    /// Bytes that placeholders of this file may still bring in.
    pub(crate) budget: &'a mut u64,
    /// Files read, with their state.
    pub(crate) included: Vec<(PathBuf, Option<Stamp>)>,
    /// URLs read, with the number of their content.
    pub(crate) fetched: Vec<(String, u64)>,
    /// Problems.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Why a placeholder has no value.
enum Failure {
    /// For people.
    Reason(String),
    /// Other hosts are not looked at.
    NotLookedAt,
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::Reason(reason)
    }
}

impl Resolver<'_> {
    /// Turns a tree into JSON with every placeholder replaced.
    pub(crate) fn resolve(&mut self, node: &Node) -> Value {
        if let [only] = node.entries()
            && let Some(kind @ ("text" | "json" | "yaml" | "openapi" | "asyncapi")) =
                only.key.strip_prefix('$')
        {
            return match self.replace(kind, &only.value) {
                Ok(value) => value,
                Err(failure) => {
                    if let Failure::Reason(reason) = failure {
                        let problem = Diagnostic::new(
                            codes::CAT_PLACEHOLDER,
                            Severity::Error,
                            self.file,
                            reason,
                        );
                        self.diagnostics.push(problem.with_span(only.value.span));
                    }
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

    fn replace(&mut self, kind: &str, argument: &Node) -> Result<Value, Failure> {
        let target = argument
            .as_str()
            .ok_or_else(|| format!("${kind} needs a path, but has {}", argument.type_name()))?;
        let base = self.at.clone();
        let place = self.place(&base, target)?;
        let stale = self.diagnostics.len();
        let text = self.text(&place, target)?;
        for problem in &mut self.diagnostics[stale..] {
            problem.span = Some(argument.span);
        }
        Ok(match kind {
            "json" => serde_json::from_str(&text)
                .map_err(|error| format!("{target} is not valid JSON: {error}"))?,
            "yaml" => parse_yaml(target, &text)?,
            "openapi" | "asyncapi" => Value::String(self.bundle(&place, target, &text)?),
            _ => Value::String(text),
        })
    }

    /// Returns the place that a target means, seen from another one.
    fn place(&self, base: &LocationRef, target: &str) -> Result<LocationRef, Failure> {
        let reader = self.remote.map(Remote::reader);
        let unread = || match self.skip_hosts {
            true => Failure::NotLookedAt,
            false => Failure::Reason(format!("cannot read {target}: only files are read here")),
        };
        let url = match (base.is_url(), is_url(target)) {
            (false, false) => {
                let folder = Path::new(&base.target).parent().unwrap_or(Path::new("/"));
                return Ok(LocationRef::file(&join(folder, target)));
            }
            (_, true) => target.to_owned(),
            (true, false) => reader
                .ok_or_else(unread)?
                .resolve(target, &base.target)
                .map_err(|error| format!("cannot read {target}: {error}"))?,
        };
        let reader = reader.ok_or_else(unread)?;
        if base.is_url() && reader.same_repository(&url, &base.target) == Some(false) {
            let reason = "placeholders read only from the repository of their file";
            return Err(format!("cannot read {target}: {reason}").into());
        }
        Ok(LocationRef::url(url))
    }

    fn text(&mut self, place: &LocationRef, target: &str) -> Result<String, Failure> {
        let bytes = match place.path() {
            Some(path) => self.read_path(path),
            None => self.read_url(&place.target),
        };
        let bytes = bytes.map_err(|reason| format!("cannot read {target}: {reason}"))?;
        *self.budget = self.budget.checked_sub(bytes.len() as u64).ok_or_else(|| {
            let most = MAX_FILE_BYTES / (1024 * 1024);
            format!("cannot read {target}: the placeholders of one file may bring in {most} MB")
        })?;
        Ok(String::from_utf8(bytes)
            .map_err(|_| format!("cannot read {target}: it is not UTF-8 text"))?)
    }

    fn read_path(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        let Some(within) = self.within else {
            return Err(
                "files beside a file location are not read, because callboard.catalog.filePlaceholders is off"
                    .to_owned(),
            );
        };
        self.included.push((path.to_owned(), Stamp::of(path)));
        // The real path counts: a link must not lead out of the folder either.
        let real = path
            .canonicalize()
            .map_err(|_| "there is no such file".to_owned())?;
        let is_inside = within
            .canonicalize()
            .is_ok_and(|folder| real.starts_with(folder));
        if !is_inside || real.starts_with("/proc") {
            return Err("it is outside of the folder of this location".to_owned());
        }
        let (bytes, _) = read_file(&real).map_err(|error| error.reason)?;
        Ok(bytes)
    }

    fn read_url(&mut self, url: &str) -> Result<Vec<u8>, String> {
        let Some(remote) = self.remote else {
            return Err("other hosts are not looked at".to_owned());
        };
        remote.ensure([url.to_owned()]);
        let content = remote.content(url);
        self.fetched.push((url.to_owned(), content.generation));
        match (content.files, content.error) {
            (Some(files), error) => {
                if let Some(error) = error {
                    self.diagnostics.push(stale(self.file, url, &error));
                }
                let only = files.into_iter().next();
                only.map(|(_, body)| body)
                    .ok_or_else(|| "there is no such file".to_owned())
            }
            (None, Some(error)) => Err(error.to_string()),
            (None, None) => Err("its host was not asked yet".to_owned()),
        }
    }

    fn bundle(&mut self, place: &LocationRef, target: &str, text: &str) -> Result<String, Failure> {
        let root = parse_yaml(target, text)?;
        let bundled = bundle(place, root, self)?;
        let text = serde_yaml::to_string(&bundled);
        Ok(text.map_err(|error| format!("cannot write {target} as YAML: {error}"))?)
    }
}

impl Files for Resolver<'_> {
    fn load(&mut self, base: &LocationRef, target: &str) -> Result<(LocationRef, Value), String> {
        let explain = |failure| match failure {
            Failure::Reason(reason) => reason,
            Failure::NotLookedAt => format!("cannot read {target}: other hosts are not looked at"),
        };
        let place = self.place(base, target).map_err(explain)?;
        let text = self.text(&place, target).map_err(explain)?;
        Ok((place, parse_yaml(target, &text)?))
    }
}

/// Says that what was read before is used.
pub(crate) fn stale(file: &str, target: &str, error: &callboard_scm::ScmError) -> Diagnostic {
    let message = format!("cannot read {target} again: {error}");
    Diagnostic::new(codes::CAT_STALE, Severity::Warning, file, message)
        .with_help("what was read from it before is used until it can be read")
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
