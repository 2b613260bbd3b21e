//! Keys that are not known, not used, or old are warnings.
use callboard_model::Severity;

use crate::sandbox::{Sandbox, problems};

#[test]
fn an_unknown_key_is_a_warning_with_the_key_that_was_probably_meant() {
    let text = "app:\n  tilte: x\n  BASEURL: y\n  nonsense: 1\nbackend:\n  listen:\n    prot: 5\nmine: {app: 1}\n";
    let sandbox = Sandbox::new(&[("app-config.yaml", text)]);
    let loaded = sandbox.load();
    let expected = [
        "CFG003 app-config.yaml:2:3: `app.tilte` is not a known key, so it is ignored",
        "CFG003 app-config.yaml:3:3: `app.BASEURL` is not a known key, so it is ignored",
        "CFG003 app-config.yaml:4:3: `app.nonsense` is not a known key, so it is ignored",
        "CFG003 app-config.yaml:7:5: `backend.listen.prot` is not a known key, so it is ignored",
        "CFG003 app-config.yaml:8:1: `mine` is not a known key, so it is ignored",
    ];
    assert_eq!(sandbox.lines(&loaded), expected);
    assert!(
        loaded
            .diagnostics
            .iter()
            .all(|found| found.severity == Severity::Warning)
    );
    assert!(loaded.config.is_some());
    let helps: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|found| found.help.as_deref())
        .collect();
    let meant = |key| Some(key);
    let expected = [
        meant("did you mean `title`?"),
        meant("did you mean `baseUrl`?"),
        None,
        meant("did you mean `port`?"),
        None,
    ];
    assert_eq!(helps, expected);
    let fix = loaded.diagnostics[1]
        .fix
        .as_ref()
        .expect("only the case differs");
    assert_eq!(
        (
            fix.replacement.as_str(),
            fix.span.start.line,
            fix.span.end.column
        ),
        ("baseUrl", 3, 10)
    );
    assert!(loaded.diagnostics[0].fix.is_none());
}

#[test]
fn a_section_backstage_knows_is_one_warning_however_large() {
    let text = "techdocs:\n  builder: x\n  publisher: {type: local, local: {}}\ncatalog:\n  providers: {a: {b: 1}}\n";
    let expected = [
        "CFG008 app-config.yaml:1:1: `techdocs` is known to Backstage, but Callboard does not use it",
        "CFG008 app-config.yaml:5:3: `catalog.providers` is known to Backstage, but Callboard does not use it",
    ];
    assert_eq!(problems(text), expected);
}

#[test]
fn an_empty_section_is_not_mentioned() {
    assert_eq!(
        problems("auth:\nscaffolder:\ncatalog:\nbackend: {cors: null}\n"),
        [""; 0]
    );
}

#[test]
fn an_old_key_is_a_warning_with_advice() {
    let sandbox = Sandbox::new(&[(
        "app-config.yaml",
        "catalog:\n  stitchingStrategy:\n    mode: immediate\n",
    )]);
    let expected = "CFG010 app-config.yaml:3:5: `catalog.stitchingStrategy.mode` is deprecated or was removed, so it is ignored";
    assert_eq!(sandbox.problems(), [expected]);
    assert!(sandbox.load().diagnostics[0].help.is_some());
}
