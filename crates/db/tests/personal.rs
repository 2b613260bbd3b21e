//! What is kept for each person, on every database.
use callboard_db::{Db, Mark, StoredMark, StoredView, ViewPut, Visit};
use callboard_testkit::databases;

const ADA: &str = "user:default/ada";
const BEN: &str = "user:default/ben";

fn refs(names: &[&str]) -> Vec<String> {
    let reference = |name: &&str| format!("component:default/{name}");
    names.iter().map(reference).collect()
}

async fn marked(db: &Db, user: &str, mark: Mark) -> Vec<String> {
    let all = db.mark_list(user).await.expect("the test database works");
    let of_mark = all.into_iter().filter(|one: &StoredMark| one.mark == mark);
    let names = of_mark.map(|one| one.entity_ref.replace("component:default/", ""));
    names.collect()
}

#[tokio::test]
async fn a_preference_is_one_persons_own_and_there_is_one_of_a_name() {
    for test in databases().await {
        let db = &test.db;
        assert!(
            db.preference_put(ADA, ("theme", "\"dark\""), 1, 2)
                .await
                .unwrap()
        );
        assert!(
            db.preference_put(ADA, ("theme", "\"light\""), 2, 2)
                .await
                .unwrap()
        );
        assert!(
            db.preference_put(ADA, ("odd \0", "\"\0\""), 3, 2)
                .await
                .unwrap()
        );
        assert!(!db.preference_put(ADA, ("third", "1"), 4, 2).await.unwrap());
        assert!(
            db.preference_put(ADA, ("theme", "\"dark\""), 5, 2)
                .await
                .unwrap()
        );
        let own = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            db.preference_list(ADA).await.unwrap(),
            [
                own("odd \u{fffd}", "\"\u{fffd}\""),
                own("theme", "\"dark\"")
            ]
        );
        assert_eq!(
            db.preference_some(ADA, ["theme", "density"]).await.unwrap(),
            [own("theme", "\"dark\"")]
        );
        let theme = db.preference_get(ADA, "theme").await.unwrap();
        assert_eq!(theme.as_deref(), Some("\"dark\""));
        assert_eq!(db.preference_get(BEN, "theme").await.unwrap(), None);
        assert_eq!(db.preference_get(ADA, "\0").await.unwrap(), None);
        assert_eq!(db.preference_list(BEN).await.unwrap(), []);
        assert!(!db.preference_remove(BEN, "theme").await.unwrap());
        assert!(db.preference_remove(ADA, "theme").await.unwrap());
        assert!(!db.preference_remove(ADA, "theme").await.unwrap());
        assert!(!db.preference_remove(ADA, "\0").await.unwrap());
        assert_eq!(db.preference_list("\0").await.unwrap(), []);
    }
}

#[tokio::test]
async fn stars_and_watches_are_two_lists_with_the_newest_first() {
    for test in databases().await {
        let db = &test.db;
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["b"]), 1, 9)
                .await
                .unwrap()
        );
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["c", "a"]), 2, 9)
                .await
                .unwrap()
        );
        // What is starred already keeps its place.
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["b", "b"]), 3, 9)
                .await
                .unwrap()
        );
        assert!(
            db.mark_put(ADA, Mark::Watch, &refs(&["b"]), 4, 9)
                .await
                .unwrap()
        );
        assert_eq!(marked(db, ADA, Mark::Star).await, ["a", "c", "b"]);
        assert_eq!(marked(db, ADA, Mark::Watch).await, ["b"]);
        assert_eq!(
            db.mark_remove(ADA, Mark::Star, &refs(&["b", "x", "\0"]))
                .await
                .unwrap(),
            1
        );
        assert_eq!(marked(db, ADA, Mark::Star).await, ["a", "c"]);
        assert_eq!(marked(db, ADA, Mark::Watch).await, ["b"]);
        assert!(
            !db.mark_put(BEN, Mark::Star, &refs(&["\0"]), 1, 9)
                .await
                .unwrap()
        );
        assert!(db.mark_list(BEN).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn who_has_all_the_stars_they_may_have_gets_none_of_more() {
    for test in databases().await {
        let db = &test.db;
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["a", "b"]), 1, 3)
                .await
                .unwrap()
        );
        assert!(
            !db.mark_put(ADA, Mark::Star, &refs(&["c", "d"]), 2, 3)
                .await
                .unwrap()
        );
        assert_eq!(marked(db, ADA, Mark::Star).await, ["a", "b"]);
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["c", "a"]), 3, 3)
                .await
                .unwrap()
        );
        assert!(
            db.mark_put(ADA, Mark::Star, &refs(&["c"]), 4, 3)
                .await
                .unwrap(),
            "it is there already"
        );
        assert!(
            db.mark_put(ADA, Mark::Watch, &refs(&["a", "b", "c"]), 5, 3)
                .await
                .unwrap()
        );
    }
}

fn visit(user: &str, number: i64) -> Visit {
    Visit {
        user_ref: user.to_owned(),
        entity_ref: format!("component:default/c{number:02}"),
        at: number,
        visits: 1,
    }
}

#[tokio::test]
async fn the_newest_visits_are_kept() {
    for test in databases().await {
        let db = &test.db;
        let visits: Vec<_> = (1..=60).map(|number| visit(ADA, number)).collect();
        db.recent_add(&visits).await.unwrap();
        db.recent_add(&[visit(BEN, 1)]).await.unwrap();
        // A visit that was written late does not make the last one earlier.
        let late = Visit {
            at: 5,
            visits: 2,
            ..visit(ADA, 60)
        };
        let odd = Visit {
            entity_ref: "\0".to_owned(),
            ..visit(ADA, 99)
        };
        db.recent_add(&[late, odd]).await.unwrap();
        let kept = db.recent_list(ADA).await.unwrap();
        assert_eq!(kept.len(), 50);
        assert_eq!((kept[0].at, kept[0].visits), (60, 3));
        assert_eq!(kept[49].entity_ref, "component:default/c11");
        assert_eq!(db.recent_list(BEN).await.unwrap().len(), 1);
        db.recent_add(&[]).await.unwrap();
    }
}

fn view(id: &str, owner: &str, name: &str) -> StoredView {
    StoredView {
        id: id.to_owned(),
        owner_ref: owner.to_owned(),
        name: name.to_owned(),
        query: format!("q={id}"),
        created_by: ADA.to_owned(),
        created_at: 1,
        updated_at: 1,
    }
}

#[tokio::test]
async fn a_view_has_one_name_for_its_owner_and_saving_it_again_changes_it() {
    for test in databases().await {
        let db = &test.db;
        let team = "group:default/a";
        assert_eq!(
            db.view_put(&view("1", ADA, "Mine"), 2).await.unwrap(),
            ViewPut::Added
        );
        assert_eq!(
            db.view_put(&view("2", team, "Mine"), 2).await.unwrap(),
            ViewPut::Added
        );
        let again = StoredView {
            updated_at: 7,
            created_at: 7,
            ..view("3", ADA, "Mine")
        };
        assert_eq!(db.view_put(&again, 2).await.unwrap(), ViewPut::Replaced);
        assert_eq!(
            db.view_put(&view("4", ADA, "also"), 2).await.unwrap(),
            ViewPut::Added
        );
        assert_eq!(
            db.view_put(&view("5", ADA, "third"), 2).await.unwrap(),
            ViewPut::Full
        );
        assert_eq!(
            db.view_put(&view("6", ADA, "Mine"), 2).await.unwrap(),
            ViewPut::Replaced
        );
        let mine = StoredView {
            query: "q=6".to_owned(),
            ..view("1", ADA, "Mine")
        };
        assert_eq!(db.view_get("1").await.unwrap(), Some(mine.clone()));
        assert_eq!(db.view_get("3").await.unwrap(), None);
        assert_eq!(db.view_get("\0").await.unwrap(), None);
        let owners = [ADA.to_owned(), team.to_owned(), "\0".to_owned()];
        let all = db.view_list(&owners).await.unwrap();
        let ids: Vec<_> = all.iter().map(|view| view.id.as_str()).collect();
        assert_eq!(ids, ["4", "2", "1"]);
        assert_eq!(db.view_list(&[]).await.unwrap(), []);
        assert!(db.view_remove("4").await.unwrap());
        assert!(!db.view_remove("4").await.unwrap());
        assert!(!db.view_remove("\0").await.unwrap());
    }
}

#[tokio::test]
async fn who_is_forgotten_leaves_nothing_but_the_views_of_their_team() {
    for test in databases().await {
        let db = &test.db;
        for user in [ADA, BEN] {
            db.preference_put(user, ("theme", "1"), 1, 9).await.unwrap();
            db.mark_put(user, Mark::Star, &refs(&["a"]), 1, 9)
                .await
                .unwrap();
            db.mark_put(user, Mark::Watch, &refs(&["a"]), 1, 9)
                .await
                .unwrap();
            db.recent_add(&[visit(user, 1)]).await.unwrap();
            db.view_put(&view(user, user, "Mine"), 9).await.unwrap();
        }
        db.view_put(&view("team", "group:default/a", "Ours"), 9)
            .await
            .unwrap();
        assert_eq!(db.personal_forget("\0").await.unwrap(), 0);
        assert_eq!(db.personal_forget(ADA).await.unwrap(), 5);
        assert_eq!(db.personal_forget(ADA).await.unwrap(), 0);
        assert!(db.preference_list(ADA).await.unwrap().is_empty());
        assert!(db.mark_list(ADA).await.unwrap().is_empty());
        assert!(db.recent_list(ADA).await.unwrap().is_empty());
        assert!(db.view_list(&[ADA.to_owned()]).await.unwrap().is_empty());
        assert_eq!(db.view_get("team").await.unwrap().unwrap().created_by, "");
        assert_eq!(db.mark_list(BEN).await.unwrap().len(), 2);
        assert_eq!(db.recent_list(BEN).await.unwrap().len(), 1);
        assert_eq!(db.view_list(&[BEN.to_owned()]).await.unwrap().len(), 1);
    }
}
