//! What becomes of each item of `auth.providers`: of which kind it is, and which of its maps holds.
use crate::cursor::Cursor;
use crate::tree::{Data, Entry, Map, Value};

/// The environment when the configuration does not say.
const ENVIRONMENT: &str = "development";

/// The kinds of providers that there is code for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Github,
    Gitlab,
    Google,
    Microsoft,
    Okta,
    Oidc,
    Guest,
    Oauth2Proxy,
    GcpIap,
    AwsAlb,
    CfAccess,
}

/// One item of `auth.providers`.
pub(crate) struct Planned<'a> {
    /// The item itself.
    pub(crate) entry: &'a Entry,
    /// What becomes of it.
    pub(crate) outcome: Outcome<'a>,
}

/// What becomes of an item of `auth.providers`.
pub(crate) enum Outcome<'a> {
    /// It is used.
    Used {
        /// Of which kind it is.
        kind: Kind,
        /// The map that holds.
        section: &'a Value,
    },
    /// It is left out, because it has no map for the environment.
    OtherEnvironment,
    /// It is left out, because this key has no value: the variable it is read from is not set. That holds for
    /// every key, as a provider without its address or its domains would let in somebody else.
    NoValue {
        /// The key.
        key: &'a str,
    },
    /// A key is missing.
    Incomplete {
        /// The map that holds.
        section: &'a Value,
        /// Whether the map stands below the name of the environment.
        below_environment: bool,
        /// The key.
        key: &'static str,
    },
    /// There is no provider of this name, and it is not an `OpenID` provider either.
    Unknown,
    /// It is an `OpenID` provider whose name cannot be a part of a URL or a cookie.
    BadName,
    /// The description of keys says what is to be said: Backstage knows it, or its value is wrong.
    Described,
}

impl Kind {
    /// Returns the kind that has this name.
    fn named(id: &str) -> Option<Self> {
        Some(match id {
            "github" => Self::Github,
            "gitlab" => Self::Gitlab,
            "google" => Self::Google,
            "microsoft" => Self::Microsoft,
            "okta" => Self::Okta,
            "oidc" => Self::Oidc,
            "guest" => Self::Guest,
            "oauth2Proxy" => Self::Oauth2Proxy,
            "gcpIap" => Self::GcpIap,
            "awsalb" | "awsAlb" => Self::AwsAlb,
            "cfaccess" | "cfAccess" => Self::CfAccess,
            _ => return None,
        })
    }

    /// Tells whether its keys may stand directly below its name.
    fn is_direct(self) -> bool {
        matches!(
            self,
            Self::Guest | Self::Oauth2Proxy | Self::GcpIap | Self::AwsAlb | Self::CfAccess
        )
    }

    /// Returns the keys it does not work without.
    fn required(self) -> &'static [&'static str] {
        match self {
            Self::Github | Self::Gitlab | Self::Google => &["clientId", "clientSecret"],
            Self::Microsoft => &["clientId", "clientSecret", "tenantId"],
            Self::Okta => &["clientId", "clientSecret", "audience"],
            Self::Oidc => &["metadataUrl", "clientId"],
            Self::Guest | Self::Oauth2Proxy => &[],
            Self::GcpIap => &["audience"],
            Self::AwsAlb => &["region"],
            Self::CfAccess => &["teamName"],
        }
    }
}

/// Returns the environment whose sections hold.
pub(super) fn environment(auth: Cursor<'_>) -> String {
    auth.get("environment")
        .text()
        .unwrap_or_else(|| ENVIRONMENT.to_owned())
}

/// Decides what becomes of each item of `auth.providers`, in their order.
pub(crate) fn plan(auth: Cursor<'_>) -> Vec<Planned<'_>> {
    let environment = environment(auth);
    let providers = auth.get("providers").value();
    let entries = providers.map_or(&[][..], Value::entries).iter();
    entries
        .map(|entry| Planned {
            entry,
            outcome: outcome(entry, &environment),
        })
        .collect()
}

fn outcome<'a>(entry: &'a Entry, environment: &str) -> Outcome<'a> {
    let Data::Map(map) = &entry.value.data else {
        return Outcome::Described;
    };
    let is_map = |entry: &Entry| matches!(entry.value.data, Data::Map(_));
    let kind = match Kind::named(&entry.key) {
        Some(kind) => kind,
        None if is_described(&entry.key) => return Outcome::Described,
        None if !has_metadata_url(map) => return Outcome::Unknown,
        None if !is_plain(&entry.key) => return Outcome::BadName,
        None => Kind::Oidc,
    };
    let named = map
        .entries
        .iter()
        .find(|entry| entry.key == environment && is_map(entry));
    // Environments have names of their own, and no key of a direct provider but `signIn` holds a map.
    let has_environments = map
        .entries
        .iter()
        .any(|entry| is_map(entry) && entry.key != "signIn");
    let section = match named {
        Some(named) => &named.value,
        None if kind.is_direct() && !has_environments => &entry.value,
        None => return Outcome::OtherEnvironment,
    };
    let missing = |key: &&&str| section.get(key).is_none();
    match (kind.required().iter().find(missing), section.lost_key()) {
        (Some(key), _) if section.mentions(key) => Outcome::NoValue { key },
        (Some(key), _) => Outcome::Incomplete {
            section,
            below_environment: named.is_some(),
            key,
        },
        (None, Some(key)) => Outcome::NoValue { key },
        (None, None) => Outcome::Used { kind, section },
    }
}

/// Tells whether a provider describes itself in any environment.
fn has_metadata_url(map: &Map) -> bool {
    let mut sections = map.entries.iter();
    sections.any(|entry| entry.value.mentions("metadataUrl"))
}

/// Tells whether a name can stand in URLs and names of cookies; `v1` is taken by the API.
fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    id.len() <= 64 && id != "v1" && id.bytes().all(plain)
}

/// Tells whether the description of keys has a provider of this name.
fn is_described(id: &str) -> bool {
    crate::schema::at(&["auth", "providers", id]).is_some()
}
