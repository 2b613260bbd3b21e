//! Being told of changes to the files of a catalog.
use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use callboard_catalog::{Report, Watcher};
use callboard_testkit::Folder;

/// A change is told of within this time, long before files are looked at anyway.
const SOON: Duration = Duration::from_secs(5);

/// Longer than any event takes to arrive.
const A_WHILE: Duration = Duration::from_millis(500);

/// Returns what an ingestion says that read these files and searched these folders.
fn report(folder: &Folder, files: &[&str], folders: &[&str]) -> Report {
    let paths = |names: &[&str]| -> BTreeSet<PathBuf> {
        let join = |name: &&str| match *name {
            "." => folder.path(),
            name => folder.path().join(name),
        };
        names.iter().map(join).collect()
    };
    Report {
        files: paths(files),
        folders: paths(folders),
        ..Report::default()
    }
}

async fn rings(watcher: &Watcher) -> bool {
    tokio::time::timeout(SOON, watcher.changed()).await.is_ok()
}

/// Waits until nothing has been told for a while.
async fn is_quiet(watcher: &Watcher) -> bool {
    tokio::time::timeout(A_WHILE, watcher.changed())
        .await
        .is_err()
}

/// Does what the portal does after every change: watches again what it has read, until nothing is new.
async fn settle(watcher: &mut Watcher, report: &Report) {
    for _ in 0..5 {
        watcher.watch(report);
        if is_quiet(watcher).await {
            return;
        }
    }
    panic!("the watcher rings without end");
}

#[tokio::test]
async fn a_changed_file_rings_and_its_neighbours_do_not() {
    let folder = Folder::new();
    folder
        .write("a.yaml", "a: 1")
        .write("other.yaml", "other: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &[])).await;
    folder.write("other.yaml", "other: 2");
    assert!(is_quiet(&watcher).await);
    fs::write(folder.path().join("a.yaml"), "a: 2").expect("it is there");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn many_changes_at_once_ring_once() {
    let folder = Folder::new();
    folder.write("a.yaml", "a: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &[])).await;
    for at in 0..20 {
        folder.write("a.yaml", format!("a: {at}"));
    }
    assert!(rings(&watcher).await);
    assert!(is_quiet(&watcher).await);
}

#[tokio::test]
async fn a_caller_that_stops_waiting_is_told_the_next_time() {
    let folder = Folder::new();
    folder.write("a.yaml", "a: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &[])).await;
    folder.write("a.yaml", "a: 2");
    tokio::time::sleep(A_WHILE).await;
    let at_once = Duration::from_millis(20);
    assert!(
        tokio::time::timeout(at_once, watcher.changed())
            .await
            .is_err(),
        "changes settle first"
    );
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_new_file_below_a_searched_folder_rings() {
    let folder = Folder::new();
    folder.write("some/a.yaml", "a: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["some/a.yaml"], &["."])).await;
    folder.write("some/b.yml", "b: 1");
    assert!(rings(&watcher).await);
    assert!(is_quiet(&watcher).await);
    folder.write("more/of/it/c.yaml", "c: 1");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_folder_that_is_moved_into_a_searched_one_rings() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    folder.write("a.yaml", "a: 1");
    elsewhere.write("v1.2/b.yaml", "b: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &["."])).await;
    fs::rename(elsewhere.path().join("v1.2"), folder.path().join("v1.2"))
        .expect("both are in the same place");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_folder_with_files_below_a_searched_one_is_watched_with_all_below_it() {
    let folder = Folder::new();
    folder.write("some/a.yaml", "a: 1");
    fs::create_dir_all(folder.path().join("some/deep")).expect("folders can be made");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["some/a.yaml"], &[])).await;
    settle(&mut watcher, &report(&folder, &["some/a.yaml"], &["."])).await;
    fs::create_dir(folder.path().join("some/new")).expect("folders can be made");
    assert!(rings(&watcher).await);
    assert!(is_quiet(&watcher).await);
    folder.write("some/new/b.yaml", "b: 1");
    assert!(rings(&watcher).await);
    assert!(is_quiet(&watcher).await);
    folder.write("some/deep/b.yaml", "b: 1");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn what_the_portal_writes_below_a_searched_folder_does_not_ring() {
    let folder = Folder::new();
    folder
        .write("a.yaml", "a: 1")
        .write("data/callboard.db", "");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &["."])).await;
    for at in 0..5 {
        let content = at.to_string();
        for name in [
            "callboard.db",
            "callboard.db-wal",
            "callboard.db-shm",
            "callboard.lock",
            "log.txt",
        ] {
            fs::write(folder.path().join("data").join(name), &content).expect("it can be written");
        }
        folder.remove("data/callboard.db-wal");
    }
    fs::create_dir(folder.path().join("data/index.lock")).expect("folders can be made");
    assert!(is_quiet(&watcher).await);
    folder.write("data/new.yaml", "a: 1");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_known_file_below_a_searched_folder_rings_whatever_its_name() {
    let folder = Folder::new();
    folder.write("a.yaml", "a: 1").write("text.md", "one");
    let mut watcher = Watcher::new();
    let files = report(&folder, &["a.yaml", "text.md"], &["."]);
    settle(&mut watcher, &files).await;
    folder.write("text.md", "two");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    for searched in [&["some"][..], &[]] {
        let folder = Folder::new();
        folder.write("some/a.yaml", "a: 1");
        let mut watcher = Watcher::new();
        let files = report(&folder, &["some/a.yaml"], searched);
        settle(&mut watcher, &files).await;

        fs::remove_dir_all(folder.path().join("some")).expect("it is there");
        assert!(rings(&watcher).await, "removed, searched {searched:?}");
        settle(&mut watcher, &files).await;
        folder.write("some/a.yaml", "a: 2");
        assert!(rings(&watcher).await, "made again, searched {searched:?}");
        settle(&mut watcher, &files).await;

        // Nobody looks between these two.
        fs::remove_dir_all(folder.path().join("some")).expect("it is there");
        folder.write("some/a.yaml", "a: 3");
        assert!(rings(&watcher).await, "replaced, searched {searched:?}");
        settle(&mut watcher, &files).await;
        folder.write("some/a.yaml", "a: 4");
        assert!(rings(&watcher).await, "changed, searched {searched:?}");
    }
}

#[tokio::test]
async fn a_folder_that_is_renamed_and_replaced_is_watched_again() {
    let folder = Folder::new();
    folder.write("some/a.yaml", "a: 1");
    let mut watcher = Watcher::new();
    let files = report(&folder, &["some/a.yaml"], &[]);
    settle(&mut watcher, &files).await;
    fs::rename(folder.path().join("some"), folder.path().join("old")).expect("it is there");
    folder.write("some/a.yaml", "a: 2");
    assert!(rings(&watcher).await);
    settle(&mut watcher, &files).await;
    folder.write("old/a.yaml", "a: 3");
    assert!(is_quiet(&watcher).await);
    folder.write("some/a.yaml", "a: 3");
    assert!(rings(&watcher).await);
}

#[tokio::test]
async fn a_folder_that_is_missing_at_first_is_watched_when_it_appears() {
    for (file, searched) in [("x/y/a.yaml", &[][..]), ("b.yaml", &["x/y"])] {
        let folder = Folder::new();
        folder.write("b.yaml", "b: 1");
        let mut watcher = Watcher::new();
        let files = report(&folder, &[file], searched);
        settle(&mut watcher, &files).await;
        fs::create_dir(folder.path().join("x")).expect("folders can be made");
        assert!(rings(&watcher).await, "the folder above, for {file}");
        settle(&mut watcher, &files).await;
        folder.write("x/y/a.yaml", "a: 1");
        assert!(rings(&watcher).await, "the folder, for {file}");
        settle(&mut watcher, &files).await;
        folder.write("x/y/a.yaml", "a: 2");
        assert!(rings(&watcher).await, "the file, for {file}");
    }
}

#[tokio::test]
async fn files_below_a_folder_that_is_not_searched_any_more_stay_watched() {
    let folder = Folder::new();
    folder.write("some/a.yaml", "a: 1").write("b.yaml", "b: 1");
    let mut watcher = Watcher::new();
    let files = ["some/a.yaml", "b.yaml"];
    settle(&mut watcher, &report(&folder, &files, &["."])).await;
    settle(&mut watcher, &report(&folder, &files, &[])).await;
    folder.write("some/new.yaml", "new: 1");
    assert!(is_quiet(&watcher).await);
    for file in files {
        folder.write(file, "a: 2");
        assert!(rings(&watcher).await, "{file}");
    }
}

#[tokio::test]
async fn a_change_between_reading_and_watching_rings() {
    let folder = Folder::new();
    folder.write("a.yaml", "a: 1").write("b.yaml", "b: 1");
    let mut watcher = Watcher::new();
    settle(&mut watcher, &report(&folder, &["a.yaml"], &[])).await;
    // The folder is watched already, but nobody waited for this file.
    folder.write("b.yaml", "b: 2");
    assert!(is_quiet(&watcher).await);
    let files = report(&folder, &["a.yaml", "b.yaml"], &[]);
    watcher.watch(&files);
    assert!(rings(&watcher).await);
    watcher.watch(&files);
    assert!(is_quiet(&watcher).await);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Lays out new content as Kubernetes does with a mounted `ConfigMap`, and switches to it in one step.
    fn publish(folder: &Folder, version: &str, content: &str) {
        let path = folder.path();
        folder.write(&format!("{version}/a.yaml"), content);
        symlink(version, path.join("..data_tmp")).expect("a link can be made");
        fs::rename(path.join("..data_tmp"), path.join("..data")).expect("a link can be replaced");
    }

    #[tokio::test]
    async fn content_that_is_switched_by_a_link_rings() {
        for searched in [&[][..], &["."]] {
            let folder = Folder::new();
            publish(&folder, "..1", "a: 1");
            symlink("..data/a.yaml", folder.path().join("a.yaml")).expect("a link can be made");
            let mut watcher = Watcher::new();
            let files = report(&folder, &["a.yaml"], searched);
            settle(&mut watcher, &files).await;
            for version in ["..2", "..3"] {
                publish(&folder, version, "a: 2");
                assert!(rings(&watcher).await, "{version}, searched {searched:?}");
                settle(&mut watcher, &files).await;
            }
            folder.write("..3/a.yaml", "a: 3");
            assert!(rings(&watcher).await, "in place, searched {searched:?}");
        }
    }

    #[tokio::test]
    async fn a_folder_above_that_is_a_link_rings_when_it_is_switched() {
        let folder = Folder::new();
        folder
            .write("v1/some/a.yaml", "a: 1")
            .write("v2/some/a.yaml", "a: 2");
        let current = folder.path().join("current");
        symlink("v1", &current).expect("a link can be made");
        let mut watcher = Watcher::new();
        let files = report(&folder, &["current/some/a.yaml"], &[]);
        settle(&mut watcher, &files).await;
        fs::remove_file(&current).expect("it is there");
        symlink("v2", &current).expect("a link can be made");
        assert!(rings(&watcher).await);
        settle(&mut watcher, &files).await;
        folder.write("v1/some/a.yaml", "a: 3");
        assert!(is_quiet(&watcher).await);
        folder.write("v2/some/a.yaml", "a: 3");
        assert!(rings(&watcher).await);
    }

    #[tokio::test]
    async fn a_new_file_in_a_folder_that_a_pattern_reaches_through_a_link_rings() {
        let (folder, elsewhere) = (Folder::new(), Folder::new());
        elsewhere.write("team/a.yaml", "a: 1");
        let link = folder.path().join("team");
        symlink(elsewhere.path().join("team"), link).expect("a link can be made");
        let mut watcher = Watcher::new();
        settle(&mut watcher, &report(&folder, &["team/a.yaml"], &["."])).await;
        elsewhere.write("team/b.yaml", "b: 1");
        assert!(rings(&watcher).await);
    }

    #[tokio::test]
    async fn links_in_a_circle_end() {
        let folder = Folder::new();
        symlink("b.yaml", folder.path().join("a.yaml")).expect("a link can be made");
        symlink("a.yaml", folder.path().join("b.yaml")).expect("a link can be made");
        let mut watcher = Watcher::new();
        settle(&mut watcher, &report(&folder, &["a.yaml"], &[])).await;
        folder.remove("b.yaml").write("b.yaml", "b: 1");
        assert!(rings(&watcher).await);
    }
}
