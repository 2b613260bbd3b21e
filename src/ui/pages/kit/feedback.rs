//! What the portal says.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, RTL},
};
use crate::{
    paths,
    ui::kit::{
        alert::Alert,
        badge::Tone,
        banner::Banner,
        button::{Button, Weight},
        empty_state::EmptyState,
        icon::Glyph,
        toast::{Toast, Toasts, Undo},
    },
};

pub(super) fn alerts(_: Pane) -> AnyView {
    view! {
        <State name="Done" wide=true><Alert tone=Tone::Ok title="The location was registered"><p>"Its 3 entities appear within a minute."</p></Alert></State>
        <State name="Worth knowing" wide=true><Alert tone=Tone::Info title="This page shows 12 October 2026, 14:00"><p>"It can be read only."</p></Alert></State>
        <State name="Warning" wide=true>
            <Alert tone=Tone::Warn title="Nothing that has this entity says who owns it"><p>"Add "<code>"spec.owner"</code>" to its file."</p></Alert>
        </State>
        <State name="Error" wide=true>
            <Alert tone=Tone::Danger title="Could not read acme/ledger">
                <p>"GitHub said 403: the token lacks contents:read. The version of 09:12 is shown."</p>
                <p class="actions"><Button text="Try again" glyph=Glyph::Refresh/><Button text="How to fix" weight=Weight::Quiet href=paths::PROBLEMS/></p>
            </Alert>
        </State>
        <State name="Long text, right to left" wide=true><Alert tone=Tone::Info title=RTL><p>{LONG_TEXT}</p></Alert></State>
    }
    .into_any()
}

pub(super) fn banners(_: Pane) -> AnyView {
    view! {
        <State name="Worth knowing" wide=true>
            <Banner tone=Tone::Info text="Viewing 12 October 2026, 14:00. Read-only."><Button text="Back to now" href=paths::KIT/></Banner>
        </State>
        <State name="Warning" wide=true><Banner tone=Tone::Warn text="The catalog is 14 minutes old: the source host does not answer."/></State>
        <State name="Error" wide=true><Banner tone=Tone::Danger text=LONG_TEXT/></State>
    }
    .into_any()
}

pub(super) fn toasts(pane: Pane) -> AnyView {
    let undo = || Undo {
        action: paths::KIT.to_owned(),
        posts: false,
        value: ("undone".to_owned(), "1".to_owned()),
    };
    let template = pane.id("toast-template");
    view! {
        <State name="Done, with undo" wide=true><Toast tone=Tone::Ok text="ferry-booking was unregistered." undo=undo()/></State>
        <State name="Failed: it stays" wide=true>
            <Toast tone=Tone::Danger text="ferry-booking could not be starred: the server did not answer."/>
        </State>
        <State name="Long text, right to left" wide=true><Toast tone=Tone::Info text=format!("{RTL} {LONG_TEXT}")/></State>
        <State name="Live: goes after 10 seconds, waits while one points at it">
            <button class="btn js" type="button" data-toast-from=template.clone()>"Show a toast"</button>
            <template id=template><Toast tone=Tone::Ok text="The view was deleted." undo=undo() seconds=10/></template>
            {pane.is_first.then(|| view! { <Toasts/> })}
        </State>
    }
    .into_any()
}

pub(super) fn empty(_: Pane) -> AnyView {
    view! {
        <State name="Nothing here yet" wide=true>
            <EmptyState glyph=Glyph::Catalog title="Nothing is registered yet">
                <p>"Components, APIs and teams appear here once their files are read."</p>
                <p class="offers"><Button text="Register a file" weight=Weight::Primary glyph=Glyph::Plus/><Button text="Read the guide"/></p>
            </EmptyState>
        </State>
        <State name="Nothing matches" wide=true>
            <EmptyState glyph=Glyph::Search title="No match">
                <p class="offers"><Button text="Remove tier:1" glyph=Glyph::Close/></p>
            </EmptyState>
        </State>
    }
    .into_any()
}
