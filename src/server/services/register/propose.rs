//! A pull request with a first catalog file.
use callboard_model::view::{NewFileForm, OpenedPullRequest};
use callboard_scm::{ErrorKind, Proposal, ProposeError};
use serde_json::json;

use super::{CREATE, new_file::path_of};
use crate::{
    error::AppError,
    server::access::{Access, Event},
};

const ANALYZE: &str = "catalog.location.analyze";

/// How the audit log names it.
const EVENT: &str = "catalog.pull-request.create";

/// Longest title.
const MAX_TITLE: usize = 200;

/// Longest text of a pull request.
const MAX_BODY: usize = 20_000;

impl Access {
    /// Opens a pull request with the file that the form describes.
    ///
    /// # Errors
    /// `NotAllowed` without the permissions `catalog.location.create` and `catalog.location.analyze`; `Invalid` when
    /// something of the form is wrong; `Conflict` and `Unavailable` when the host does not take it.
    pub async fn propose(&self, form: &NewFileForm) -> Result<OpenedPullRequest, AppError> {
        let url = form.url.trim();
        self.require(CREATE, Some(url)).await?;
        self.require(ANALYZE, Some(url)).await?;
        let event = Event {
            name: EVENT,
            permission: Some(CREATE),
            resource: Some(url),
            detail: json!({"branch": form.branch.trim(), "path": form.path.trim()}),
        };
        self.audited(event, self.open(form)).await
    }

    async fn open(&self, form: &NewFileForm) -> Result<OpenedPullRequest, AppError> {
        if self.sources().readonly {
            let message = "Registering is switched off by catalog.readonly.";
            return Err(AppError::NotAllowed(message.to_owned()));
        }
        let place = self.repository_place(form).map_err(AppError::Invalid)?;
        let place = place.ok_or_else(|| {
            AppError::Invalid("A pull request needs the address of a repository.".to_owned())
        })?;
        let made = self.new_file(form).await?;
        if made.has_errors() {
            let message = "The file has errors; repair them before you propose it.";
            return Err(AppError::Invalid(message.to_owned()));
        }
        let proposal = Proposal {
            repository: form.url.trim().to_owned(),
            path: path_of(form).map_err(AppError::Invalid)?,
            text: made.text,
            branch: branch_of(form)?,
            title: text_of(&form.pr_title, "title", MAX_TITLE)?,
            body: form.pr_body.trim().chars().take(MAX_BODY).collect(),
        };
        let Some(reader) = self.sources().ingester.reader() else {
            return Err(AppError::Invalid(
                "This portal reads files only.".to_owned(),
            ));
        };
        let opened = reader.propose(&proposal).await.map_err(told)?;
        Ok(OpenedPullRequest {
            url: opened.url,
            number: opened.number,
            base: opened.base,
            target: place.target,
        })
    }
}

fn branch_of(form: &NewFileForm) -> Result<String, AppError> {
    let branch = form.branch.trim();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    let is_odd = branch.is_empty()
        || branch.len() > 100
        || !branch.chars().all(is_plain)
        || branch.starts_with(['-', '.', '/'])
        || branch.ends_with(['.', '/'])
        || branch.contains("..")
        || branch.contains("//")
        || branch.ends_with(".lock");
    if is_odd {
        let message = "The name of the branch may have up to 100 letters, digits, dashes, dots and slashes, and begins with a letter or digit.";
        return Err(AppError::Invalid(message.to_owned()));
    }
    Ok(branch.to_owned())
}

fn text_of(text: &str, what: &str, most: usize) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains('\n') {
        return Err(AppError::Invalid(format!(
            "The {what} of the pull request is one line of up to {most} characters."
        )));
    }
    Ok(text.to_owned())
}

fn told(error: ProposeError) -> AppError {
    let message = format!("{error}.");
    match error {
        ProposeError::BranchExists(..)
        | ProposeError::FileExists(..)
        | ProposeError::NoPermission(..)
        | ProposeError::Archived(_)
        | ProposeError::Empty(_) => AppError::Conflict(message),
        ProposeError::NotSupported(_)
        | ProposeError::NoCredentials(_)
        | ProposeError::NoRepository(_)
        | ProposeError::Refused(..) => AppError::Invalid(message),
        ProposeError::Failed(error) => match error.kind {
            ErrorKind::Malformed | ErrorKind::Refused => AppError::Invalid(message),
            _ => AppError::Unavailable(message),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_has_a_plain_name() {
        let branch = |branch: &str| {
            branch_of(&NewFileForm {
                branch: branch.to_owned(),
                ..NewFileForm::default()
            })
        };
        assert_eq!(branch("add/catalog-info").unwrap(), "add/catalog-info");
        for wrong in ["", "-x", "a..b", "a b", "a~", "x/", "a.lock", "ä"] {
            assert!(branch(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(text_of(" Add it ", "title", 10).unwrap(), "Add it");
        for wrong in ["", "a\nb", "0123456789x"] {
            assert!(text_of(wrong, "title", 10).is_err(), "{wrong}");
        }
    }
}
