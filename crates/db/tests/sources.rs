//! Leases, registered locations and what was read from other hosts, on every database.
use std::collections::BTreeMap;

use callboard_db::{ChangeRequest, Put, StoredLocation, StoredRead, new_uid};
use callboard_testkit::databases;

#[tokio::test]
async fn a_lease_has_one_holder_until_it_ends_or_is_given_back() {
    for test in databases().await {
        let take =
            |holder: &'static str, now: i64| test.db.lease_take("work", holder, now, now + 10);
        assert!(take("a", 0).await.unwrap());
        assert!(!take("b", 5).await.unwrap());
        assert!(take("a", 9).await.unwrap(), "its holder renews it");
        assert!(!take("b", 18).await.unwrap());
        assert!(take("b", 19).await.unwrap(), "it has ended");
        assert!(!take("a", 20).await.unwrap());
        test.db.lease_drop("work", "a").await.unwrap();
        assert!(
            !take("a", 21).await.unwrap(),
            "only its holder gives it back"
        );
        test.db.lease_drop("work", "b").await.unwrap();
        assert!(take("a", 22).await.unwrap());
    }
}

fn location(target: &str) -> StoredLocation {
    StoredLocation {
        id: new_uid(),
        location_type: "url".to_owned(),
        target: target.to_owned(),
        entity_ref: format!("location:default/{target}"),
    }
}

#[tokio::test]
async fn a_location_is_registered_once_and_listed_by_age() {
    for test in databases().await {
        let (first, second) = (location("b"), location("a"));
        assert!(test.db.location_add(&first, 1).await.unwrap());
        assert!(test.db.location_add(&second, 2).await.unwrap());
        assert!(!test.db.location_add(&location("a"), 3).await.unwrap());
        assert_eq!(
            test.db.location_list().await.unwrap(),
            [first.clone(), second.clone()]
        );
        let changed = StoredLocation {
            target: "c".to_owned(),
            ..first
        };
        assert!(test.db.location_update(&changed).await.unwrap());
        assert!(!test.db.location_update(&location("d")).await.unwrap());
        assert!(test.db.location_remove(&second.id).await.unwrap());
        for gone in [second.id.as_str(), "", "\0"] {
            assert!(!test.db.location_remove(gone).await.unwrap());
        }
        assert_eq!(test.db.location_list().await.unwrap(), [changed]);
    }
}

#[tokio::test]
async fn what_was_read_is_kept_whole_until_it_is_replaced_or_forgotten() {
    for test in databases().await {
        let read = |version: &str, read_at| StoredRead {
            target: "t".to_owned(),
            version: Some(version.to_owned()),
            read_at,
        };
        let files = vec![("a".to_owned(), vec![0, 159]), ("b".to_owned(), Vec::new())];
        test.db.read_put(&read("1", 1), Some(&files)).await.unwrap();
        assert_eq!(test.db.read_files("t").await.unwrap(), files);
        test.db.read_put(&read("2", 2), None).await.unwrap();
        assert_eq!(test.db.read_files("t").await.unwrap(), files);
        test.db
            .read_put(&read("3", 3), Some(&files[..1]))
            .await
            .unwrap();
        assert_eq!(test.db.read_files("t").await.unwrap(), files[..1]);
        test.db.read_confirm(&["t".to_owned()], 4).await.unwrap();
        assert_eq!(test.db.read_list().await.unwrap(), [read("3", 4)]);
        test.db.read_forget(&["t".to_owned()]).await.unwrap();
        assert!(test.db.read_list().await.unwrap().is_empty());
        assert!(test.db.read_files("t").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_refresh_is_taken_once() {
    for test in databases().await {
        let targets = ["a".to_owned(), "b".to_owned()];
        test.db.refresh_ask(&targets).await.unwrap();
        test.db.refresh_ask(&targets[..1]).await.unwrap();
        assert!(test.db.refresh_waits().await.unwrap());
        let mut taken = test.db.refresh_take().await.unwrap();
        taken.sort();
        assert_eq!(taken, targets);
        assert!(!test.db.refresh_waits().await.unwrap());
    }
}

#[tokio::test]
async fn the_way_of_an_entity_is_found_by_its_place() {
    for test in databases().await {
        let put = Put {
            uid: new_uid(),
            hash: "h".to_owned(),
            location: "url:x".to_owned(),
            body: "{}".to_owned(),
        };
        let change = ChangeRequest {
            entity_ref: "component:default/a".to_owned(),
            put: Some(put),
            cause: "test".to_owned(),
        };
        test.db.change_apply(&[change], 1).await.unwrap();
        let of = |entity_ref: &'static str| test.db.source_of(entity_ref);
        let place = "url:x".to_owned();
        assert_eq!(
            of("component:default/a").await.unwrap(),
            Some((place.clone(), None))
        );
        let ways = |parent: &str| BTreeMap::from([(place.clone(), parent.to_owned())]);
        for parent in ["location:default/one", "location:default/two"] {
            test.db.source_replace(&ways(parent)).await.unwrap();
            assert_eq!(
                test.db.source_targets(parent).await.unwrap(),
                [place.as_str()]
            );
            let want = (place.clone(), Some(parent.to_owned()));
            assert_eq!(of("component:default/a").await.unwrap(), Some(want));
        }
        test.db.source_replace(&BTreeMap::new()).await.unwrap();
        assert_eq!(
            of("component:default/a").await.unwrap(),
            Some((place.clone(), None))
        );
        assert_eq!(of("component:default/b").await.unwrap(), None);
        let gone = test.db.source_targets("location:default/two").await;
        assert!(gone.unwrap().is_empty());
    }
}
