//! The configurations of real Backstage installations load with warnings only.
use std::path::{Path, PathBuf};

use callboard_config::{Database, Loaded, Sources, load};
use callboard_model::Severity;

/// Returns the folder of real configurations, or nothing, with a message, where it is not there.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/app-config");
    if !folder.is_dir() {
        println!(
            "skipped: the real configurations are not at {}",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn load_real(names: &[&str]) -> Option<Loaded> {
    let folder = corpus()?;
    let loaded =
        load(&Sources::folder(&folder).with_files(names.iter().map(|name| folder.join(name))));
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    Some(loaded)
}

fn places(loaded: &Loaded, code: &str) -> Vec<String> {
    let found = loaded.diagnostics.iter().filter(|found| found.code == code);
    found
        .map(|found| {
            found
                .message
                .split('`')
                .nth(1)
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_new_app_loads_with_a_warning_for_each_unused_section() {
    let Some(loaded) = load_real(&["new-app.app-config.yaml"]) else {
        return;
    };
    let expected = [
        "app.packages",
        "app.extensions",
        "backend.cors",
        "backend.actions",
        "techdocs",
        "auth.clientIdMetadataDocuments",
        "catalog.import",
        "mcpActions",
    ];
    assert_eq!(places(&loaded, "CFG008"), expected);
    assert_eq!(places(&loaded, "CFG004"), ["GITHUB_TOKEN"]);
    assert_eq!(
        loaded.diagnostics.len(),
        expected.len() + 1,
        "{:#?}",
        loaded.diagnostics
    );
    let config = loaded.config.expect("there are warnings only");
    assert!(config.permission.enabled && config.auth.is_configured);
    assert_eq!(config.auth.providers.len(), 1);
    let sources = ["'self'", "http:", "https:"].map(str::to_owned);
    assert_eq!(
        config.backend.csp,
        [("connect-src".to_owned(), Some(sources.into()))]
    );
    assert_eq!(config.app.title, "Scaffolded Backstage App");
    assert_eq!(config.catalog.locations.len(), 3);
    assert_eq!(
        config.catalog.locations[1].rules[0].allow[0].kind,
        "Template"
    );
}

#[test]
fn its_production_layer_brings_postgres_and_its_own_locations() {
    let layers = [
        "new-app.app-config.yaml",
        "new-app.app-config.production.yaml",
    ];
    let Some(loaded) = load_real(&layers) else {
        return;
    };
    let unset = [
        "GITHUB_TOKEN",
        "POSTGRES_HOST",
        "POSTGRES_PORT",
        "POSTGRES_USER",
        "POSTGRES_PASSWORD",
    ];
    assert_eq!(places(&loaded, "CFG004"), unset);
    let config = loaded.config.expect("there are warnings only");
    assert_eq!(config.app.base_url, "http://localhost:7007");
    assert_eq!(
        config.catalog.locations[0].target,
        "./examples/entities.yaml"
    );
    let Database::Postgres(postgres) = config.backend.database else {
        panic!("the client is PostgreSQL")
    };
    assert_eq!(
        postgres.url().expose(),
        "postgres://postgres@localhost:5432/callboard"
    );
}

#[test]
fn the_public_demo_loads_alone_and_with_its_own_production_layer() {
    for layers in [
        &["demo.app-config.yaml"][..],
        &["demo.app-config.yaml", "demo.app-config.heroku.yaml"],
    ] {
        let Some(loaded) = load_real(layers) else {
            return;
        };
        assert_eq!(places(&loaded, "CFG003"), [""; 0]);
        assert_eq!(places(&loaded, "CFG009"), [""; 0]);
        // The client of GitHub comes from variables that are not set here.
        assert!(places(&loaded, "CFG004").contains(&"auth.providers.github".to_owned()));
        let config = loaded.config.expect("there are warnings only");
        assert_eq!(config.backend.listen.port, 7007);
        assert_eq!(config.catalog.locations.len(), 12);
        assert_eq!(config.backend.reading.allow[0].host, "demo.backstage.io");
        assert!(config.catalog.readonly);
        let providers: Vec<_> = config.auth.providers.iter().map(|one| &one.id).collect();
        assert_eq!(providers, ["guest"]);
        assert!(config.backend.auth.external.is_empty());
    }
}
