//! `callboard.diagnostics`: what it takes, and what is wrong with it.
use callboard_diagnostics::{Level, Severities};
use callboard_model::Severity;

use crate::sandbox::Sandbox;

#[test]
fn severities_are_read_by_code() {
    let text = "callboard: { diagnostics: { CAT033: off, CAT030: error } }";
    let config = Sandbox::new(&[("app-config.yaml", text)]).load().config;
    let want = [
        ("CAT033".to_owned(), Level::Off),
        ("CAT030".to_owned(), Level::As(Severity::Error)),
    ];
    assert_eq!(
        config.map(|config| config.callboard.diagnostics),
        Some(Severities::new(want))
    );
}

#[test]
fn what_is_wrong_with_a_severity_is_said_at_its_place() {
    let text = "\
callboard:
  diagnostics:
    CAT033: loud
    CAT999: off
    CAT015: info
    CAT030: true
";
    let problems = Sandbox::new(&[("app-config.yaml", text)]).problems();
    assert_eq!(
        problems,
        [
            "CFG002 app-config.yaml:3:13: `callboard.diagnostics.CAT033` is not a severity",
            "CFG003 app-config.yaml:4:5: `callboard.diagnostics.CAT999` has no effect: there is no problem with the code CAT999",
            "CFG003 app-config.yaml:5:5: `callboard.diagnostics.CAT015` has no effect: CAT015 is an error and stays one",
            "CFG002 app-config.yaml:6:13: `callboard.diagnostics.CAT030` is not a severity",
        ]
    );
}
