//! From `backend.auth` to the programs that are known.
use std::sync::Arc;

use anyhow::{Context, Result};
use callboard_auth::{
    Secret,
    token::{ExternalAccess, JwksSettings},
};
use callboard_config::{BackendAuth, ExternalKind};

use crate::server::{External, caller::Restriction};

/// Whom the deprecated `backend.auth.keys` stand for; Backstage's name.
const OLD_SUBJECT: &str = "external:backstage-plugin";

/// Prepares the programs that are known.
///
/// # Errors
/// When a secret is too weak or an algorithm is none that can be used.
pub(super) fn externals(auth: &BackendAuth) -> Result<Vec<External>> {
    let mut all = Vec::new();
    for (number, external) in auth.external.iter().enumerate() {
        let access = access(&external.kind)
            .with_context(|| format!("backend.auth.externalAccess[{number}] cannot be used"))?;
        let restrictions = external.restrictions.iter();
        let restrictions = restrictions.map(|one| Restriction {
            plugin: one.plugin.clone(),
            permissions: one.permissions.clone(),
            actions: one.actions.clone(),
        });
        all.push(External {
            access: Arc::new(access),
            restrictions: restrictions.collect(),
        });
    }
    for key in &auth.keys {
        let secret = Secret::new(key.expose());
        all.push(External {
            access: Arc::new(ExternalAccess::legacy(&secret, OLD_SUBJECT)?),
            restrictions: Vec::new(),
        });
    }
    Ok(all)
}

fn access(kind: &ExternalKind) -> Result<ExternalAccess> {
    Ok(match kind {
        ExternalKind::Static { token, subject } => {
            ExternalAccess::fixed(&Secret::new(token.expose()), subject)?
        }
        ExternalKind::Legacy { secret, subject } => {
            ExternalAccess::legacy(&Secret::new(secret.expose()), subject)?
        }
        ExternalKind::Jwks {
            url,
            issuers,
            algorithms,
            audiences,
            subject_prefix,
        } => {
            if issuers.is_empty() && audiences.is_empty() {
                tracing::warn!(
                    "externalAccess of type jwks with {url} has neither issuer nor audience: whoever gets a token there is let in"
                );
            }
            ExternalAccess::jwks(JwksSettings {
                url: url.clone(),
                issuers: issuers.clone(),
                algorithms: algorithms.clone(),
                audiences: audiences.clone(),
                subject_prefix: subject_prefix.clone(),
            })?
        }
    })
}
