//! Reading from source hosts: GitHub, GitLab, Gitea, Bitbucket Cloud, any git server, and plain web servers; and
//! proposing a new file on those that can be written to.
//!
//! A *target* is the URL that a person sees in the browser: a file (`…/blob/main/catalog-info.yaml`), a folder
//! (`…/tree/main/docs/`) or a pattern (`…/blob/main/**/catalog-info.yaml`). Every request passes one guard, which
//! decides by scheme, host and address whether it may be made at all, before a connection is opened.
#![warn(unreachable_pub)]

mod archive;
mod bitbucket;
mod error;
mod forge;
mod git;
mod gitea;
mod github;
mod gitlab;
mod guard;
mod http;
mod places;
mod plain;
mod reader;
mod settings;
mod target;
mod web;
mod write;

pub use error::{ErrorKind, ScmError};
pub use guard::{Resolve, SystemResolver};
pub use places::{KnownHost, RepositoryFile};
pub use reader::Reader;
pub use settings::{
    AllowedHost, BitbucketCloudHost, GitHost, GiteaHost, GithubApp, GithubHost, GitlabHost, Limits,
    Secret, Settings,
};
pub use web::Web;
pub use write::{Proposal, ProposeError, Proposed};

/// What reading a target gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The host says that nothing changed since the version that was named.
    Unchanged,
    /// The content.
    Found(Found),
}

/// The content of a target: one file, or every file that a pattern or folder means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The files, by URL in order.
    pub files: Vec<SourceFile>,
    /// Names this state, for asking again; opaque, at most 1,000 characters.
    pub version: Option<String>,
}

/// One file of a source host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where a person finds it, in the same form as the target.
    pub url: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
