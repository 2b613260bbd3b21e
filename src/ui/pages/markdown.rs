//! Markdown that anybody wrote, as HTML that cannot do harm: no HTML of its own, no pictures, links of safe schemes.
use std::fmt::Write;

use leptos::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::entity::link::safe;

/// Blocks inside each other; what is deeper loses its marks.
const DEPTH: usize = 16;
/// Bytes that are rendered.
const BYTES: usize = 60_000;

/// A text in Markdown.
#[component]
pub(super) fn Markdown(
    /// The text.
    text: String,
    /// Level of its first headings; with 7 they are bold lines and no headings.
    #[prop(default = 3)]
    level: usize,
) -> impl IntoView {
    view! { <div class="md" dir="auto" inner_html=html(&text, level)></div> }
}

/// Returns a text as safe HTML, with headings that begin at a level.
fn html(text: &str, level: usize) -> String {
    let end = text.floor_char_boundary(BYTES.min(text.len()));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer {
        level,
        ..Writer::default()
    };
    for event in Parser::new_ext(&text[..end], options) {
        writer.event(event);
    }
    writer.out
}

/// HTML while it is written.
#[derive(Default)]
struct Writer {
    out: String,
    level: usize,
    /// The last heading, so that levels are not left out.
    heading: usize,
    /// The ends of what is open; an empty one for what was left away.
    open: Vec<&'static str>,
    in_head: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            // HTML is shown as what it is.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let (start, end) = match tag {
            Tag::Paragraph | Tag::HtmlBlock => ("<p>", "</p>"),
            Tag::Heading { level, .. } => return self.heading(*level),
            Tag::BlockQuote(_) => ("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                ("<pre tabindex=\"0\"><code>", "</code></pre>")
            }
            Tag::List(None) => ("<ul>", "</ul>"),
            Tag::List(Some(_)) => ("<ol>", "</ol>"),
            Tag::Item => ("<li>", "</li>"),
            Tag::Table(_) => (
                "<div class=\"scroll\" tabindex=\"0\"><table>",
                "</table></div>",
            ),
            Tag::TableHead => {
                self.in_head = true;
                ("<thead><tr>", "</tr></thead><tbody>")
            }
            Tag::TableRow => ("<tr>", "</tr>"),
            Tag::TableCell if self.in_head => ("<th>", "</th>"),
            Tag::TableCell => ("<td>", "</td>"),
            Tag::Emphasis => ("<i>", "</i>"),
            Tag::Strong => ("<b>", "</b>"),
            Tag::Strikethrough => ("<s>", "</s>"),
            Tag::Link { dest_url, .. } => return self.link(dest_url),
            // Of a picture only its words are shown: the page loads nothing from elsewhere.
            _ => ("", ""),
        };
        self.push(start, end);
    }

    fn push(&mut self, start: &str, end: &'static str) {
        if self.open.len() >= DEPTH {
            self.open.push("");
            return;
        }
        self.out.push_str(start);
        self.open.push(end);
    }

    fn heading(&mut self, level: HeadingLevel) {
        if self.level > 6 {
            return self.push("<p><b>", "</b></p>");
        }
        let wanted = self.level + level as usize - 1;
        let next = if self.heading == 0 {
            self.level
        } else {
            self.heading + 1
        };
        let level = wanted.min(next).min(6);
        self.heading = level;
        let (start, end) = match level {
            0..=3 => ("<h3>", "</h3>"),
            4 => ("<h4>", "</h4>"),
            5 => ("<h5>", "</h5>"),
            _ => ("<h6>", "</h6>"),
        };
        self.push(start, end);
    }

    fn link(&mut self, url: &str) {
        match safe(url) {
            Some(url) if self.open.len() < DEPTH => {
                self.out.push_str("<a rel=\"noopener nofollow\" href=\"");
                self.text(url);
                self.out.push_str("\">");
                self.open.push("</a>");
            }
            _ => self.open.push(""),
        }
    }

    fn end(&mut self, end: TagEnd) {
        if end == TagEnd::TableHead {
            self.in_head = false;
        }
        if end == TagEnd::Table && self.open.last().is_some_and(|end| !end.is_empty()) {
            self.out.push_str("</tbody>");
        }
        self.out.push_str(self.open.pop().unwrap_or_default());
    }

    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                // Signs that turn the direction of the rest of the page are shown as what they are.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    let _ = write!(self.out, "U+{:04X}", u32::from(letter));
                }
                other => self.out.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn marks_become_elements() {
        assert_eq!(
            html("a **b** `c` ~~d~~\n\n- e", 3),
            "<p>a <b>b</b> <code>c</code> <s>d</s></p><ul><li>e</li></ul>"
        );
        assert_eq!(
            html("[x](https://example.org/?a=1&b=2)", 3),
            "<p><a rel=\"noopener nofollow\" href=\"https://example.org/?a=1&amp;b=2\">x</a></p>"
        );
        assert!(
            html("|a|b|\n|-|-|\n|1|2|", 3)
                .contains("<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td>")
        );
        assert!(html("```sh\n<x>\n```", 3).contains("<code>&lt;x&gt;\n</code>"));
    }

    #[test]
    fn html_and_links_that_could_do_harm_are_texts() {
        for bad in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>)",
            "![x](https://elsewhere.example/pixel.png)",
            "<https://example.org\" onclick=\"x>",
            "[x](https://example.org/\"onclick=x)",
            "&lt;script&gt;",
        ] {
            let html = html(bad, 3);
            for sign in [
                "<script",
                "<img",
                "javascript:alert(1)\"",
                "href=\"data:",
                "\" onclick",
                "\"onclick",
            ] {
                assert!(!html.to_lowercase().contains(sign), "{bad}: {html}");
            }
        }
    }

    #[test]
    fn headings_leave_no_level_out() {
        assert_eq!(html("# a", 7), "<p><b>a</b></p>");
        assert_eq!(
            html("### a\n\n##### b\n\n# c", 3),
            "<h3>a</h3><h4>b</h4><h3>c</h3>"
        );
    }

    #[test]
    fn deep_nesting_and_long_texts_are_bounded() {
        let deep = html(&"> ".repeat(5_000), 3);
        assert!(deep.matches("<blockquote>").count() <= 16);
        assert_eq!(
            deep.matches("<blockquote>").count(),
            deep.matches("</blockquote>").count()
        );
        assert!(html(&"é".repeat(100_000), 3).len() < 70_000);
        assert!(!html("a\u{202e}b", 3).contains('\u{202e}'));
    }
}
