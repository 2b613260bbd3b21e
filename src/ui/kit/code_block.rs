//! A text in a fixed-width font that scrolls on its own.
use leptos::prelude::*;

use super::copy_button::CopyButton;

/// How a code block is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Highlight {
    /// Not at all.
    #[default]
    Plain,
    /// Keys and comments stand out.
    Yaml,
}

/// A block of code with a button that copies it.
#[component]
pub fn CodeBlock(
    /// Unique name of the element on the page.
    #[prop(into)]
    id: String,
    /// What the block holds, for people who do not see it.
    #[prop(into)]
    label: String,
    /// The code.
    text: String,
    /// How it is coloured.
    #[prop(optional)]
    highlight: Highlight,
) -> impl IntoView {
    let code = match highlight {
        Highlight::Plain => text.into_any(),
        Highlight::Yaml => text.lines().map(yaml_line).collect_view().into_any(),
    };
    view! {
        <div class="code">
            <CopyButton source=format!("#{id}") label="Copy this text"/>
            <pre id=id tabindex="0" role="group" aria-label=label><code>{code}</code></pre>
        </div>
    }
}

/// Shows one line of YAML with its key set apart.
fn yaml_line(line: &str) -> AnyView {
    if line.trim_start().starts_with('#') {
        return view! { <i>{line.to_owned()}</i>"\n" }.into_any();
    }
    match key_end(line) {
        Some(end) => {
            view! { <b>{line[..end].to_owned()}</b>{format!("{}\n", &line[end..])} }.into_any()
        }
        None => format!("{line}\n").into_any(),
    }
}

/// Returns where the key at the start of a line of YAML ends, if the line has one.
fn key_end(line: &str) -> Option<usize> {
    let text = line.trim_start_matches([' ', '-']);
    let start = line.len() - text.len();
    let colon = text.find(':')?;
    let after = &text[colon + 1..];
    let plain = text[..colon]
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_./'\"$".contains(c));
    (colon > 0 && plain && (after.is_empty() || after.starts_with(' '))).then_some(start + colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(line: &str) -> Option<&str> {
        key_end(line).map(|end| &line[..end])
    }

    #[test]
    fn keys_are_found_and_values_are_not() {
        assert_eq!(key("kind: Component"), Some("kind"));
        assert_eq!(key("  - url: https://x"), Some("  - url"));
        assert_eq!(
            key("backstage.io/orphan: 'true'"),
            Some("backstage.io/orphan")
        );
        assert_eq!(key("spec:"), Some("spec"));
        assert_eq!(key("  - https://x"), None);
        assert_eq!(key("  a sentence with: colon"), None);
        assert_eq!(key(""), None);
    }
}
