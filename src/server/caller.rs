//! Who sent a request, and how that is known.
use callboard_policy::Who;

/// The sender of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who it is.
    pub principal: Principal,
    /// Network address it came from, as far as trusted proxies tell.
    pub address: String,
    /// Number of the request, as in the log.
    pub request_id: String,
    /// Session of the browser, if it has one.
    pub session: Option<String>,
    /// Whether a person at the portal's own machine sent it.
    pub is_local: bool,
    /// Whether a browser sent it ahead, for a page that its person may never open.
    pub is_prefetch: bool,
    /// Whether a proxy that is believed passed it on.
    pub is_proxied: bool,
}

/// Who may send a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Nobody is signed in.
    Nobody,
    /// A person, or a program on behalf of one.
    User(User),
    /// A program of its own.
    Service(Service),
}

/// A person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Canonical reference.
    pub user_ref: String,
    /// References that count as the user's own: the user, and groups.
    pub ownership: Vec<String>,
    /// Every group the user belongs to with its distance: 1 for a direct one.
    pub groups: Vec<(String, usize)>,
    /// How the user proved who it is.
    pub proof: Proof,
}

/// How a user proved who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A session of a browser; the id of the provider.
    Session(String),
    /// A token of the portal's own, as Backstage's clients carry it.
    Token,
    /// A token of the portal's own that lets read and nothing else.
    LimitedToken,
    /// A personal access token; what it may be used for.
    Personal(Vec<String>),
    /// A proxy in front of the portal; the id of the provider.
    Proxy(String),
    /// Nothing: the guest.
    Guest,
}

/// A program that proved who it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// For example `external:ci`.
    pub subject: String,
    /// What it may be used for; everything when empty.
    pub restrictions: Vec<Restriction>,
}

/// One thing that a program may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restriction {
    /// Plugin whose routes it may use.
    pub plugin: String,
    /// Names of permissions; all of the plugin when empty.
    pub permissions: Vec<String>,
    /// Actions of permissions; all when empty.
    pub actions: Vec<String>,
}

impl Caller {
    /// Returns how the audit log names the caller.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.principal {
            Principal::Nobody => "anonymous",
            Principal::User(user) => &user.user_ref,
            Principal::Service(service) => &service.subject,
        }
    }

    /// Returns the word for the kind of caller in the audit log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.principal {
            Principal::Nobody => "none",
            Principal::User(_) => "user",
            Principal::Service(_) => "service",
        }
    }

    /// Returns the user, if it is one.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        match &self.principal {
            Principal::User(user) => Some(user),
            Principal::Nobody | Principal::Service(_) => None,
        }
    }

    /// Whether it is anybody at all.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.principal != Principal::Nobody
    }
}

impl User {
    /// Returns what a policy decides by.
    #[must_use]
    pub fn who(&self) -> Who {
        Who {
            user: Some(self.user_ref.clone()),
            ownership: self.ownership.clone(),
            groups: self.groups.clone(),
        }
    }
}

impl Service {
    /// Tells whether it may use the routes of a plugin.
    #[must_use]
    pub fn may_use(&self, plugin: &str) -> bool {
        let mut all = self.restrictions.iter();
        self.restrictions.is_empty() || all.any(|one| one.plugin == plugin)
    }

    /// Tells whether it has a permission.
    #[must_use]
    pub fn may(&self, plugin: &str, permission: &str, action: Option<&str>) -> bool {
        let covers = |one: &Restriction| {
            let names = &one.permissions;
            let actions = &one.actions;
            one.plugin == plugin
                && (names.is_empty() || names.iter().any(|name| name == permission))
                && (actions.is_empty()
                    || action.is_some_and(|action| actions.iter().any(|one| one == action)))
        };
        self.restrictions.is_empty() || self.restrictions.iter().any(covers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(permissions: &[&str], actions: &[&str]) -> Service {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        Service {
            subject: "external:ci".to_owned(),
            restrictions: vec![Restriction {
                plugin: "catalog".to_owned(),
                permissions: owned(permissions),
                actions: owned(actions),
            }],
        }
    }

    #[test]
    fn a_program_without_restrictions_may_do_everything() {
        assert!(Service::default().may_use("auth"));
        assert!(Service::default().may("catalog", "catalog.entity.delete", Some("delete")));
    }

    #[test]
    fn a_restriction_is_for_its_plugin_its_permissions_and_its_actions() {
        let all = service(&[], &[]);
        assert!(all.may_use("catalog") && !all.may_use("permission"));
        assert!(all.may("catalog", "catalog.entity.read", None));
        assert!(!all.may("scaffolder", "scaffolder.task.read", None));
        let named = service(&["catalog.entity.read"], &[]);
        assert!(named.may("catalog", "catalog.entity.read", Some("read")));
        assert!(!named.may("catalog", "catalog.entity.delete", Some("delete")));
        let reading = service(&[], &["read"]);
        assert!(reading.may("catalog", "catalog.location.read", Some("read")));
        assert!(!reading.may("catalog", "catalog.location.create", Some("create")));
        assert!(!reading.may("catalog", "catalog.location.analyze", None));
    }
}
