//! What changed in a text: in one column, or side by side.
pub mod compare;

use leptos::prelude::*;

use super::number::counted;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is as it was.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands for lines that are as they were and are not shown; the text says how many.
    Gap,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What became of it.
    pub change: Change,
    /// Its number before.
    pub before: Option<usize>,
    /// Its number after.
    pub after: Option<usize>,
    /// What it says.
    pub text: String,
}

/// How lines are arranged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// In one column.
    #[default]
    Unified,
    /// Before on one side, after on the other. It becomes one column where it is narrow.
    Side,
}

/// The changes of one file.
#[component]
pub fn Diff(
    /// Name of the file.
    #[prop(into)]
    file: String,
    /// Its lines, as [`compare::lines`] makes them.
    lines: Vec<Line>,
    /// How they are arranged.
    #[prop(optional)]
    shape: Shape,
) -> impl IntoView {
    let count = |change| lines.iter().filter(|line| line.change == change).count();
    let (added, removed) = (count(Change::Added), count(Change::Removed));
    let sum = format!("{} added, {} removed", counted(added, "line"), removed);
    let caption = format!("Changes of {file}: {sum}");
    let body = if added + removed == 0 {
        view! { <p class="none">"Nothing changed."</p> }.into_any()
    } else {
        table(caption, lines, shape)
    };
    view! {
        <figure class="diff">
            <figcaption>
                <b><bdi>{file}</bdi></b>
                <span class="plus">{format!("+{added}")}</span>
                <span class="minus">{format!("−{removed}")}</span>
            </figcaption>
            {body}
        </figure>
    }
}

fn table(caption: String, lines: Vec<Line>, shape: Shape) -> AnyView {
    let name = caption.clone();
    let (class, rows) = match shape {
        Shape::Unified => (
            "unified",
            lines.into_iter().map(unified).collect_view().into_any(),
        ),
        Shape::Side => (
            "side-by-side",
            pairs(lines).into_iter().map(side).collect_view().into_any(),
        ),
    };
    view! {
        <div class="diff-scroll" tabindex="0" role="group" aria-label=name>
            <table class=class><caption class="vh">{caption}</caption><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn unified(line: Line) -> AnyView {
    if line.change == Change::Gap {
        return view! { <tr class="gap"><td colspan="4">{line.text}</td></tr> }.into_any();
    }
    let (class, sign) = look(line.change);
    view! {
        <tr class=class>
            <td class="no">{line.before}</td>
            <td class="no">{line.after}</td>
            <td class="sign">{sign}</td>
            <td><code>{line.text}</code></td>
        </tr>
    }
    .into_any()
}

fn side((before, after): (Option<Line>, Option<Line>)) -> AnyView {
    if let Some(Line {
        change: Change::Gap,
        text,
        ..
    }) = &before
    {
        return view! { <tr class="gap"><td colspan="6">{text.clone()}</td></tr> }.into_any();
    }
    let cells = |line: Option<Line>, is_before: bool| match line {
        Some(line) => {
            let (class, sign) = look(line.change);
            let number = if is_before { line.before } else { line.after };
            view! {
                <td class=format!("no {class}")>{number}</td>
                <td class=format!("sign {class}")>{sign}</td>
                <td class=class><code>{line.text}</code></td>
            }
            .into_any()
        }
        None => {
            view! { <td class="no blank"></td><td class="sign blank"></td><td class="blank"></td> }
                .into_any()
        }
    };
    view! { <tr>{cells(before, true)} {cells(after, false)}</tr> }.into_any()
}

/// Returns the class of a line and its sign, which is read out as a word.
fn look(change: Change) -> (&'static str, AnyView) {
    let sign = |sign: &'static str, word: &'static str| {
        view! { <span aria-hidden="true">{sign}</span><span class="vh">{word}</span> }.into_any()
    };
    match change {
        Change::Added => ("add", sign("+", "added")),
        Change::Removed => ("del", sign("−", "removed")),
        Change::Same | Change::Gap => ("same", ().into_any()),
    }
}

/// Puts what was removed beside what was added in its place.
fn pairs(lines: Vec<Line>) -> Vec<(Option<Line>, Option<Line>)> {
    let mut pairs: Vec<(Option<Line>, Option<Line>)> = Vec::new();
    // The first pair that has nothing on its right side yet.
    let mut open = 0;
    for line in lines {
        match line.change {
            Change::Same | Change::Gap => {
                pairs.push((Some(line.clone()), Some(line)));
                open = pairs.len();
            }
            Change::Removed => pairs.push((Some(line), None)),
            Change::Added if open < pairs.len() => {
                pairs[open].1 = Some(line);
                open += 1;
            }
            Change::Added => {
                pairs.push((None, Some(line)));
                open = pairs.len();
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::{compare::lines, *};

    fn sides(before: &str, after: &str) -> Vec<String> {
        let side = |line: &Option<Line>| {
            line.as_ref()
                .map_or("·".to_owned(), |line| line.text.clone())
        };
        pairs(lines(before, after, 3))
            .iter()
            .map(|(before, after)| format!("{} {}", side(before), side(after)))
            .collect()
    }

    #[test]
    fn what_was_replaced_stands_side_by_side() {
        assert_eq!(sides("a\nb\nc", "a\nx\nc"), ["a a", "b x", "c c"]);
        assert_eq!(sides("a\nb\nc", "a\nc"), ["a a", "b ·", "c c"]);
        assert_eq!(sides("a\nc", "a\nb\nd\nc"), ["a a", "· b", "· d", "c c"]);
        assert_eq!(sides("a\nb\nz", "x\ny\nw\nz"), ["a x", "b y", "· w", "z z"]);
    }

    #[test]
    fn a_file_without_changes_says_so() {
        let same = lines("a\n", "a\n", 3);
        let html = view! { <Diff file="a.yaml" lines=same/> }.to_html();
        assert!(html.contains("Nothing changed."), "{html}");
    }
}
