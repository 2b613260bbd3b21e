//! What holds for every input: no panic, places within the text, nothing lost between documents.
use callboard_diagnostics::{Data, Limits, Node, Stream, read_stream};
use callboard_model::{Position, Span};
use proptest::prelude::*;

/// Text made of the pieces that mean something in YAML, with some that do not.
fn yaml_like() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "key",
        ": ",
        ":",
        "- ",
        "-",
        "\n",
        "\n  ",
        "\n    ",
        "\n\t",
        "\r\n",
        "\r",
        " ",
        "\t",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "|2\n",
        "# c",
        " #",
        "&a ",
        "*a",
        "!t ",
        "!!str ",
        "!!int ",
        "!<x> ",
        "---\n",
        "--- ",
        "...\n",
        "%YAML 1.1\n",
        "%TAG !e! x\n",
        "\u{FEFF}",
        "é",
        "😀",
        "\u{85}",
        "\u{2028}",
        "0x1F",
        "1e3",
        ".inf",
        "~",
        "null",
        "true",
        "<<",
        "@",
        "`",
        "\\",
        "\\n",
        "\\x4",
        "\u{1}",
    ];
    let piece = prop::sample::select(pieces.to_vec());
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn read(bytes: &[u8]) -> Stream {
    read_stream(
        "a.yaml",
        bytes,
        &Limits {
            depth: 20,
            nodes: 500,
            bytes: 100_000,
        },
    )
}

/// Works out line and column of an offset in the plain way.
fn position(text: &str, offset: usize) -> Position {
    let from = if text.starts_with('\u{FEFF}') && offset >= 3 {
        3
    } else {
        0
    };
    let before = &text[from..offset];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Position {
        line: line as u32,
        column: column as u32,
        offset,
    }
}

fn check_span(text: &str, span: Span) {
    assert!(span.start.offset <= span.end.offset, "{span:?}");
    for place in [span.start, span.end] {
        assert!(text.is_char_boundary(place.offset), "{place:?} in {text:?}");
        assert_eq!(place, position(text, place.offset), "in {text:?}");
    }
}

fn check_tree(text: &str, node: &Node) {
    check_span(text, node.span);
    for item in node.items() {
        check_tree(text, item);
    }
    for entry in node.entries() {
        check_span(text, entry.key_span);
        check_tree(text, &entry.value);
    }
}

fn check_stream(text: &str, stream: &Stream) {
    for document in &stream.documents {
        if let Some(root) = &document.root {
            check_tree(text, root);
        }
    }
    for found in &stream.diagnostics {
        found
            .span
            .into_iter()
            .for_each(|span| check_span(text, span));
        found.fix.iter().for_each(|fix| check_span(text, fix.span));
    }
}

/// The text a plain scalar's span covers is the scalar itself.
fn check_plain(text: &str, node: &Node) {
    for entry in node.entries() {
        let covered = &text[entry.key_span.start.offset..entry.key_span.end.offset];
        assert_eq!(covered, entry.key);
        check_plain(text, &entry.value);
    }
    node.items().iter().for_each(|item| check_plain(text, item));
    if let Data::String(value) = &node.data {
        assert_eq!(&text[node.span.start.offset..node.span.end.offset], value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let stream = read(&bytes);
        if let Ok(text) = str::from_utf8(&bytes) {
            check_stream(text, &stream);
        }
    }

    #[test]
    fn any_text_is_read_with_places_inside_it(text in yaml_like()) {
        check_stream(&text, &read(text.as_bytes()));
    }

    #[test]
    fn a_document_reads_the_same_whatever_stands_around_it(before in yaml_like(), after in yaml_like()) {
        let alone = read(b"---\nkind: Group\nspec: [1, {a: b}]\n");
        let before = before.replace("...", "").replace('%', "");
        let stream = read(format!("{before}\n---\nkind: Group\nspec: [1, {{a: b}}]\n---\n{after}").as_bytes());
        let wanted = alone.documents[0].root.as_ref().map(Node::to_json);
        let found = stream.documents.iter().any(|found| found.root.as_ref().map(Node::to_json) == wanted);
        prop_assert!(found, "{:?}", stream.diagnostics);
    }

    #[test]
    fn a_document_that_is_read_was_free_of_errors(text in yaml_like()) {
        let stream = read(text.as_bytes());
        let has_error = stream.diagnostics.iter().any(|found| found.severity == callboard_model::Severity::Error);
        let has_broken = stream.documents.iter().any(|document| document.root.is_none());
        prop_assert_eq!(has_error, has_broken, "{:?}", stream.diagnostics);
    }

    #[test]
    fn plain_words_stand_where_their_spans_say(
        words in prop::collection::vec("[a-zäß😀][a-z é]{0,8}[a-zü]", 1..8),
        indent in 0..4_usize,
    ) {
        let mut text = String::from("# é\n");
        for (at, word) in words.iter().enumerate() {
            text.push_str(&format!("k{at}:\n{}- {word}   # note\n{}- x{at}: '{word}'\n", " ".repeat(indent), " ".repeat(indent)));
        }
        let stream = read(text.as_bytes());
        prop_assert!(stream.diagnostics.is_empty(), "{:?}", stream.diagnostics);
        let root = stream.documents[0].root.clone().expect("the text is good");
        check_stream(&text, &stream);
        for entry in root.entries() {
            let items = entry.value.items();
            check_plain(&text, &items[0]);
            let quoted = &items[1].entries()[0].value;
            let covered = &text[quoted.span.start.offset..quoted.span.end.offset];
            prop_assert_eq!(covered, format!("'{}'", quoted.as_str().unwrap_or_default()));
            prop_assert_eq!(&text[entry.value.span.start.offset..][..2], "- ");
        }
    }
}
