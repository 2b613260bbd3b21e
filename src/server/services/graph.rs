//! What entities have to do with each other: a walk over relations, shown as a table and as a drawing.
mod look;
mod picture;
mod rows;
mod walk;

use callboard_catalog::index::EntityId;
use callboard_model::{
    EntityRef,
    view::{GraphQuery, GraphView, MiniGraph},
};

use crate::{error::AppError, server::access::Access};
use look::Look;
use picture::Sketch;
use walk::{Ask, Walk};

/// Rows on one page of the table.
const PAGE_SIZE: usize = 100;

/// The farthest that is looked.
const MAX_DEPTH: u32 = 5;

/// Entities that one can begin with.
const ROOTS: usize = 20;

/// Entities that are drawn.
const DRAWN: usize = 500;

/// Entities of a small drawing, with the one that it is about.
const DRAWN_SMALL: usize = 12;

impl Access {
    /// Answers what some entities have to do with others, as far as the caller may read both.
    ///
    /// # Errors
    /// None by now; what cannot be understood counts as not asked for.
    pub fn graph_view(&self, query: &GraphQuery) -> Result<GraphView, AppError> {
        let (mut view, sketch) = looked_at(self, query);
        // Places are found when the index is free again: a writer that waits for it lets no other reader in.
        view.picture = sketch.map(Sketch::laid_out);
        Ok(view)
    }

    /// Answers the nearest relations of one entity as a small drawing.
    ///
    /// # Errors
    /// `NotFound` when the catalog has no such entity for the caller.
    pub async fn mini_graph(&self, entity_ref: &EntityRef) -> Result<MiniGraph, AppError> {
        if !self.require_reading(entity_ref).await? {
            return Err(AppError::NotFound(format!(
                "The catalog has no {entity_ref}."
            )));
        }
        let (sketch, total) = neighbours(self, entity_ref)?;
        Ok(MiniGraph {
            picture: sketch.map(Sketch::laid_out),
            total,
        })
    }
}

/// Looks at what is asked for while the index is locked. The drawing has no places yet.
fn looked_at(access: &Access, query: &GraphQuery) -> (GraphView, Option<Sketch>) {
    let index = access.index().read();
    let look = Look::of(access, &index);
    let (roots, unknown) = roots(&look, &query.root);
    let depth = query.depth.clamp(1, MAX_DEPTH);
    let mut view = GraphView {
        roots: roots.iter().filter_map(|id| look.label(*id)).collect(),
        unknown,
        depth,
        page: 1,
        pages: 1,
        ..GraphView::default()
    };
    if roots.is_empty() {
        return (view, None);
    }
    let ask = Ask {
        depth,
        direction: query.direction.as_str().into(),
        kinds: &query.kind,
        relations: &query.relation,
    };
    let walk = Walk::from(&look, &roots, &ask);
    if query.kind.is_empty() && query.relation.is_empty() {
        (view.kinds, view.relations) = rows::facets(&look, &walk, query);
    } else {
        // What there is to choose from does not depend on what is chosen.
        let all = Walk::from(&look, &roots, &ask.without_filters());
        (view.kinds, view.relations) = rows::facets(&look, &all, query);
    }
    view.reach = rows::reach(&look, &walk);
    rows::fill(&look, &walk, query.page, &mut view);
    let sketch = (query.view == "graph").then(|| picture::large(&look, &walk, query));
    (view, sketch)
}

/// Looks at the nearest relations of one entity while the index is locked. Returns what is to be drawn of them, if
/// there are any, and how many entities are related.
fn neighbours(
    access: &Access,
    entity_ref: &EntityRef,
) -> Result<(Option<Sketch>, usize), AppError> {
    let index = access.index().read();
    let look = Look::of(access, &index);
    let text = entity_ref.to_string();
    let root = look.id(&text);
    let root = root.ok_or_else(|| AppError::NotFound(format!("The catalog has no {text}.")))?;
    let walk = Walk::from(&look, &[root], &Ask::neighbours());
    let total = walk.nodes.len() - 1;
    let sketch = (total > 0).then(|| picture::small(&look, &walk));
    Ok((sketch, total))
}

/// Finds the entities to begin with, and what of them is not there for the caller.
fn roots(look: &Look<'_>, wanted: &[String]) -> (Vec<EntityId>, Vec<String>) {
    let mut roots = Vec::new();
    let mut unknown = Vec::new();
    for text in wanted.iter().take(ROOTS) {
        let entity_ref = text.trim().parse::<EntityRef>();
        match entity_ref
            .ok()
            .and_then(|known| look.id(&known.to_string()))
        {
            Some(id) if !roots.contains(&id) => roots.push(id),
            Some(_) => {}
            None => unknown.push(text.chars().take(200).collect()),
        }
    }
    (roots, unknown)
}
