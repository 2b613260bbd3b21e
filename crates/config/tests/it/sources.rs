//! Which files are read, in which order, and what is said about those that cannot be.
use std::path::PathBuf;

use callboard_config::{Sources, load};
use serde_json::json;

use crate::sandbox::{Sandbox, problems};

#[test]
fn without_any_file_everything_has_its_default() {
    let sandbox = Sandbox::new(&[]);
    let loaded = sandbox.load();
    assert_eq!((loaded.value, loaded.files.len()), (json!({}), 0));
    assert_eq!(sandbox.problems(), [""; 0]);
    let config = loaded.config.expect("there is no error");
    assert_eq!(config.app.base_url, "http://localhost:7007");
}

#[test]
fn default_layers_are_named_in_order_and_only_existing_ones_are_read() {
    let sandbox = Sandbox::new(&[("app-config.yaml", "{}"), ("app-config.b.local.yaml", "{}")]);
    let sandbox = sandbox.with("BACKSTAGE_ENV", "a, b");
    let names = |paths: Vec<PathBuf>| -> Vec<String> {
        let names = paths.iter().filter_map(|path| path.file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    };
    let expected = [
        "app-config.yaml",
        "app-config.a.yaml",
        "app-config.b.yaml",
        "app-config.local.yaml",
        "app-config.a.local.yaml",
        "app-config.b.local.yaml",
    ];
    assert_eq!(names(sandbox.sources().default_layers()), expected);
    assert_eq!(
        names(sandbox.sources().layers()),
        ["app-config.yaml", "app-config.b.local.yaml"]
    );
    assert_eq!(
        names(sandbox.load().files),
        ["app-config.yaml", "app-config.b.local.yaml"]
    );
}

#[test]
fn every_file_is_listed_for_watching_also_one_that_is_missing() {
    let text = "callboard:\n  dataDir: { $file: dir.txt }\ncatalog: { $include: sub/c.yaml }\n";
    let sandbox = Sandbox::new(&[
        ("app-config.yaml", text),
        ("sub/c.yaml", "locations: {$include: missing.yaml}"),
    ]);
    sandbox.write("dir.txt", b"data\n");
    let files = sandbox.load().files;
    let expected = [
        "app-config.yaml",
        "dir.txt",
        "sub/c.yaml",
        "sub/missing.yaml",
    ];
    assert_eq!(files, expected.map(|name| sandbox.path().join(name)));
}

#[test]
fn a_named_file_that_cannot_be_read_is_an_error_with_the_reason() {
    let sandbox = Sandbox::new(&[("folder/x", "")]);
    sandbox.write("large.yaml", &vec![b'#'; 1024 * 1024 + 1]);
    for (name, reason) in [
        ("missing.yaml", "there is no such file"),
        ("folder", "it is a folder"),
        ("large.yaml", "it is larger than 1 MiB"),
    ] {
        let path = sandbox.path().join(name);
        let loaded = load(&Sources::folder(sandbox.path()).with_files([&path]));
        let expected = format!("CFG001 {name}: the configuration cannot be read: {reason}");
        assert_eq!(sandbox.lines(&loaded), [expected]);
        assert!(loaded.config.is_none());
        assert_eq!(loaded.files, [path]);
    }
}

#[test]
fn a_url_is_refused_as_a_layer() {
    let loaded = load(&Sources::folder(".").with_files(["https://example.com/app-config.yaml"]));
    let expected =
        "the configuration cannot be read: it is a URL, and configuration is read from files only";
    assert_eq!(loaded.diagnostics[0].message, expected);
    assert_eq!(loaded.diagnostics[0].code, "CFG001");
}

#[cfg(unix)]
#[test]
fn a_dangling_link_among_the_default_layers_is_reported() {
    let sandbox = Sandbox::new(&[]);
    std::os::unix::fs::symlink("nowhere", sandbox.path().join("app-config.local.yaml"))
        .expect("a link can be made");
    let expected =
        "CFG001 app-config.local.yaml: the configuration cannot be read: there is no such file";
    assert_eq!(sandbox.problems(), [expected]);
}

#[test]
fn a_file_that_is_no_map_or_two_documents_is_refused() {
    let expected =
        "CFG001 app-config.yaml:1:1: the file holds a list, and a configuration is a map";
    assert_eq!(problems("- app"), [expected]);
    let expected = "CFG001 app-config.yaml:4:1: the file holds more than one YAML document, and a configuration is one";
    assert_eq!(problems("app: {}\n---\n\ncatalog: {}\n"), [expected]);
}

#[test]
fn a_syntax_error_keeps_the_place_the_reader_gave_it() {
    let found = problems("app:\n  title: 'open\n");
    assert!(
        found[0].starts_with("YML") && found[0].contains("app-config.yaml:2:10"),
        "{found:?}"
    );
}

#[test]
fn the_environment_and_its_secrets_are_not_in_the_debug_text() {
    let sandbox = Sandbox::new(&[]).with("TOKEN", "hunter2");
    assert!(!format!("{:?}{:?}", sandbox.sources(), sandbox.load()).contains("hunter2"));
}
