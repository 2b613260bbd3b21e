//! The text inside a `<textarea>`, which the renderer writes into the page as it is.

/// Makes a text safe as the content of a `<textarea>`: what it says stays what is edited.
#[must_use]
pub fn area_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::area_text;

    #[test]
    fn a_text_cannot_end_its_field() {
        assert_eq!(
            area_text("</textarea><script>&lt;"),
            "&lt;/textarea&gt;&lt;script&gt;&amp;lt;"
        );
    }
}
