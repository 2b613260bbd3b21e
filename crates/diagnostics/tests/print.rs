//! Printed problems: stable order, exact formats, and nothing in a file can steer what reads them.
use callboard_diagnostics::{Limits, codes, print, read_stream};
use callboard_model::{Diagnostic, Fix, Position, Severity, Span};
use proptest::prelude::*;
use serde_json::Value;

fn at(line: u32, column: u32, offset: usize) -> Position {
    Position {
        line,
        column,
        offset,
    }
}

fn found(code: &str, severity: Severity, file: &str, start: Position, end: Position) -> Diagnostic {
    Diagnostic::new(code, severity, file, "something is wrong").with_span(Span { start, end })
}

fn samples() -> Vec<Diagnostic> {
    let fix = Fix {
        title: "write the tag in lower case".to_owned(),
        span: Span {
            start: at(2, 8, 20),
            end: at(2, 12, 24),
        },
        replacement: "java".to_owned(),
    };
    vec![
        found(
            codes::CAT_OWNER_MISSING,
            Severity::Warning,
            "b/x.yaml",
            at(9, 1, 90),
            at(10, 1, 99),
        ),
        found(
            codes::CAT_TAG,
            Severity::Error,
            "a b.yaml",
            at(2, 8, 20),
            at(2, 12, 24),
        )
        .with_help("tags are lower case:\nuse `java`, 100%")
        .with_fix(fix)
        .about("component:default/shop"),
        Diagnostic::new(
            codes::CAT_NO_MATCH,
            Severity::Error,
            "a b.yaml",
            "no file here",
        ),
        found(
            codes::CAT_LIFECYCLE,
            Severity::Info,
            "/abs/c.yaml",
            at(1, 1, 0),
            at(1, 1, 0),
        ),
        found(
            "XYZ001",
            Severity::Error,
            "https://example.com/a,b.yaml?x=1",
            at(1, 2, 1),
            at(1, 3, 2),
        ),
    ]
}

fn no_source(_: &str) -> Option<String> {
    None
}

#[test]
fn problems_are_ordered_by_file_place_and_code() {
    let mut sorted = samples();
    print::sort(&mut sorted);
    let order: Vec<_> = sorted
        .iter()
        .map(|found| (found.file.as_str(), found.code.as_str()))
        .collect();
    let wanted = [
        ("/abs/c.yaml", "CAT033"),
        ("a b.yaml", "CAT002"),
        ("a b.yaml", "CAT019"),
        ("b/x.yaml", "CAT031"),
        ("https://example.com/a,b.yaml?x=1", "XYZ001"),
    ];
    assert_eq!(order, wanted);
    let mut reversed = samples();
    reversed.reverse();
    for print in [print::json, print::sarif, print::github] {
        assert_eq!(print(&samples()), print(&reversed));
    }
}

#[test]
fn the_summary_counts_in_words() {
    assert_eq!(
        print::Summary::of(&samples()).to_string(),
        "3 errors, 1 warning, 1 remark in 4 files"
    );
    assert_eq!(
        print::Summary::of(&samples()[..1]).to_string(),
        "1 warning in 1 file"
    );
    assert_eq!(print::human(&[], &no_source, true), "no problems\n");
}

#[test]
fn json_has_the_documented_shape() {
    insta::assert_snapshot!(print::json(&samples()));
}

#[test]
fn sarif_has_the_shape_of_the_standard() {
    let text = print::sarif(&samples());
    insta::assert_snapshot!(text);
    let log: Value = serde_json::from_str(&text).expect("SARIF is JSON");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("there are rules");
    for result in run["results"].as_array().expect("there are results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(
            rules[index]["id"], result["ruleId"],
            "results point at their rules"
        );
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
        assert!(!uri.expect("a URI").contains([' ', '"', '<']), "{uri:?}");
    }
}

#[test]
fn github_commands_are_escaped() {
    insta::assert_snapshot!(print::github(&samples()));
}

#[test]
fn problems_without_source_are_printed_without_lines() {
    insta::assert_snapshot!(print::human(&samples(), &no_source, false));
}

#[test]
fn a_source_that_has_changed_is_not_shown() {
    let changed = |_: &str| Some("é\nother text".to_owned());
    let printed = print::human(&samples(), &changed, false);
    assert!(!printed.contains("other text"), "{printed}");
    assert_eq!(printed.matches("--> ").count(), 5, "{printed}");
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
    let evil = "na\u{1b}[31mme\u{9b}2J\u{202e}x\u{7}";
    let text = format!("{evil}: 1\n{evil}: 2\n");
    let name = format!("dir/{evil}\n::error::x.yaml");
    let stream = read_stream(&name, text.as_bytes(), &Limits::default());
    assert_eq!(stream.diagnostics.len(), 1);
    let source = |_: &str| Some(text.clone());
    let acts = |character: char| {
        character != '\n'
            && (character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character))
    };
    let human = print::human(&stream.diagnostics, &source, false);
    for printed in [
        human,
        print::json(&stream.diagnostics),
        print::sarif(&stream.diagnostics),
        print::github(&stream.diagnostics),
    ] {
        assert!(!printed.contains(acts), "{printed:?}");
        assert!(!printed.contains("\n::error::"), "{printed}");
    }
}

#[test]
fn json_keeps_what_it_escapes() {
    let mut one = samples().remove(0);
    one.message = "a\u{9b}\u{202e}b".to_owned();
    let value: Value = serde_json::from_str(&print::json(&[one])).expect("it is JSON");
    assert_eq!(value["diagnostics"][0]["message"], "a\u{9b}\u{202e}b");
}

#[test]
fn a_very_long_line_is_cut_around_the_place() {
    let text = format!(
        "{{a: \"{}\", b: 1, b: 2, c: \"{}\"}}\n",
        "x".repeat(200_000),
        "y".repeat(200_000)
    );
    let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
    let printed = print::human(&stream.diagnostics, &|_| Some(text.clone()), false);
    assert!(printed.len() < 1_000, "{} bytes", printed.len());
    assert!(printed.contains("a.yaml:1:200015"), "{printed}");
    assert!(printed.contains("b: 2"), "{printed}");
}

#[test]
fn a_place_of_many_lines_shows_the_first() {
    let text = "a: b\n".repeat(50);
    let one = found(
        "CAT008",
        Severity::Error,
        "a.yaml",
        at(2, 1, 5),
        at(40, 1, 195),
    );
    let printed = print::human(&[one], &|_| Some(text.clone()), false);
    assert_eq!(printed.matches("a: b").count(), 1, "{printed}");
}

#[test]
fn a_byte_order_mark_does_not_move_the_column() {
    let text = "\u{FEFF}a: 1\na: @x\n";
    let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
    let printed = print::human(&stream.diagnostics, &|_| Some(text.to_owned()), false);
    assert!(printed.contains("a.yaml:2:4"), "{printed}");
    let text = "\u{FEFF}a: @x\n";
    let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
    let printed = print::human(&stream.diagnostics, &|_| Some(text.to_owned()), false);
    assert!(
        printed.contains("a.yaml:1:4") && printed.contains("1 | a: @x"),
        "{printed}"
    );
}

#[test]
fn colour_is_only_used_when_asked_for() {
    assert!(print::human(&samples(), &no_source, true).contains("\u{1b}["));
    assert!(!print::human(&samples(), &no_source, false).contains('\u{1b}'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_place_in_any_source_prints(
        text in "[a-c\u{e9}\u{1F600}\u{1b}\u{9b}\t\r\n \u{FEFF}]{0,40}",
        spans in prop::collection::vec((0..50_usize, 0..50_usize, "[xé\n\u{1b}]{0,5}"), 0..4),
        honest in any::<bool>(),
    ) {
        let place = |offset: usize| {
            let offset = offset.min(text.len());
            let offset = if honest { text.floor_char_boundary(offset) } else { offset };
            let before = text.get(..offset).unwrap_or_default();
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{FEFF}').chars().count();
            at(line, column as u32 + 1, offset)
        };
        let all: Vec<_> = spans.iter().map(|(start, end, replacement)| {
            let span = Span { start: place(*start), end: place(*end) };
            let fix = Fix { title: "do it".to_owned(), span, replacement: replacement.clone() };
            Diagnostic::new("CAT001", Severity::Error, "a", "m").with_span(span).with_fix(fix)
        }).collect();
        let printed = print::human(&all, &|_| Some(text.clone()), false);
        prop_assert!(!printed.contains(['\u{1b}', '\u{9b}']), "{printed:?}");
        prop_assert!(serde_json::from_str::<Value>(&print::sarif(&all)).is_ok());
        prop_assert_eq!(print::github(&all).lines().count(), all.len());
    }
}
