//! The choice of several values: boxes to tick in a list that folds open.
use leptos::prelude::*;

use super::{choice::Tick, number::thousands};

/// One value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value {
    /// As the form sends it.
    pub value: String,
    /// As people read it.
    pub text: String,
    /// Whether it is chosen at first.
    pub chosen: bool,
}

/// A button that says what is chosen and opens the list. It works without a script.
#[component]
pub fn MultiSelect(
    /// What to choose.
    #[prop(into)]
    label: String,
    /// Name of the values in the form.
    #[prop(into)]
    name: String,
    /// All values.
    values: Vec<Value>,
    /// Whether the list is open at first.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let summary = summary(&values);
    let is_empty = values.is_empty();
    let legend = label.clone();
    let boxes = values
        .into_iter()
        .map(
            |Value {
                 value,
                 text,
                 chosen,
             }| {
                view! { <Tick text name=name.clone() value on=chosen/> }
            },
        )
        .collect_view();
    let nothing = is_empty.then(|| view! { <p class="none">"There is nothing to choose."</p> });
    view! {
        <details class="many" open=open>
            <summary class="btn">{label}": "<b>{summary}</b></summary>
            <fieldset class="ticks"><legend class="vh">{legend}</legend>{boxes} {nothing}</fieldset>
        </details>
    }
}

/// Returns what is chosen in a few words.
fn summary(values: &[Value]) -> String {
    let mut chosen = values.iter().filter(|value| value.chosen);
    match (chosen.next(), chosen.count()) {
        (None, _) => "any".to_owned(),
        (Some(only), 0) => only.text.clone(),
        (Some(first), more) => format!("{} and {} more", first.text, thousands(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, summary};

    #[test]
    fn what_is_chosen_is_said_in_a_few_words() {
        let value = |text: &str, chosen| Value {
            value: text.to_owned(),
            text: text.to_owned(),
            chosen,
        };
        assert_eq!(summary(&[]), "any");
        assert_eq!(summary(&[value("a", false), value("b", true)]), "b");
        let all = [value("a", true), value("b", true), value("c", true)];
        assert_eq!(summary(&all), "a and 2 more");
    }
}
