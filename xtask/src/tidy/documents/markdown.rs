//! As much Markdown as the rules need: links and code spans outside code blocks.

/// Returns the targets of inline links, images and reference definitions, each with its line.
pub fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        let prose: Vec<&str> = line.split('`').step_by(2).collect();
        for part in prose {
            found.extend(
                part.split("](")
                    .skip(1)
                    .filter_map(target)
                    .map(|link| (number, link)),
            );
        }
        let definition = line
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]: "));
        found.extend(
            definition
                .and_then(|(_, link)| link.split_whitespace().next())
                .map(|link| (number, link)),
        );
    }
    found
}

/// Reads the target that stands before the closing parenthesis, without a title.
fn target(text: &str) -> Option<&str> {
    let (inside, _) = text.split_once(')')?;
    inside.split_whitespace().next()
}

/// Returns what stands in backticks, each with its line.
pub fn code_spans(text: &str) -> Vec<(usize, &str)> {
    prose(text)
        .flat_map(|(number, line)| {
            line.split('`')
                .skip(1)
                .step_by(2)
                .map(move |span| (number, span))
        })
        .collect()
}

/// Returns the numbered lines outside fenced code blocks.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<&str> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => return Some((index + 1, line)),
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_images_and_definitions_are_found_with_their_lines() {
        let text = "[a](a.md) and ![b](b.png \"title\")\n\n[c]: c.md\n";
        assert_eq!(links(text), [(1, "a.md"), (1, "b.png"), (3, "c.md")]);
    }

    #[test]
    fn what_stands_in_code_is_no_link() {
        assert_eq!(
            links("`[a](a.md)`\n```md\n[b](b.md)\n```\n[c](c.md)"),
            [(5, "c.md")]
        );
    }

    #[test]
    fn code_spans_are_found_outside_code_blocks() {
        assert_eq!(
            code_spans("see `a` and `b/c`\n~~~\n`d`\n~~~"),
            [(1, "a"), (1, "b/c")]
        );
    }
}
