//! A round picture of somebody, made of the letters of their name; nothing is loaded from elsewhere.
use leptos::prelude::*;

/// Initials on a round ground; decoration beside the name.
#[component]
pub fn Avatar(
    /// Name of the person or group.
    name: String,
) -> impl IntoView {
    view! {
        <svg class="avatar" viewBox="0 0 48 48" aria-hidden="true">
            <circle cx="24" cy="24" r="24"></circle>
            <text x="24" y="24" dy=".36em" text-anchor="middle">{initials(&name)}</text>
        </svg>
    }
}

/// Returns the first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let ends = match words.as_slice() {
        [] => return String::new(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    ends.iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_first_and_last_name() {
        assert_eq!(initials("Ada King Lovelace"), "AL");
        assert_eq!(initials("team-payments"), "TP");
        assert_eq!(initials("Élodie"), "É");
        assert_eq!(initials(""), "");
    }
}
