//! Why an address cannot be registered, and what to do about it.
use callboard_model::view::ImportFailure;
use callboard_scm::{ErrorKind, ScmError};

use super::MAX_URL;

const FORM: &str = "Take the address of the file as the browser shows it, for example `https://github.com/OWNER/REPOSITORY/blob/main/catalog-info.yaml`.";

/// Looks at an address as a text; nothing when there is nothing to say.
pub(super) fn of_text(url: &str) -> Option<ImportFailure> {
    if url.len() > MAX_URL {
        return Some(malformed(format!(
            "The address is longer than {MAX_URL} characters."
        )));
    }
    match url::Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => None,
        Ok(parsed) => {
            let scheme: String = parsed.scheme().chars().take(40).collect();
            Some(malformed(format!(
                "It begins with `{scheme}:`, and only `https:` is read."
            )))
        }
        Err(error) => Some(malformed(format!("It is not a URL: {error}."))),
    }
}

fn malformed(reason: String) -> ImportFailure {
    ImportFailure {
        title: "This is not an address that can be registered".to_owned(),
        reason,
        next: vec![FORM.to_owned()],
        may_make_file: false,
    }
}

/// Says what a failed read means.
pub(super) fn of_error(error: &ScmError, may_make_file: bool) -> ImportFailure {
    let (title, next) = match error.kind {
        ErrorKind::NotFound => (
            "There is no such file, or the portal may not see it",
            vec![
                "Check the spelling, and that the branch in the address exists.".to_owned(),
                "A private repository looks like this as well. The portal needs a token for its host below `integrations` of `app-config.yaml`.".to_owned(),
            ],
        ),
        ErrorKind::Refused => (
            "The portal may not read from this host",
            vec![
                "Hosts are allowed by `integrations` or `backend.reading.allow` of `app-config.yaml`; those below are.".to_owned(),
                "Addresses inside your network also need to stand in `callboard.reading.private`.".to_owned(),
            ],
        ),
        ErrorKind::Malformed => (
            "This is not the address of a file, a folder or a repository",
            vec![FORM.to_owned()],
        ),
        ErrorKind::Unauthorized => (
            "The host refuses the portal's credentials",
            vec![
                "Check that the token of this host below `integrations` of `app-config.yaml` is still valid, and that it may read this repository (on GitHub: `contents: read`).".to_owned(),
            ],
        ),
        ErrorKind::Throttled => ("The host wants fewer requests", vec![wait(error)]),
        ErrorKind::TooLarge => (
            "What is at this address is too large",
            vec![
                "Name a single file, or a folder with less in it.".to_owned(),
                "Split a very large file into several, and name them in a `Location`.".to_owned(),
            ],
        ),
        ErrorKind::Unavailable => (
            "The host could not be asked",
            vec!["Try again in a moment. If it stays, check the address and whether the host is up.".to_owned()],
        ),
    };
    ImportFailure {
        title: title.to_owned(),
        reason: sentence(&error.message),
        next,
        may_make_file: may_make_file && error.kind == ErrorKind::NotFound,
    }
}

/// Says that a folder or a pattern has no catalog file.
pub(super) fn nothing_found(target: &str, is_search: bool) -> ImportFailure {
    let reason = if is_search {
        format!("No file matches `{target}`.")
    } else {
        format!("There are no files for `{target}`.")
    };
    ImportFailure {
        title: "No catalog file was found".to_owned(),
        reason,
        next: vec![
            "If the file has another name, give its own address.".to_owned(),
            "If there is none yet, make the first one here.".to_owned(),
        ],
        may_make_file: is_search,
    }
}

fn wait(error: &ScmError) -> String {
    match error.retry_after {
        Some(time) => format!("Try again in {} seconds.", time.as_secs().max(1)),
        None => "Try again in a minute.".to_owned(),
    }
}

fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let mut text = first.unwrap_or_default() + letters.as_str();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_looked_at() {
        assert_eq!(of_text("https://github.com/a/b"), None);
        for wrong in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://a/b",
            "catalog-info.yaml",
            "data:text/yaml,x",
        ] {
            assert!(of_text(wrong).is_some(), "{wrong}");
        }
        let long = format!("https://a.example/{}", "x".repeat(MAX_URL));
        assert!(of_text(&long).unwrap().reason.contains("longer than"));
    }

    #[test]
    fn every_failure_says_what_to_do() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::Refused,
            ErrorKind::Malformed,
            ErrorKind::Unauthorized,
            ErrorKind::Throttled,
            ErrorKind::TooLarge,
            ErrorKind::Unavailable,
        ];
        for kind in kinds {
            let failure = of_error(&ScmError::new(kind, "the host answers 404"), true);
            assert!(!failure.next.is_empty(), "{kind:?}");
            assert_eq!(failure.reason, "The host answers 404.");
            assert_eq!(failure.may_make_file, kind == ErrorKind::NotFound);
        }
    }
}
