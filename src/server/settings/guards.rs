//! From configuration to who is let in and what they may do.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use callboard_auth::session::SessionLimits;
use callboard_config::{Config, ProviderKind, RateLimit};
use callboard_diagnostics::print;
use callboard_policy::{Action, Precedence, Settings};

use super::{external::externals, providers::setup};
use crate::server::{
    DoorSettings, Guards, Guest, Headers, IdentitySettings, PolicyHolder, PolicySetup, Rate, Trust,
    identity::GUEST, policy::read_sources,
};

/// The secret of a session is replaced after this time, in milliseconds.
const ROTATION: i64 = 3_600_000;

/// What was the secret before counts for this time, in milliseconds.
const GRACE: i64 = 60_000;

/// Decides who is let in and what they may do. File names in problems are relative to `names_from`.
///
/// # Errors
/// When the policy or a provider cannot be used; a portal does not start half protected.
pub(in crate::server) fn guards(config: &Config, names_from: &Path) -> Result<Guards> {
    let identity = identity(config)?;
    let setup = policy_setup(config, &identity)?;
    let sources = read_sources(&setup, names_from)?;
    let policy = PolicyHolder::open(setup, sources.clone()).map_err(|problems| {
        let text_of = |file: &str| {
            let all = sources.policies.iter();
            let mut all = all.chain(&sources.csv).chain(&sources.conditional);
            all.find(|source| source.file == file)
                .map(|source| source.text.clone())
        };
        anyhow::anyhow!(
            "the policy has errors:\n{}",
            print::human(&problems, &text_of, false)
        )
    })?;
    let is_secure = identity.is_secure();
    Ok(Guards {
        door: door(config),
        policy,
        headers: Headers::new(
            &config.backend.csp,
            &config.backend.referrer_policy,
            is_secure,
        ),
        identity,
    })
}

fn door(config: &Config) -> DoorSettings {
    let rate = match &config.backend.rate_limit {
        RateLimit::Default => Rate::default(),
        RateLimit::Off => Rate {
            per_minute: None,
            counts_local: false,
        },
        RateLimit::Limit { window, requests } => {
            let minutes = window.as_secs_f64() / 60.0;
            let per_minute = (f64::from(*requests) / minutes).clamp(1.0, 1e9);
            Rate {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the number was brought between 1 and 1,000,000,000"
                )]
                per_minute: Some(per_minute as u32),
                counts_local: true,
            }
        }
    };
    let origin = |url: &str| {
        let url = url::Url::parse(url).ok()?;
        Some(url.origin().ascii_serialization())
    };
    let urls = [&config.app.base_url, &config.backend.base_url];
    DoorSettings {
        trust: Trust::of(&config.backend.trust_proxy),
        is_open: config.backend.auth.disable_default_policy,
        is_always_local: false,
        origins: urls.into_iter().filter_map(|url| origin(url)).collect(),
        rate,
    }
}

fn identity(config: &Config) -> Result<IdentitySettings> {
    let auth = &config.auth;
    let auth_url = format!("{}/api/auth", config.backend.base_url);
    let millis =
        |duration: std::time::Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    let mut providers = Vec::new();
    for provider in &auth.providers {
        providers.push(
            setup(provider, &auth_url)
                .with_context(|| format!("auth.providers.{} cannot be used", provider.id))?,
        );
    }
    Ok(IdentitySettings {
        environment: auth.environment.clone(),
        providers,
        app_url: config.app.base_url.clone(),
        auth_url,
        extra_origins: auth.extra_allowed_origins.clone(),
        guest: guest(config),
        token_lifetime_ms: millis(auth.token_expiration),
        omit_ownership: auth.omit_ownership_claim,
        limits: SessionLimits {
            idle_ms: millis(config.callboard.auth.session_idle),
            absolute_ms: millis(config.callboard.auth.session_absolute),
            rotate_ms: ROTATION,
            grace_ms: GRACE,
        },
        nested_groups: config.callboard.auth.nested_groups,
        external: externals(&config.backend.auth)?,
    })
}

/// The guest comes in by itself where nobody configured anything and people reach the portal at its own machine only;
/// on the sign-in page where the configuration names it.
fn guest(config: &Config) -> Guest {
    let named = config
        .auth
        .providers
        .iter()
        .find_map(|provider| match &provider.kind {
            ProviderKind::Guest {
                dangerously_allow_outside_development,
                user_entity_ref,
                ownership_entity_refs,
            } => Some(Guest::Offered {
                here: config.node_env.as_deref() != Some("production"),
                anywhere: *dangerously_allow_outside_development
                    || config.node_env.as_deref() == Some("development"),
                user_ref: canonical(user_entity_ref.as_deref().unwrap_or(GUEST)),
                ownership: ownership_entity_refs
                    .as_ref()
                    .map(|refs| refs.iter().map(|one| canonical(one)).collect()),
            }),
            _ => None,
        });
    let is_production = config.node_env.as_deref() == Some("production");
    match named {
        Some(guest) => guest,
        None if config.auth.is_configured || is_production || !is_here(&config.app.base_url) => {
            Guest::Never
        }
        None => Guest::Here,
    }
}

fn canonical(text: &str) -> String {
    let parsed = text.parse::<callboard_model::EntityRef>();
    parsed.map_or_else(|_| text.to_owned(), |parsed| parsed.to_string())
}

/// Whether an address is one of the portal's own machine.
fn is_here(url: &str) -> bool {
    let url = url::Url::parse(url).ok();
    url.is_some_and(|url| match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

fn policy_setup(config: &Config, identity: &IdentitySettings) -> Result<PolicySetup> {
    let permission = &config.permission;
    let rbac = &permission.rbac;
    let first = |candidates: Vec<PathBuf>| {
        let found = candidates.iter().find(|path| path.exists()).cloned();
        found.or_else(|| candidates.into_iter().next())
    };
    let mut default_permissions = Vec::new();
    for (name, action) in &rbac.default_permissions {
        let action = match action.as_deref() {
            None | Some("use") => None,
            Some(word) => match Action::parse(word) {
                Some(action) => Some(action),
                None => bail!("permission.rbac.defaultPermissions: {word} is no action"),
            },
        };
        default_permissions.push((name.clone(), action));
    }
    let mut admins = rbac.admins.clone();
    if identity.guest == Guest::Here {
        // Whoever sits at the machine could change the configuration as well.
        admins.push(GUEST.to_owned());
    }
    let settings = Settings {
        enabled: permission.enabled,
        admins,
        super_users: rbac.super_users.clone(),
        max_depth: rbac.max_depth,
        precedence: if rbac.precedence_basic {
            Precedence::Basic
        } else {
            Precedence::Conditional
        },
        default_role: rbac.default_role.clone(),
        default_permissions,
    };
    // Without permissions, files that nobody asks for should not keep the portal from starting.
    let is_used = permission.enabled;
    Ok(PolicySetup {
        files: config.callboard.policy_files.clone(),
        csv: first(rbac.csv_candidates()),
        conditional: first(rbac.conditional_candidates()),
        settings: settings.clone(),
    })
    .map(|setup| {
        if is_used {
            setup
        } else {
            PolicySetup {
                settings,
                ..PolicySetup::default()
            }
        }
    })
}
