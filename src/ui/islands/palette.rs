//! The command palette: a dialog with a text box and what the portal offers for its text.
//!
//! `public/boot.js` opens the dialog. Until the island is live, and when the portal does not answer, Enter leads to the
//! search page.
use std::time::Duration;

use callboard_model::view::{PaletteAction, PaletteGroup, PaletteItem};
use leptos::{
    ev::KeyboardEvent, html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local,
    wasm_bindgen::JsCast,
};
use web_sys::HtmlElement;

use super::theme_switch;
use crate::{api::palette::palette, paths, ui::frame::Theme};

/// How long the typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(40);

/// What the dialog shows.
#[derive(Clone, Copy)]
struct Shown {
    groups: RwSignal<Vec<PaletteGroup>>,
    /// The entry that Enter opens, counted over all groups.
    active: RwSignal<usize>,
    /// The item whose actions are shown in place of everything.
    actions_of: RwSignal<Option<PaletteItem>>,
    /// The list is not yet that of what is typed.
    stale: RwSignal<bool>,
    /// Enter was pressed meanwhile.
    entered: RwSignal<bool>,
    /// There was an answer.
    answered: RwSignal<bool>,
    /// The portal did not answer.
    failed: RwSignal<bool>,
}

/// One line of the list.
struct Line {
    look: String,
    title: Vec<String>,
    hint: String,
    href: String,
    command: String,
}

/// The dialog; closed until it is asked for.
#[island]
pub fn Palette() -> impl IntoView {
    let shown = Shown {
        groups: RwSignal::default(),
        active: RwSignal::new(0),
        actions_of: RwSignal::new(None),
        stale: RwSignal::new(false),
        entered: RwSignal::new(false),
        answered: RwSignal::new(false),
        failed: RwSignal::new(false),
    };
    let input = NodeRef::<html::Input>::new();
    let typed = asking(shown);
    // What was typed before the island was live counts as well.
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let text = input.value();
            if !text.is_empty() {
                typed(text);
            }
        }
    });
    view! {
        <dialog id="palette" class="palette" aria-label="Search or run a command">
            <form action=paths::SEARCH role="search">
                <input
                    type="search"
                    name="q"
                    node_ref=input
                    role="combobox"
                    aria-label="Search or run a command"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=move || {
                        (!shown.groups.read().is_empty()).then(|| format!("palette-{}", shown.active.get()))
                    }
                    placeholder="Search or run a command"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="100"
                    on:focus=move |event| {
                        if shown.groups.read_untracked().is_empty() {
                            typed(event_target_value(&event));
                        }
                    }
                    on:input=move |event| typed(event_target_value(&event))
                    on:keydown=move |event| pressed(&event, shown)
                />
                <div id="palette-list" class="palette-list" role="listbox" aria-label="Results">
                    {move || list(shown)}
                </div>
                <p class="none" class:vh=move || !shown.groups.read().is_empty() role="status">{move || said(shown)}</p>
                <p class="palette-foot">
                    <span><kbd>"↑"</kbd><kbd>"↓"</kbd>" choose"</span>
                    <span><kbd>"↵"</kbd>" open"</span>
                    <span><kbd>"Tab"</kbd>" more"</span>
                    <span><kbd>">"</kbd>" commands"</span>
                    <span><kbd>"@"</kbd>" people"</span>
                    <span><kbd>"#"</kbd>" tags"</span>
                </p>
            </form>
        </dialog>
    }
}

/// Returns what to do with a typed text: wait until it rests, ask, and show the answer unless a newer question was
/// asked meanwhile.
fn asking(shown: Shown) -> impl Fn(String) + Copy {
    let asked = StoredValue::new(0_u32);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    move |text: String| {
        if let Some(waiting) = waiting.get_value() {
            waiting.clear();
        }
        shown.stale.set(true);
        shown.entered.set(false);
        let number = asked.get_value() + 1;
        asked.set_value(number);
        let ask = move || {
            spawn_local(async move {
                let answer = palette(text).await;
                if asked.get_value() == number {
                    shown.failed.set(answer.is_err());
                    shown.actions_of.set(None);
                    shown.active.set(0);
                    shown.groups.set(answer.unwrap_or_default());
                    shown.answered.set(true);
                    shown.stale.set(false);
                    if shown.entered.get_untracked() {
                        // Once the lines are drawn.
                        request_animation_frame(|| open(0, false));
                    }
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    }
}

/// Moves through the list, opens what is chosen, and shows its actions.
fn pressed(event: &KeyboardEvent, shown: Shown) {
    let count = lines(shown);
    let active = shown.active.get_untracked();
    match event.key().as_str() {
        "ArrowDown" if count > 0 => shown.active.set((active + 1) % count),
        "ArrowUp" if count > 0 => shown.active.set((active + count - 1) % count),
        "Tab" if !event.shift_key() => {
            let item = chosen(shown).filter(|item| !item.actions.is_empty());
            if item.is_none() {
                return;
            }
            shown.actions_of.set(item);
            shown.active.set(0);
        }
        "Escape" if shown.actions_of.read_untracked().is_some() => {
            shown.actions_of.set(None);
            shown.active.set(0);
        }
        "Enter" if shown.stale.get_untracked() => shown.entered.set(true),
        // Without lines the form leads to the search page.
        "Enter" if count > 0 => open(active, event.ctrl_key() || event.meta_key()),
        _ => return,
    }
    event.prevent_default();
    if let Some(line) = line_element(shown.active.get_untracked()) {
        line.scroll_into_view_with_bool(false);
    }
}

/// Follows a line, in a new tab if so wanted.
fn open(number: usize, beside: bool) {
    let Some(line) = line_element(number) else {
        return;
    };
    match line.get_attribute("href").filter(|_| beside) {
        // A browser may refuse the tab; then nothing happens.
        Some(href) => drop(window().open_with_url(&href)),
        None => line.click(),
    }
}

fn line_element(number: usize) -> Option<HtmlElement> {
    let line = document().get_element_by_id(&format!("palette-{number}"));
    line.and_then(|line| line.dyn_into().ok())
}

/// Returns the number of lines that are shown.
fn lines(shown: Shown) -> usize {
    match &*shown.actions_of.read_untracked() {
        Some(item) => item.actions.len(),
        None => shown
            .groups
            .read_untracked()
            .iter()
            .map(|group| group.items.len())
            .sum(),
    }
}

/// Returns the item that Enter opens.
fn chosen(shown: Shown) -> Option<PaletteItem> {
    if shown.actions_of.read_untracked().is_some() {
        return None;
    }
    let groups = shown.groups.read_untracked();
    let mut items = groups.iter().flat_map(|group| &group.items);
    items.nth(shown.active.get_untracked()).cloned()
}

/// Draws the groups, or the actions of one item.
fn list(shown: Shown) -> AnyView {
    if let Some(item) = shown.actions_of.get() {
        let title = item.title.concat();
        let actions = item.actions.into_iter().map(Line::from).collect();
        return group(title, actions, 0, shown);
    }
    let mut first = 0;
    let groups: Vec<AnyView> = shown
        .groups
        .get()
        .into_iter()
        .map(|PaletteGroup { title, items }| {
            let start = first;
            first += items.len();
            group(
                title,
                items.into_iter().map(Line::from).collect(),
                start,
                shown,
            )
        })
        .collect();
    groups.into_any()
}

fn group(title: String, lines: Vec<Line>, first: usize, shown: Shown) -> AnyView {
    let lines: Vec<AnyView> = (first..)
        .zip(lines)
        .map(|(number, line)| draw(line, number, shown))
        .collect();
    let label = title.clone();
    view! {
        <div role="group" aria-label=label>
            <p aria-hidden="true">{title}</p>
            {lines}
        </div>
    }
    .into_any()
}

/// Draws one line: a link, or a button for what is done on the page.
fn draw(line: Line, number: usize, shown: Shown) -> AnyView {
    let (glyph, colour) = line.look.split_once(' ').unwrap_or((&line.look, ""));
    let picture = format!("/icons.svg#{glyph}");
    let class = colour.to_owned();
    let pieces: Vec<AnyView> = line
        .title
        .into_iter()
        .enumerate()
        .map(|(at, piece)| {
            if at % 2 == 1 {
                view! { <mark>{piece}</mark> }.into_any()
            } else {
                piece.into_any()
            }
        })
        .collect();
    let content = view! {
        <svg class="i" aria-hidden="true"><use href=picture></use></svg>
        <bdi>{pieces}</bdi>
        <small>{line.hint}</small>
    };
    let id = format!("palette-{number}");
    let selected = move || {
        if shown.active.get() == number {
            "true"
        } else {
            "false"
        }
    };
    let over = move |_| shown.active.set(number);
    if !line.href.is_empty() {
        return view! {
            <a id=id class=class role="option" tabindex="-1" href=line.href aria-selected=selected on:mousemove=over>{content}</a>
        }
        .into_any();
    }
    let (verb, text) = line.command.split_once(' ').unwrap_or((&line.command, ""));
    let copied = (verb == "copy").then(|| match text {
        "" => window().location().href().unwrap_or_default(),
        text => text.to_owned(),
    });
    let opened = (verb == "keys").then_some("keys");
    let theme = (verb == "theme").then(|| Theme::from_word(text));
    let run = move |_| {
        if let Some(theme) = theme {
            choose(theme);
        }
    };
    view! {
        <button
            id=id
            class=class
            role="option"
            tabindex="-1"
            formmethod="dialog"
            data-copy=copied
            data-open=opened
            aria-selected=selected
            on:mousemove=over
            on:click=run
        >
            {content}
        </button>
    }
    .into_any()
}

/// Chooses colours by the switch of the page, which shows and keeps the choice.
fn choose(theme: Theme) {
    let button = format!(".theme button[value={}]", theme.as_str());
    let button = document().query_selector(&button).ok().flatten();
    match button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        Some(button) => button.click(),
        None => theme_switch::apply(theme),
    }
}

/// Says how much there is, for people who do not see it.
fn said(shown: Shown) -> String {
    if shown.failed.get() {
        return "The portal did not answer. Enter leads to the search page.".to_owned();
    }
    let count: usize = shown
        .groups
        .read()
        .iter()
        .map(|group| group.items.len())
        .sum();
    match count {
        0 if !shown.answered.get() => String::new(),
        0 => "Nothing found.".to_owned(),
        1 => "1 result".to_owned(),
        count => format!("{count} results"),
    }
}

impl From<PaletteItem> for Line {
    fn from(item: PaletteItem) -> Self {
        Self {
            look: item.look,
            title: item.title,
            hint: item.hint,
            href: item.href,
            command: item.command,
        }
    }
}

impl From<PaletteAction> for Line {
    fn from(action: PaletteAction) -> Self {
        let glyph = if action.href.is_empty() {
            "copy"
        } else {
            "arrow-right"
        };
        Self {
            look: glyph.to_owned(),
            title: vec![action.title],
            hint: String::new(),
            href: action.href,
            command: action.command,
        }
    }
}
