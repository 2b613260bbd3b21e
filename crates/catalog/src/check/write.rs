//! Writing a text as a YAML scalar that is read back as that text.

/// Writes a text plainly where that is safe everywhere, and in double quotes otherwise.
pub(super) fn scalar(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'_' | b'-' | b'/' | b':' | b'+' | b'#' | b'@')
    });
    let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic());
    let means_more = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if is_plain && starts_well && !means_more && !text.ends_with(':') {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Writes a text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    // A JSON string is a YAML string.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use callboard_diagnostics::{Limits, read_stream};

    use super::*;

    #[test]
    fn what_is_written_is_read_back_as_the_same_text() {
        let texts = [
            "a", "c#", "a:b", "1.10", "true", "no", "~", "", "a b", "it's", "\"", "a: b", "-",
            "x:", "é", "{a}", "017",
        ];
        for text in texts {
            for source in [
                format!("k: {}\n", scalar(text)),
                format!("k: [{}]\n", scalar(text)),
            ] {
                let stream = read_stream("t", source.as_bytes(), &Limits::default());
                let root = stream.documents[0].root.as_ref().unwrap();
                let value = root.get("k").unwrap();
                let read = value.as_str().or_else(|| value.items()[0].as_str());
                assert_eq!(read, Some(text), "{source}");
            }
        }
    }
}
