//! The section `callboard.home`.
use callboard_config::Home;
use callboard_model::view::{HomeSection, QuickLink};

use crate::sandbox::{config, problems};

#[test]
fn everything_is_shown_by_default() {
    assert_eq!(config("{}").callboard.home, Home::default());
    assert_eq!(Home::default().layout, HomeSection::ALL);
}

#[test]
fn the_layout_and_the_links_are_read() {
    let text = "
callboard:
  home:
    layout: [starred, owned, starred]
    links:
      - { title: On call, url: 'https://oncall.example.com', icon: alert, group: Running }
      - { title: APIs, url: /catalog?kind=api }
";
    let home = config(text).callboard.home;
    assert_eq!(home.layout, [HomeSection::Starred, HomeSection::Owned]);
    let expected = [
        QuickLink {
            title: "On call".to_owned(),
            url: "https://oncall.example.com".to_owned(),
            icon: "alert".to_owned(),
            group: "Running".to_owned(),
        },
        QuickLink {
            title: "APIs".to_owned(),
            url: "/catalog?kind=api".to_owned(),
            ..QuickLink::default()
        },
    ];
    assert_eq!(home.links, expected);
    let nothing = config("callboard: { home: { layout: [] } }").callboard.home;
    assert_eq!(nothing.layout, []);
}

#[test]
fn what_cannot_be_shown_is_reported_with_its_place() {
    let text = "
callboard:
  home:
    layout: [owned, weather]
    links:
      - { title: Bad, url: 'javascript:alert(1)' }
      - { url: //evil.example, icon: skull }
";
    assert_eq!(
        problems(text),
        [
            "CFG002 app-config.yaml:4:21: `callboard.home.layout[1]` is \"weather\", expected one of `kinds`, `owned`, \
             `problems`, `starred`, `recent`, `links`, `changed`",
            "CFG002 app-config.yaml:6:28: `callboard.home.links[0].url` is \"javascript:alert(1)\", expected a URL such as \
             `https://example.com` or a path such as `/catalog`",
            "CFG002 app-config.yaml:7:11: `callboard.home.links[1]` has no `title`, expected text",
            "CFG002 app-config.yaml:7:16: `callboard.home.links[1].url` is \"//evil.example\", expected a URL such as \
             `https://example.com` or a path such as `/catalog`",
            "CFG002 app-config.yaml:7:38: `callboard.home.links[1].icon` is \"skull\", expected one of `alert`, `api`, \
             `book`, `calendar`, `catalog`, `code`, `group`, `help`, `link`, `mail`, `settings`, `terminal`, `user`",
        ]
    );
}
