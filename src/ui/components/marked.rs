//! A text with what was looked for marked in it.
use callboard_model::view::Piece;
use leptos::prelude::*;

/// The pieces of a text, one after the other.
#[component]
pub fn Marked(
    /// The pieces.
    pieces: Vec<Piece>,
) -> impl IntoView {
    let show = |piece: Piece| {
        if piece.marked {
            view! { <mark>{piece.text}</mark> }.into_any()
        } else {
            piece.text.into_any()
        }
    };
    pieces.into_iter().map(show).collect_view()
}
