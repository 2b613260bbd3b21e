//! Keys of `events`.
use super::{Form, Key};

/// `events`.
pub(super) const EVENTS: Key = Key::map(
    "events",
    "Events received from other services.",
    &[
        Key::map(
            "modules",
            "The services that send events.",
            &[
                Key::map("github", "Webhooks of GitHub.", &[WEBHOOK_SECRET]),
                Key::map("gitlab", "Webhooks of GitLab.", &[WEBHOOK_SECRET]),
                Key::map("gitea", "Webhooks of Gitea and Forgejo.", &[WEBHOOK_SECRET]),
                Key::unused("awsSqs", "Amazon SQS."),
                Key::unused("azureServiceBus", "Azure Service Bus."),
                Key::unused("bitbucketServer", "Webhooks of Bitbucket Server."),
                Key::unused("googlePubSub", "Google Pub/Sub."),
                Key::unused("kafka", "Apache Kafka."),
            ],
        ),
        Key::unused(
            "http",
            "The topics Backstage takes over HTTP; the portal takes those whose secret is set.",
        ),
        Key::unused(
            "notifyTimeoutMs",
            "How long Backstage waits for what an event sets off.",
        ),
        Key::unused(
            "useEventBus",
            "Whether Backstage shares events between its processes.",
        ),
    ],
);

const WEBHOOK_SECRET: Key = Key::new(
    "webhookSecret",
    &[Form::Text],
    "The secret the service and the portal share.",
)
.secret();
