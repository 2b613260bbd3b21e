//! Checks `backend.auth`: every program has its whole proof, and no restriction is lost by a slip.
use callboard_diagnostics::codes;
use callboard_model::{Diagnostic, Severity};

use super::access::wrong;
use crate::cursor::Cursor;
use crate::sections::{ExternalAccess, ExternalKind};
use crate::tree::{Data, Origin, Value};

/// The least length of a token, as in Backstage.
const TOKEN_LENGTH: usize = 8;
/// Signatures that prove something although everybody may know the key they are checked with.
const ALGORITHMS: [&str; 9] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
];
const ACTIONS: [&str; 4] = ["create", "read", "update", "delete"];

/// Reports what is wrong with the access of programs.
pub(super) fn check(auth: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, item) in auth.get("externalAccess").items().enumerate() {
        let path = format!("backend.auth.externalAccess[{index}]");
        left_out(&path, item, diagnostics);
        options(&path, item, diagnostics);
        restrictions(&path, item, diagnostics);
    }
    if let Some(keys) = auth.get("keys").value() {
        let message = "`backend.auth.keys` is deprecated; it is still read";
        let origin = &keys.origin;
        let problem = origin.report(codes::CFG_DEPRECATED_KEY, Severity::Warning, message);
        diagnostics.push(problem.with_help("use `externalAccess` with the type `legacy`"));
    }
    for (index, item) in auth.get("keys").items().enumerate() {
        let path = format!("backend.auth.keys[{index}].secret");
        secret(&path, item.get("secret"), diagnostics);
    }
}

/// Reports access that does not exist until a variable is set.
fn left_out(path: &str, item: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if let (Some(value), Some(key)) = (item.value(), ExternalAccess::lost_key(item)) {
        let message = format!("`{path}` is left out, because its `{key}` has no value");
        let origin = &value.origin;
        let problem = origin.report(codes::CFG_UNSET_VARIABLE, Severity::Warning, message);
        diagnostics.push(problem.with_help("the program has no access until the variable is set"));
    }
}

fn options(path: &str, item: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let options = item.get("options");
    let Some(value) = options.value() else {
        return;
    };
    let kind = item.get("type").text();
    for key in ExternalKind::needed_keys(kind.as_deref()) {
        if !value.mentions(key) {
            let message = format!("`{path}.options` has no `{key}`, which its type needs");
            let help = "add it; the program cannot prove who it is";
            wrong(&value.origin, message, help, diagnostics);
        }
    }
    for key in ["issuer", "audience", "algorithm"] {
        not_empty(
            &format!("{path}.options.{key}"),
            options.get(key),
            diagnostics,
        );
    }
    token(
        &format!("{path}.options.token"),
        options.get("token"),
        diagnostics,
    );
    secret(
        &format!("{path}.options.secret"),
        options.get("secret"),
        diagnostics,
    );
    let subject = options.get("subject");
    if let (Some(at), Some(text)) = (subject.value(), subject.text())
        && text.contains(char::is_whitespace)
    {
        let message = format!("`{path}.options.subject` has a space");
        wrong(&at.origin, message, "write it as one word", diagnostics);
    }
    one_of(
        &format!("{path}.options.algorithm"),
        options.get("algorithm"),
        &ALGORITHMS,
        diagnostics,
    );
}

fn token(path: &str, value: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(at), Some(text)) = (value.value(), value.text()) else {
        return;
    };
    let message = if text.contains(char::is_whitespace) {
        format!("`{path}` has a space")
    } else if text.chars().count() < TOKEN_LENGTH {
        format!("`{path}` is shorter than {TOKEN_LENGTH} characters")
    } else {
        return;
    };
    let help = "make one with `openssl rand -hex 24`";
    wrong(&at.origin, message, help, diagnostics);
}

fn secret(path: &str, value: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(at), Some(text)) = (value.value(), value.text()) else {
        return;
    };
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte);
    if !text.bytes().all(is_base64) {
        let message = format!("`{path}` is not written in Base64");
        let help = "make one with `openssl rand -base64 24`";
        wrong(&at.origin, message, help, diagnostics);
    }
}

/// Reports restrictions that would not be read, because then the program might do more than is meant.
fn restrictions(path: &str, item: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let list = item.get("accessRestrictions");
    no_other_keys(
        path,
        item,
        &["type", "options", "accessRestrictions"],
        diagnostics,
    );
    not_empty(&format!("{path}.accessRestrictions"), list, diagnostics);
    for (index, restriction) in list.items().enumerate() {
        let path = format!("{path}.accessRestrictions[{index}]");
        let keys = ["plugin", "permission", "permissionAttribute"];
        no_other_keys(&path, restriction, &keys, diagnostics);
        not_empty(
            &format!("{path}.permission"),
            restriction.get("permission"),
            diagnostics,
        );
        let attribute = restriction.get("permissionAttribute");
        let path = format!("{path}.permissionAttribute");
        no_other_keys(&path, attribute, &["action"], diagnostics);
        not_empty(
            &format!("{path}.action"),
            attribute.get("action"),
            diagnostics,
        );
        one_of(
            &format!("{path}.action"),
            attribute.get("action"),
            &ACTIONS,
            diagnostics,
        );
    }
}

/// Reports keys that are not known.
fn no_other_keys(path: &str, map: Cursor<'_>, keys: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let Some(value) = map.value() else {
        return;
    };
    let help = "correct or remove it; a restriction that is not read would restrict nothing";
    for entry in value.entries() {
        if !keys.contains(&entry.key.as_str()) {
            let message = format!("`{path}` may not have a key `{}`", entry.key);
            wrong(&entry.key_origin, message, help, diagnostics);
        }
    }
}

fn not_empty(path: &str, value: Cursor<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(at) = value.value() else {
        return;
    };
    if value.words().is_empty()
        && !at
            .items()
            .iter()
            .any(|item| matches!(item.data, Data::Map(_)))
    {
        let message = format!("`{path}` is empty");
        let help = "name what is allowed, or remove the key to allow everything";
        wrong(&at.origin, message, help, diagnostics);
    }
}

fn one_of(path: &str, value: Cursor<'_>, known: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let words = value.words();
    let other = words.iter().find(|word| !known.contains(&word.as_str()));
    if let (Some(other), Some(at)) = (other, value.value()) {
        let message = format!("`{path}` has a word that is none of {}", known.join(", "));
        let help = "write the names as they are here";
        wrong(origin_of(at, other), message, help, diagnostics);
    }
}

/// Returns where a word is written: its item of a list, or the whole text.
fn origin_of<'a>(value: &'a Value, word: &str) -> &'a Origin {
    let item = value
        .items()
        .iter()
        .find(|item| item.text().is_some_and(|text| text.contains(word)));
    &item.unwrap_or(value).origin
}
