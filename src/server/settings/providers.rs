//! From `auth.providers` to ways to sign in.
use std::sync::Arc;

use anyhow::{Result, bail};
use callboard_auth::{
    ClaimMapping, Secret,
    provider::{OAuthSettings, TokenAuth},
    proxy::{AwsAlb, CfAccess, GcpIap, Oauth2Proxy, Proxy},
    resolver::{AutoProvision, Resolver, ResolverOptions, known},
};
use callboard_config::{AuthProvider, ProviderKind};

use crate::server::{ProviderSetup, Way};

/// Prepares one way to sign in.
///
/// # Errors
/// When it names a resolver that there is none of, or a proxy cannot be used as configured.
pub(super) fn setup(provider: &AuthProvider, auth_url: &str) -> Result<ProviderSetup> {
    let kind = kind(&provider.kind);
    let mapping = mapping(provider);
    let names = known(kind);
    for resolver in &provider.resolvers {
        if !names.contains(&resolver.resolver.as_str()) {
            bail!(
                "signIn.resolvers names {}, which {kind} does not have; it has {}",
                resolver.resolver,
                names.join(", ")
            );
        }
    }
    warn_if_loose(provider, kind);
    Ok(ProviderSetup {
        id: provider.id.clone(),
        kind: kind.to_owned(),
        title: provider
            .title
            .clone()
            .unwrap_or_else(|| title(kind).to_owned()),
        way: way(provider, &mapping, auth_url)?,
        resolvers: provider.resolvers.iter().map(resolver).collect(),
        auto_provision: provider.auto_provision.as_ref().map(|auto| AutoProvision {
            namespace: auto.namespace.clone(),
            groups_from_claims: auto.groups,
        }),
        mapping,
        session_ms: provider
            .session_duration
            .map(|duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
    })
}

/// Says what lets in more people than its author may think.
fn warn_if_loose(provider: &AuthProvider, kind: &str) {
    let id = &provider.id;
    if let ProviderKind::CfAccess { audience: None, .. } = &provider.kind {
        tracing::warn!(
            "auth.providers.{id} has no audience: every application of the team is believed"
        );
    }
    let is_loose = |resolver: &callboard_config::ResolverConfig| {
        resolver.resolver == "emailLocalPartMatchingUserEntityName"
            && resolver.allowed_domains.is_empty()
    };
    if provider.resolvers.iter().any(is_loose) {
        tracing::warn!(
            kind,
            "emailLocalPartMatchingUserEntityName of auth.providers.{id} has no allowedDomains: ada@ of any domain is ada"
        );
    }
}

fn resolver(configured: &callboard_config::ResolverConfig) -> Resolver {
    Resolver {
        name: configured.resolver.clone(),
        options: ResolverOptions {
            allowed_domains: configured.allowed_domains.clone(),
            dangerously_allow_without_user: configured
                .dangerously_allow_sign_in_without_user_in_catalog,
        },
    }
}

fn mapping(provider: &AuthProvider) -> ClaimMapping {
    let configured = &provider.claim_mapping;
    ClaimMapping {
        username: configured.username.clone(),
        email: configured.email.clone(),
        display_name: configured.display_name.clone(),
        picture: configured.picture.clone(),
        groups: configured.groups.clone(),
    }
}

fn kind(kind: &ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Github { .. } => "github",
        ProviderKind::Gitlab { .. } => "gitlab",
        ProviderKind::Google { .. } => "google",
        ProviderKind::Microsoft { .. } => "microsoft",
        ProviderKind::Okta { .. } => "okta",
        ProviderKind::Oidc { .. } => "oidc",
        ProviderKind::Guest { .. } => "guest",
        ProviderKind::Oauth2Proxy => "oauth2Proxy",
        ProviderKind::GcpIap { .. } => "gcpIap",
        ProviderKind::AwsAlb { .. } => "awsalb",
        ProviderKind::CfAccess { .. } => "cfaccess",
    }
}

fn title(kind: &str) -> &'static str {
    match kind {
        "github" => "GitHub",
        "gitlab" => "GitLab",
        "google" => "Google",
        "microsoft" => "Microsoft",
        "okta" => "Okta",
        "guest" => "Guest",
        "oauth2Proxy" => "OAuth2 Proxy",
        "gcpIap" => "Google Identity-Aware Proxy",
        "awsalb" => "AWS Application Load Balancer",
        "cfaccess" => "Cloudflare Access",
        _ => "OpenID Connect",
    }
}

fn way(provider: &AuthProvider, mapping: &ClaimMapping, auth_url: &str) -> Result<Way> {
    let proxy = |proxy| Way::Proxy(Arc::new(proxy));
    Ok(match &provider.kind {
        ProviderKind::Guest { .. } => Way::Guest,
        ProviderKind::Oauth2Proxy => proxy(Proxy::Oauth2Proxy(Oauth2Proxy)),
        ProviderKind::GcpIap {
            audience,
            jwt_header,
        } => proxy(Proxy::GcpIap(GcpIap::new(audience, jwt_header.as_deref()))),
        ProviderKind::AwsAlb { signer: None, .. } => {
            bail!(
                "signer is missing: without the ARN of your load balancer, everybody's would be believed"
            )
        }
        ProviderKind::AwsAlb {
            issuer,
            region,
            signer,
        } => proxy(Proxy::AwsAlb(AwsAlb::new(
            region,
            issuer.clone(),
            signer.clone(),
        )?)),
        ProviderKind::CfAccess {
            team_name,
            audience,
            service_tokens,
        } => {
            let tokens = service_tokens.iter();
            let tokens = tokens.map(|(token, subject)| (Secret::new(token), subject.clone()));
            let access = CfAccess::new(team_name, audience.clone(), tokens.collect())?;
            proxy(Proxy::CfAccess(access))
        }
        _ => Way::OAuth(Box::new(oauth(provider, mapping, auth_url)?)),
    })
}

/// A client of a provider as every kind has it.
struct Client<'a> {
    id: &'a str,
    secret: Option<&'a callboard_config::Secret>,
    callback: Option<&'a str>,
}

fn oauth(provider: &AuthProvider, mapping: &ClaimMapping, auth_url: &str) -> Result<OAuthSettings> {
    let Some(client) = client(&provider.kind) else {
        bail!("it is no provider that browsers are sent to");
    };
    let mut settings = preset(&provider.kind);
    if client.secret.is_none() {
        settings.token_auth = TokenAuth::None;
    }
    let callback = client.callback.map_or_else(
        || format!("{auth_url}/{}/handler/frame", provider.id),
        str::to_owned,
    );
    let secret = client.secret.map(|secret| Secret::new(secret.expose()));
    settings = settings.with_client(client.id, secret, callback);
    settings.id.clone_from(&provider.id);
    settings.claim_mapping = mapping.clone();
    for scope in &provider.additional_scopes {
        if !settings.scopes.contains(scope) {
            settings.scopes.push(scope.clone());
        }
    }
    Ok(settings)
}

/// Returns the client that the portal is for a provider; nothing for one that browsers are not sent to.
fn client(kind: &ProviderKind) -> Option<Client<'_>> {
    let (id, secret, callback) = match kind {
        ProviderKind::Github {
            client_id,
            client_secret,
            callback_url,
            ..
        }
        | ProviderKind::Gitlab {
            client_id,
            client_secret,
            callback_url,
            ..
        }
        | ProviderKind::Google {
            client_id,
            client_secret,
            callback_url,
        }
        | ProviderKind::Microsoft {
            client_id,
            client_secret,
            callback_url,
            ..
        }
        | ProviderKind::Okta {
            client_id,
            client_secret,
            callback_url,
            ..
        } => (client_id, Some(client_secret), callback_url),
        ProviderKind::Oidc {
            client_id,
            client_secret,
            callback_url,
            ..
        } => (client_id, client_secret.as_ref(), callback_url),
        _ => return None,
    };
    Some(Client {
        id,
        secret,
        callback: callback.as_deref(),
    })
}

fn preset(kind: &ProviderKind) -> OAuthSettings {
    match kind {
        ProviderKind::Github {
            enterprise_instance_url,
            ..
        } => OAuthSettings::github(enterprise_instance_url.as_deref()),
        ProviderKind::Gitlab { audience, .. } => OAuthSettings::gitlab(audience.as_deref()),
        ProviderKind::Microsoft {
            tenant_id,
            domain_hint,
            ..
        } => OAuthSettings::microsoft(tenant_id, domain_hint.as_deref()),
        ProviderKind::Okta {
            audience,
            auth_server_id,
            idp,
            ..
        } => OAuthSettings::okta(audience, auth_server_id.as_deref(), idp.as_deref()),
        ProviderKind::Oidc {
            metadata_url,
            prompt,
            token_endpoint_auth_method,
            token_signed_response_alg,
            start_url_search_params,
            ..
        } => {
            let mut settings = OAuthSettings::oidc(metadata_url);
            settings.prompt.clone_from(prompt);
            settings.extra_params.clone_from(start_url_search_params);
            settings
                .token_signed_response_alg
                .clone_from(token_signed_response_alg);
            match token_endpoint_auth_method {
                Some(callboard_config::TokenAuth::Basic) => settings.token_auth = TokenAuth::Basic,
                Some(callboard_config::TokenAuth::Post) => settings.token_auth = TokenAuth::Post,
                Some(callboard_config::TokenAuth::None) => settings.token_auth = TokenAuth::None,
                None => {}
            }
            settings
        }
        _ => OAuthSettings::google(),
    }
}

/// Returns the addresses that providers of the configuration are asked at, for the guard of requests.
pub(in crate::server) fn trusted(config: &callboard_config::Config) -> Vec<String> {
    let providers = config
        .auth
        .providers
        .iter()
        .filter_map(|provider| match &provider.kind {
            ProviderKind::Github {
                enterprise_instance_url,
                ..
            } => enterprise_instance_url.clone(),
            ProviderKind::Gitlab { audience, .. } => audience.clone(),
            ProviderKind::Okta { audience, .. } => Some(audience.clone()),
            ProviderKind::Oidc { metadata_url, .. } => Some(metadata_url.clone()),
            _ => None,
        });
    let external = config.backend.auth.external.iter();
    let external = external.filter_map(|external| match &external.kind {
        callboard_config::ExternalKind::Jwks { url, .. } => Some(url.clone()),
        _ => None,
    });
    providers.chain(external).collect()
}
