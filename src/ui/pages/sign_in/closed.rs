//! What stands where nobody can sign in and the portal is used from another machine.
use leptos::prelude::*;
use leptos_meta::Title;

use crate::ui::kit::{
    code_block::{CodeBlock, Highlight},
    icon::{Glyph, Icon},
};

/// The least that lets people sign in with GitHub.
const PROVIDER: &str = "\
auth:
  providers:
    github:
      development:
        clientId: ${GITHUB_CLIENT_ID}
        clientSecret: ${GITHUB_CLIENT_SECRET}
        signIn:
          resolvers:
            - resolver: usernameMatchingUserEntityName
";

/// What lets in everybody.
const OPEN: &str = "\
backend:
  auth:
    dangerouslyDisableDefaultAuthPolicy: true
";

/// Says why the portal is closed, and three ways to open it.
#[component]
pub(super) fn ClosedPortal(
    /// Name of the portal.
    title: String,
) -> impl IntoView {
    let heading = format!("{title} is closed to other machines");
    view! {
        <Title text="Closed"/>
        <section class="gate wide">
            <header>
                <span class="mark"><Icon glyph=Glyph::Lock/></span>
                <h1>{heading}</h1>
                <p>
                    "No way to sign in is configured, so it cannot know who you are. The people who run it can open it in one of three ways."
                </p>
            </header>
            <ol class="openings">
                <li>
                    <h2>"Let people sign in"</h2>
                    <p>"Configure a provider under "<code>"auth.providers"</code>", for example GitHub, and restart the portal."</p>
                    <CodeBlock
                        id="provider"
                        label="Configuration that lets people sign in with GitHub"
                        text=PROVIDER.to_owned()
                        highlight=Highlight::Yaml
                    />
                </li>
                <li>
                    <h2>"Use it from its own machine"</h2>
                    <p>"Whoever opens the portal on the machine it runs on, as "<code>"localhost"</code>", enters as the guest. Nothing has to be set up for that."</p>
                </li>
                <li>
                    <h2>"Open it to everybody"</h2>
                    <p>"Then everyone who reaches the portal may read and change everything. Do this only where something in front of it decides who comes in."</p>
                    <CodeBlock
                        id="open"
                        label="Configuration that lets in everybody"
                        text=OPEN.to_owned()
                        highlight=Highlight::Yaml
                    />
                </li>
            </ol>
        </section>
    }
}
