//! Files that are broken, huge or malicious: each gives a coded diagnostic in bounded time and memory.
use std::fmt::Write as _;

use callboard_diagnostics::{Limits, Stream, codes, read_stream};

fn read(text: impl AsRef<[u8]>) -> Stream {
    read_stream("catalog-info.yaml", text.as_ref(), &Limits::default())
}

/// Reads on a small stack, on which recursion over a deep input would end the process.
fn read_on_small_stack(text: String) -> Stream {
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    let reader = move || {
        let stream = read(text);
        for document in &stream.documents {
            if let Some(root) = &document.root {
                assert!(root.to_json().to_string().len() > 1);
            }
        }
        stream
    };
    thread
        .spawn(reader)
        .expect("a thread starts")
        .join()
        .expect("reading does not panic")
}

fn only_code(stream: &Stream) -> &str {
    let codes: Vec<_> = stream
        .diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert_eq!(codes.len(), 1, "{:?}", stream.diagnostics);
    codes[0]
}

#[track_caller]
fn refused(stream: &Stream, code: &str) {
    assert_eq!(only_code(stream), code, "{:?}", stream.diagnostics);
    assert!(
        stream
            .documents
            .iter()
            .all(|document| document.root.is_none())
    );
}

#[test]
fn an_empty_file_is_remarked_on() {
    for text in [
        "",
        "\n\n",
        "# nothing\n",
        "---\n",
        "---\n...\n---\n# end\n",
        "\u{FEFF}",
        "--- null\n",
    ] {
        let stream = read(text);
        assert_eq!(only_code(&stream), codes::YML_EMPTY, "{text:?}");
        assert!(stream.documents.is_empty(), "{text:?}");
    }
}

#[test]
fn a_binary_file_is_refused_with_the_place_of_its_first_zero_byte() {
    let stream = read(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR");
    refused(&stream, codes::YML_BINARY);
    let start = stream.diagnostics[0].span.expect("there is a place").start;
    assert_eq!((start.line, start.column, start.offset), (3, 1, 8));
}

#[test]
fn text_in_utf_16_is_named_as_such() {
    let stream = read(b"\xFF\xFEa\x00:\x00 \x001\x00");
    refused(&stream, codes::YML_NOT_UTF8);
    assert!(stream.diagnostics[0].message.contains("UTF-16"));
}

#[test]
fn a_byte_that_is_not_utf_8_spoils_only_its_document() {
    let stream = read(b"a: 1\n---\nb: caf\xE9 \n---\nc: 3\n");
    assert_eq!(only_code(&stream), codes::YML_NOT_UTF8);
    let place = stream.diagnostics[0].span.expect("there is a place").start;
    assert_eq!((place.line, place.column, place.offset), (3, 7, 15));
    let read: Vec<_> = stream
        .documents
        .iter()
        .map(|document| document.root.is_some())
        .collect();
    assert_eq!(read, [true, false, true]);
}

#[test]
fn fifty_megabytes_are_refused_without_being_parsed() {
    let stream = read(vec![b'['; 50 * 1024 * 1024]);
    refused(&stream, codes::YML_TOO_LARGE);
    assert!(
        stream.diagnostics[0].message.contains("50.0 MiB"),
        "{:?}",
        stream.diagnostics
    );
}

#[test]
fn exploding_aliases_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{items}]");
    }
    let stream = read(format!("{text}---\nb: &b 1\nc: 2\n"));
    assert_eq!(only_code(&stream), codes::YML_ALIAS_LIMIT);
    assert!(stream.documents[0].root.is_none());
    assert!(
        stream.documents[1].root.is_some(),
        "the next document is read"
    );
}

#[test]
fn many_documents_of_exploding_aliases_cost_no_more_than_one() {
    let bomb = "---\na: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n\
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n";
    let stream = read(format!("{}---\nlast: 1\n", bomb.repeat(5_000)));
    assert!(
        stream.documents[..5_000]
            .iter()
            .all(|document| document.root.is_none())
    );
    assert!(
        stream.documents[5_000].root.is_some(),
        "a document without aliases is still read"
    );
    assert!(
        stream.diagnostics.len() < 600,
        "only so many problems are listed"
    );
    assert_eq!(
        stream.diagnostics.last().expect("one").code,
        codes::YML_MORE
    );
}

#[test]
fn a_long_text_behind_thousands_of_aliases_is_refused() {
    let mut text = format!("a: &a {}\nb:\n", "x".repeat(100_000));
    text.push_str(&"- *a\n".repeat(5_000));
    refused(&read(text), codes::YML_ALIAS_LIMIT);
}

#[test]
fn an_alias_inside_its_own_value_is_refused() {
    refused(&read("a: &a [1, *a]\n"), codes::YML_ALIAS);
    refused(&read("a: *later\nb: &later 1\n"), codes::YML_ALIAS);
}

#[test]
fn nesting_that_is_too_deep_is_refused_in_every_notation() {
    let mut indented = String::new();
    for level in 0..2_000 {
        let _ = writeln!(indented, "{}a:", " ".repeat(level));
    }
    for text in [
        "[".repeat(200_000),
        "{a: ".repeat(100_000),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        "- ".repeat(10_000),
        "? ".repeat(10_000),
        indented,
        "[[{".repeat(50_000),
    ] {
        refused(&read_on_small_stack(text), codes::YML_TOO_DEEP);
    }
}

#[test]
fn nesting_within_the_limit_is_read() {
    let text = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let stream = read_on_small_stack(text);
    assert!(stream.diagnostics.is_empty());
    assert!(stream.documents[0].root.is_some());
}

#[test]
fn depth_cannot_be_built_up_through_aliases() {
    let mut text = format!("a0: &a0 {}{}\n", "[".repeat(60), "]".repeat(60));
    for level in 1..5 {
        let open = "[".repeat(60);
        let close = "]".repeat(60);
        let _ = writeln!(text, "a{level}: &a{level} {open}*a{}{close}", level - 1);
    }
    refused(&read_on_small_stack(text), codes::YML_TOO_DEEP);
}

#[test]
fn a_caller_cannot_allow_more_depth_than_the_stack_holds() {
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    let stream = read_stream("a.yaml", "- ".repeat(100_000).as_bytes(), &limits);
    refused(&stream, codes::YML_TOO_DEEP);
}

#[test]
fn too_many_values_are_refused() {
    let limits = Limits {
        nodes: 1_000,
        ..Limits::default()
    };
    let text = format!("[{}]\n---\na: 1\n", "1,".repeat(2_000));
    let stream = read_stream("a.yaml", text.as_bytes(), &limits);
    assert_eq!(only_code(&stream), codes::YML_TOO_MANY);
    assert!(
        stream.documents[1].root.is_some(),
        "a refused document gives its values back"
    );
}

#[test]
fn a_hundred_thousand_duplicate_keys_are_found_and_counted() {
    let stream = read("a: 1\n".repeat(100_000));
    assert!(stream.documents[0].root.is_none());
    assert!(stream.diagnostics.len() < 600);
    let last = stream.diagnostics.last().expect("there are diagnostics");
    assert_eq!(last.code, codes::YML_MORE);
    assert!(last.message.starts_with("99499 more"), "{}", last.message);
}

#[test]
fn long_repetitions_of_one_sign_take_bounded_time() {
    for sign in [
        "a: ", "&a ", "!a ", "*a ", "? ", ": ", "\"", "'", "|", ">", "%", "@", "-", "--- ",
        "...\n", "{", "}", "]", ",", "# ", "\t", " ", "\r", "é", "\\", "a:\t", "a:\tb\n",
        "- &a b\n", "[a, ", "\u{FEFF}", "{a}: ", "\"a\": ", "<<: ",
    ] {
        let stream = read_on_small_stack(sign.repeat(100_000));
        assert!(
            stream.documents.len() + stream.diagnostics.len() > 0,
            "{sign:?} gives something"
        );
    }
}

#[test]
fn names_of_any_length_are_read() {
    let text = format!("{}: {}\n", "k".repeat(1_000), "v".repeat(100_000));
    assert!(read(text).diagnostics.is_empty());
}
