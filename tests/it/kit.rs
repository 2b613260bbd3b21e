//! The page of the kit: complete in every look, without a browser.
use axum::http::StatusCode;
use callboard_testkit::{Folder, component};

use crate::support::App;

async fn app() -> App {
    let folder = Folder::new();
    folder.write("a.yaml", component("billing"));
    App::over(&folder, &["a.yaml"]).await
}

/// Returns the values of an attribute, in their order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
        .collect()
}

#[tokio::test]
async fn every_look_is_a_complete_page_with_names_that_are_unique() {
    let app = app().await;
    for theme in ["", "both", "light", "dark", "pink"] {
        for density in ["", "compact", "comfortable", "-1"] {
            for dir in ["", "rtl", "<script>"] {
                let url = format!(
                    "/dev/kit?theme={theme}&density={density}&dir={}&page=-1&foo=1",
                    dir.replace('<', "%3C").replace('>', "%3E")
                );
                let answer = app.get(&url).await;
                assert_eq!(answer.status, StatusCode::OK, "{url}");
                let html = &answer.text;
                for forbidden in ["<script>", "<style", " style=\"", " onclick="] {
                    assert!(!html.contains(forbidden), "{url}: {forbidden}");
                }
                let mut ids = values(html, "id");
                let count = ids.len();
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), count, "{url}: an id stands twice");
                let (_, main) = html.split_once("<main").expect("a page has a main part");
                let themes = values(main, "data-theme");
                let (light, dark) = (themes.contains(&"light"), themes.contains(&"dark"));
                assert_eq!((light, dark), (theme != "dark", theme != "light"), "{url}");
                let directions = values(main, "dir");
                assert_eq!(directions.contains(&"rtl"), dir == "rtl", "{url}");
                let dense = values(main, "data-density");
                let expected = if ["compact", "comfortable"].contains(&density) {
                    density
                } else {
                    "default"
                };
                assert!(dense.iter().all(|value| *value == expected), "{url}");
            }
        }
    }
}

#[tokio::test]
async fn what_refers_to_a_name_finds_it() {
    let html = app().await.get("/dev/kit").await.text;
    let ids = values(&html, "id");
    let mut count = 0;
    for attribute in [
        "for",
        "aria-labelledby",
        "aria-describedby",
        "popovertarget",
        "commandfor",
        "list",
        "data-toast-from",
    ] {
        for value in values(&html, attribute)
            .iter()
            .flat_map(|value| value.split(' '))
        {
            assert!(ids.contains(&value), "{attribute}={value}");
            count += 1;
        }
    }
    assert!(count > 50, "only {count} references were found");
    for value in values(&html, "href")
        .iter()
        .filter_map(|href| href.strip_prefix('#'))
    {
        assert!(
            ids.contains(&value) || value.starts_with("segmented-"),
            "#{value}"
        );
    }
}

#[tokio::test]
async fn undo_works_as_a_form() {
    let app = app().await;
    let html = app.get("/dev/kit?undone=1").await.text;
    assert!(html.contains("It was brought back"));
    assert!(
        !app.get("/dev/kit")
            .await
            .text
            .contains("It was brought back")
    );
}
