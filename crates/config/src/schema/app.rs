//! Keys of `app` and `organization`.
use super::{Form, Key};

/// `app`.
pub(super) const APP: Key = Key::map(
    "app",
    "The portal as people see it.",
    &[
        Key::new(
            "title",
            &[Form::Text],
            "The name shown in the browser and in the top bar.",
        )
        .default("`Callboard`"),
        Key::new(
            "baseUrl",
            &[Form::Url],
            "The address under which people open the portal.",
        )
        .default("`backend.baseUrl`"),
        Key::unused("packages", "Which frontend packages Backstage discovers."),
        Key::unused(
            "extensions",
            "Which frontend extensions Backstage shows, and how.",
        ),
        Key::unused("routes", "How Backstage binds the routes of its plugins."),
        Key::unused("pluginOverrides", "What Backstage shows about its plugins."),
        Key::unused("support", "What Backstage shows behind its support button."),
        Key::unused("analytics", "Where Backstage sends usage data."),
        Key::unused(
            "disableStaticFallbackCache",
            "Whether Backstage keeps old assets in its database.",
        ),
        Key::unused(
            "disableConfigInjection",
            "Whether Backstage keeps its configuration out of the page.",
        ),
        Key::unused(
            "listen",
            "Where the Backstage development frontend listens.",
        ),
        Key::unused(
            "https",
            "The certificate of the Backstage development frontend.",
        ),
        Key::unused(
            "datadogRum",
            "Datadog's monitoring of the Backstage frontend.",
        ),
        Key::unused("sentry", "Sentry's monitoring of the Backstage frontend."),
        Key::unused("experimental", "Experiments of the Backstage frontend."),
    ],
);

/// `organization`.
pub(super) const ORGANIZATION: Key = Key::map(
    "organization",
    "The organization the portal belongs to.",
    &[Key::new(
        "name",
        &[Form::Text],
        "The name of the organization, shown with the portal's.",
    )],
);
