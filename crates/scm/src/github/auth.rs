//! Who asks: an installation of an app where the owner has one, else the token, else nobody.
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use octocrab::auth::AppAuth;
use octocrab::models::AppId;
use octocrab::{AuthState, EncodingKey, Octocrab, OctocrabBuilder};
use tokio::sync::Mutex;

use super::api;
use super::transport::Transport;
use crate::settings::{GithubApp, GithubHost, Secret};
use crate::{ErrorKind, ScmError};

/// How long it is remembered whether an owner has installed an app.
const REMEMBERED: Duration = Duration::from_secs(10 * 60);
/// From this number of owners on, what is out of date is forgotten.
const MANY_OWNERS: usize = 1000;

/// The credentials of one host, each with its client.
pub(super) struct Credentials {
    transport: Transport,
    token: Option<Secret>,
    /// For the token, or for nobody.
    usual: OnceLock<Arc<Octocrab>>,
    apps: Vec<App>,
}

struct App {
    settings: GithubApp,
    installations: Mutex<HashMap<String, Installation>>,
}

/// Whether an owner has installed an app, and the client with the token of the installation.
struct Installation {
    client: Option<Arc<Octocrab>>,
    until: Instant,
}

impl Credentials {
    pub(super) fn new(transport: Transport, host: &GithubHost) -> Self {
        let apps = host.apps.iter().map(|settings| App {
            settings: settings.clone(),
            installations: Mutex::default(),
        });
        Self {
            transport,
            token: host
                .token
                .clone()
                .filter(|token| !token.expose().is_empty()),
            usual: OnceLock::new(),
            apps: apps.collect(),
        }
    }

    /// Finds the client for what belongs to an owner, and whether it has credentials.
    pub(super) async fn client(&self, owner: &str) -> Result<(Arc<Octocrab>, bool), ScmError> {
        for app in self.apps.iter().filter(|app| app.is_for(owner)) {
            if let Some(client) = app.installation(&self.transport, owner).await? {
                return Ok((client, true));
            }
        }
        let usual = self.usual.get_or_init(|| {
            let auth = match &self.token {
                Some(token) => AuthState::AccessToken {
                    token: token.expose().into(),
                },
                None => AuthState::None,
            };
            Arc::new(client(&self.transport, auth))
        });
        Ok((Arc::clone(usual), self.token.is_some()))
    }
}

impl App {
    fn is_for(&self, owner: &str) -> bool {
        let owners = &self.settings.allowed_owners;
        owners.is_empty()
            || owners
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(owner))
    }

    async fn installation(
        &self,
        transport: &Transport,
        owner: &str,
    ) -> Result<Option<Arc<Octocrab>>, ScmError> {
        let owner = owner.to_lowercase();
        // Held while asking, so that many reads at once ask for one token.
        let mut installations = self.installations.lock().await;
        if let Some(found) = installations
            .get(&owner)
            .filter(|found| found.until > Instant::now())
        {
            return Ok(found.client.clone());
        }
        let client = self.look_up(transport, &owner).await?;
        if installations.len() >= MANY_OWNERS {
            installations.retain(|_, found| found.until > Instant::now());
        }
        let until = Instant::now() + REMEMBERED;
        let found = Installation {
            client: client.clone(),
            until,
        };
        installations.insert(owner, found);
        Ok(client)
    }

    async fn look_up(
        &self,
        transport: &Transport,
        owner: &str,
    ) -> Result<Option<Arc<Octocrab>>, ScmError> {
        let app = client(transport, AuthState::App(self.key()?));
        let apps = app.apps();
        let mut found = apps
            .get_org_installation(api::part(owner))
            .await
            .map_err(api::failed);
        if matches!(&found, Err(error) if error.kind == ErrorKind::NotFound) {
            found = apps
                .get_user_installation(api::part(owner))
                .await
                .map_err(api::failed);
        }
        match found {
            Ok(found) => {
                let client = app.installation(found.id).map_err(api::failed)?;
                client.installation_token().await.map_err(api::failed)?;
                Ok(Some(Arc::new(client)))
            }
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn key(&self) -> Result<AppAuth, ScmError> {
        let id = self.settings.app_id;
        // In one line of an environment variable, line ends are written as `\n`.
        let pem = self.settings.private_key.expose().replace("\\n", "\n");
        let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| {
            let message =
                format!("the private key of the GitHub App {id} is not an RSA key in PEM form");
            ScmError::new(ErrorKind::Unauthorized, message)
        })?;
        let app_id = AppId(id);
        Ok(AppAuth { app_id, key })
    }
}

fn client(transport: &Transport, auth: AuthState) -> Octocrab {
    let builder = OctocrabBuilder::new_empty().with_service(transport.clone());
    match builder.with_auth(auth).build() {
        Ok(client) => client,
        Err(never) => match never {},
    }
}
