//! Keys of `callboard`, which Backstage does not have.
use super::{Form, Key};

/// `callboard`.
pub(super) const CALLBOARD: Key = Key::map(
    "callboard",
    "Keys that only Callboard knows; Backstage ignores them.",
    &[
        Key::new(
            "dataDir",
            &[Form::Text],
            "The folder of the database file and of everything else the portal keeps.",
        ),
        Key::map(
            "catalog",
            "What the catalog does beyond Backstage's.",
            &[Key::new(
                "filePlaceholders",
                &[Form::Boolean],
                "Whether `$text` and its kin beside a `file` location are read; Backstage cannot.",
            )
            .default("`true`")],
        ),
        super::diagnostics::DIAGNOSTICS,
        Key::map(
            "policy",
            "Who may do what, in files of the portal's own form.",
            &[Key::list(
                "files",
                "The policy files; they are read when `permission.enabled` is `true`.",
                &Key::new(
                    "",
                    &[Form::Text],
                    "One file; a relative path starts at the folder of the file it is written in.",
                ),
            )],
        ),
        Key::map(
            "auth",
            "What sign-in does beyond Backstage's.",
            &[
                Key::new(
                    "nestedGroups",
                    &[Form::Boolean],
                    "Whether people own what belongs to the groups above their own; Backstage takes direct groups only.",
                )
                .default("`false`"),
                Key::map(
                    "session",
                    "How long people stay signed in.",
                    &[
                        Key::new(
                            "idle",
                            &[Form::Duration],
                            "The time without a request after which a session ends.",
                        )
                        .default("`7d`"),
                        Key::new(
                            "absolute",
                            &[Form::Duration],
                            "The time after which every session ends.",
                        )
                        .default("`30d`"),
                    ],
                ),
            ],
        ),
        super::home::HOME,
        Key::map(
            "reading",
            "What may be read from the network beyond `backend.reading`.",
            &[Key::list(
                "private",
                "Names, addresses and networks that may be read although they are private.",
                &Key::new(
                    "",
                    &[Form::Text],
                    "A name (`git.internal`), an address, or a network (`10.0.0.0/8`).",
                ),
            )],
        ),
        Key::map(
            "integrations",
            "Source hosts that Backstage has no integration for.",
            &[Key::list(
                "git",
                "Servers that speak git over HTTP and have no API the portal knows.",
                &GIT,
            )],
        ),
    ],
);

const GIT: Key = Key::map(
    "",
    "One server.",
    &[
        Key::new(
            "host",
            &[Form::Host],
            "The host as it stands in URLs, with its port if it is not the usual one.",
        )
        .required(),
        Key::new(
            "scheme",
            &[Form::OneOf(&["https", "http"])],
            "How the server is reached.",
        )
        .default("`https`"),
        Key::new("username", &[Form::Text], "The user to sign in as."),
        Key::new(
            "password",
            &[Form::AnyText],
            "The password or token of that user.",
        )
        .secret(),
    ],
);
