//! Files that no one should write: each gives a coded problem in bounded time, and the rest is served.
use std::{os::unix::fs::symlink, time::Instant};

use callboard_testkit::{Folder, TestCatalog, component, sqlite};

/// Ingests a good file beside a bad one and returns the codes of the problems.
async fn codes(folder: &Folder, bad: &str) -> Vec<String> {
    let test = sqlite().await;
    folder.write("good.yaml", component("good"));
    let catalog = TestCatalog::new(&test.db, folder, &[bad, "good.yaml"]);
    let started = Instant::now();
    catalog.ingest().await;
    assert!(
        started.elapsed().as_secs() < 20,
        "a bad file must not cost more than it is worth"
    );
    assert!(
        catalog
            .refs()
            .await
            .contains(&"component:default/good".to_owned())
    );
    let problems = catalog.problems().await;
    let code = |p: &String| p.split(' ').next().map(str::to_owned);
    let mut codes: Vec<String> = problems.iter().filter_map(code).collect();
    codes.sort();
    codes
}

async fn check(content: impl AsRef<[u8]>, want: &str) {
    let folder = Folder::new();
    folder.write("bad.yaml", content);
    let found = codes(&folder, "bad.yaml").await;
    assert!(found.iter().any(|code| code.starts_with(want)), "{found:?}");
}

#[tokio::test]
async fn empty_binary_and_invalid_text() {
    check("", "YML").await;
    check("\u{feff}\n# only a comment\n", "YML").await;
    check([0x7f, b'E', b'L', b'F', 0, 0, 0, 1], "YML").await;
    check([b'a', b':', b' ', 0xff, 0xfe], "YML").await;
}

#[tokio::test]
async fn fifty_megabytes() {
    check(vec![b'a'; 50 * 1024 * 1024], "CAT001").await;
}

#[tokio::test]
async fn exploding_anchors() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..20 {
        let aliases = vec![format!("*a{}", n - 1); 9].join(",");
        text += &format!("a{n}: &a{n} [{aliases}]\n");
    }
    check(text, "YML").await;
}

#[tokio::test]
async fn deep_nesting() {
    check("[".repeat(10_000), "YML").await;
    let blocks: String = (0..10_000)
        .map(|n| format!("{}a:\n", " ".repeat(n % 1_000)))
        .collect();
    check(blocks, "YML").await;
    let flow = format!("{}1{}", "{a: ".repeat(10_000), "}".repeat(10_000));
    check(flow, "YML").await;
}

#[tokio::test]
async fn duplicate_keys_and_tabs() {
    check(component("a") + "kind: Component\n", "YML").await;
    check("a:\n\tb: 1\n", "YML").await;
}

#[tokio::test]
async fn a_folder_a_dangling_link_and_a_pipe() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("folder.yaml")).unwrap();
    assert_eq!(codes(&folder, "folder.yaml").await, ["CAT001", "CAT031"]);
    symlink("nowhere", folder.path().join("link.yaml")).unwrap();
    assert_eq!(codes(&folder, "link.yaml").await, ["CAT001", "CAT031"]);
    symlink("loop.yaml", folder.path().join("loop.yaml")).unwrap();
    assert_eq!(codes(&folder, "loop.yaml").await, ["CAT001", "CAT031"]);
    let pipe = folder.path().join("pipe.yaml");
    if std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|status| status.success())
    {
        assert_eq!(codes(&folder, "pipe.yaml").await, ["CAT001", "CAT031"]);
    }
}

#[tokio::test]
async fn a_location_that_includes_itself() {
    let location = |name: &str, target: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: {name}}}\nspec: {{target: {target}}}\n"
        )
    };
    check(location("me", "./bad.yaml"), "CAT003").await;
    let folder = Folder::new();
    folder
        .write("bad.yaml", location("a", "./b.yaml"))
        .write("b.yaml", location("b", "./bad.yaml"));
    assert_eq!(codes(&folder, "bad.yaml").await, ["CAT003", "CAT031"]);
    let folder = Folder::new();
    for n in 0..40 {
        folder.write(
            &format!("l{n}.yaml"),
            location(&format!("l{n}"), &format!("./l{}.yaml", n + 1)),
        );
    }
    assert!(
        codes(&folder, "l0.yaml")
            .await
            .contains(&"CAT004".to_owned())
    );
}

#[tokio::test]
async fn names_at_the_limits() {
    let folder = Folder::new();
    folder.write(
        "bad.yaml",
        format!(
            "{}---\n{}",
            component(&"a".repeat(63)),
            component(&"b".repeat(64))
        ),
    );
    let found = codes(&folder, "bad.yaml").await;
    assert_eq!(found.iter().filter(|code| *code == "CAT015").count(), 1);
}

#[tokio::test]
async fn two_files_that_claim_one_entity() {
    let folder = Folder::new();
    folder
        .write("x/1.yaml", component("same"))
        .write("x/2.yaml", component("same"));
    assert!(
        codes(&folder, "x/*.yaml")
            .await
            .contains(&"CAT022".to_owned())
    );
}
