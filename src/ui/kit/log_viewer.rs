//! What a program printed, line by line, with its colours.
//!
//! Wrapping is a box to tick and works without a script; `public/kit.js` adds the filter and following the end.
pub mod ansi;

use leptos::prelude::*;

use self::ansi::spans;
use super::{
    copy_button::CopyButton,
    icon::{Glyph, Icon},
    number::{counted, thousands},
};

/// How many lines are shown; of more, the last.
pub const SHOWN: usize = 2_000;

/// A pane with the lines of a log.
#[component]
pub fn LogViewer(
    /// Unique name on the page.
    #[prop(into)]
    id: String,
    /// What printed the lines.
    #[prop(into)]
    label: String,
    /// The text, with the codes of terminals in it.
    text: String,
    /// Address of the text as a file.
    #[prop(optional, into)]
    raw: Option<String>,
    /// Whether there will be more lines.
    #[prop(optional)]
    running: bool,
) -> impl IntoView {
    let all = text.lines().count();
    let left_out = all.saturating_sub(SHOWN);
    let lines = text
        .lines()
        .skip(left_out)
        .map(|line| view! { <li>{line_view(line)}</li> })
        .collect_view();
    let cut = (left_out > 0).then(|| {
        view! {
            <p class="cut">
                {format!("The last {} of {} are shown.", thousands(SHOWN), counted(all, "line"))}
            </p>
        }
    });
    let nothing = (all == 0).then(|| {
        let sentence = if running {
            "Nothing was printed yet."
        } else {
            "Nothing was printed."
        };
        view! { <p class="none">{sentence}</p> }
    });
    let raw = raw.map(|href| {
        view! { <a class="icon-btn" href=href aria-label="Raw log" title="Raw log"><Icon glyph=Glyph::File/></a> }
    });
    let follow = running.then(|| {
        view! { <label class="tick js"><input type="checkbox" class="box" data-log-follow="" checked=true/>"Follow"</label> }
    });
    let start = (left_out + 1).to_string();
    let filter = format!("Filter the lines of {label}");
    view! {
        <div class="log" data-log="">
            <div class="log-bar">
                <b>{label.clone()}</b>
                <input class="js" type="search" data-log-filter="" aria-label=filter placeholder="Filter lines"/>
                {follow}
                <label class="tick"><input type="checkbox" class="box" data-log-wrap=""/>"Wrap"</label>
                <span><CopyButton source=format!("#{id}") label="Copy the log"/>{raw}</span>
            </div>
            {cut}
            {nothing}
            <ol id=id start=start tabindex="0" aria-label=label>{lines}</ol>
        </div>
    }
}

fn line_view(line: &str) -> AnyView {
    let parts = spans(line)
        .into_iter()
        .map(|span| {
            let class = span.class();
            if class.is_empty() {
                span.text.into_any()
            } else {
                view! { <span class=class>{span.text}</span> }.into_any()
            }
        })
        .collect_view();
    // The line break is for what is copied.
    view! { {parts}"\n" }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_log_the_end_is_shown_with_its_own_numbers() {
        let text: String = (1..=SHOWN + 5).map(|n| format!("line {n}\n")).collect();
        let html = view! { <LogViewer id="l" label="Step" text/> }.to_html();
        assert_eq!(html.matches("<li>").count(), SHOWN);
        assert!(html.contains("start=\"6\""), "{html}");
        assert!(html.contains("The last 2,000 of 2,005 lines are shown."));
        assert!(!html.contains("line 5\n"));
    }

    #[test]
    fn what_a_log_says_is_text() {
        let text = "<script>alert(1)</script>".to_owned();
        let html = view! { <LogViewer id="l" label="Step" text/> }.to_html();
        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }
}
