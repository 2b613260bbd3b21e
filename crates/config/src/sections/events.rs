//! The section `events`.
use crate::cursor::Cursor;
use crate::secret::Secret;

/// The section `events`: what proves that a webhook is real.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// `events.modules.github.webhookSecret`. Default: none.
    pub github_secret: Option<Secret>,
    /// `events.modules.gitlab.webhookSecret`. Default: none.
    pub gitlab_secret: Option<Secret>,
    /// `events.modules.gitea.webhookSecret`. Default: none.
    pub gitea_secret: Option<Secret>,
}

impl Events {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let modules = section.get("modules");
        let secret = |name: &str| modules.get(name).get("webhookSecret").text();
        Self {
            github_secret: secret("github").map(Secret::new),
            gitlab_secret: secret("gitlab").map(Secret::new),
            gitea_secret: secret("gitea").map(Secret::new),
        }
    }
}
