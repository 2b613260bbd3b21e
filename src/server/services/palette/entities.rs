//! Entities, people and tags for the command palette.
use callboard_catalog::Filter;
use callboard_model::{
    EntityRef,
    view::{EntityLabel, PaletteAction, PaletteItem, Piece, SearchHit, SearchQuery},
};

use super::{super::super::access::Access, commands::push};
use crate::{error::AppError, paths, ui::components::kind};

impl Access {
    /// Returns the entities that a text may mean, the best first.
    pub(super) fn palette_entities(
        &self,
        text: &str,
        limit: usize,
    ) -> Result<Vec<PaletteItem>, AppError> {
        let hits = self.suggest_of(text, &[], limit)?;
        Ok(hits.into_iter().map(found).collect())
    }

    /// Returns the people and groups whose name a text may mean.
    pub(super) fn palette_people(
        &self,
        text: &str,
        limit: usize,
    ) -> Result<Vec<PaletteItem>, AppError> {
        let hits = self.suggest_of(text, &["user", "group"], limit)?;
        Ok(hits.into_iter().map(found).collect())
    }

    /// Returns the tags that contain a text, those of most entities first.
    pub(super) fn palette_tags(&self, text: &str, limit: usize) -> Vec<PaletteItem> {
        let text = text.trim().to_lowercase();
        let index = self.index().read();
        let found = self.found(&index, Filter::All(Vec::new()));
        let mut tags = index.facet("metadata.tags", &found);
        tags.retain(|(tag, _)| tag.contains(&text));
        tags.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let items = tags
            .into_iter()
            .take(limit)
            .map(|(tag, count)| PaletteItem {
                look: "tag".to_owned(),
                href: paths::tag(&tag),
                hint: crate::ui::kit::number::counted(count, "thing"),
                title: vec![tag],
                ..PaletteItem::default()
            });
        items.collect()
    }

    /// Returns what the caller looked at last.
    pub(super) async fn palette_recents(&self, limit: usize) -> Result<Vec<PaletteItem>, AppError> {
        let recents = self.recents(limit).await?;
        let labels = recents.iter().filter_map(|text| self.label_of(text));
        let labels = labels.filter(|label| label.exists);
        Ok(labels.map(|label| item(&label, Vec::new())).collect())
    }
}

/// What the search found.
fn found(hit: SearchHit) -> PaletteItem {
    let mut pieces = vec![String::new()];
    for Piece { text, marked } in &hit.title {
        push(&mut pieces, *marked, text);
    }
    item(&hit.label, pieces)
}

/// The way to everything that was found.
pub(super) fn search_all(text: &str) -> PaletteItem {
    PaletteItem {
        look: "search".to_owned(),
        title: vec![format!("Search everything for “{text}”")],
        href: paths::search(&SearchQuery {
            q: text.to_owned(),
            ..SearchQuery::default()
        }),
        ..PaletteItem::default()
    }
}

/// An entity with what can be done with it; without pieces, its title is shown as it is.
fn item(label: &EntityLabel, pieces: Vec<String>) -> PaletteItem {
    let (glyph, colour) = kind::look(&label.kind);
    let glyph = glyph.href().rsplit('#').next().unwrap_or_default();
    let reference = label.entity_ref.to_string();
    PaletteItem {
        look: format!("{glyph} {colour}"),
        title: if pieces.is_empty() {
            vec![label.title.clone()]
        } else {
            pieces
        },
        hint: reference.clone(),
        href: paths::entity(&label.entity_ref),
        command: String::new(),
        actions: actions(label, &reference),
    }
}

/// What can be done with an entity beside opening its page.
fn actions(label: &EntityLabel, reference: &str) -> Vec<PaletteAction> {
    let tab = |title: &str, tab: &str| PaletteAction {
        title: title.to_owned(),
        href: paths::entity_tab(&label.entity_ref, tab),
        ..PaletteAction::default()
    };
    let mut all = vec![tab("Relations", "relations")];
    match label.entity_ref.kind.as_str() {
        "api" => all.push(tab("Definition", "api")),
        "group" | "user" => all.push(owned(&label.entity_ref)),
        _ => {}
    }
    all.push(tab("YAML", "yaml"));
    all.push(PaletteAction {
        title: "Copy the reference".to_owned(),
        command: format!("copy {reference}"),
        ..PaletteAction::default()
    });
    all
}

fn owned(owner: &EntityRef) -> PaletteAction {
    PaletteAction {
        title: "What they own".to_owned(),
        href: format!(
            "{}#owned",
            paths::entity_tab_with(owner, "", &[("owned", "all")])
        ),
        ..PaletteAction::default()
    }
}
