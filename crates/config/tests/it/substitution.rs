//! What is said about substitutions, and where; what they give is compared with Backstage in `oracle`.
use callboard_model::Severity;
use serde_json::json;

use crate::sandbox::{Sandbox, problems};

#[test]
fn an_unset_variable_is_named_with_its_place_inside_the_text() {
    let text = "organization:\n  name: at ${WHO} and '${WHERE}'\napp:\n  title: \"é ${TITLE}\"\n";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]);
    let tail = "is not set, so this value is left out";
    let expected = [
        format!("CFG004 app-config.yaml:2:12: the environment variable `WHO` {tail}"),
        format!("CFG004 app-config.yaml:2:24: the environment variable `WHERE` {tail}"),
        format!("CFG004 app-config.yaml:4:13: the environment variable `TITLE` {tail}"),
    ];
    assert_eq!(sandbox.problems(), expected);
    let loaded = sandbox.load();
    assert_eq!(
        loaded.diagnostics[0]
            .span
            .map(|span| (span.start.offset, span.end.column)),
        Some((25, 18))
    );
    assert_eq!(loaded.value, json!({ "organization": {}, "app": {} }));
    assert_eq!(
        loaded.config.expect("a warning only").app.title,
        "Callboard"
    );
}

#[test]
fn an_unset_variable_in_a_block_points_at_the_block() {
    let found = problems("app:\n  title: >-\n    a\n    ${NOPE}\n");
    assert!(
        found[0].starts_with("CFG004 app-config.yaml:3:5:"),
        "{found:?}"
    );
}

#[test]
fn an_unset_env_key_is_named_too() {
    let expected = "CFG004 app-config.yaml:1:21: the environment variable `NOPE` is not set, so this value is left out";
    assert_eq!(problems("app: {title: {$env: NOPE}}"), [expected]);
}

#[test]
fn a_value_with_a_default_is_not_complained_about() {
    assert_eq!(
        problems("app: {title: '${NOPE:-x}'}\norganization: {name: '${NOPE:-}'}"),
        [""; 0]
    );
}

#[test]
fn wrong_uses_of_a_special_key_are_reported_at_once() {
    let text = "
app:
  title: { $env: A, b: 1 }
  baseUrl: { $file: 5 }
organization:
  name: { $env: '${NOPE}' }
catalog: { $include: list.txt }
callboard: { $include: part.yaml#a.b.c }
backend: { $include: missing.yaml }
";
    let sandbox = Sandbox::new(&[("app-config.yaml", text), ("part.yaml", "a: {b: 1}")]);
    let expected = [
        "CFG006 app-config.yaml:3:12: `$env` stands beside other keys",
        "CFG006 app-config.yaml:4:21: `$file` has a number, expected text",
        "CFG006 app-config.yaml:6:17: `$env` names nothing, because `NOPE` is not set",
        "CFG006 app-config.yaml:7:22: `$include` cannot read `list.txt`",
        "CFG006 app-config.yaml:8:24: `a.b` in `part.yaml` is no map",
        "CFG005 app-config.yaml:9:22: `missing.yaml` cannot be read: there is no such file",
    ];
    assert_eq!(sandbox.problems(), expected);
}

#[test]
fn a_part_that_is_not_there_is_a_warning_because_backstage_starts_with_it() {
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", "app: {$include: 'p.yaml#a.c'}"),
        ("p.yaml", "a: {b: 1}"),
    ]);
    assert_eq!(
        sandbox.problems(),
        ["CFG006 app-config.yaml:1:17: `p.yaml` has no `a.c`, so this value is left out"]
    );
    assert!(sandbox.load().config.is_some());
}

#[test]
fn a_file_that_includes_itself_is_refused_but_its_other_parts_may_be() {
    let files = [
        ("app-config.yaml", "app: {$include: sub/a.yaml}"),
        ("sub/a.yaml", "title: {$include: b.yaml}"),
        ("sub/b.yaml", "{$include: ../sub/a.yaml}"),
    ];
    let expected = ["CFG006 sub/b.yaml:1:12: `../sub/a.yaml` includes itself"];
    assert_eq!(Sandbox::new(&files).problems(), expected);

    let part =
        "app: {title: {$include: 'app-config.yaml#organization.name'}}\norganization: {name: ours}";
    let sandbox = Sandbox::new(&[("app-config.yaml", part)]);
    assert_eq!(sandbox.problems(), [""; 0]);
    assert_eq!(sandbox.load().value["app"]["title"], "ours");
}

#[test]
fn files_may_include_each_other_eight_deep() {
    for (files, expected) in [
        (8, None),
        (9, Some("CFG006 8.yaml:1:11: `9.yaml` is included too deep")),
    ] {
        let sandbox = Sandbox::new(&[("app-config.yaml", "app: {$include: 1.yaml}")]);
        for level in 1..files {
            sandbox.write(
                &format!("{level}.yaml"),
                format!("$include: {}.yaml", level + 1).as_bytes(),
            );
        }
        sandbox.write(&format!("{files}.yaml"), b"title: deep");
        assert_eq!(sandbox.problems(), Vec::from_iter(expected), "{files}");
    }
}

#[test]
fn a_file_that_is_included_twice_has_its_problems_once() {
    let text = "app: {$include: a.yaml}\norganization: {$include: a.yaml}";
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", text),
        ("a.yaml", "{name: '${NOPE}', title: '${NOPE}'}"),
    ]);
    let unset = |found: &String| found.starts_with("CFG004 a.yaml:1:9:");
    assert_eq!(
        sandbox
            .problems()
            .iter()
            .filter(|found| unset(found))
            .count(),
        1
    );
}

#[test]
fn many_files_that_include_each_other_end_soon() {
    let sandbox = Sandbox::new(&[("app-config.yaml", "app: {$include: 0.yaml}")]);
    for level in 0..40 {
        let next = level + 1;
        let text = format!(
            "a: {{$include: {next}.yaml}}\nb: {{$include: {next}.yaml}}\nc: {{$include: {next}.yaml}}"
        );
        sandbox.write(&format!("{level}.yaml"), text.as_bytes());
    }
    let loaded = sandbox.load();
    assert!(loaded.config.is_none());
    assert!(loaded.diagnostics.iter().any(|found| {
        found
            .message
            .ends_with("files are read for this configuration")
    }));
}

#[test]
fn an_include_inside_an_included_root_is_resolved() {
    let files = [
        ("app-config.yaml", "app: {$include: a.yaml}"),
        ("a.yaml", "$include: b.yaml"),
        ("b.yaml", "title: b"),
    ];
    assert_eq!(
        Sandbox::new(&files).load().value,
        json!({ "app": { "title": "b" } })
    );
}

#[test]
fn a_binary_file_is_no_text() {
    let sandbox = Sandbox::new(&[("app-config.yaml", "app: {title: {$file: x.bin}}")]);
    sandbox.write("x.bin", &[0xff, 0xfe]);
    assert_eq!(
        sandbox.problems(),
        ["CFG005 app-config.yaml:1:22: `x.bin` is not UTF-8 text"]
    );
}

#[test]
fn a_wrong_value_from_an_included_file_is_reported_there() {
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", "backend: {$include: b.yaml}"),
        ("b.yaml", "\nlisten: {port: x}"),
    ]);
    let loaded = sandbox.load();
    let found = sandbox.lines(&loaded);
    assert_eq!(
        found,
        [
            "CFG002 b.yaml:2:16: `backend.listen.port` is \"x\", expected a port number from 0 to 65535"
        ]
    );
    assert_eq!(loaded.diagnostics[0].severity, Severity::Error);
}

#[test]
fn a_list_of_an_included_file_that_should_be_a_map_is_reported_there() {
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", "backend: {$include: b.yaml}"),
        ("b.yaml", "\n  - a\n"),
    ]);
    assert_eq!(
        sandbox.problems(),
        ["CFG002 b.yaml:2:3: `backend` is a list, expected a map"]
    );
}
