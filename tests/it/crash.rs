//! The program is killed at arbitrary instants; what it leaves behind is always a good start.
use std::{collections::BTreeMap, time::Duration};

use callboard_db::{Db, Target};
use callboard_testkit::{Folder, component};
use serde_json::Value;

use crate::support::Program;

const ENTITIES: usize = 1_500;
const KILLS: u64 = 12;

fn write_catalog(folder: &Folder, lifecycle: &str) {
    for file in 0..15 {
        let entity = |n: usize| component(&format!("c{n}")).replace("production", lifecycle);
        let documents: Vec<_> = (0..ENTITIES / 15).map(|n| entity(file * 100 + n)).collect();
        folder.write(&format!("catalog/{file}.yaml"), documents.join("---\n"));
    }
}

/// Everything that is stored, without what differs from one database to another.
fn state(folder: &Folder, data: &str) -> BTreeMap<String, Value> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let db = Db::open(&Target::File(folder.path().join(data).join("callboard.db")))
            .await
            .unwrap();
        let all = db.entity_page("", i64::MAX).await.unwrap();
        db.close().await;
        let parse = |body: &str| {
            let mut entity: Value = serde_json::from_str(body).unwrap();
            entity["metadata"].as_object_mut().unwrap().remove("uid");
            entity
        };
        all.iter()
            .map(|stored| (stored.entity_ref.clone(), parse(&stored.body)))
            .collect()
    })
}

fn serve_until_complete(folder: &Folder, data: &str, lifecycle: &str) {
    let program = Program::start(&folder.path(), &["--data", data]);
    let done = format!("\"totalItems\":{ENTITIES}");
    program.wait_for(
        &format!("/api/catalog/entities/by-query?limit=1&filter=spec.lifecycle={lifecycle}"),
        &done,
    );
    program.signal("-TERM");
    let mut program = program;
    assert!(program.child.wait().unwrap().success());
}

#[test]
fn kill_9_at_any_instant_of_ingestion_loses_and_invents_nothing() {
    let folder = Folder::new();
    folder.write(
        "app-config.yaml",
        "catalog:\n  locations: [{type: file, target: \"./catalog/*.yaml\"}]\n",
    );
    write_catalog(&folder, "production");
    for round in 0..KILLS {
        // Every other round changes all entities, so that updates are cut off as well as first writes.
        let lifecycle = if round % 2 == 0 {
            "production"
        } else {
            "deprecated"
        };
        write_catalog(&folder, lifecycle);
        let mut program = Program::start(&folder.path(), &["--data", "killed"]);
        wait(Duration::from_millis(round * 25));
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        let stored = state(&folder, "killed");
        assert!(
            stored.len() <= ENTITIES + 1,
            "a cut-off ingestion invented something"
        );
    }
    write_catalog(&folder, "experimental");
    serve_until_complete(&folder, "killed", "experimental");
    serve_until_complete(&folder, "clean", "experimental");
    assert_eq!(state(&folder, "killed"), state(&folder, "clean"));
}

/// Lets the program work for a while; there is no event to wait for, since it is to be hit unprepared.
#[expect(
    clippy::disallowed_methods,
    reason = "the instant of the kill is meant to be arbitrary"
)]
fn wait(time: Duration) {
    std::thread::sleep(time);
}
