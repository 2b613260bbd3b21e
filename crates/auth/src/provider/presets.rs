//! The settings that follow from the kind of a provider.
use super::settings::{Kind, OAuthSettings, TokenAuth};
use crate::ClaimMapping;

impl OAuthSettings {
    /// Settings for github.com, or for the GitHub Enterprise Server at a URL.
    #[must_use]
    pub fn github(enterprise_url: Option<&str>) -> Self {
        let base = base(enterprise_url.unwrap_or("https://github.com"));
        let api = match enterprise_url {
            None => "https://api.github.com".to_owned(),
            Some(_) => format!("{base}/api/v3"),
        };
        Self {
            authorize_url: Some(format!("{base}/login/oauth/authorize")),
            token_url: Some(format!("{base}/login/oauth/access_token")),
            user_url: Some(format!("{api}/user")),
            expected_issuer: Some(base.to_owned()),
            ..Self::empty(Kind::Github, &["read:user", "user:email"])
        }
    }

    /// Settings for the GitLab at a URL (Backstage's `audience`), or for gitlab.com.
    #[must_use]
    pub fn gitlab(audience: Option<&str>) -> Self {
        let base = base(audience.unwrap_or("https://gitlab.com"));
        Self {
            authorize_url: Some(format!("{base}/oauth/authorize")),
            token_url: Some(format!("{base}/oauth/token")),
            user_url: Some(format!("{base}/api/v4/user")),
            expected_issuer: Some(base.to_owned()),
            ..Self::empty(Kind::Gitlab, &["read_user"])
        }
    }

    /// Settings for Google accounts.
    #[must_use]
    pub fn google() -> Self {
        let metadata = "https://accounts.google.com/.well-known/openid-configuration";
        Self {
            metadata_url: Some(metadata.to_owned()),
            // Without both, Google hands out no refresh token.
            prompt: Some("consent".to_owned()),
            extra_params: vec![("access_type".to_owned(), "offline".to_owned())],
            ..Self::empty(Kind::Google, &["openid", "email", "profile"])
        }
    }

    /// Settings for a tenant of Microsoft Entra ID.
    #[must_use]
    pub fn microsoft(tenant_id: &str, domain_hint: Option<&str>) -> Self {
        let metadata = format!(
            "https://login.microsoftonline.com/{tenant_id}/v2.0/.well-known/openid-configuration"
        );
        let hint = domain_hint.map(|hint| ("domain_hint".to_owned(), hint.to_owned()));
        let scopes = ["openid", "email", "profile", "offline_access", "User.Read"];
        Self {
            metadata_url: Some(metadata),
            extra_params: hint.into_iter().collect(),
            // It repeats what is in the id_token, and costs a request to another host.
            ask_userinfo: false,
            ..Self::empty(Kind::Microsoft, &scopes)
        }
    }

    /// Settings for the Okta at a URL (Backstage's `audience`).
    #[must_use]
    pub fn okta(audience: &str, auth_server_id: Option<&str>, idp: Option<&str>) -> Self {
        let base = base(audience);
        let server = auth_server_id.map_or(String::new(), |id| format!("/oauth2/{id}"));
        let idp = idp.map(|idp| ("idp".to_owned(), idp.to_owned()));
        let scopes = ["openid", "email", "profile", "offline_access"];
        Self {
            metadata_url: Some(format!("{base}{server}/.well-known/openid-configuration")),
            extra_params: idp.into_iter().collect(),
            ..Self::empty(Kind::Okta, &scopes)
        }
    }

    /// Settings for any OIDC provider. Without `/.well-known/` the URL is that of the issuer.
    #[must_use]
    pub fn oidc(metadata_url: &str) -> Self {
        let metadata = if metadata_url.contains("/.well-known/") {
            metadata_url.to_owned()
        } else {
            format!("{}/.well-known/openid-configuration", base(metadata_url))
        };
        Self {
            metadata_url: Some(metadata),
            token_auth: TokenAuth::Basic,
            ..Self::empty(Kind::Oidc, &["openid", "profile", "email"])
        }
    }

    fn empty(kind: Kind, scopes: &[&str]) -> Self {
        Self {
            id: kind.as_str().to_owned(),
            kind,
            client_id: String::new(),
            client_secret: None,
            callback_url: String::new(),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            authorize_url: None,
            token_url: None,
            user_url: None,
            metadata_url: None,
            expected_issuer: None,
            ask_userinfo: true,
            token_signed_response_alg: None,
            prompt: None,
            extra_params: Vec::new(),
            token_auth: TokenAuth::Post,
            claim_mapping: ClaimMapping::default(),
        }
    }
}

fn base(url: &str) -> &str {
    url.trim_end_matches('/')
}
