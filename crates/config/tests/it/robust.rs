//! Whatever the files hold, loading ends without a panic and says why there is no configuration.
use callboard_model::Severity;
use proptest::prelude::*;

use crate::sandbox::{Sandbox, config};

/// Pieces that make texts which get past the YAML reader often.
const PIECES: &[&str] = &[
    "app:",
    "backend:",
    "catalog:",
    "locations:",
    "listen:",
    "rules:",
    "allow:",
    "database:",
    "connection:",
    "auth:",
    "providers:",
    "oidc:",
    "guest:",
    "development:",
    "clientId:",
    "signIn:",
    "externalAccess:",
    "trustProxy:",
    "csp:",
    "rateLimit:",
    "permission:",
    "$env:",
    "$file:",
    "$include:",
    "${A}",
    "${B:-x}",
    "$${A}",
    "app-config.yaml",
    "app-config.yaml#app",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "-",
    ":",
    ",",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "&a",
    "*a",
    "null",
    "5",
    "30m",
    "é",
    "\t",
    "|",
    ">-",
    "#",
    "---",
];

fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(PIECES).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_gives_a_configuration_or_an_error(
        pieces in prop::collection::vec(piece(), 0..40),
        variable in "[ -~]{0,12}",
    ) {
        let sandbox = Sandbox::new(&[("app-config.yaml", &pieces.concat())])
            .with("A", &variable)
            .with("APP_CONFIG_backend_listen", &variable);
        let loaded = sandbox.load();
        let failed = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
        prop_assert_eq!(loaded.config.is_none(), failed);
        let _ = callboard_config::print(&loaded, false);
    }

    #[test]
    fn any_bytes_give_a_configuration_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let sandbox = Sandbox::new(&[]);
        sandbox.write("app-config.yaml", &bytes);
        let loaded = sandbox.load();
        let failed = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
        prop_assert_eq!(loaded.config.is_none(), failed);
    }
}

#[test]
fn deep_nesting_through_files_is_refused() {
    let sandbox = Sandbox::new(&[("app-config.yaml", "app: {$include: 0.yaml}")]);
    let deep = "{a: ".repeat(50);
    for level in 0..4 {
        let text = format!("{deep}{{$include: {}.yaml}}{}", level + 1, "}".repeat(50));
        sandbox.write(&format!("{level}.yaml"), text.as_bytes());
    }
    sandbox.write("4.yaml", b"a: 1");
    let found = sandbox.problems();
    assert!(
        found
            .iter()
            .any(|line| line.ends_with("nested more than 100 deep")),
        "{found:?}"
    );
    assert!(sandbox.load().config.is_none());
}

#[test]
fn an_anchor_is_used_as_in_any_yaml() {
    let text = "catalog:\n  locations:\n    - &a {type: file, target: x}\n    - *a\n";
    assert_eq!(config(text).catalog.locations[1].target, "x");
}
