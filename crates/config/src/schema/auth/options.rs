//! Keys that several providers of `auth.providers` have.
use super::super::{Form, Key};

pub(super) const CLIENT_ID: Key = Key::new(
    "clientId",
    &[Form::Text],
    "The identifier of the portal at the provider. Required.",
);

pub(super) const CLIENT_SECRET: Key = Key::new(
    "clientSecret",
    &[Form::Text],
    "The secret of the portal at the provider. Required, except for `oidc`.",
)
.secret();

pub(super) const CALLBACK_URL: Key = Key::new(
    "callbackUrl",
    &[Form::Url],
    "Where the provider sends people back to, if the portal is reached in another way than it knows.",
)
.default("`<backend.baseUrl>/api/auth/<provider>/handler/frame`");

pub(super) const SCOPES: Key = Key::new(
    "additionalScopes",
    &[Form::List, Form::Text],
    "What the portal asks for beyond what it needs; a list, or text with spaces or commas.",
)
.items(&Key::new("", &[Form::Text], "One scope."));

pub(super) const SESSION_DURATION: Key = Key::new(
    "sessionDuration",
    &[Form::Duration],
    "How long people who signed in here stay signed in.",
)
.default("`callboard.auth.session.absolute`");

pub(super) const TITLE: Key = Key::new(
    "title",
    &[Form::Text],
    "The name on the sign-in page; only Callboard knows this key.",
);

pub(super) const SIGN_IN: Key = Key::map(
    "signIn",
    "Which user of the catalog somebody is.",
    &[
        Key::list(
            "resolvers",
            "The ways to find the user; the next is tried when one finds nobody.",
            &RESOLVER,
        ),
        Key::new(
            "autoProvision",
            &[Form::Boolean, Form::Map],
            "Whether a user is added to the catalog when none is found; only Callboard knows this key.",
        )
        .default("`false`")
        .keys(&[
            Key::new(
                "namespace",
                &[Form::Text],
                "The namespace of the users that are added.",
            )
            .default("`default`"),
            Key::new(
                "groups",
                &[Form::Boolean],
                "Whether they are members of the groups that the provider names.",
            )
            .default("`false`"),
        ]),
        Key::map(
            "claimMapping",
            "Where the provider's answer has what, with dots between keys; only Callboard knows this key.",
            &[
                Key::new("username", &[Form::Text], "The name of the account."),
                Key::new("email", &[Form::Text], "The mail address."),
                Key::new("displayName", &[Form::Text], "The name as people write it."),
                Key::new("picture", &[Form::Text], "The URL of a picture."),
                Key::new("groups", &[Form::Text], "The groups, as a list."),
            ],
        ),
    ],
);

const RESOLVER: Key = Key::map(
    "",
    "One way to find the user.",
    &[
        Key::new(
            "resolver",
            &[Form::Text],
            "Its name, such as `emailMatchingUserEntityProfileEmail`.",
        )
        .required(),
        Key::new(
            "allowedDomains",
            &[Form::List, Form::Text],
            "The domains a mail address may have; all if missing.",
        )
        .items(&Key::new("", &[Form::Text], "One domain.")),
        Key::new(
            "dangerouslyAllowSignInWithoutUserInCatalog",
            &[Form::Boolean],
            "Whether somebody may sign in who is not in the catalog.",
        )
        .default("`false`"),
    ],
);
