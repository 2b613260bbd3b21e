//! What shows code.
use leptos::prelude::*;

use super::{
    pane::{Pane, State},
    samples::{LONG_TEXT, LONG_WORD, YAML, YAML_AFTER},
};
use crate::ui::kit::{
    badge::Tone,
    code_block::{CodeBlock, Highlight},
    command_block::CommandBlock,
    diff::{Diff, Shape, compare},
    icon::Glyph,
    tree::{Node, Tree},
};

pub(super) fn blocks(pane: Pane) -> AnyView {
    let long = format!("curl -s https://portal.example.com/api/{LONG_WORD} # {LONG_TEXT}");
    view! {
        <State name="YAML" wide=true>
            <CodeBlock id=pane.id("code") label=pane.label("A file") text=YAML.to_owned() highlight=Highlight::Yaml/>
        </State>
        <State name="Long line" wide=true><CodeBlock id=pane.id("code-long") label=pane.label("A long line") text=long/></State>
    }
    .into_any()
}

pub(super) fn commands(pane: Pane) -> AnyView {
    let output = "3 files, 7 entities, 0 errors".to_owned();
    view! {
        <State name="With what it prints" wide=true>
            <CommandBlock label=pane.label("Check your files") commands="callboard check catalog" output/>
        </State>
        <State name="Several, and a long one" wide=true>
            <CommandBlock
                label=pane.label("Register a file")
                commands=format!("export TOKEN=…\ncurl -H \"authorization: Bearer $TOKEN\" https://portal.example.com/api/catalog/locations/{LONG_WORD}")
            />
        </State>
    }
    .into_any()
}

pub(super) fn diffs(pane: Pane) -> AnyView {
    let lines = || compare::lines(YAML, YAML_AFTER, 2);
    let file = move || pane.label("catalog-info.yaml");
    let leaf = |text: &str, tone: Tone, word: &str| Node {
        text: text.to_owned(),
        href: Some("#diff".to_owned()),
        glyph: Some(Glyph::File),
        badge: Some((tone, word.to_owned())),
        ..Node::default()
    };
    let nodes = vec![Node {
        text: "ferry-booking".to_owned(),
        glyph: Some(Glyph::Folder),
        open: true,
        children: vec![
            leaf("catalog-info.yaml", Tone::Info, "changed"),
            leaf("docs/index.md", Tone::Ok, "added"),
            leaf("Jenkinsfile", Tone::Danger, "removed"),
        ],
        ..Node::default()
    }];
    view! {
        <State name="One column" wide=true><Diff file=file() lines=lines()/></State>
        <State name="Side by side" wide=true><Diff file=file() lines=lines() shape=Shape::Side/></State>
        <State name="Nothing changed" wide=true><Diff file=file() lines=compare::lines(YAML, YAML, 2)/></State>
        <State name="Tree of files" wide=true><Tree label=pane.label("Changed files") nodes/></State>
    }
    .into_any()
}
