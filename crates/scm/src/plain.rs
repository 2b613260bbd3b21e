//! Plain web servers: one file at a URL, and nothing else.
use url::Url;

use crate::http::{Get, Http};
use crate::{Answer, ErrorKind, Found, Limits, ScmError, SourceFile};

/// Reads the file at a URL.
pub(crate) async fn read(
    http: &Http,
    target: &Url,
    known: Option<&str>,
    limits: &Limits,
) -> Result<Answer, ScmError> {
    let request = Get::new(target.clone(), limits.file_bytes).known(known);
    let response = http.get(&request).await?;
    if response.is_unchanged() {
        return Ok(Answer::Unchanged);
    }
    Ok(Answer::Found(Found {
        files: vec![SourceFile {
            url: target.to_string(),
            bytes: response.body,
        }],
        version: response.version,
    }))
}

/// Tells whether a URL can be meant for a plain web server.
pub(crate) fn check(target: &Url) -> Result<(), ScmError> {
    match target.path().contains('*') {
        true => Err(unknown("patterns")),
        false => Ok(()),
    }
}

/// Says that a plain web server has no folders.
pub(crate) fn tree() -> Result<Answer, ScmError> {
    Err(unknown("folders"))
}

fn unknown(what: &str) -> ScmError {
    let message = format!(
        "{what} cannot be read from a plain web server; if this is a source host, add it to integrations"
    );
    ScmError::new(ErrorKind::Malformed, message)
}
