//! `/dev/kit`: every piece of the kit in all its states, light and dark, in both directions.
mod actions;
mod choices;
mod code;
mod data;
mod feedback;
mod flow;
mod inputs;
mod look;
mod overlays;
mod pane;
mod picture;
mod samples;
mod table;
mod ways;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{
    look::{Density, Look, Shown},
    pane::Pane,
};
use super::{module::Module, sheet::Sheet};
use crate::ui::{
    kit::{
        alert::Alert,
        badge::Tone,
        segmented::{Segment, SegmentLinks},
    },
    layout::page_header::PageHeader,
};

/// What the page is about.
const LEAD: &str = "Every piece of the interface in all its states. States that come from pointing or typing are \
                    drawn by classes that share the rule with the real ones.";

/// A part of the page.
struct Part {
    id: &'static str,
    title: &'static str,
    show: fn(Pane) -> AnyView,
}

/// The parts in their order.
const PARTS: &[Part] = &[
    part("colours", "Colours and type", picture::colours),
    part("icons", "Icons", picture::icons),
    part("button", "Button", actions::buttons),
    part("icon-button", "Icon button", actions::icon_buttons),
    part("link", "Link", actions::links),
    part("input", "Input", inputs::inputs),
    part("select", "Select and combobox", inputs::selects),
    part("multi-select", "Multi-select", inputs::multi_selects),
    part("checkbox", "Checkbox", choices::boxes),
    part("radio", "Radio", choices::radios),
    part("switch", "Switch", choices::switches),
    part("segmented", "Segmented", choices::segments),
    part("tabs", "Tabs", ways::tabs),
    part("breadcrumb", "Breadcrumb", ways::breadcrumbs),
    part("pagination", "Pagination and load more", ways::pagination),
    part("tree", "Tree", ways::trees),
    part("facets", "Facet list", ways::facets),
    part("table", "Table", table::tables),
    part("tags", "Chip and tag", data::tags),
    part("badges", "Status badge", data::badges),
    part("people", "Avatar and owner", data::people),
    part("card", "Card", data::cards),
    part("key-values", "Key-value list", data::key_values),
    part("timeline", "Timeline", data::timelines),
    part("alert", "Inline alert", feedback::alerts),
    part("banner", "Banner", feedback::banners),
    part("toast", "Toast", feedback::toasts),
    part("empty", "Empty state", feedback::empty),
    part("dialog", "Dialog and drawer", overlays::dialogs),
    part("popover", "Popover", overlays::popovers),
    part("tooltip", "Tooltip", overlays::tooltips),
    part("menu", "Menu", overlays::menus),
    part("command-palette", "Command palette", picture::palette),
    part("stepper", "Stepper", flow::steppers),
    part("progress", "Progress", flow::progress),
    part("skeleton", "Skeleton", flow::skeletons),
    part("log", "Log viewer", flow::logs),
    part("code", "Code block", code::blocks),
    part("command", "Command block", code::commands),
    part("diff", "Diff", code::diffs),
    part("graph", "Graph and its table", picture::graph),
    part("quiz", "Quiz item", choices::quiz),
];

const fn part(id: &'static str, title: &'static str, show: fn(Pane) -> AnyView) -> Part {
    Part { id, title, show }
}

/// The whole page.
#[component]
pub(super) fn KitPage() -> impl IntoView {
    let look = use_query_map().with_untracked(Look::read);
    let contents = PARTS
        .iter()
        .map(|part| view! { <li><a href=format!("#{}", part.id)>{part.title}</a></li> })
        .collect_view();
    let parts = PARTS.iter().map(|part| show(part, look)).collect_view();
    let undone = look.undone.then(|| {
        view! {
            <Alert tone=Tone::Ok title="It was brought back" answers=true>
                <p>"The form of the toast led here; without JavaScript it does the same."</p>
            </Alert>
        }
    });
    view! {
        <Title text="Components"/>
        <Sheet name="forms"/>
        <Sheet name="overlays"/>
        <Sheet name="kit"/>
        <Sheet name="dev"/>
        <Module name="kit"/>
        <PageHeader title="Components" lead=LEAD.to_owned()/>
        {undone}
        <div class="kit-bar">{switches(look)}</div>
        <details class="kit-contents" open>
            <summary>"Contents"</summary>
            <nav aria-label="Contents"><ul>{contents}</ul></nav>
        </details>
        {parts}
    }
}

/// Links that change how everything is shown.
fn switches(look: Look) -> impl IntoView {
    let segment = |text: &str, to: Look| Segment {
        text: text.to_owned(),
        to: to.href(),
        current: to == look,
        ..Segment::default()
    };
    let look = Look {
        undone: false,
        ..look
    };
    let themes = Shown::ALL.map(|shown| segment(shown.word(), Look { shown, ..look }));
    let densities = Density::ALL.map(|density| segment(density.word(), Look { density, ..look }));
    let directions = [false, true].map(|rtl| {
        let text = if rtl {
            "Right to left"
        } else {
            "Left to right"
        };
        segment(text, Look { rtl, ..look })
    });
    view! {
        <SegmentLinks label="Colours" segments=themes.to_vec()/>
        <SegmentLinks label="Density" segments=densities.to_vec()/>
        <SegmentLinks label="Direction" segments=directions.to_vec()/>
    }
}

fn show(part: &Part, look: Look) -> impl IntoView + use<> {
    let panes = look
        .shown
        .themes()
        .iter()
        .enumerate()
        .map(|(place, theme)| {
            let pane = Pane {
                theme,
                is_first: place == 0,
            };
            let direction = if look.rtl { "rtl" } else { "ltr" };
            view! {
                <div class="pane" data-theme=*theme data-density=look.density.as_str() dir=direction>
                    {(part.show)(pane)}
                </div>
            }
        })
        .collect_view();
    let heading = format!("{}-title", part.id);
    let labelled_by = heading.clone();
    view! {
        <section class="kit-part" id=part.id aria-labelledby=labelled_by>
            <h2 id=heading>{part.title}</h2>
            <div class="panes">{panes}</div>
        </section>
    }
}
