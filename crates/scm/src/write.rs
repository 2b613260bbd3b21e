//! Proposing a new file in a repository: a branch, a commit and a pull request, never a change of what is there.
use url::Url;

use crate::target::Host;
use crate::{Reader, ScmError};

/// A new file with the pull request that brings it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Any URL of the repository.
    pub repository: String,
    /// Path of the file in the repository.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Name of the new branch.
    pub branch: String,
    /// Title of the pull request and of its commit.
    pub title: String,
    /// What the pull request says.
    pub body: String,
}

/// A pull request that was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Its page.
    pub url: String,
    /// Its number.
    pub number: u64,
    /// The branch that it would change.
    pub base: String,
}

/// Why nothing was proposed: what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// Nothing here knows how to write to this host.
    #[error(
        "Pull requests can be opened on GitHub only, and {0} is not in integrations.github; download the file and commit it yourself"
    )]
    NotSupported(String),
    /// The portal has no token for this host and owner.
    #[error(
        "The portal has no token for this owner on {0}; add one to integrations.github, or download the file and commit it yourself"
    )]
    NoCredentials(String),
    /// The repository is not there, or not shown to the portal.
    #[error(
        "The host has no repository {0}, or does not show it to the portal's token; check the address and what the token may see"
    )]
    NoRepository(String),
    /// The credentials are for reading.
    #[error(
        "The portal's token may not write to {0}: the host says \"{1}\". Give it the permissions `contents: write` and `pull requests: write`, or download the file and commit it yourself"
    )]
    NoPermission(String, String),
    /// The repository is read-only.
    #[error("{0} is archived, so nothing can be added to it")]
    Archived(String),
    /// The repository has no commit.
    #[error(
        "{0} is empty: it has no commit that a branch could start from. Commit something first"
    )]
    Empty(String),
    /// There is a branch of that name.
    #[error(
        "{0} has a branch {1} already, perhaps of an earlier pull request; choose another name or remove that branch"
    )]
    BranchExists(String, String),
    /// There is a file of that path.
    #[error("{0} has a file {1} already; register that one, or choose another path")]
    FileExists(String, String),
    /// The name of the branch, the path or a text is not one that the host takes.
    #[error("The host refuses {0}: \"{1}\"; change it and try again")]
    Refused(&'static str, String),
    /// The host could not be asked.
    #[error("The host could not be asked: {0}")]
    Failed(#[from] ScmError),
}

impl Reader {
    /// Proposes a new file in a pull request.
    ///
    /// # Errors
    /// When it was not opened; then no branch is left behind, as far as the host lets it be removed.
    pub async fn propose(&self, proposal: &Proposal) -> Result<Proposed, ProposeError> {
        let folder = self.as_folder(&proposal.repository)?;
        match Host::of(self.settings(), &folder) {
            Host::Github(host) => {
                let target = Host::Github(host).target(&folder)?;
                self.github(host)?.propose(&target, proposal).await
            }
            _ => Err(ProposeError::NotSupported(name(&folder))),
        }
    }
}

fn name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}
