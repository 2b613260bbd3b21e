//! Pages of the portal and what can be done on any of them.
use callboard_model::view::PaletteItem;

use super::super::super::access::Access;
use crate::paths;

/// Icon, name, other words for it, address or command, and the permission that it needs, if any.
type Command = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Pages and commands, the most used first.
const COMMANDS: &[Command] = &[
    ("home", "Home", "start", paths::HOME, ""),
    (
        "catalog",
        "Catalog",
        "all entities software",
        paths::CATALOG,
        "",
    ),
    (
        "component k-component",
        "Components",
        "services libraries websites",
        "/catalog?kind=component",
        "",
    ),
    (
        "api k-api",
        "APIs",
        "interfaces openapi",
        "/catalog?kind=api",
        "",
    ),
    (
        "group k-group",
        "Groups",
        "teams",
        "/catalog?kind=group",
        "",
    ),
    ("system k-system", "Systems", "", "/catalog?kind=system", ""),
    (
        "resource k-resource",
        "Resources",
        "databases buckets",
        "/catalog?kind=resource",
        "",
    ),
    ("domain k-domain", "Domains", "", "/catalog?kind=domain", ""),
    (
        "user k-user",
        "Users",
        "people persons",
        "/catalog?kind=user",
        "",
    ),
    (
        "problem",
        "Problems",
        "errors warnings",
        paths::PROBLEMS,
        "",
    ),
    (
        "plus",
        "Register a component",
        "import add location new",
        paths::IMPORT,
        "catalog.location.create",
    ),
    (
        "star",
        "My starred entities",
        "favourites",
        "/catalog?list=starred",
        "",
    ),
    (
        "users",
        "What I own",
        "mine my team",
        "/catalog?list=owned",
        "",
    ),
    (
        "settings",
        "Settings",
        "profile tokens sessions preferences",
        paths::SETTINGS,
        "",
    ),
    (
        "audit",
        "Audit log",
        "history who did",
        paths::AUDIT,
        "callboard.audit.read",
    ),
    (
        "policy",
        "Policy",
        "permissions roles",
        paths::POLICY,
        "policy.entity.read",
    ),
    (
        "sun",
        "Use the light theme",
        "colours appearance bright",
        ">theme light",
        "",
    ),
    (
        "moon",
        "Use the dark theme",
        "colours appearance night",
        ">theme dark",
        "",
    ),
    (
        "screen",
        "Use the theme of the system",
        "colours appearance",
        ">theme system",
        "",
    ),
    ("help", "Keyboard shortcuts", "keys help", ">keys", ""),
    (
        "copy",
        "Copy the address of this page",
        "link url share",
        ">copy",
        "",
    ),
];

impl Access {
    /// Returns the commands that the caller may use of which every word of a text is a part.
    pub(super) fn commands(&self, text: &str, limit: usize) -> Vec<PaletteItem> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<(bool, &Command)> = COMMANDS
            .iter()
            .filter(|(.., needs)| needs.is_empty() || self.has(needs))
            .filter_map(|command| matches(command, &words).map(|by_name| (by_name, command)))
            .collect();
        // The sort is stable: among equals the order is that of the list.
        found.sort_by_key(|(by_name, _)| !by_name);
        let items = found.into_iter().map(|(_, command)| item(command, &words));
        items.take(limit).collect()
    }
}

/// Tells whether all words are found, and then whether all of them are in the name.
fn matches((_, name, others, ..): &Command, words: &[String]) -> Option<bool> {
    let starts = |text: &str, word: &str| {
        let mut parts = text.split(' ');
        parts.any(|part| part.to_lowercase().starts_with(word))
    };
    let by_name = words.iter().all(|word| starts(name, word));
    let found = words
        .iter()
        .all(|word| starts(name, word) || starts(others, word));
    found.then_some(by_name)
}

fn item((look, name, _, target, _): &Command, words: &[String]) -> PaletteItem {
    let (href, command) = match target.strip_prefix('>') {
        Some(command) => ("", command),
        None => (*target, ""),
    };
    PaletteItem {
        look: (*look).to_owned(),
        title: pieces(name, words),
        href: href.to_owned(),
        command: command.to_owned(),
        ..PaletteItem::default()
    }
}

/// Cuts a name so that every second piece is one of the words, at the start of a word of the name.
pub(super) fn pieces(name: &str, words: &[String]) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for (at, part) in name.split(' ').enumerate() {
        if at > 0 {
            push(&mut pieces, false, " ");
        }
        let hit = words
            .iter()
            .filter(|word| {
                part.is_char_boundary(word.len()) && part[..word.len()].eq_ignore_ascii_case(word)
            })
            .map(String::len)
            .max()
            .unwrap_or_default();
        push(&mut pieces, true, &part[..hit]);
        push(&mut pieces, false, &part[hit..]);
    }
    pieces
}

/// Adds to the last piece if it is of the same sort, and a new one if not.
pub(super) fn push(pieces: &mut Vec<String>, is_hit: bool, text: &str) {
    if text.is_empty() {
        return;
    }
    // The first piece is plain, and then they take turns.
    let last_is_hit = pieces.len().is_multiple_of(2);
    match pieces.last_mut() {
        Some(last) if last_is_hit == is_hit => last.push_str(text),
        _ => pieces.push(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn every_second_piece_is_what_was_typed() {
        assert_eq!(pieces("Audit log", &words("lo")), ["Audit ", "lo", "g"]);
        assert_eq!(
            pieces("Audit log", &words("au lo")),
            ["", "Au", "dit ", "lo", "g"]
        );
        assert_eq!(pieces("Home", &[]), ["Home"]);
        assert_eq!(pieces("Über uns", &words("ü")), ["Über uns"]);
    }

    #[test]
    fn all_words_must_be_found_and_names_come_before_other_words() {
        let command = ("x", "Settings", "profile tokens", "/settings", "");
        assert_eq!(matches(&command, &words("set")), Some(true));
        assert_eq!(matches(&command, &words("set tok")), Some(false));
        assert_eq!(matches(&command, &words("set dark")), None);
    }

    #[test]
    fn every_picture_of_a_command_is_there_and_every_permission_is_known() {
        let file = include_str!("../../../../public/icons.svg");
        for (look, name, .., needs) in COMMANDS {
            let glyph = look.split(' ').next().unwrap_or_default();
            assert!(file.contains(&format!("id=\"{glyph}\"")), "{name}");
            assert!(
                needs.is_empty() || callboard_policy::find(needs).is_some(),
                "{name}"
            );
        }
    }
}
