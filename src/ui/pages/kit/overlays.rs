//! What lies over the page.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, RTL},
};
use crate::{
    paths,
    ui::kit::{
        button::{Button, Weight},
        dialog::{Dialog, DialogOpener},
        icon::Glyph,
        icon_button::IconButton,
        menu::{Menu, MenuItem, MenuLine},
        popover::Popover,
        text_input::{Control, TextInput},
        tooltip::Tooltip,
    },
};

pub(super) fn dialogs(pane: Pane) -> AnyView {
    let (dialog, drawer) = (pane.id("dialog"), pane.id("drawer"));
    let field = Control {
        help: Some("Type the name to confirm.".to_owned()),
        ..Control::new(pane.id("dialog-name"), "name", "Name")
    };
    view! {
        <State name="Dialog">
            <DialogOpener opens=dialog.clone() text="Unregister" weight=Weight::Danger glyph=Glyph::Trash/>
            <Dialog id=dialog title="Unregister ferry-booking?">
                <form method="dialog">
                    <p>"Its 3 entities leave the catalog. 12 others refer to them and will have a problem."</p>
                    <TextInput control=field/>
                    <div class="dialog-end">
                        <button class="btn" formnovalidate=true>"Cancel"</button>
                        <button class="btn risk">"Unregister"</button>
                    </div>
                </form>
            </Dialog>
        </State>
        <State name="Drawer">
            <DialogOpener opens=drawer.clone() text="Columns" glyph=Glyph::Columns/>
            <Dialog id=drawer title="Columns" drawer=true>
                <p>"What a table shows is chosen here, and the table stays in sight."</p>
                <p dir="auto">{RTL}</p>
                <p>{LONG_TEXT}</p>
            </Dialog>
        </State>
        <State name="As it looks when it is open" wide=true>
            <div class="modal picture">
                <div class="dialog-head"><h3>"Unregister ferry-booking?"</h3><IconButton glyph=Glyph::Close label="Close"/></div>
                <p>"Its 3 entities leave the catalog. 12 others refer to them and will have a problem."</p>
                <div class="dialog-end"><Button text="Cancel"/><Button text="Unregister" weight=Weight::Danger/></div>
            </div>
        </State>
    }
    .into_any()
}

pub(super) fn popovers(pane: Pane) -> AnyView {
    view! {
        <State name="Opens without a script">
            <Popover id=pane.id("popover") text="Share">
                <p>"Whoever may read this page can open the link."</p>
                <p><code>"https://portal.example.com/catalog"</code></p>
            </Popover>
        </State>
        <State name="As it looks when it is open" wide=true>
            <div class="popover picture">
                <p>"Whoever may read this page can open the link."</p>
                <p><code>"https://portal.example.com/catalog"</code></p>
            </div>
        </State>
    }
    .into_any()
}

pub(super) fn tooltips(pane: Pane) -> AnyView {
    let (first, second) = (pane.id("tip"), pane.id("tip-open"));
    view! {
        <State name="Point at it, or focus it">
            <Tooltip id=first.clone() text="Four of four checks are green.">
                <a class="badge ok" href="#tooltip" aria-describedby=first>"healthy"</a>
            </Tooltip>
        </State>
        <State name="As it looks when it is open" wide=true>
            <div class="room">
                <Tooltip id=second.clone() text="Four of four checks are green; the last ran 2 minutes ago." shown=true>
                    <a class="badge ok" href="#tooltip" aria-describedby=second>"healthy"</a>
                </Tooltip>
            </div>
        </State>
    }
    .into_any()
}

pub(super) fn menus(_: Pane) -> AnyView {
    let items = || {
        view! {
            <MenuItem text="Open the repository" glyph=Glyph::External href=paths::CATALOG key="o"/>
            <MenuItem text="Watch" glyph=Glyph::Eye class="is-hover"/>
            <MenuItem text="Export (nothing to export)" glyph=Glyph::Download off=true/>
            <MenuItem text=RTL glyph=Glyph::Link/>
            <MenuLine/>
            <MenuItem text="Unregister" glyph=Glyph::Trash risk=true/>
        }
    };
    view! {
        <State name="Button with words"><Menu label="Actions" at_start=true>{items()}</Menu></State>
        <State name="Button with a picture"><Menu label="More actions" glyph=Glyph::Dots at_start=true>{items()}</Menu></State>
        <State name="As it looks when it is open: hover, disabled, right to left, danger">
            <div class="menu drop picture"><div><ul>{items()}</ul></div></div>
        </State>
    }
    .into_any()
}
