//! Keys of `catalog`.
use super::{Form, Key};

/// `catalog`.
pub(super) const CATALOG: Key = Key::map(
    "catalog",
    "What the catalog holds and where it comes from.",
    &[
        Key::list("locations", "The places entities are read from.", &LOCATION),
        Key::list(
            "rules",
            "Which kinds of entities are let in, and from where.",
            &RULE,
        )
        .default("`[{ allow: [Component, API, Location] }]`"),
        Key::new(
            "readonly",
            &[Form::Boolean],
            "Whether locations can only be registered here, not in the portal.",
        )
        .default("`false`"),
        Key::new(
            "processingInterval",
            &[Form::Duration, Form::False],
            "How often entities are read again.",
        )
        .default("`100s`"),
        Key::new(
            "orphanStrategy",
            &[STRATEGY],
            "What becomes of entities that nothing refers to any more.",
        )
        .default("`delete`"),
        Key::new(
            "orphanProviderStrategy",
            &[STRATEGY],
            "What becomes of entities whose provider is gone.",
        )
        .default("`delete`"),
        Key::unused("providers", "Where Backstage discovers entities by itself."),
        Key::unused("processors", "Settings of Backstage's processors."),
        Key::unused(
            "providerOptions",
            "Which providers of Backstage are switched off.",
        ),
        Key::unused(
            "processorOptions",
            "Which processors of Backstage are switched off, and their order.",
        ),
        Key::map(
            "stitchingStrategy",
            "How Backstage assembles entities; the portal does it at once.",
            &[
                Key::unused(
                    "pollingInterval",
                    "How often Backstage looks for entities to assemble.",
                ),
                Key::unused("stitchTimeout", "How long Backstage waits for one."),
                Key::old(
                    "mode",
                    "Remove it; entities are always assembled in the background",
                ),
            ],
        ),
        Key::new(
            "defaultLocationConflictStrategy",
            &[Form::OneOf(&["reject", "refresh"])],
            "What happens when a location is registered again: an answer of 409, or a new reading of it.",
        )
        .default("`reject`"),
        Key::new(
            "scmEvents",
            &[Form::Boolean, Form::Map],
            "Whether locations are read again when their source host says that they changed.",
        )
        .keys(&[
            Key::new(
                "refresh",
                &[Form::Boolean],
                "Whether locations are read again when their source host says that they changed.",
            )
            .default("`true`"),
            Key::unused(
                "unregister",
                "Whether Backstage removes locations whose file was removed.",
            ),
            Key::unused(
                "move",
                "Whether Backstage follows locations whose file was moved.",
            ),
        ]),
        Key::unused(
            "import",
            "What Backstage proposes when it writes a catalog file.",
        ),
        Key::unused(
            "experimentalPagination",
            "How the old catalog page of Backstage reads.",
        ),
        Key::old(
            "enableRelationsCompatibility",
            "Remove it; relations have one form only",
        ),
    ],
);

const STRATEGY: Form = Form::OneOf(&["keep", "delete"]);

const LOCATION: Key = Key::map(
    "",
    "One place.",
    &[
        Key::new(
            "type",
            &[Form::Text],
            "How the target is read: `file` or `url`.",
        )
        .required(),
        Key::new(
            "target",
            &[Form::Text],
            "The path, which may hold `*` and `**`, or the URL.",
        )
        .required(),
        Key::list(
            "rules",
            "Kinds that are let in from here in addition.",
            &Key::map("", "One rule.", &[ALLOW.required()]),
        ),
    ],
);

const RULE: Key = Key::map(
    "",
    "One rule.",
    &[
        ALLOW.required(),
        Key::list(
            "locations",
            "Where the entities must come from; anywhere if missing, nowhere if empty.",
            &Key::map(
                "",
                "One condition.",
                &[
                    Key::new("type", &[Form::Text], "The type of the location.").required(),
                    Key::new("exact", &[Form::Text], "Its target, letter for letter."),
                    Key::new(
                        "pattern",
                        &[Form::Text],
                        "A pattern of its target, with `*`, `**`, `?` and `{a,b}`.",
                    ),
                ],
            ),
        ),
    ],
);

const ALLOW: Key = Key::list(
    "allow",
    "The kinds, by name or as a map.",
    &Key::new("", &[Form::Text, Form::Map], "One kind.").keys(&[
        Key::new("kind", &[Form::Text], "The kind.").required(),
        Key::new(
            "spec.type",
            &[Form::Text],
            "The type an entity of that kind must have.",
        ),
    ]),
);
