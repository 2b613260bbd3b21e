//! A sentence in which some words are code, set between backticks.
use leptos::prelude::*;

/// The text, with what stands between two backticks as code.
#[component]
pub fn Prose(
    /// The text.
    text: String,
) -> impl IntoView {
    parts(&text)
        .into_iter()
        .map(|(is_code, part)| {
            let part = part.to_owned();
            if is_code {
                view! { <code>{part}</code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
}

/// Splits a text into plain and code; a backtick without a second one is plain.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else {
            break;
        };
        parts.extend([(false, before), (true, code)]);
        rest = after;
    }
    parts.push((false, rest));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_is_between_two_backticks_is_code() {
        assert_eq!(
            parts("Add `email: a` and `b`."),
            [
                (false, "Add "),
                (true, "email: a"),
                (false, " and "),
                (true, "b"),
                (false, ".")
            ]
        );
        assert_eq!(parts("one ` alone"), [(false, "one ` alone")]);
        assert_eq!(parts("`all`"), [(true, "all")]);
        assert!(parts("").is_empty());
    }
}
