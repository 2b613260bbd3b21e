//! Where I am signed in, and how to end that.
use callboard_model::view::SessionRow;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        components::when::{Until, When},
        kit::{
            badge::{Badge, Tone},
            card::Card,
            icon::{Glyph, Icon},
        },
    },
};

/// A table of sessions, each with the form that ends it, and one form that ends all.
#[component]
pub(super) fn SessionsCard(
    /// The sessions, the newest first.
    sessions: Vec<SessionRow>,
    /// The present, in milliseconds since 1970-01-01 UTC.
    now: i64,
) -> impl IntoView {
    if sessions.is_empty() {
        return view! {
            <Card title="Where I am signed in" id="sessions">
                <p class="none">"You have no session: what stands in front of the portal says who you are with each request."</p>
            </Card>
        }
        .into_any();
    }
    let count = sessions.len();
    let rows = sessions
        .into_iter()
        .map(|session| row(session, now))
        .collect_view();
    view! {
        <Card title="Where I am signed in" id="sessions" count=count class="flush">
            <table class="table stacked">
                <caption class="vh">"Sessions"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Browser"</th>
                        <th scope="col">"Address"</th>
                        <th scope="col">"Signed in with"</th>
                        <th scope="col">"Since"</th>
                        <th scope="col">"Last seen"</th>
                        <th scope="col">"Ends"</th>
                        <th scope="col"><span class="vh">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <form class="card-end" method="post" action=paths::SIGN_OUT>
                <input type="hidden" name="everywhere" value="on"/>
                <button class="btn"><Icon glyph=Glyph::SignOut/>"Sign out everywhere"</button>
                <p class="quiet">"Ends every session, this one too. Access tokens stay."</p>
            </form>
        </Card>
    }
    .into_any()
}

fn row(session: SessionRow, now: i64) -> impl IntoView {
    let agent = if session.agent.is_empty() {
        "Unknown browser".to_owned()
    } else {
        session.agent
    };
    let action = if session.is_current {
        view! {
            <form method="post" action=paths::SIGN_OUT>
                <button class="btn small" aria-label="Sign out of this browser">"Sign out"</button>
            </form>
        }
        .into_any()
    } else {
        let label = format!("End the session of {agent} at {}", session.address);
        view! {
            <form method="post" action=paths::REVOKE_SESSION>
                <input type="hidden" name="id" value=session.id/>
                <button class="btn small" aria-label=label>"End"</button>
            </form>
        }
        .into_any()
    };
    let current = session
        .is_current
        .then(|| view! { <Badge tone=Tone::Ok text="this browser" glyph=Glyph::Done/> });
    view! {
        <tr>
            <td><span class="named"><b>{agent}</b>{current}</span></td>
            <td data-label="Address"><code>{session.address}</code></td>
            <td data-label="Signed in with">{session.provider}</td>
            <td data-label="Since"><When at=session.created_at now/></td>
            <td data-label="Last seen"><When at=session.seen_at now/></td>
            <td data-label="Ends"><Until at=session.expires_at now/></td>
            <td class="act">{action}</td>
        </tr>
    }
}
