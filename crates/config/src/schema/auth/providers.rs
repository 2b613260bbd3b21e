//! The providers of `auth.providers`; keys that all have are listed once, below `oidc`.
use super::super::{Form, Key};
use super::options::{
    CALLBACK_URL, CLIENT_ID, CLIENT_SECRET, SCOPES, SESSION_DURATION, SIGN_IN, TITLE,
};

/// Declares a provider whose keys stand below the name of an environment.
macro_rules! by_environment {
    ($name:literal, $doc:literal, [$($own:expr),* $(,)?]) => {
        Key::map($name, $doc, &[]).any(&Key::map(
            "<environment>",
            "What holds in this environment.",
            &[
                $($own,)*
                CLIENT_ID.listed_elsewhere(),
                CLIENT_SECRET.listed_elsewhere(),
                CALLBACK_URL.listed_elsewhere(),
                SCOPES.listed_elsewhere(),
                SESSION_DURATION.listed_elsewhere(),
                SIGN_IN.listed_elsewhere(),
                TITLE.listed_elsewhere(),
            ],
        ))
    };
}

/// Declares a provider whose keys stand below its name, or one deeper, below the name of an environment.
macro_rules! direct {
    ($name:literal, $doc:literal, [$($own:expr),* $(,)?]) => {
        Key::map(
            $name,
            $doc,
            &[
                $($own,)*
                SESSION_DURATION.listed_elsewhere(),
                SIGN_IN.listed_elsewhere(),
                TITLE.listed_elsewhere(),
            ],
        )
        .any(&Key::map(
            "<environment>",
            "The same keys for one environment.",
            &[
                $($own.listed_elsewhere(),)*
                SESSION_DURATION.listed_elsewhere(),
                SIGN_IN.listed_elsewhere(),
                TITLE.listed_elsewhere(),
            ],
        ).listed_elsewhere())
    };
}

/// The providers that Backstage knows.
pub(super) const PROVIDERS: &[Key] = &[
    Key::map(
        "oidc",
        "Any OpenID provider; the keys that all providers have are listed here.",
        &[],
    )
    .any(&OIDC),
    by_environment!("github", "GitHub and GitHub Enterprise.", [ENTERPRISE_URL]),
    by_environment!("gitlab", "GitLab, hosted and own.", [GITLAB_URL]),
    by_environment!("google", "Google.", []),
    by_environment!(
        "microsoft",
        "Microsoft Entra ID.",
        [TENANT_ID, DOMAIN_HINT, SKIP_USER_PROFILE]
    ),
    by_environment!("okta", "Okta.", [OKTA_URL, AUTH_SERVER_ID, IDP]),
    direct!(
        "guest",
        "Everybody without a name, for trying things out.",
        [OUTSIDE_DEVELOPMENT, GUEST_REF, GUEST_OWNS]
    ),
    direct!("oauth2Proxy", "The headers of oauth2-proxy.", []),
    direct!(
        "gcpIap",
        "The header of Google's Identity-Aware Proxy.",
        [IAP_AUDIENCE, IAP_HEADER]
    ),
    direct!(
        "awsalb",
        "The header of Amazon's load balancer.",
        [ALB_REGION, ALB_ISSUER, ALB_SIGNER]
    ),
    direct!(
        "awsAlb",
        "The same as `awsalb`.",
        [
            ALB_REGION.listed_elsewhere(),
            ALB_ISSUER.listed_elsewhere(),
            ALB_SIGNER.listed_elsewhere(),
        ]
    ),
    direct!(
        "cfaccess",
        "The header of Cloudflare Access.",
        [CF_TEAM, CF_AUDIENCE, CF_SERVICE_TOKENS]
    ),
    direct!(
        "cfAccess",
        "The same as `cfaccess`.",
        [
            CF_TEAM.listed_elsewhere(),
            CF_AUDIENCE.listed_elsewhere(),
            CF_SERVICE_TOKENS.listed_elsewhere(),
        ]
    ),
    Key::unused("atlassian", "Sign-in with Atlassian; use `oidc` instead."),
    Key::unused("auth0", "Sign-in with Auth0; use `oidc` instead."),
    Key::unused(
        "azureEasyAuth",
        "The header of Azure App Service; use `oidc` instead.",
    ),
    Key::unused(
        "bitbucket",
        "Sign-in with Bitbucket Cloud; use `oidc` instead.",
    ),
    Key::unused(
        "bitbucketServer",
        "Sign-in with Bitbucket Server; use `oidc` instead.",
    ),
    Key::unused(
        "oauth2",
        "Sign-in with any OAuth server; use `oidc` instead.",
    ),
    Key::unused("onelogin", "Sign-in with OneLogin; use `oidc` instead."),
    Key::unused("openshift", "Sign-in with OpenShift; use `oidc` instead."),
    Key::unused("pinniped", "Sign-in with Pinniped; use `oidc` instead."),
    Key::unused("saml", "Sign-in with SAML; use `oidc` instead."),
    Key::unused(
        "vmwareCloud",
        "Sign-in with VMware Cloud; use `oidc` instead.",
    ),
];

/// A provider with a name of its own.
pub(super) const OTHER: Key = Key::map(
    "<name>",
    "Another OpenID provider, with a name of letters, digits, `-` and `_`; it has the keys of `oidc`.",
    &[],
)
.any(&OIDC.listed_elsewhere());

const OIDC: Key = Key::map(
    "<environment>",
    "What holds in this environment.",
    &[
        Key::new(
            "metadataUrl",
            &[Form::Url],
            "Where the provider describes itself. Required.",
        ),
        CLIENT_ID,
        CLIENT_SECRET,
        CALLBACK_URL,
        SCOPES,
        SESSION_DURATION,
        SIGN_IN,
        TITLE,
        Key::new(
            "prompt",
            &[Form::AnyText],
            "What the provider asks people each time, such as `login` or `consent`.",
        ),
        Key::new(
            "tokenEndpointAuthMethod",
            &[Form::OneOf(&[
                "client_secret_basic",
                "client_secret_post",
                "none",
            ])],
            "How the portal proves who it is.",
        )
        .default("what the provider names first"),
        Key::new(
            "tokenSignedResponseAlg",
            &[Form::OneOf(&SIGNING)],
            "How the provider signs; anything else is refused.",
        )
        .default("any safe way"),
        Key::map(
            "startUrlSearchParams",
            "What is added to the URL at which people sign in.",
            &[],
        )
        .any(&Key::new(
            "<parameter>",
            &[Form::AnyText],
            "The value of one parameter.",
        )),
        Key::old("scope", "Use `additionalScopes`"),
        Key::unused("timeout", "How long Backstage waits for the provider."),
        Key::unused(
            "nonce",
            "Whether Backstage sends a nonce; the portal always does.",
        ),
    ],
);

/// The ways to sign that prove something: no shared secret, and not `none`.
const SIGNING: [&str; 9] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
];

const ENTERPRISE_URL: Key = Key::new(
    "enterpriseInstanceUrl",
    &[Form::Url],
    "Where GitHub Enterprise is.",
)
.default("`https://github.com`");
const GITLAB_URL: Key =
    Key::new("audience", &[Form::Url], "Where GitLab is.").default("`https://gitlab.com`");
const TENANT_ID: Key = Key::new("tenantId", &[Form::Text], "The tenant. Required.");
const DOMAIN_HINT: Key = Key::new(
    "domainHint",
    &[Form::Text],
    "The tenant or domain that is proposed to people with several accounts.",
);
const SKIP_USER_PROFILE: Key = Key::unused(
    "skipUserProfile",
    "Whether Backstage leaves out the picture.",
);
const OKTA_URL: Key = Key::new(
    "audience",
    &[Form::Url],
    "Where the organization is at Okta. Required.",
);
const AUTH_SERVER_ID: Key = Key::new(
    "authServerId",
    &[Form::Text],
    "The authorization server within the organization.",
);
const IDP: Key = Key::new(
    "idp",
    &[Form::Text],
    "The identity provider behind Okta that is used.",
);
const OUTSIDE_DEVELOPMENT: Key = Key::new(
    "dangerouslyAllowOutsideDevelopment",
    &[Form::Boolean],
    "Whether guests may sign in although the portal does not run for development.",
)
.default("`false`");
const GUEST_REF: Key = Key::new("userEntityRef", &[Form::EntityRef], "Who a guest is.")
    .default("`user:development/guest`");
const GUEST_OWNS: Key = Key::list(
    "ownershipEntityRefs",
    "What a guest counts as when ownership is asked for; what the user has if missing.",
    &Key::new("", &[Form::EntityRef], "One reference."),
);
const IAP_AUDIENCE: Key = Key::new(
    "audience",
    &[Form::Text],
    "Whom the proxy speaks to, as Google shows it. Required.",
);
const IAP_HEADER: Key =
    Key::new("jwtHeader", &[Form::Text], "The header.").default("`x-goog-iap-jwt-assertion`");
const ALB_REGION: Key = Key::new(
    "region",
    &[Form::Text],
    "The region of the load balancer. Required.",
);
const ALB_ISSUER: Key = Key::new(
    "issuer",
    &[Form::Text],
    "Who signed people in behind the load balancer; anyone if missing.",
);
const ALB_SIGNER: Key = Key::new(
    "signer",
    &[Form::Text],
    "The ARN of the load balancer; without it any load balancer of the region is believed.",
);
const CF_TEAM: Key = Key::new(
    "teamName",
    &[Form::Text],
    "The team at Cloudflare. Required.",
);
const CF_AUDIENCE: Key = Key::new(
    "audience",
    &[Form::Text],
    "The application at Cloudflare; without it any application of the team is believed.",
);
const CF_SERVICE_TOKENS: Key = Key::list(
    "serviceTokens",
    "Programs that sign in by a service token.",
    &Key::map(
        "",
        "One program.",
        &[
            Key::new("token", &[Form::Text], "The client ID of the token.")
                .required()
                .secret(),
            Key::new(
                "subject",
                &[Form::Text],
                "The mail address that the program has for the resolvers.",
            )
            .required(),
        ],
    ),
);
