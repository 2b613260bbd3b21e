//! Links to the pages of a long list.
use leptos::prelude::*;

use super::number::thousands;

/// Previous, next and the pages around this one; nothing when there is one page only.
#[component]
pub fn Pagination(
    /// This page, counted from 1.
    page: u32,
    /// Number of pages.
    pages: u32,
    /// Address of a page.
    href: Box<dyn Fn(u32) -> String>,
    /// What the links are called; it has to differ where a page has two lists.
    #[prop(default = "Pages".to_owned(), into)]
    label: String,
) -> impl IntoView {
    (pages > 1).then(|| {
        let step = |to: u32, rel: &'static str, text: &'static str| {
            if (1..=pages).contains(&to) && to != page {
                view! { <li><a rel=rel href=href(to)>{text}</a></li> }.into_any()
            } else {
                view! { <li><span class="off">{text}</span></li> }.into_any()
            }
        };
        let numbers = shown(page, pages)
            .into_iter()
            .map(|number| match number {
                None => view! { <li><span class="gap">"…"</span></li> }.into_any(),
                Some(number) => {
                    let current = (number == page).then_some("page");
                    view! { <li><a aria-current=current href=href(number)>{thousands(number as usize)}</a></li> }
                        .into_any()
                }
            })
            .collect_view();
        view! {
            <nav class="pages" aria-label=label>
                <ul>
                    {step(page.saturating_sub(1), "prev", "Previous")} {numbers} {step(page + 1, "next", "Next")}
                </ul>
            </nav>
        }
    })
}

/// Returns the page numbers to show: the first, the last and those around this one; `None` is a gap.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut numbers = Vec::new();
    let mut last = 0;
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 1 {
            if number == last + 2 {
                numbers.push(Some(last + 1));
            } else if number > last + 1 {
                numbers.push(None);
            }
            numbers.push(Some(number));
            last = number;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: u32, pages: u32) -> String {
        let words: Vec<String> = shown(page, pages)
            .into_iter()
            .map(|number| number.map_or_else(|| "…".to_owned(), |number| number.to_string()))
            .collect();
        words.join(" ")
    }

    #[test]
    fn first_last_and_neighbours_are_shown() {
        assert_eq!(text(1, 3), "1 2 3");
        assert_eq!(text(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(text(1, 9), "1 2 … 9");
        assert_eq!(text(9, 9), "1 … 8 9");
    }

    #[test]
    fn a_gap_is_never_one_page_wide() {
        assert_eq!(text(4, 7), "1 2 3 4 5 6 7");
    }
}
