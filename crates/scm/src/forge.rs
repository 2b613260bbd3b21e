//! What hosts with an interface of their own have in common: a file by its path, or the archive of one commit.
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde::de::DeserializeOwned;
use url::Url;

use crate::http::{Get, Http};
use crate::target::{RepoTarget, Selection, malformed};
use crate::{Answer, ErrorKind, Found, Limits, ScmError, Secret, SourceFile, archive};

/// Largest answer that only names a commit, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// A host and how to sign in there.
pub(crate) struct Forge<'a> {
    pub(crate) http: &'a Http,
    pub(crate) limits: &'a Limits,
    /// The header `Authorization`.
    pub(crate) authorization: Option<HeaderValue>,
}

impl Forge<'_> {
    /// Reads the one file that an address of the interface gives as it is.
    pub(crate) async fn file(
        &self,
        address: Url,
        target: &Url,
        known: Option<&str>,
    ) -> Result<Answer, ScmError> {
        let request = self.get(address, self.limits.file_bytes).known(known);
        let response = self.http.get(&request).await?;
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

    /// Reads what names the commit of a reference.
    pub(crate) async fn json<T: DeserializeOwned>(&self, address: Url) -> Result<T, ScmError> {
        let response = self.http.get(&self.get(address, MAX_ANSWER)).await?;
        serde_json::from_slice(&response.body).map_err(|error| {
            let message = format!("the host's answer is not what its interface promises: {error}");
            ScmError::new(ErrorKind::Unavailable, message)
        })
    }

    /// Reads the files that a target means from the archive of a commit, unless that commit is known.
    pub(crate) async fn files(
        &self,
        target: &RepoTarget,
        commit: String,
        known: Option<&str>,
        address: impl FnOnce(&str, &Selection) -> Result<Url, ScmError>,
    ) -> Result<Answer, ScmError> {
        if !is_commit(&commit) {
            let message = "the host's answer does not name a commit";
            return Err(ScmError::new(ErrorKind::Unavailable, message));
        }
        if known == Some(commit.as_str()) {
            return Ok(Answer::Unchanged);
        }
        let selection = Selection::of(target)?;
        let request = self.get(address(&commit, &selection)?, self.limits.archive_bytes);
        let wanted = selection.clone();
        let keep = move |path: &str| wanted.has(path);
        let files = archive::fetch(self.http, &request, self.limits, keep).await?;
        selection.found(target, files, commit).map(Answer::Found)
    }

    fn get(&self, address: Url, limit: u64) -> Get {
        let request = Get::new(address, limit);
        match &self.authorization {
            Some(value) => request.header(AUTHORIZATION, value.clone()),
            None => request,
        }
    }
}

/// Tells whether a text is the whole name of a commit.
pub(crate) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Appends parts to the path of a base URL, each encoded as one part.
pub(crate) fn address(base: &str, parts: &[&str]) -> Result<Url, ScmError> {
    let no_base = || malformed(format!("`{base}`, of the configuration, is not a base URL"));
    let mut url = Url::parse(base).map_err(|_| no_base())?;
    let mut path = url.path_segments_mut().map_err(|()| no_base())?;
    path.pop_if_empty().extend(parts);
    drop(path);
    Ok(url)
}

/// Makes the header for a token.
pub(crate) fn bearer(scheme: &str, token: &Secret) -> Result<HeaderValue, ScmError> {
    header(&format!("{scheme} {}", token.expose()))
}

/// Makes the header for a user and a password.
pub(crate) fn basic(user: &str, password: &Secret) -> Result<HeaderValue, ScmError> {
    let pair = format!("{user}:{}", password.expose());
    header(&format!("Basic {}", BASE64_STANDARD.encode(pair)))
}

fn header(text: &str) -> Result<HeaderValue, ScmError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        let message = "the token of the configuration has a character that cannot be sent";
        ScmError::new(ErrorKind::Unauthorized, message)
    })?;
    value.set_sensitive(true);
    Ok(value)
}
