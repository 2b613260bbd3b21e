//! Guards with a policy, and those who send requests: people with sessions and tokens, programs, and nobody.
use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, request::Builder},
};
use callboard::server::{
    DoorSettings, External, Guards, Guest, IdentitySettings, PolicyHolder, PolicySetup,
    ProviderSetup, Way,
};
use callboard_auth::{
    ClaimMapping,
    provider::OAuthSettings,
    session,
    token::{ExternalAccess, PersonalToken},
};
use callboard_db::{AuditFilter, StoredAudit, StoredSession, StoredToken, new_uid, now_ms};
use serde_json::Value;

use crate::support::{Answer, App};

/// A policy by which everybody reads what is no component, and components of their own.
pub const OWN_COMPONENTS: &str = r#"
apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: reader
    members: [everyone]
    rules:
      - allow: catalog.entity.read
        when:
          anyOf:
            - { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }
            - not: { rule: IS_ENTITY_KIND, params: { kinds: [component] } }
"#;

/// Guards with a policy; nobody is let in without a proof, and nothing is of this machine.
pub fn guards(policy: &str) -> Guards {
    Guards {
        door: DoorSettings {
            is_always_local: false,
            ..DoorSettings::for_tests()
        },
        identity: IdentitySettings {
            guest: Guest::Never,
            providers: vec![github()],
            ..IdentitySettings::default()
        },
        policy: policy_of(policy),
        ..Guards::for_tests()
    }
}

/// The provider that sessions of the tests come from. It is never asked.
fn github() -> ProviderSetup {
    ProviderSetup {
        id: "github".to_owned(),
        kind: "github".to_owned(),
        title: "GitHub".to_owned(),
        way: Way::OAuth(Box::new(OAuthSettings::github(None))),
        resolvers: Vec::new(),
        auto_provision: None,
        mapping: ClaimMapping::default(),
        session_ms: None,
    }
}

/// The policy of one file; `user:default/root` may do everything.
pub fn policy_of(text: &str) -> PolicyHolder {
    let settings = callboard_policy::Settings {
        enabled: true,
        super_users: vec!["user:default/root".to_owned()],
        ..callboard_policy::Settings::default()
    };
    let sources = callboard_policy::Sources {
        policies: vec![callboard_policy::Source {
            file: "policy.yaml".to_owned(),
            text: text.to_owned(),
        }],
        settings: settings.clone(),
        ..callboard_policy::Sources::default()
    };
    let setup = PolicySetup {
        settings,
        ..PolicySetup::default()
    };
    PolicyHolder::open(setup, sources).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// A program that sends this token; it may do everything, or only what a plugin, a permission and an action allow.
pub fn program(token: &str, only: Option<(&str, &[&str], &[&str])>) -> External {
    let secret = callboard_auth::Secret::new(token);
    let mut external = External {
        access: Arc::new(ExternalAccess::fixed(&secret, "ci").unwrap()),
        restrictions: Vec::new(),
    };
    if let Some((plugin, permissions, actions)) = only {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        external.restrictions.resize_with(1, Default::default);
        external.restrictions[0].plugin = plugin.to_owned();
        external.restrictions[0].permissions = owned(permissions);
        external.restrictions[0].actions = owned(actions);
    }
    external
}

/// Who sends a request.
#[derive(Debug, Clone)]
pub enum By {
    Nobody,
    /// A browser with the secret of a session.
    Session(String),
    /// Anything with this token.
    Token(String),
}

impl By {
    pub fn token(token: &str) -> Self {
        Self::Token(token.to_owned())
    }
}

/// A request that is put together piece by piece.
pub struct Call {
    request: Builder,
    body: String,
    peer: SocketAddr,
}

impl Call {
    /// A request from an address that is not this machine.
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            request: Request::builder().method(method).uri(path),
            body: String::new(),
            peer: SocketAddr::from(([198, 51, 100, 7], 40_000)),
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Sends what proves who it is; a browser says that the request is of the portal's own page.
    pub fn by(self, who: &By) -> Self {
        match who {
            By::Nobody => self,
            By::Token(token) => self.header("authorization", &format!("Bearer {token}")),
            By::Session(secret) => self
                .header("cookie", &format!("callboard-session={secret}"))
                .header("origin", "http://localhost:7007"),
        }
    }

    /// Comes through a connection from this address.
    pub fn through(mut self, address: &str) -> Self {
        self.peer.set_ip(address.parse().unwrap());
        self
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string();
        self.header("content-type", "application/json")
    }

    pub fn form(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    pub async fn to(self, app: &App) -> Answer {
        let mut request = self.request.body(Body::from(self.body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.peer));
        app.send(request).await
    }
}

/// People and what was written down about them.
impl App {
    /// Signs somebody in.
    pub async fn session(&self, user_ref: &str) -> By {
        self.session_with(user_ref, |_| {}).await.0
    }

    /// Signs somebody in, with a session that is different.
    pub async fn session_with(
        &self,
        user_ref: &str,
        change: impl FnOnce(&mut StoredSession),
    ) -> (By, String) {
        let (secret, now) = (session::new_secret(), now_ms());
        let mut stored = StoredSession {
            id: new_uid(),
            user_ref: user_ref.to_owned(),
            provider: "github".to_owned(),
            body: r#"{"without_user": true}"#.to_owned(),
            sealed: None,
            created_at: now,
            rotated_at: now,
            seen_at: now,
            expires_at: now + 3_600_000,
            address: "198.51.100.7".to_owned(),
            agent: "Firefox on Linux".to_owned(),
        };
        change(&mut stored);
        let hash = session::hash(secret.expose());
        self.db().session_put(&stored, &hash).await.unwrap();
        (By::Session(secret.expose().to_owned()), stored.id)
    }

    /// Makes somebody a user, as a sign-in does; the catalog has them after the next reading.
    pub async fn provide(&self, user_ref: &str) {
        let name = user_ref.rsplit('/').next().unwrap();
        let user = serde_json::json!({"apiVersion": "backstage.io/v1alpha1", "kind": "User",
            "metadata": {"name": name}, "spec": {"memberOf": []}});
        let (text, now) = (user.to_string(), now_ms());
        self.db().provided_put(user_ref, &text, now).await.unwrap();
    }

    /// Makes a personal access token that ends in so many milliseconds; returns its id too.
    pub async fn personal_token(&self, user_ref: &str, scopes: &str, ends_in: i64) -> (By, String) {
        self.provide(user_ref).await;
        let (plain, hash) = PersonalToken::generate();
        let stored = StoredToken {
            id: new_uid(),
            user_ref: user_ref.to_owned(),
            name: "test".to_owned(),
            scopes: scopes.to_owned(),
            created_at: now_ms(),
            expires_at: Some(now_ms() + ends_in),
            last_used_at: None,
        };
        self.db().token_put(&stored, &hash).await.unwrap();
        (By::token(plain.expose()), stored.id)
    }

    /// Returns what the audit log has about an event, the newest first.
    pub async fn audited(&self, event: &str) -> Vec<StoredAudit> {
        let filter = AuditFilter {
            event: Some(event.to_owned()),
            limit: 100,
            ..AuditFilter::default()
        };
        self.db().audit_page(&filter).await.unwrap()
    }
}

/// Returns the secret of a session that an answer tells a browser to keep.
pub fn new_secret(answer: &Answer) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    let mut all = all.map(|value| value.to_str().unwrap());
    let cookie = all.find_map(|text| text.strip_prefix("callboard-session="))?;
    Some(cookie.split(';').next().unwrap_or_default().to_owned())
}
