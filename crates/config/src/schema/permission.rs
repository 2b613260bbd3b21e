//! Keys of `permission`.
use super::{Form, Key};

/// `permission`.
pub(super) const PERMISSION: Key = Key::map(
    "permission",
    "Who may do what.",
    &[
        Key::new(
            "enabled",
            &[Form::Boolean],
            "Whether the policy is asked; without it everybody who is let in may do everything.",
        )
        .default("`false`"),
        RBAC,
        Key::unused(
            "EXPERIMENTAL_enableBatchedRequests",
            "How Backstage's plugins ask for permissions.",
        ),
    ],
);

const RBAC: Key = Key::map(
    "rbac",
    "Settings of the community's RBAC plugin, whose files are read as they are.",
    &[
        Key::map(
            "admin",
            "Who is above the policy.",
            &[
                Key::list(
                    "users",
                    "Users and groups that may see and change roles.",
                    &SUBJECT,
                ),
                Key::list(
                    "superUsers",
                    "Users and groups that may do everything.",
                    &SUBJECT,
                ),
            ],
        ),
        Key::new(
            "policies-csv-file",
            &[Form::Text],
            "A file of roles and permissions; it is looked for beside this file, then in the folder the portal was started in.",
        ),
        Key::new(
            "conditionalPoliciesFile",
            &[Form::Text],
            "A YAML file of permissions with conditions, found in the same way.",
        ),
        Key::new(
            "policyFileReload",
            &[Form::Boolean],
            "Whether the files are read again when they change.",
        )
        .default("`false`"),
        Key::new(
            "maxDepth",
            &[Form::Whole],
            "How many groups above their own count for people; all if missing.",
        ),
        Key::new(
            "policyDecisionPrecedence",
            &[Form::OneOf(&["conditional", "basic"])],
            "Which permissions are looked at first: those with conditions or those without.",
        )
        .default("`conditional`"),
        Key::map(
            "defaultPermissions",
            "What everybody may do.",
            &[
                Key::new(
                    "defaultRole",
                    &[Form::EntityRef],
                    "The role that everybody has.",
                ),
                Key::list(
                    "basicPermissions",
                    "The permissions of that role.",
                    &Key::map(
                        "",
                        "One permission.",
                        &[
                            Key::new(
                                "permission",
                                &[Form::Text],
                                "Its name, or a type of resources.",
                            )
                            .required(),
                            Key::new(
                                "action",
                                &[Form::OneOf(&["create", "read", "update", "delete", "use"])],
                                "The action; `use` is a permission without one.",
                            )
                            .default("`use`"),
                        ],
                    ),
                ),
            ],
        ),
        Key::unused(
            "pluginsWithPermission",
            "Which plugins the RBAC pages of Backstage show.",
        ),
        Key::unused(
            "useOwnershipEntityRefs",
            "Whether Backstage takes the groups of a person from the token.",
        ),
    ],
);

const SUBJECT: Key = Key::map(
    "",
    "One user or group.",
    &[Key::new(
        "name",
        &[Form::EntityRef],
        "The reference, such as `user:default/ada`.",
    )
    .required()],
);
