//! Checks `auth.providers`: which of them are used, and what the others lack.
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use super::access::{not_zero, wrong};
use super::{SHOWN, shown};
use crate::cursor::Cursor;
use crate::schema::join;
use crate::secret::reads_secret;
use crate::sections::{Outcome, plan_providers};
use crate::tree::{Data, Entry, Value};

/// Reports providers that are left out, and those that cannot work.
pub(crate) fn check_providers(root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let auth = Cursor::new(root).get("auth");
    let environment = Environment::of(auth);
    for planned in plan_providers(auth) {
        let entry = planned.entry;
        let path = join("auth.providers", &entry.key);
        match planned.outcome {
            Outcome::Used { section, .. } => {
                used(&path, Cursor::new(section), diagnostics);
            }
            Outcome::OtherEnvironment => {
                diagnostics.push(other_environment(&path, entry, &environment));
            }
            Outcome::NoValue { key } => diagnostics.push(no_value(&path, entry, key)),
            Outcome::Incomplete {
                section,
                below_environment,
                key,
            } => {
                let path = match below_environment {
                    true => join(&path, &environment.key),
                    false => path,
                };
                diagnostics.push(incomplete(&path, section, key));
            }
            Outcome::Unknown => diagnostics.push(unknown(&path, entry)),
            Outcome::BadName => {
                let message = format!("`{path}` has a name that cannot stand in a URL");
                let help = "take a name of letters, digits, `-` and `_`, and not `v1`";
                wrong(&entry.key_origin, message, help, diagnostics);
            }
            Outcome::Described => {}
        }
    }
}

/// `auth.environment` for messages.
struct Environment {
    /// As a part of a path.
    key: String,
    /// As a value.
    shown: String,
}

impl Environment {
    fn of(auth: Cursor<'_>) -> Self {
        match auth.get("environment").value() {
            None => Self {
                key: "development".to_owned(),
                shown: "missing, which means \"development\"".to_owned(),
            },
            Some(value) => {
                let written = value.origin.written.as_deref();
                let secret = written.is_some_and(reads_secret);
                let text = value.text().filter(|_| !secret && text_is_short(value));
                Self {
                    key: text.unwrap_or("<environment>").to_owned(),
                    shown: shown(value, secret),
                }
            }
        }
    }
}

/// Tells whether a text fits into a message as it is.
fn text_is_short(value: &Value) -> bool {
    value.text().is_some_and(|text| text.len() <= SHOWN)
}

fn other_environment(path: &str, entry: &Entry, environment: &Environment) -> Diagnostic {
    let message = format!(
        "`auth.environment` is {}, but `{path}` has no such section, so it is left out",
        environment.shown
    );
    let sections: Vec<_> = entry
        .value
        .entries()
        .iter()
        .filter(|entry| matches!(entry.value.data, Data::Map(_)))
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    let wanted = join(path, &environment.key);
    let help = match sections.is_empty() {
        true => format!("write its keys below `{wanted}`"),
        false => format!(
            "it has {}; set `auth.environment`, or write `{wanted}` too",
            sections.join(", ")
        ),
    };
    let origin = &entry.key_origin;
    origin
        .report(codes::CFG_CONTRADICTION, Severity::Warning, message)
        .with_help(help)
}

fn no_value(path: &str, entry: &Entry, key: &str) -> Diagnostic {
    let message = format!("`{path}` is left out, because its `{key}` has no value");
    let origin = &entry.key_origin;
    origin
        .report(codes::CFG_UNSET_VARIABLE, Severity::Warning, message)
        .with_help("nobody can sign in with it until the variable is set")
}

fn incomplete(path: &str, section: &Value, key: &str) -> Diagnostic {
    let message = format!("`{path}` has no `{key}`, expected text");
    section
        .origin
        .report(codes::CFG_VALUE, Severity::Error, message)
        .with_help("the provider does not work without it")
}

fn unknown(path: &str, entry: &Entry) -> Diagnostic {
    let message = format!("`{path}` is no provider that is known, and it has no `metadataUrl`");
    let origin = &entry.key_origin;
    origin
        .report(codes::CFG_VALUE, Severity::Error, message)
        .with_help(
            "an OpenID provider may have any name and needs `metadataUrl` below the environment; \
             the others are `github`, `gitlab`, `google`, `microsoft`, `okta`, `oidc`, `guest`, \
             `oauth2Proxy`, `gcpIap`, `awsalb` and `cfaccess`",
        )
}

/// Reports what is wrong with a provider that is used.
fn used(path: &str, section: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let duration = section.get("sessionDuration");
    not_zero(&format!("{path}.sessionDuration"), duration, diagnostics);
    let secret = section.get("clientSecret");
    if let (Some(at), Some(text)) = (secret.value(), secret.text())
        && text.trim().is_empty()
    {
        let message = format!("the `clientSecret` of `{path}` is blank");
        let help = "write the secret that the provider shows for the portal";
        wrong(&at.origin, message, help, diagnostics);
    }
    let method = section.get("tokenEndpointAuthMethod");
    if let (Some(at), Some("client_secret_basic" | "client_secret_post"), None) =
        (method.value(), method.text().as_deref(), secret.value())
    {
        let message = format!(
            "`{path}` has a `tokenEndpointAuthMethod` with a secret, and no `clientSecret`"
        );
        let problem = at
            .origin
            .report(codes::CFG_CONTRADICTION, Severity::Error, message);
        diagnostics.push(problem.with_help("add `clientSecret`, or write `none`"));
    }
    empty_domains(path, section, diagnostics);
}

/// Reports resolvers whose list of domains is empty: it would let in nobody in Backstage, and reads like everybody.
fn empty_domains(path: &str, section: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let resolvers = section.get("signIn").get("resolvers");
    for (index, resolver) in resolvers.items().enumerate() {
        let domains = resolver.get("allowedDomains");
        if let (Some(value), true) = (domains.value(), domains.words().is_empty()) {
            let message = format!(
                "a resolver of `{path}` has an empty `allowedDomains` (`signIn.resolvers[{index}]`)"
            );
            let problem = value
                .origin
                .report(codes::CFG_VALUE, Severity::Error, message);
            diagnostics.push(problem.with_help("name the domains, or remove the key to allow all"));
        }
    }
}
