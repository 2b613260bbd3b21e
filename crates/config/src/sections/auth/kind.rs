//! The kinds of providers, each with the settings that only it has.
use super::super::{base_url, credential};
use super::plan::Kind;
use crate::cursor::Cursor;
use crate::secret::Secret;
use crate::tree::Value;

/// What a provider is, with the settings of its kind. Base URLs have no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderKind {
    /// `github`: GitHub and GitHub Enterprise.
    Github {
        /// `clientId`.
        client_id: String,
        /// `clientSecret`.
        client_secret: Secret,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
        /// `enterpriseInstanceUrl`. Default: github.com.
        enterprise_instance_url: Option<String>,
    },
    /// `gitlab`: GitLab, hosted and own.
    Gitlab {
        /// `clientId`.
        client_id: String,
        /// `clientSecret`.
        client_secret: Secret,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
        /// `audience`: where GitLab is. Default: `https://gitlab.com`.
        audience: Option<String>,
    },
    /// `google`: Google.
    Google {
        /// `clientId`.
        client_id: String,
        /// `clientSecret`.
        client_secret: Secret,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
    },
    /// `microsoft`: Microsoft Entra ID.
    Microsoft {
        /// `clientId`.
        client_id: String,
        /// `clientSecret`.
        client_secret: Secret,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
        /// `tenantId`.
        tenant_id: String,
        /// `domainHint`. Default: none.
        domain_hint: Option<String>,
    },
    /// `okta`: Okta.
    Okta {
        /// `clientId`.
        client_id: String,
        /// `clientSecret`.
        client_secret: Secret,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
        /// `audience`: where the organization is.
        audience: String,
        /// `authServerId`. Default: none.
        auth_server_id: Option<String>,
        /// `idp`. Default: none.
        idp: Option<String>,
    },
    /// `oidc`, or any name with a `metadataUrl`: an `OpenID` provider.
    Oidc {
        /// `metadataUrl`: where the provider describes itself.
        metadata_url: String,
        /// `clientId`.
        client_id: String,
        /// `clientSecret`. Default: none, as for a public client.
        client_secret: Option<Secret>,
        /// `callbackUrl`. Default: below `backend.baseUrl`.
        callback_url: Option<String>,
        /// `prompt`. Default: none.
        prompt: Option<String>,
        /// `tokenEndpointAuthMethod`. Default: what the provider names.
        token_endpoint_auth_method: Option<TokenAuth>,
        /// `tokenSignedResponseAlg`. Default: any safe way to sign.
        token_signed_response_alg: Option<String>,
        /// `startUrlSearchParams`: what is added to the URL at which people sign in, in the order of the file.
        start_url_search_params: Vec<(String, String)>,
    },
    /// `guest`: everybody without a name.
    Guest {
        /// `dangerouslyAllowOutsideDevelopment`. Default: false.
        dangerously_allow_outside_development: bool,
        /// `userEntityRef`. Default: `user:development/guest`.
        user_entity_ref: Option<String>,
        /// `ownershipEntityRefs`. Default: what the user has.
        ownership_entity_refs: Option<Vec<String>>,
    },
    /// `oauth2Proxy`: the headers of oauth2-proxy.
    Oauth2Proxy,
    /// `gcpIap`: the header of Google's Identity-Aware Proxy.
    GcpIap {
        /// `audience`.
        audience: String,
        /// `jwtHeader`. Default: `x-goog-iap-jwt-assertion`.
        jwt_header: Option<String>,
    },
    /// `awsalb` or `awsAlb`: the header of Amazon's load balancer.
    AwsAlb {
        /// `issuer`. Default: anyone.
        issuer: Option<String>,
        /// `region`.
        region: String,
        /// `signer`: the ARN of the load balancer. Default: any.
        signer: Option<String>,
    },
    /// `cfaccess` or `cfAccess`: the header of Cloudflare Access.
    CfAccess {
        /// `teamName`.
        team_name: String,
        /// `audience`. Default: any application of the team.
        audience: Option<String>,
        /// `serviceTokens`: the client ID of each service token with the mail address it stands for.
        service_tokens: Vec<(String, String)>,
    },
}

/// How the portal proves to a provider who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenAuth {
    /// `client_secret_basic`: in a header.
    Basic,
    /// `client_secret_post`: in the body.
    Post,
    /// `none`: not at all.
    None,
}

impl ProviderKind {
    /// Reads a section; nothing when a key is missing that the kind does not work without.
    pub(super) fn read(kind: Kind, section: Cursor<'_>) -> Option<Self> {
        let text = |key: &str| section.get(key).text();
        let client_id = text("clientId");
        let client_secret = credential(section.get("clientSecret"));
        let callback_url = text("callbackUrl");
        Some(match kind {
            Kind::Github => Self::Github {
                client_id: client_id?,
                client_secret: client_secret?,
                callback_url,
                enterprise_instance_url: base_url(section.get("enterpriseInstanceUrl")),
            },
            Kind::Gitlab => Self::Gitlab {
                client_id: client_id?,
                client_secret: client_secret?,
                callback_url,
                audience: base_url(section.get("audience")),
            },
            Kind::Google => Self::Google {
                client_id: client_id?,
                client_secret: client_secret?,
                callback_url,
            },
            Kind::Microsoft => Self::Microsoft {
                client_id: client_id?,
                client_secret: client_secret?,
                callback_url,
                tenant_id: text("tenantId")?,
                domain_hint: text("domainHint"),
            },
            Kind::Okta => Self::Okta {
                client_id: client_id?,
                client_secret: client_secret?,
                callback_url,
                audience: base_url(section.get("audience"))?,
                auth_server_id: text("authServerId"),
                idp: text("idp"),
            },
            Kind::Oidc => Self::Oidc {
                metadata_url: text("metadataUrl")?,
                client_id: client_id?,
                client_secret,
                callback_url,
                prompt: text("prompt").filter(|prompt| !prompt.is_empty()),
                token_endpoint_auth_method: TokenAuth::read(section.get("tokenEndpointAuthMethod")),
                token_signed_response_alg: text("tokenSignedResponseAlg"),
                start_url_search_params: pairs(section.get("startUrlSearchParams")),
            },
            Kind::Guest | Kind::Oauth2Proxy | Kind::GcpIap | Kind::AwsAlb | Kind::CfAccess => {
                return Self::read_direct(kind, section);
            }
        })
    }

    /// Reads the kinds without a client of their own.
    fn read_direct(kind: Kind, section: Cursor<'_>) -> Option<Self> {
        let text = |key: &str| section.get(key).text();
        let of = |item: Cursor<'_>, key: &str| item.get(key).text().unwrap_or_default();
        Some(match kind {
            Kind::Guest => Self::Guest {
                dangerously_allow_outside_development: section
                    .get("dangerouslyAllowOutsideDevelopment")
                    .boolean()
                    .unwrap_or(false),
                user_entity_ref: text("userEntityRef"),
                ownership_entity_refs: section
                    .get("ownershipEntityRefs")
                    .list(|item| item.text().unwrap_or_default()),
            },
            Kind::Oauth2Proxy => Self::Oauth2Proxy,
            Kind::GcpIap => Self::GcpIap {
                audience: text("audience")?,
                jwt_header: text("jwtHeader"),
            },
            Kind::AwsAlb => Self::AwsAlb {
                issuer: text("issuer"),
                region: text("region")?,
                signer: text("signer"),
            },
            Kind::CfAccess => Self::CfAccess {
                team_name: text("teamName")?,
                audience: text("audience"),
                service_tokens: section
                    .get("serviceTokens")
                    .items()
                    .map(|item| (of(item, "token"), of(item, "subject")))
                    .collect(),
            },
            _ => return None,
        })
    }
}

impl TokenAuth {
    fn read(value: Cursor<'_>) -> Option<Self> {
        match value.text()?.as_str() {
            "client_secret_basic" => Some(Self::Basic),
            "client_secret_post" => Some(Self::Post),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// Reads a map of texts in the order of the file.
fn pairs(map: Cursor<'_>) -> Vec<(String, String)> {
    let entries = map.value().map_or(&[][..], Value::entries).iter();
    entries
        .filter_map(|entry| Some((entry.key.clone(), entry.value.text()?.to_owned())))
        .collect()
}
