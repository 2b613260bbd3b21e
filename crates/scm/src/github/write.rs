//! A branch, a commit and a pull request on GitHub.
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::api::{Repository, part};
use crate::target::RepoTarget;
use crate::{ErrorKind, Proposal, ProposeError, Proposed, ScmError};

/// Letters of the host's own words that are told.
const WORDS: usize = 300;

/// Opens a pull request with one new file.
pub(super) async fn propose(
    repository: &Repository,
    target: &RepoTarget,
    proposal: &Proposal,
) -> Result<Proposed, ProposeError> {
    let name = format!("{}/{}", target.owner, target.repo);
    let host = Writing {
        repository,
        name,
        proposal,
    };
    let base = host.default_branch().await?;
    let commit = host.tip_of(&base).await?;
    host.make_branch(&commit).await?;
    let done = async {
        host.put_file().await?;
        host.open(&base).await
    };
    let done = done.await;
    if done.is_err() {
        host.remove_branch().await;
    }
    done
}

struct Writing<'a> {
    repository: &'a Repository,
    /// Owner and name.
    name: String,
    proposal: &'a Proposal,
}

impl Writing<'_> {
    /// Returns the branch that pull requests are for, if there can be any.
    async fn default_branch(&self) -> Result<String, ProposeError> {
        let (status, body) = self.repository.call(Method::GET, "", None).await?;
        if !status.is_success() {
            return Err(self.refused(status, &body, "the address of the repository"));
        }
        if body["archived"] == true {
            return Err(ProposeError::Archived(self.name.clone()));
        }
        // GitHub says so of people's tokens; installations of apps are refused when they write.
        if body["permissions"]["push"] == false {
            let words = "no push permission".to_owned();
            return Err(ProposeError::NoPermission(self.name.clone(), words));
        }
        let branch = body["default_branch"].as_str();
        branch
            .map(ToOwned::to_owned)
            .ok_or_else(|| unexpected("the repository has no default branch"))
    }

    /// Returns the newest commit of a branch.
    async fn tip_of(&self, branch: &str) -> Result<String, ProposeError> {
        let route = format!("/git/ref/heads/{}", parts(branch));
        let (status, body) = self.repository.call(Method::GET, &route, None).await?;
        match status {
            StatusCode::NOT_FOUND | StatusCode::CONFLICT => {
                Err(ProposeError::Empty(self.name.clone()))
            }
            status if !status.is_success() => {
                Err(self.refused(status, &body, "the default branch"))
            }
            _ => body["object"]["sha"]
                .as_str()
                .map(ToOwned::to_owned)
                .ok_or_else(|| unexpected("a branch without a commit")),
        }
    }

    async fn make_branch(&self, commit: &str) -> Result<(), ProposeError> {
        let branch = &self.proposal.branch;
        let wanted = json!({"ref": format!("refs/heads/{branch}"), "sha": commit});
        let sent = self
            .repository
            .call(Method::POST, "/git/refs", Some(&wanted));
        let (status, body) = sent.await?;
        if status.is_success() {
            return Ok(());
        }
        if status == StatusCode::UNPROCESSABLE_ENTITY && words(&body).contains("already exists") {
            let branch = branch.clone();
            return Err(ProposeError::BranchExists(self.name.clone(), branch));
        }
        Err(self.refused(status, &body, "the name of the branch"))
    }

    async fn put_file(&self) -> Result<(), ProposeError> {
        let Proposal {
            path,
            text,
            branch,
            title,
            ..
        } = self.proposal;
        let content = BASE64_STANDARD.encode(text);
        // Without the hash of a present file the host makes a new one and changes none.
        let file = json!({"message": title, "content": content, "branch": branch});
        let route = format!("/contents/{}", parts(path));
        let (status, body) = self
            .repository
            .call(Method::PUT, &route, Some(&file))
            .await?;
        if status.is_success() {
            return Ok(());
        }
        if status == StatusCode::UNPROCESSABLE_ENTITY && words(&body).contains("sha") {
            return Err(ProposeError::FileExists(self.name.clone(), path.clone()));
        }
        Err(self.refused(status, &body, "the path of the file"))
    }

    async fn open(&self, base: &str) -> Result<Proposed, ProposeError> {
        let Proposal {
            branch,
            title,
            body,
            ..
        } = self.proposal;
        let wanted = json!({"title": title, "body": body, "head": branch, "base": base});
        let sent = self.repository.call(Method::POST, "/pulls", Some(&wanted));
        let (status, answer) = sent.await?;
        if !status.is_success() {
            return Err(self.refused(status, &answer, "the pull request"));
        }
        let (url, number) = (answer["html_url"].as_str(), answer["number"].as_u64());
        match (url, number) {
            (Some(url), Some(number)) => Ok(Proposed {
                url: url.to_owned(),
                number,
                base: base.to_owned(),
            }),
            _ => Err(unexpected("a pull request without an address")),
        }
    }

    /// Removes the branch of a proposal that failed, so that it can be tried again under the same name.
    async fn remove_branch(&self) {
        let route = format!("/git/refs/heads/{}", parts(&self.proposal.branch));
        // What failed before matters more than this.
        let _ = self.repository.call(Method::DELETE, &route, None).await;
    }

    fn refused(&self, status: StatusCode, body: &Value, what: &'static str) -> ProposeError {
        let words = words(body);
        match status {
            StatusCode::FORBIDDEN => ProposeError::NoPermission(self.name.clone(), words),
            // A token that may not write is told that the place to write to is not there.
            StatusCode::NOT_FOUND if what != "the address of the repository" => {
                ProposeError::NoPermission(self.name.clone(), words)
            }
            StatusCode::NOT_FOUND => ProposeError::NoRepository(self.name.clone()),
            _ if words.is_empty() => ProposeError::Refused(what, status.to_string()),
            _ => ProposeError::Refused(what, words),
        }
    }
}

/// Returns what the host says about a refusal, with the first of its reasons.
fn words(body: &Value) -> String {
    let message = body["message"].as_str().unwrap_or_default();
    let reason = body["errors"][0]["message"].as_str().unwrap_or_default();
    let both = match reason {
        "" => message.to_owned(),
        reason => format!("{message}: {reason}"),
    };
    both.chars().take(WORDS).collect()
}

fn parts(path: &str) -> String {
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn unexpected(what: &str) -> ProposeError {
    let message = format!("the host's answer is not understood: {what}");
    ProposeError::Failed(ScmError::new(ErrorKind::Unavailable, message))
}
