//! What nobody would write who meant well: no input panics, and time and size stay bounded.
use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use callboard_apidoc::{ApiDoc, Budget, read};
use proptest::prelude::*;

const KINDS: [&str; 5] = ["openapi", "asyncapi", "graphql", "grpc", "other"];

/// Does everything with a definition that a page could.
fn show_all(doc: &ApiDoc) -> usize {
    let mut size = 0;
    for operation in doc.operations.iter().take(50) {
        let shown = doc.expanded_operation(operation, &mut Budget::default());
        size = size.max(format!("{shown:?}").len());
    }
    for named in doc.types.iter().take(50) {
        let shown = doc.expanded_type(&named.name, &mut Budget::default());
        size = size.max(format!("{shown:?}").len());
        let _ = doc.example(&named.schema);
        let _ = doc.uses(&named.name, 10);
    }
    let _ = doc.find("a", 50);
    size
}

fn problems(text: &str, kind: &str) -> String {
    let doc = read(text, kind);
    show_all(&doc);
    let told: Vec<String> = doc
        .problems
        .iter()
        .map(|one| format!("{:?}: {}", one.line, one.message))
        .collect();
    told.join("\n")
}

#[test]
fn references_that_lead_nowhere_or_out_are_told_with_their_line() {
    let text = "openapi: 3.0.0\ninfo: {title: t}\npaths:\n  /a:\n    get:\n      responses:\n        \"200\":\n          $ref: '#/components/responses/None'\n        \"201\": {description: d, content: {a/b: {schema: {$ref: 'other.yaml#/X'}}}}\n";
    let told = problems(text, "openapi");
    assert!(
        told.contains("Some(8): The reference `#/components/responses/None` leads nowhere"),
        "{told}"
    );
    assert!(
        told.contains("Some(9): The reference `other.yaml#/X` leads out of this definition"),
        "{told}"
    );
}

#[test]
fn unknown_versions_are_told_and_read_all_the_same() {
    for (text, kind) in [
        (
            "openapi: 4.0.0\npaths: {/a: {get: {responses: {}}}}",
            "OpenAPI 4.0.0",
        ),
        (
            "swagger: '1.2'\npaths: {/a: {get: {responses: {}}}}",
            "OpenAPI 1.2",
        ),
        (
            "asyncapi: 1.0.0\noperations: {/a: {action: send}}",
            "AsyncAPI 1.0.0",
        ),
    ] {
        let doc = read(text, "openapi");
        assert!(
            doc.problems[0].message.starts_with(kind),
            "{:?}",
            doc.problems
        );
        assert_eq!(doc.problems[0].line, Some(1));
        assert_eq!(doc.operations.len(), 1, "{text}");
    }
    assert!(problems("info: {title: x}", "openapi").contains("names no version"));
    assert!(problems("- a\n- b", "openapi").contains("not a map"));
}

#[test]
fn mistakes_of_syntax_are_told_with_their_line() {
    assert!(problems("openapi: 3.0.0\npaths: [\n", "openapi").starts_with("Some("));
    assert!(
        problems("type A {\n  b: \n}", "graphql").starts_with("Some(3)"),
        "{}",
        problems("type A {\n  b: \n}", "graphql")
    );
    assert!(
        problems("syntax = \"proto3\";\nmessage A {\n  nonsense\n}", "grpc").starts_with("Some(4)")
    );
    assert!(problems("{\"data\": {\"__schema\": {}}}", "graphql").contains("is JSON"));
}

#[test]
fn references_in_circles_end() {
    let circle = r##"{"openapi":"3.0.0","paths":{"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a"},
      "/c":{"get":{"parameters":[{"$ref":"#/components/parameters/P"}],"responses":{"200":{"content":{"a/json":{"schema":{"$ref":"#/paths/~1c/get/responses/200/content/a~1json/schema"}}}}}}}},
      "components":{"parameters":{"P":{"$ref":"#/components/parameters/P"}},"schemas":{"A":{"$ref":"#/components/schemas/B"},"B":{"allOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
      "C":{"type":"array","items":{"$ref":"#/components/schemas/C"}},"D":{"properties":{"x":{"$ref":"#/components/schemas/D/properties/x"}}}}}}"##;
    let doc = read(circle, "openapi");
    show_all(&doc);
    assert!(
        doc.problems
            .iter()
            .any(|one| one.message.contains("leads back")),
        "{:?}",
        doc.problems
    );
}

#[test]
fn aliases_and_references_cannot_make_a_small_text_explode() {
    let mut laughs =
        "openapi: 3.0.0\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        let items = vec![format!("*a{before}"); 9].join(", ");
        let _ = writeln!(laughs, "a{level}: &a{level} [{items}]");
    }
    let started = Instant::now();
    let told = problems(&laughs, "openapi");
    assert!(!told.is_empty());
    // The same with references to places that have no page of their own.
    let mut refs = "openapi: 3.0.0\npaths: {/a: {get: {responses: {'200': {content: {a/json: {schema: {$ref: '#/x/s40'}}}}}}}}\nx:\n  s0: {type: string, description: a long text}\n".to_owned();
    for level in 1..=40 {
        let before = level - 1;
        let _ = writeln!(
            refs,
            "  s{level}: {{properties: {{a: {{$ref: '#/x/s{before}'}}, b: {{$ref: '#/x/s{before}'}}, c: {{$ref: '#/x/s{before}'}}}}}}"
        );
    }
    let doc = read(&refs, "openapi");
    assert!(doc.weight() < 400_000_000, "{}", doc.weight());
    assert!(
        doc.problems
            .iter()
            .any(|one| one.message.contains("too large")),
        "{:?}",
        doc.problems
    );
    assert!(show_all(&doc) < 1_000_000);
    // And with types that have one.
    let mut named = "openapi: 3.0.0\ncomponents:\n  schemas:\n    S0: {type: string}\n".to_owned();
    for level in 1..=60 {
        let before = level - 1;
        let fields: Vec<String> = (0..10)
            .map(|field| format!("f{field}: {{$ref: '#/components/schemas/S{before}'}}"))
            .collect();
        let _ = writeln!(
            named,
            "    S{level}: {{properties: {{{}}}}}",
            fields.join(", ")
        );
    }
    assert!(show_all(&read(&named, "openapi")) < 500_000);
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn deep_nesting_ends() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}{}", open.repeat(times), close.repeat(times))
    };
    let schema = deep("{\"items\":", "}", 20_000).replace(":}", ":{}}");
    for text in [
        format!("{{\"openapi\":\"3.0.0\",\"components\":{{\"schemas\":{{\"A\":{schema}}}}}}}"),
        deep("[", "]", 50_000),
        deep("{", "}", 50_000),
        deep("a: {", "}", 50_000),
        format!(
            "openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {}",
            deep("{items: ", "}", 80)
        ),
    ] {
        problems(&text, "openapi");
    }
    for text in [
        format!("type A {{ a: {} }}", deep("[", "]", 50_000)),
        format!("type A {{ a(b: B = {}): C }}", deep("[", "]", 50_000)),
        deep("{ a ", "}", 50_000),
        "type A @a(b: {a: ".repeat(20_000),
    ] {
        problems(&text, "graphql");
        problems(&format!(" schema {text}"), "graphql");
    }
    for text in [
        deep("message A { ", "}", 50_000),
        format!("option a = {};", deep("{ a: ", "}", 50_000)),
        "message A { optional group B = 1 {".repeat(20_000),
        format!(
            "message A {{ oneof b {{ {} }} }}",
            deep("group C = 1 {", "}", 60)
        ),
    ] {
        problems(&text, "grpc");
    }
}

#[test]
fn many_of_everything_is_cut_and_told() {
    let mut text = "openapi: 3.0.0\npaths:\n".to_owned();
    for path in 0..21_000 {
        let _ = writeln!(text, "  /p{path}: {{get: {{responses: {{}}}}}}");
    }
    let doc = read(&text, "openapi");
    assert_eq!(doc.operations.len(), 20_000);
    assert!(
        doc.problems
            .iter()
            .any(|one| one.message.contains("20,000 operations"))
    );
    let wide: Vec<String> = (0..5_000)
        .map(|field| format!("f{field}: {{type: string}}"))
        .collect();
    let doc = read(
        &format!(
            "openapi: 3.0.0\ncomponents: {{schemas: {{W: {{properties: {{{}}}}}}}}}",
            wide.join(", ")
        ),
        "openapi",
    );
    let shown = doc
        .expanded_type("W", &mut Budget::default())
        .expect("a type");
    assert_eq!(
        shown.fields.len() + shown.hidden,
        5_000,
        "what is left out is counted"
    );
    assert!(shown.hidden > 4_000);
    let big = "x".repeat(11 * 1024 * 1024);
    assert!(problems(&big, "openapi").contains("10 MiB"));
}

#[test]
fn values_of_the_wrong_type_are_passed_over() {
    for text in [
        "openapi: 3.0.0\npaths: 5",
        "openapi: []",
        "openapi: 3.0.0\npaths: {/a: [1], /b: {get: 5}, /c: {get: {parameters: 7, responses: [1], tags: [1, {}], security: 9}}}",
        "openapi: 3.0.0\ninfo: [x]\nservers: [1, {url: 5}]\ntags: [{name: 1}, 2]\ncomponents: {schemas: [1], securitySchemes: {a: 5}}",
        "openapi: 3.0.0\ncomponents: {schemas: {A: 5, B: {type: 7, properties: [1], required: 5, enum: 6, items: 7, allOf: {}, oneOf: [5, null]}, C: {type: [1, null]}}}",
        "asyncapi: 2.0.0\nchannels: {a: {publish: 5, subscribe: {message: 7}}, b: 3}\nservers: [5]",
        "asyncapi: 3.0.0\noperations: {a: 5, b: {channel: 7, messages: [1, {}], reply: 3}}\nchannels: 5",
        "swagger: '2.0'\nhost: 5\nschemes: [5]\npaths: {/a: {post: {parameters: [{in: body}, {in: formData}, {}, 5]}}}",
    ] {
        problems(text, "openapi");
    }
}

#[test]
fn names_are_kept_as_they_are_and_long_ones_cut() {
    let long = "x".repeat(5_000);
    let doc = read(
        &format!(
            "openapi: 3.0.0\ninfo: {{title: \"<script>alert(1)</script>\"}}\npaths: {{\"/{long}\": {{get: {{summary: \"{long}\", responses: {{}}}}}}}}"
        ),
        "openapi",
    );
    assert_eq!(
        doc.head.title, "<script>alert(1)</script>",
        "escaping is for the page"
    );
    assert!(doc.operations[0].path.len() < 500 && doc.operations[0].id.len() < 500);
    assert!(doc.operation(&doc.operations[0].id).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "\\PC{0,400}", kind in 0..KINDS.len()) {
        show_all(&read(&text, KINDS[kind]));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..KINDS.len()) {
        show_all(&read(&String::from_utf8_lossy(&bytes), KINDS[kind]));
    }

    #[test]
    fn pieces_of_the_formats_do_not_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "openapi: 3.1.0\n", "swagger: '2.0'\n", "asyncapi: 3.0.0\n", "paths:\n", "  /a:\n", "    get:\n", "components:\n", "  schemas:\n", "    A:\n", "      $ref: '#/components/schemas/A'\n",
            "      properties: {a: {$ref: '#'}}\n", "channels: {a: {publish: {message: {payload: true}}}}\n", "type A {", "}", "a: [B!]! ", "(b: C = {d: [1]}) ", "\"\"\"x\"\"\" ", "@d(e: \"f\") ", "extend ", "enum E { A B } ", "union U = A | B ",
            "message M {", "oneof o {", "int32 a = 1;", "map<string, M> b = 2;", "service S {", "rpc R(M) returns (stream M);", "syntax = \"proto3\";", "option x = {a: [1]};", "// c\n", "/* d */", "\n", "é\u{202e}",
        ]), 0..40),
        kind in 0..KINDS.len(),
    ) {
        show_all(&read(&pieces.concat(), KINDS[kind]));
    }
}
