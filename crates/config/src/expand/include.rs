//! The three special keys: `$env`, `$file` and `$include`.
use super::{
    Arc, Data, Diagnostic, Expander, MAX_DEPTH, Node, Origin, Path, PathBuf, ReadError, Scope,
    Severity, Value, Yaml, YamlEntry, codes, identity, join, substitute, variable,
};
use crate::secret::{MASK, reads_secret};

/// Tells whether a key is one of the three that are replaced by what they name.
pub(super) fn is_include_key(key: &str) -> bool {
    matches!(key, "$env" | "$file" | "$include")
}

/// The argument of a special key after substitution, with where it stands.
struct Argument {
    text: String,
    origin: Origin,
    /// Whether it came from a variable that sounds secret, such as a token given to `$file` by mistake.
    secret: bool,
}

impl Argument {
    /// Returns the argument, or what it became, for a message.
    fn shown(&self, text: impl std::fmt::Display) -> String {
        match self.secret {
            true => format!("`{MASK}`"),
            false => format!("`{text}`"),
        }
    }
}

impl Expander<'_> {
    /// Expands the map whose special key is `entry`; `keys` counts the keys of the map.
    pub(super) fn include(
        &mut self,
        entry: &YamlEntry,
        keys: usize,
        scope: &Scope,
    ) -> Option<Value> {
        let key_origin = Origin::new(&scope.file, Some(entry.key_span));
        if keys != 1 {
            let message = format!("`{}` stands beside other keys", entry.key);
            let help = "a map with `$env`, `$file` or `$include` is replaced as a whole and may have no other key";
            self.report(&key_origin, codes::CFG_DOLLAR, message, help);
            return None;
        }
        let argument = self.argument(entry, scope)?;
        match entry.key.as_str() {
            "$env" => self.include_variable(argument),
            "$file" => self.include_text(argument, scope),
            _ => self.include_data(argument, scope),
        }
    }

    fn argument(&mut self, entry: &YamlEntry, scope: &Scope) -> Option<Argument> {
        let mut origin = Origin::new(&scope.file, Some(entry.value.span));
        let Yaml::String(text) = &entry.value.data else {
            let message = format!(
                "`{}` has {}, expected text",
                entry.key,
                entry.value.type_name()
            );
            self.report(
                &origin,
                codes::CFG_DOLLAR,
                message,
                "name a variable or a file",
            );
            return None;
        };
        origin.written = Some(format!("{}: {text}", entry.key).into());
        let result = substitute(text, self.environment);
        let Some(substituted) = result.text else {
            let names: Vec<_> = result
                .unset
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let message = match names.is_empty() {
                true => format!("`{}` names nothing", entry.key),
                false => format!(
                    "`{}` names nothing, because {} is not set",
                    entry.key,
                    names.join(", ")
                ),
            };
            self.report(
                &origin,
                codes::CFG_DOLLAR,
                message,
                "set the variable or write a default that is not empty",
            );
            return None;
        };
        Some(Argument {
            text: substituted,
            origin,
            secret: result.from_environment && reads_secret(text),
        })
    }

    fn include_variable(&mut self, argument: Argument) -> Option<Value> {
        match variable(&argument.text, self.environment) {
            Some(value) => Some(Value {
                origin: argument.origin,
                data: Data::Text(value),
            }),
            None => {
                let name = argument.shown(&argument.text);
                self.unset(&name, argument.origin);
                None
            }
        }
    }

    fn include_text(&mut self, argument: Argument, scope: &Scope) -> Option<Value> {
        let path = join(&scope.folder, &argument.text);
        let bytes = self.included(&path, &argument)?;
        let Ok(text) = String::from_utf8(bytes) else {
            let message = format!("{} is not UTF-8 text", argument.shown(path.display()));
            self.report(
                &argument.origin,
                codes::CFG_INCLUDE,
                message,
                "`$file` reads text only",
            );
            return None;
        };
        Some(Value {
            origin: argument.origin,
            data: Data::Text(text.trim_end().to_owned()),
        })
    }

    fn include_data(&mut self, argument: Argument, scope: &Scope) -> Option<Value> {
        let (name, part) = argument
            .text
            .split_once('#')
            .unwrap_or((&argument.text, ""));
        let path = join(&scope.folder, name);
        let known = path
            .extension()
            .is_some_and(|ending| ["json", "yaml", "yml"].map(AsRef::as_ref).contains(&ending));
        if !known {
            let message = format!("`$include` cannot read {}", argument.shown(name));
            let help = "the name of an included file ends in .yaml, .yml or .json; `$file` reads any file as text";
            self.report(&argument.origin, codes::CFG_DOLLAR, message, help);
            return None;
        }
        let opened = (identity(&path), part.to_owned());
        let circle = scope.open.contains(&opened);
        if circle || scope.open.len() > MAX_DEPTH {
            let how = if circle {
                "includes itself"
            } else {
                "is included too deep"
            };
            let message = format!("{} {how}", argument.shown(&argument.text));
            let help =
                format!("files may include each other {MAX_DEPTH} deep, and never in a circle");
            self.report(&argument.origin, codes::CFG_DOLLAR, message, &help);
            return None;
        }
        let bytes = self.included(&path, &argument)?;
        let file: Arc<str> = path.display().to_string().into();
        let root = self.parse(&file, &bytes).ok()?;
        let Some(root) = root else {
            return Some(Value {
                origin: argument.origin,
                data: Data::Null,
            });
        };
        let node = self.part(&root, part, &path, &argument)?;
        let mut open = scope.open.clone();
        open.push(opened);
        self.value(
            node,
            &Scope {
                file,
                folder: path.parent().map_or_else(PathBuf::new, Path::to_owned),
                open,
            },
        )
    }

    fn included(&mut self, path: &Path, argument: &Argument) -> Option<Vec<u8>> {
        let error = match self.files.read(path) {
            Ok(bytes) => return Some(bytes),
            Err(error) => error,
        };
        let message = format!("{} cannot be read: {error}", argument.shown(path.display()));
        let help = match error {
            ReadError::Missing => "a relative path starts at the folder of the file that names it",
            _ => "`$file` and `$include` read at most 200 regular files of at most 1 MiB",
        };
        self.report(&argument.origin, codes::CFG_INCLUDE, message, help);
        None
    }

    /// Follows the dotted path behind `#`. A last step that leads nowhere removes the value, as in Backstage, but
    /// not silently.
    fn part<'n>(
        &mut self,
        root: &'n Node,
        part: &str,
        path: &Path,
        argument: &Argument,
    ) -> Option<&'n Node> {
        let (file, origin) = (argument.shown(path.display()), &argument.origin);
        let steps: Vec<_> = part.split('.').filter(|_| !part.is_empty()).collect();
        let mut node = root;
        for (index, step) in steps.iter().enumerate() {
            if !matches!(node.data, Yaml::Mapping(_)) {
                let message = format!(
                    "{} in {file} is no map",
                    argument.shown(steps[..index].join("."))
                );
                let help = "the part behind `#` names keys, joined by dots";
                self.report(origin, codes::CFG_DOLLAR, message, help);
                return None;
            }
            let Some(next) = node.get(step) else {
                let message = format!(
                    "{file} has no {}, so this value is left out",
                    argument.shown(part)
                );
                let last = index + 1 == steps.len();
                let severity = if last {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                self.diagnostics
                    .push(origin.report(codes::CFG_DOLLAR, severity, message));
                return None;
            };
            node = next;
        }
        Some(node)
    }

    fn report(&mut self, origin: &Origin, code: &str, message: String, help: &str) {
        let diagnostic: Diagnostic = origin.report(code, Severity::Error, message);
        self.diagnostics.push(diagnostic.with_help(help));
    }
}
