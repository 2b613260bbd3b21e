//! Keys of `backend.auth`, and of what guards the server: headers, proxies and rates.
use super::{Form, Key};

/// `backend.auth`.
pub(super) const AUTH: Key = Key::map(
    "auth",
    "How programs prove who they are.",
    &[
        Key::new(
            "dangerouslyDisableDefaultAuthPolicy",
            &[Form::Boolean],
            "Whether the API answers everybody who reaches it.",
        )
        .default("`false`"),
        Key::list(
            "externalAccess",
            "The programs that may use the API.",
            &EXTERNAL,
        ),
        Key::list(
            "keys",
            "Shared secrets of older installations. Deprecated: use `externalAccess` with the type `legacy`.",
            &Key::map(
                "",
                "One secret.",
                &[Key::new("secret", &[Form::Text], "The secret in Base64.").secret()],
            ),
        ),
        Key::unused(
            "pluginKeyStore",
            "Where Backstage's plugins keep their keys.",
        ),
    ],
);

/// `backend.csp`.
pub(super) const CSP: Key = Key::map(
    "csp",
    "Changes to the Content-Security-Policy, by directive.",
    &[],
)
.any(
    &Key::new(
        "<directive>",
        &[Form::List, Form::False],
        "The sources this directive allows; `false` leaves the directive out.",
    )
    .items(&Key::new("", &[Form::CspSource], "One source.")),
);

/// `backend.referrer`.
pub(super) const REFERRER: Key = Key::map(
    "referrer",
    "What other pages learn about where a visitor came from.",
    &[Key::new(
        "policy",
        &[Form::OneOf(&REFERRER_POLICIES), Form::List],
        "The Referrer-Policy, or several of which a browser takes the last it knows.",
    )
    .items(&Key::new(
        "",
        &[Form::OneOf(&REFERRER_POLICIES)],
        "One policy.",
    ))],
);

const REFERRER_POLICIES: [&str; 8] = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// `backend.trustProxy`.
pub(super) const TRUST_PROXY: Key = Key::new(
    "trustProxy",
    &[Form::Boolean, Form::Whole, Form::Proxies, Form::List],
    "Which proxies are believed when they say whom a request comes from: how many, or those at these addresses.",
)
.default("`false`")
.items(&Key::new("", &[Form::Proxies], "Some addresses."));

/// `backend.rateLimit`.
pub(super) const RATE_LIMIT: Key = Key::new(
    "rateLimit",
    &[Form::Boolean, Form::Map],
    "How many requests are taken from one address; `false` means any number.",
)
.default("limits of the portal's own")
.keys(&[
    Key::new(
        "window",
        &[Form::Duration],
        "The time in which requests are counted.",
    )
    .default("`1m`"),
    Key::new(
        "incomingRequestLimit",
        &[Form::Positive],
        "The requests within that time; without it the limits of the portal's own hold.",
    ),
    Key::unused("store", "Where Backstage counts."),
    Key::unused(
        "global",
        "Whether Backstage counts for all plugins together.",
    ),
    Key::unused(
        "ipAllowList",
        "The addresses for which Backstage does not count.",
    ),
    Key::unused(
        "passOnStoreError",
        "Whether Backstage takes requests that it cannot count.",
    ),
    Key::unused(
        "skipSuccessfulRequests",
        "Whether Backstage counts failures only.",
    ),
    Key::unused(
        "skipFailedRequests",
        "Whether Backstage counts successes only.",
    ),
    Key::unused("plugin", "Limits of Backstage's single plugins."),
]);

const EXTERNAL: Key = Key::map(
    "",
    "One program, or several that prove themselves in the same way.",
    &[
        Key::new(
            "type",
            &[Form::OneOf(&["static", "legacy", "jwks"])],
            "The proof: a fixed token, a token signed with a shared secret, or one signed with a published key.",
        )
        .required(),
        Key::map(
            "options",
            "What is checked.",
            &[
                Key::new(
                    "token",
                    &[Form::Text],
                    "For `static`: the token; at least 8 characters and no spaces.",
                )
                .secret(),
                Key::new(
                    "secret",
                    &[Form::Text],
                    "For `legacy`: the shared secret in Base64.",
                )
                .secret(),
                Key::new(
                    "subject",
                    &[Form::Text],
                    "For `static` and `legacy`: the name of the program, in the audit log and elsewhere; no spaces.",
                ),
                Key::new(
                    "url",
                    &[Form::Url],
                    "For `jwks`: where the keys are published.",
                ),
                Key::new(
                    "issuer",
                    &[Form::Text, Form::List],
                    "For `jwks`: who must have made the token; one or several.",
                )
                .items(&WORD),
                Key::new(
                    "algorithm",
                    &[Form::Text, Form::List],
                    "For `jwks`: how the token must be signed; one or several.",
                )
                .items(&WORD),
                Key::new(
                    "audience",
                    &[Form::Text, Form::List],
                    "For `jwks`: for whom the token must be; one or several.",
                )
                .items(&WORD),
                Key::new(
                    "subjectPrefix",
                    &[Form::Text],
                    "For `jwks`: what stands before the subject of the token.",
                ),
            ],
        )
        .required(),
        Key::list(
            "accessRestrictions",
            "What the program may use; everything if missing.",
            &RESTRICTION,
        ),
    ],
);

const RESTRICTION: Key = Key::map(
    "",
    "One part of the API.",
    &[
        Key::new("plugin", &[Form::Text], "The plugin, such as `catalog`.").required(),
        Key::new(
            "permission",
            &[Form::Text, Form::List],
            "The permissions within it, one or several; all if missing.",
        )
        .items(&WORD),
        Key::map(
            "permissionAttribute",
            "What the permissions must be like.",
            &[Key::new(
                "action",
                &[Form::Text, Form::List],
                "The actions, one or several of `create`, `read`, `update`, `delete`.",
            )
            .items(&WORD)],
        ),
    ],
);

const WORD: Key = Key::new("", &[Form::Text], "One of them.");
