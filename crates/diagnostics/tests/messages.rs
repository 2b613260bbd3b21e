//! What people read when a YAML file is wrong: every message with its place, its help and its repair.
use std::fmt::Write as _;

use callboard_diagnostics::{Limits, print, read_stream};
use callboard_model::Diagnostic;

const BROKEN: &[&str] = &[
    "metadata:\n\tname: shop\n\ttitle: Shop\nspec: {}\n",
    "\tkind: Group\n",
    "a:\n  b: c\n\td: e\n",
    "a: |\n\ttext\n",
    "a:\n    b: c\n  d: e\n",
    "- a\nb: c\n",
    "a: b\n- c\n",
    "a: - b\n",
    "title: Shop: the backend  # note\n",
    "title: Shop: \"x\"\n",
    "a:\n  kind Component\n  metadata: x\n",
    "kind: Component\nname\nspec: {}\n",
    "a: b\n c: d\n",
    "title: \"Shop\nkind: Component\n",
    "title: 'Shop\n---\nb: 1\n",
    "title: \"Shop\" backend\n",
    "pattern: \"^\\d+$\"\n",
    "pattern: \"\\u12\"\n",
    "tags: [a, b\nkind: Component\n",
    "tags: [a, b",
    "tags: {a: b",
    "tags: [a b: c\n",
    "tags: ]\n",
    "tags: [a]]\n",
    "tags: [- a]\n",
    "owner: @team-a # us\n",
    "owner: `team`\n",
    "when: %d\n",
    "a: *base\n",
    "a: * b\n",
    "a: &a [*a]\n",
    "a: ,x\n",
    "[a] b\n",
    "'a':b\n",
    "a: !x!y b\n",
    "a: | text\n",
    "%YAML\n---\na: b\n",
    "a: b\n%YAML 1.2\n---\nc: d\n",
    "metadata:\n  name: a\n  title: x\n  name: b\n",
    "a: 1\nb: [{x: 1, x: 2}]\n",
    "a: !upper b\nc: !list [1]\n",
    "<<: {a: 1}\n",
    "a: {{ name }}\n",
    "a: .inf\n",
    "%YAML 1.1\n---\na: yes\n",
    "",
    "a: b\r---\rc: d\r",
    "é: [ü\r\nb: c\r\n",
];

#[test]
fn every_problem_says_what_where_and_what_to_do() {
    let mut out = String::new();
    for text in BROKEN {
        let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
        let _ = writeln!(out, "{text:?}");
        stream
            .diagnostics
            .iter()
            .for_each(|found| describe(found, &mut out));
        assert!(!stream.diagnostics.is_empty(), "{text:?} is fine");
        assert!(
            stream.diagnostics.iter().all(|found| found.help.is_some()),
            "{text:?} has no help"
        );
    }
    insta::assert_snapshot!(out);
}

fn describe(found: &Diagnostic, out: &mut String) {
    let place = found
        .span
        .map(|span| format!(" to {}:{}", span.end.line, span.end.column));
    let _ = writeln!(
        out,
        "  {} {}{} {}",
        found.code,
        found.place(),
        place.unwrap_or_default(),
        found.message
    );
    let _ = writeln!(
        out,
        "    help: {}",
        found.help.as_deref().unwrap_or_default()
    );
    if let Some(fix) = &found.fix {
        let _ = writeln!(out, "    fix: {} {:?}", fix.title, fix.replacement);
    }
}

#[test]
fn a_repair_that_is_offered_repairs() {
    let mut repaired = 0;
    for text in BROKEN {
        let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
        for fix in stream
            .diagnostics
            .iter()
            .filter_map(|found| found.fix.as_ref())
        {
            let mut after = (*text).to_owned();
            after.replace_range(fix.span.start.offset..fix.span.end.offset, &fix.replacement);
            let stream = read_stream("a.yaml", after.as_bytes(), &Limits::default());
            assert!(
                stream.diagnostics.is_empty(),
                "{after:?}: {:?}",
                stream.diagnostics
            );
            repaired += 1;
        }
    }
    assert!(repaired >= 8, "{repaired} repairs were tried");
}

#[test]
fn the_printed_form_shows_the_lines_and_the_repair() {
    let text = "kind: Component\nmetadata:\n  name: shop\n  name: störe\n---\nowner: @team\n---\na:\n\tb: c\n";
    let stream = read_stream("a.yaml", text.as_bytes(), &Limits::default());
    let printed = print::human(&stream.diagnostics, &|_| Some(text.to_owned()), false);
    insta::assert_snapshot!(printed);
}
