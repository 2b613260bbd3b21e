//! What URLs of source hosts mean, held against what Backstage's integrations make of them.
use callboard_scm::{ErrorKind, GitHost, GiteaHost, GithubHost, GitlabHost, Reader, Settings};
use serde_json::Value;

fn reader() -> Reader {
    let text = str::to_owned;
    let gitea = |host: &str, base: Option<&str>| GiteaHost {
        host: text(host),
        base_url: base.map(text),
        ..GiteaHost::default()
    };
    Reader::new(Settings {
        github: vec![GithubHost {
            host: text("ghe.example.com:8443"),
            ..GithubHost::default()
        }],
        gitlab: vec![GitlabHost {
            host: text("gl.example.com"),
            base_url: Some(text("https://gl.example.com/git")),
            ..GitlabHost::default()
        }],
        gitea: vec![
            gitea("gitea.com", None),
            gitea("fj.example.com", Some("https://fj.example.com/git")),
        ],
        git: vec![GitHost {
            host: text("git.example.com"),
            ..GitHost::default()
        }],
        ..Settings::default()
    })
}

fn recorded(list: &str) -> Vec<Value> {
    let text = include_str!("../fixtures/integration.json");
    let mut recorded: Value = serde_json::from_str(text).expect("the recording is JSON");
    match recorded[list].take() {
        Value::Array(cases) => cases,
        other => panic!("{list} is {other}"),
    }
}

/// Where we differ from the recording on purpose: URL, base, and what it is here.
const DIFFERENT: [(&str, &str, &str); 4] = [
    // The place in the page is the base's, not that of the other file.
    (
        "/x.yaml",
        "https://github.com/o/r/blob/main/a/b.yaml#L3",
        "https://github.com/o/r/tree/main/x.yaml",
    ),
    // Backstage loses count when the path is encoded.
    (
        "/x.yaml",
        "https://github.com/o/r/blob/main/a%20b/c.yaml",
        "https://github.com/o/r/tree/main/x.yaml",
    ),
    // Backstage takes `branch` for the reference.
    (
        "/x.yaml",
        "https://gitea.com/o/r/src/branch/main/a/b.yaml",
        "https://gitea.com/o/r/src/branch/main/x.yaml",
    ),
    // On plain servers Backstage appends to the file.
    (
        "/x.yaml",
        "https://example.com/a/b/c.yaml",
        "https://example.com/x.yaml",
    ),
];

#[test]
fn relative_urls_are_resolved_as_backstage_resolves_them() {
    let reader = reader();
    let cases = recorded("resolves");
    assert!(cases.len() >= 40);
    let mut wrong = Vec::new();
    for case in cases {
        let url = case["url"].as_str().expect("a case has a URL");
        let base = case["base"].as_str().expect("a case has a base");
        let ours = DIFFERENT
            .iter()
            .find(|(one, other, _)| (*one, *other) == (url, base));
        let expected = match ours {
            Some((_, _, ours)) => Some(*ours),
            None => case["resolved"].as_str(),
        };
        let found = reader.resolve(url, base).ok();
        if found.as_deref() != expected {
            wrong.push(format!(
                "{url:?} in {base}: {found:?}, expected {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_edited_where_backstage_edits_them() {
    let reader = reader();
    let mut wrong = Vec::new();
    for case in recorded("edits") {
        let target = case["target"].as_str().expect("a case has a target");
        // Backstage gives the file itself where there is no page.
        let found = reader.edit_url(target).unwrap_or_else(|| target.to_owned());
        if Some(found.as_str()) != case["edit"].as_str() {
            wrong.push(format!("{target}: {found}, expected {}", case["edit"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_targets_share_a_repository_or_not() {
    let reader = reader();
    let same = |a, b| reader.same_repository(a, b);
    let file = "https://github.com/o/r/blob/main/a.yaml";
    assert_eq!(
        same(file, "https://github.com/o/r/tree/next/b/"),
        Some(true)
    );
    assert_eq!(
        same(file, "https://github.com/o/s/blob/main/a.yaml"),
        Some(false)
    );
    assert_eq!(
        same(file, "https://gitlab.com/o/r/-/blob/main/a.yaml"),
        Some(false)
    );
    assert_eq!(same(file, "https://example.com/a.yaml"), None);
    assert_eq!(same(file, "https://github.com/o/r"), None);
    assert_eq!(same(file, "nothing"), None);
    let nested = "https://gitlab.com/g/s/r/-/blob/main/a.yaml";
    assert_eq!(
        same(nested, "https://gitlab.com/g/s/r/blob/next/b.yaml"),
        Some(true)
    );
    assert_eq!(
        same(nested, "https://gitlab.com/g/r/-/blob/main/a.yaml"),
        Some(false)
    );
    let git = "https://git.example.com/a/b.git/blob/main/x";
    assert_eq!(
        same(git, "https://git.example.com/a/b.git/tree/v1/y/"),
        Some(true)
    );
}

#[test]
fn a_base_that_is_no_place_cannot_be_resolved_against() {
    let reader = reader();
    for base in ["", "a.yaml", "mailto:a@b", "https://"] {
        let found = reader.resolve("./x", base).expect_err("there is no base");
        assert_eq!(found.kind, ErrorKind::Malformed, "{base}");
    }
}

#[tokio::test]
async fn a_url_that_means_nothing_on_its_host_is_said_so_without_a_request() {
    let reader = reader();
    for target in [
        "https://ghe.example.com:8443/o/r",
        "https://ghe.example.com:8443/o/r/issues/1",
        "https://ghe.example.com:8443/o/r/blob/-x/a",
        "https://ghe.example.com:8443/o/r/blob/a..b/a",
        "https://ghe.example.com:8443/o/r/blob/main/a%2f..%2f..%2fb",
        "https://ghe.example.com:8443/o/r/blob/main/a%00b",
        "https://ghe.example.com:8443/o/r/blob/main/a//b",
        "https://ghe.example.com:8443/o/r/blob/%ff/b",
        "https://gl.example.com/g/r/-/blob/main/a",
        "https://gl.example.com/git/g/-/blob/main/a",
        "https://gl.example.com/gitx/g/r/-/blob/main/a",
        "https://gitea.com/o/r/src/main/a",
        "https://gitea.com/o/r/src/branch/",
        "https://bitbucket.org/w/r/blob/main/a",
        "https://git.example.com/a/b/blob/main/a",
        "https://git.example.com/a/b.git/blob/--upload-pack=x/a",
        "https://git.example.com/a/b.git/blob/main%0a/a",
    ] {
        let found = reader
            .read(target, None)
            .await
            .expect_err("it means nothing");
        assert_eq!(found.kind, ErrorKind::Malformed, "{target}: {found}");
    }
}
