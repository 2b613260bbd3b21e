//! Keys of `integrations`.
use super::{Form, Key};

/// `integrations`.
pub(super) const INTEGRATIONS: Key = Key::map(
    "integrations",
    "Access to source hosts.",
    &[
        Key::list(
            "github",
            "GitHub and GitHub Enterprise; github.com can always be read.",
            &GITHUB,
        ),
        Key::list(
            "gitlab",
            "GitLab, hosted and own; gitlab.com can always be read.",
            &GITLAB,
        ),
        Key::list("gitea", "Gitea and Forgejo.", &GITEA),
        Key::list(
            "bitbucketCloud",
            "Bitbucket Cloud; bitbucket.org can always be read.",
            &BITBUCKET_CLOUD,
        ),
        Key::unused("bitbucketServer", "Bitbucket Server and Data Center."),
        Key::old(
            "bitbucket",
            "Use `bitbucketCloud` for bitbucket.org; Bitbucket Server is not read",
        ),
        Key::unused("azure", "Azure DevOps."),
        Key::unused("azureBlobStorage", "Azure Blob Storage."),
        Key::unused("gerrit", "Gerrit."),
        Key::unused("harness", "Harness Code."),
        Key::unused("awsS3", "Amazon S3."),
        Key::unused("awsCodeCommit", "AWS CodeCommit."),
        Key::unused("googleGcs", "Google Cloud Storage."),
    ],
);

const HOST: Key = Key::new(
    "host",
    &[Form::Host],
    "The host as it stands in URLs, with its port if it is not the usual one.",
);

const COMMIT_SIGNING_KEY: Key = Key::unused(
    "commitSigningKey",
    "The key with which Backstage signs commits.",
);

const GITHUB: Key = Key::map(
    "",
    "One host.",
    &[
        HOST.default("`github.com`"),
        Key::new("apiBaseUrl", &[Form::Url], "Where its API is.")
            .default("`https://<host>/api/v3`, and `https://api.github.com` for github.com"),
        Key::new("rawBaseUrl", &[Form::Url], "Where its plain files are.").default(
            "`https://<host>/raw`, and `https://raw.githubusercontent.com` for github.com",
        ),
        Key::new("token", &[Form::Text], "A personal access token.").secret(),
        Key::list(
            "apps",
            "GitHub Apps, which are tried before the token.",
            &GITHUB_APP,
        ),
        COMMIT_SIGNING_KEY,
    ],
);

const GITHUB_APP: Key = Key::map(
    "",
    "One app.",
    &[
        Key::new("appId", &[Form::Whole], "The number of the app.").required(),
        Key::new(
            "privateKey",
            &[Form::Text],
            "The private key of the app, as PEM text.",
        )
        .secret()
        .required(),
        Key::new(
            "webhookSecret",
            &[Form::Text],
            "The secret with which the app signs its webhooks.",
        )
        .secret(),
        Key::list(
            "allowedInstallationOwners",
            "The owners whose repositories the app is used for; all if missing.",
            &Key::new("", &[Form::Text], "A user or an organization."),
        ),
        Key::unused(
            "clientId",
            "The identifier with which people sign in through the app.",
        ),
        Key::unused(
            "clientSecret",
            "The secret with which people sign in through the app.",
        ),
        Key::unused(
            "publicAccess",
            "Whether Backstage uses the app for repositories it is not installed for.",
        ),
    ],
);

const GITLAB: Key = Key::map(
    "",
    "One host.",
    &[
        HOST.required(),
        Key::new(
            "baseUrl",
            &[Form::Url],
            "Where its pages are; with a path if it does not stand at the root.",
        )
        .default("`https://<host>`"),
        Key::new("apiBaseUrl", &[Form::Url], "Where its API is.")
            .default("`https://<host>/api/v4`"),
        Key::new("token", &[Form::Text], "An access token.").secret(),
        Key::unused("retry", "How Backstage repeats requests that failed."),
        COMMIT_SIGNING_KEY,
    ],
);

const GITEA: Key = Key::map(
    "",
    "One host.",
    &[
        HOST.required(),
        Key::new(
            "baseUrl",
            &[Form::Url],
            "Where its pages are; with a path if it does not stand at the root.",
        )
        .default("`https://<host>`"),
        Key::new("username", &[Form::Text], "The user to sign in as.").secret(),
        Key::new(
            "password",
            &[Form::Text],
            "The password of that user; without a user, an access token.",
        )
        .secret(),
        COMMIT_SIGNING_KEY,
    ],
);

const BITBUCKET_CLOUD: Key = Key::map(
    "",
    "How bitbucket.org is read.",
    &[
        Key::new(
            "username",
            &[Form::Text],
            "The user, or the mail address that belongs to an API token.",
        ),
        Key::new("token", &[Form::Text], "An API token of that user.").secret(),
        Key::new(
            "appPassword",
            &[Form::Text],
            "An app password of that user, where there is no token.",
        )
        .secret(),
        Key::unused("clientId", "The identifier of an OAuth consumer."),
        Key::unused("clientSecret", "The secret of an OAuth consumer."),
        COMMIT_SIGNING_KEY,
    ],
);
