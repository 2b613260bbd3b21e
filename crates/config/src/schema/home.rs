//! Keys of `callboard.home`.
use super::{Form, Key};

/// Words for the pictures of links.
const ICONS: &[&str] = &[
    "alert", "api", "book", "calendar", "catalog", "code", "group", "help", "link", "mail",
    "settings", "terminal", "user",
];

/// `callboard.home`.
pub(super) const HOME: Key = Key::map(
    "home",
    "What the home page shows.",
    &[
        Key::list(
            "layout",
            "The sections of the home page in their order; one that is not named is not shown.",
            &Key::new(
                "",
                &[Form::OneOf(&[
                    "kinds", "owned", "problems", "starred", "recent", "links", "changed",
                ])],
                "A section.",
            ),
        )
        .default("all"),
        Key::list(
            "links",
            "Links that everybody sees on the home page.",
            &Key::map(
                "",
                "One link.",
                &[
                    Key::new("title", &[Form::Text], "What it is called.").required(),
                    Key::new("url", &[Form::Link], "Where it leads.").required(),
                    Key::new("icon", &[Form::OneOf(ICONS)], "Its picture.").default("`link`"),
                    Key::new("group", &[Form::Text], "The heading under which it stands."),
                ],
            ),
        ),
    ],
);
