//! The text of a definition, a page of it at a time.
use callboard_model::view::{ApiQuery, ApiText};
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::{
        code_block::{CodeBlock, Highlight},
        number::{counted, thousands},
        pagination::Pagination,
    },
};

/// The text as it is, with its place in the whole.
pub(super) fn raw(text: ApiText, query: &ApiQuery) -> impl IntoView + use<> {
    let highlight = if text.yaml {
        Highlight::Yaml
    } else {
        Highlight::Plain
    };
    let mut sum = format!("{}, {}", counted(text.lines, "line"), size(text.bytes));
    if text.pages > 1 {
        let last = text.first + text.text.lines().count().saturating_sub(1);
        sum.push_str(&format!(
            "; lines {} to {}",
            thousands(text.first),
            thousands(last)
        ));
    }
    let query = ApiQuery {
        raw: true,
        op: String::new(),
        schema: String::new(),
        q: String::new(),
        group: String::new(),
        ..query.clone()
    };
    let href = Box::new(move |page| {
        paths::api_here(&ApiQuery {
            page,
            ..query.clone()
        })
    });
    view! {
        <section class="card flush api-text" aria-labelledby="api-text-title">
            <h2 id="api-text-title">"Text"</h2>
            <p class="none">{sum}</p>
            <CodeBlock id="api-text" label="Definition of the API" text=text.text highlight/>
        </section>
        <Pagination page=text.page pages=text.pages href/>
    }
}

/// Returns a number of bytes for people.
fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => counted(bytes, "byte"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!(
            "{}.{} MiB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_readable() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(2048), "2 KiB");
        assert_eq!(size(2_320_092), "2.2 MiB");
    }
}
