//! The section `backend.auth`: how programs prove who they are.
use crate::cursor::Cursor;
use crate::secret::Secret;
use crate::tree::Value;

/// The section `backend.auth`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackendAuth {
    /// `dangerouslyDisableDefaultAuthPolicy`: whether the API answers everybody. Default: false.
    pub disable_default_policy: bool,
    /// `externalAccess`: the programs that may use the API. Default: none.
    pub external: Vec<ExternalAccess>,
    /// `keys[].secret`: shared secrets of older installations, each for the subject `external:backstage-plugin`.
    pub keys: Vec<Secret>,
}

/// One item of `backend.auth.externalAccess`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalAccess {
    /// `type` and `options`: what proves that it is the program.
    pub kind: ExternalKind,
    /// `accessRestrictions`: what it may use. Default: none, which is everything.
    pub restrictions: Vec<AccessRestriction>,
}

/// What proves that a program is the one it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExternalKind {
    /// `static`: it knows a token.
    Static {
        /// `token`.
        token: Secret,
        /// `subject`: its name.
        subject: String,
    },
    /// `legacy`: its token is signed with a shared secret.
    Legacy {
        /// `secret`, in Base64.
        secret: Secret,
        /// `subject`: its name.
        subject: String,
    },
    /// `jwks`: its token is signed with a key that somebody publishes.
    Jwks {
        /// `url`: where the keys are.
        url: String,
        /// `issuer`: who must have made the token. Default: anyone.
        issuers: Vec<String>,
        /// `algorithm`: how it must be signed. Default: any safe way.
        algorithms: Vec<String>,
        /// `audience`: for whom it must be. Default: anyone.
        audiences: Vec<String>,
        /// `subjectPrefix`: what stands before the subject of the token. Default: none.
        subject_prefix: Option<String>,
    },
}

/// One item of `backend.auth.externalAccess[].accessRestrictions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRestriction {
    /// `plugin`: the part of the API.
    pub plugin: String,
    /// `permission`: the permissions within it. Default: all.
    pub permissions: Vec<String>,
    /// `permissionAttribute.action`: the actions of the permissions. Default: all.
    pub actions: Vec<String>,
}

impl BackendAuth {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let keys = section.get("keys");
        Self {
            disable_default_policy: section
                .get("dangerouslyDisableDefaultAuthPolicy")
                .boolean()
                .unwrap_or(false),
            external: section
                .get("externalAccess")
                .items()
                .filter_map(ExternalAccess::read)
                .collect(),
            keys: keys
                .items()
                .filter_map(|key| key.get("secret").text())
                .map(Secret::new)
                .collect(),
        }
    }
}

impl ExternalAccess {
    /// Reads an item, or nothing where it is left out.
    fn read(item: Cursor<'_>) -> Option<Self> {
        if Self::lost_key(item).is_some() {
            return None;
        }
        let restrictions = item.get("accessRestrictions");
        Some(Self {
            kind: ExternalKind::read(&item.get("type").text()?, item.get("options"))?,
            restrictions: restrictions.items().map(AccessRestriction::read).collect(),
        })
    }
}

impl ExternalAccess {
    /// Returns the key because of which an item is left out: its variable is not set. That holds for every key, as
    /// access with less of a proof or fewer restrictions than were written would let in somebody else.
    pub(crate) fn lost_key(item: Cursor<'_>) -> Option<&str> {
        let item = item.value()?;
        let options = item.get("options");
        let needed = ExternalKind::needed_keys(item.get("type").and_then(Value::text));
        let without_value = needed.iter().copied().find(|key| {
            options.is_some_and(|options| options.get(key).is_none() && options.mentions(key))
        });
        without_value.or_else(|| item.lost_key())
    }
}

impl ExternalKind {
    /// Returns the options without which a type proves nothing.
    pub(crate) fn needed_keys(kind: Option<&str>) -> &'static [&'static str] {
        match kind {
            Some("static") => &["token", "subject"],
            Some("legacy") => &["secret", "subject"],
            Some("jwks") => &["url"],
            _ => &[],
        }
    }

    /// Reads the proof, or nothing where a part of it is missing, so that an empty secret never counts.
    fn read(kind: &str, options: Cursor<'_>) -> Option<Self> {
        let secret = |key: &str| options.get(key).text().map(Secret::new);
        let subject = options.get("subject").text();
        Some(match kind {
            "static" => Self::Static {
                token: secret("token")?,
                subject: subject?,
            },
            "legacy" => Self::Legacy {
                secret: secret("secret")?,
                subject: subject?,
            },
            "jwks" => Self::Jwks {
                url: options.get("url").text()?,
                issuers: options.get("issuer").words(),
                algorithms: options.get("algorithm").words(),
                audiences: options.get("audience").words(),
                subject_prefix: options.get("subjectPrefix").text(),
            },
            _ => return None,
        })
    }
}

impl AccessRestriction {
    fn read(item: Cursor<'_>) -> Self {
        Self {
            plugin: item.get("plugin").text().unwrap_or_default(),
            permissions: item.get("permission").words(),
            actions: item.get("permissionAttribute").get("action").words(),
        }
    }
}
