//! Keys of `auth`.
use super::{Form, Key};

mod options;
mod providers;

/// `auth`.
pub(super) const AUTH: Key = Key::map(
    "auth",
    "Who may sign in, and how; without `auth.providers` there is no sign-in.",
    &[
        Key::new(
            "environment",
            &[Form::Text],
            "The name of the section that is used of each provider.",
        )
        .default("`development`"),
        Key::map(
            "providers",
            "The services that say who somebody is, by their names; they are offered in this order.",
            providers::PROVIDERS,
        )
        .any(&providers::OTHER),
        Key::new(
            "backstageTokenExpiration",
            &[Form::Duration],
            "How long a token for the API is valid; at least 10 minutes and at most 24 hours.",
        )
        .default("`1h`"),
        Key::new(
            "omitIdentityTokenOwnershipClaim",
            &[Form::Boolean],
            "Whether tokens leave out what their user owns, as it can be asked for.",
        )
        .default("`true`"),
        Key::list(
            "experimentalExtraAllowedOrigins",
            "Web pages other than the portal that may sign people in; `*` stands for any text.",
            &Key::new("", &[Form::Text], "One origin such as `https://*.example.com`."),
        ),
        Key::new(
            "identityTokenAlgorithm",
            &[Form::OneOf(&["ES256"])],
            "How tokens are signed; there is one way.",
        )
        .default("`ES256`"),
        Key::unused(
            "session",
            "The secret of Backstage's cookies; the portal keeps its sessions in the database.",
        ),
        Key::unused(
            "keyStore",
            "Where Backstage keeps its keys; the portal keeps them in the database.",
        ),
        Key::unused("autologout", "When Backstage's pages sign people out."),
        Key::unused(
            "clientIdMetadataDocuments",
            "Which programs may ask for a token by a document of their own.",
        ),
        Key::unused(
            "experimentalDynamicClientRegistration",
            "Which programs may register themselves to ask for a token.",
        ),
        Key::unused(
            "experimentalRefreshToken",
            "Whether programs may renew their tokens.",
        ),
    ],
);
