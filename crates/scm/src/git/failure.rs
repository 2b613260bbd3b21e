//! What the complaints of `git` mean, without the secrets they could hold.
use crate::{ErrorKind, ScmError, Secret};

/// Letters of a complaint that a message shows.
const SHOWN: usize = 300;

/// Texts of complaints, in lower case, and what they mean; the first that is found counts.
const MEANINGS: [(&str, ErrorKind); 16] = [
    ("authentication failed", ErrorKind::Unauthorized),
    ("could not read username", ErrorKind::Unauthorized),
    ("could not read password", ErrorKind::Unauthorized),
    ("returned error: 401", ErrorKind::Unauthorized),
    ("returned error: 403", ErrorKind::Unauthorized),
    ("returned error: 429", ErrorKind::Throttled),
    ("returned error: 404", ErrorKind::NotFound),
    ("returned error: 410", ErrorKind::NotFound),
    ("returned error: 30", ErrorKind::Refused),
    ("not our ref", ErrorKind::NotFound),
    ("couldn't find remote ref", ErrorKind::NotFound),
    ("unadvertised object", ErrorKind::NotFound),
    ("not found", ErrorKind::NotFound),
    (
        "does not appear to be a git repository",
        ErrorKind::NotFound,
    ),
    ("transport", ErrorKind::Refused),
    ("unable to update url base", ErrorKind::Refused),
];

/// Makes the error of a run that failed.
pub(super) fn read(complaint: &[u8], secrets: &[Secret]) -> ScmError {
    let complaint = String::from_utf8_lossy(complaint);
    let lower = complaint.to_lowercase();
    let meaning = MEANINGS.iter().find(|(text, _)| lower.contains(text));
    let kind = meaning.map_or(ErrorKind::Unavailable, |(_, kind)| *kind);
    ScmError::new(kind, format!("git says: {}", shown(&complaint, secrets)))
}

/// Returns the line that says why, cut and cleaned.
fn shown(complaint: &str, secrets: &[Secret]) -> String {
    let lines = || {
        complaint
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
    };
    let reason = lines()
        .find(|line| line.starts_with("fatal:") || line.starts_with("error:"))
        .or_else(|| lines().next_back());
    let mut text = reason.unwrap_or("nothing").to_owned();
    for secret in secrets.iter().filter(|secret| !secret.expose().is_empty()) {
        text = text.replace(secret.expose(), "***");
    }
    let clean = text.chars().filter(|letter| !letter.is_control());
    clean.take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{ErrorKind, Secret};

    #[test]
    fn complaints_are_understood_and_cleaned() {
        let found = read(
            b"remote: hello\nfatal: Authentication failed for 'http://h/hunter2/r.git/'\x1b[31m\n",
            &[Secret::new("hunter2"), Secret::new("")],
        );
        assert_eq!(found.kind, ErrorKind::Unauthorized);
        assert_eq!(
            found.message,
            "git says: fatal: Authentication failed for 'http://h/***/r.git/'[31m"
        );
        let long = format!("fatal: {}", "x".repeat(1000));
        assert_eq!(read(long.as_bytes(), &[]).message.len(), 310);
        assert_eq!(read(b"", &[]).kind, ErrorKind::Unavailable);
    }
}
