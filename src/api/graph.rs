//! Server functions about what entities have to do with each other.
use callboard_model::view::{GraphQuery, GraphView, MiniGraph};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Returns what some entities have to do with others, as a table and, when asked for, as a drawing.
///
/// # Errors
/// `Transport` when the portal does not answer.
#[server(prefix = "/fn", endpoint = "catalog/graph", input = GetUrl)]
pub async fn get_graph(query: GraphQuery) -> Result<GraphView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().graph_view(&query))
}

/// Returns the nearest relations of one entity as a small drawing.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/mini-graph", input = GetUrl)]
pub async fn get_mini_graph(
    kind: String,
    namespace: String,
    name: String,
) -> Result<MiniGraph, AppError> {
    use crate::{platform::answer, server::Access};
    let entity_ref = callboard_model::EntityRef::new(&kind, &namespace, &name);
    answer(expect_context::<Access>().mini_graph(&entity_ref).await)
}
