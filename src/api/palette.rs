//! The server function of the command palette.
use callboard_model::view::PaletteGroup;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Returns what the palette shows for a text.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "palette", input = GetUrl)]
pub async fn palette(text: String) -> Result<Vec<PaletteGroup>, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().palette(&text).await)
}
