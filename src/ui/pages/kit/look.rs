//! How the page shows everything: read from its address, and written into its links.
use leptos_router::params::ParamsMap;

use crate::paths;

/// The themes to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Light and dark beside each other.
    #[default]
    Both,
    /// Light only.
    Light,
    /// Dark only.
    Dark,
}

impl Shown {
    pub(super) const ALL: [Self; 3] = [Self::Both, Self::Light, Self::Dark];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Both => "Both",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// Returns the values of `data-theme`.
    pub(super) fn themes(self) -> &'static [&'static str] {
        match self {
            Self::Both => &["light", "dark"],
            Self::Light => &["light"],
            Self::Dark => &["dark"],
        }
    }
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Density {
    /// As close as can be read.
    Compact,
    /// As most people want it.
    #[default]
    Default,
    /// With air.
    Comfortable,
}

impl Density {
    pub(super) const ALL: [Self; 3] = [Self::Compact, Self::Default, Self::Comfortable];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Compact => "Compact",
            Self::Default => "Default",
            Self::Comfortable => "Comfortable",
        }
    }

    /// Returns the value of `data-density`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Default => "default",
            Self::Comfortable => "comfortable",
        }
    }
}

/// What the address says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) shown: Shown,
    pub(super) density: Density,
    pub(super) rtl: bool,
    /// Whether the form of a toast led here.
    pub(super) undone: bool,
}

impl Look {
    /// Reads the parameters; what is unknown counts as not said.
    pub(super) fn read(params: &ParamsMap) -> Self {
        let word = |key: &str| params.get_str(key).unwrap_or_default().to_owned();
        Self {
            shown: match word("theme").as_str() {
                "light" => Shown::Light,
                "dark" => Shown::Dark,
                _ => Shown::Both,
            },
            density: match word("density").as_str() {
                "compact" => Density::Compact,
                "comfortable" => Density::Comfortable,
                _ => Density::Default,
            },
            rtl: word("dir") == "rtl",
            undone: word("undone") == "1",
        }
    }

    /// Returns the address of the page that looks like this.
    pub(super) fn href(self) -> String {
        let mut parts = Vec::new();
        match self.shown {
            Shown::Both => {}
            Shown::Light => parts.push("theme=light"),
            Shown::Dark => parts.push("theme=dark"),
        }
        match self.density {
            Density::Compact => parts.push("density=compact"),
            Density::Default => {}
            Density::Comfortable => parts.push("density=comfortable"),
        }
        if self.rtl {
            parts.push("dir=rtl");
        }
        if parts.is_empty() {
            return paths::KIT.to_owned();
        }
        format!("{}?{}", paths::KIT, parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Look {
        let mut params = ParamsMap::new();
        for (key, value) in pairs {
            params.insert(*key, (*value).to_owned());
        }
        Look::read(&params)
    }

    #[test]
    fn what_the_address_says_comes_back_as_the_address() {
        let look = read(&[("theme", "dark"), ("density", "compact"), ("dir", "rtl")]);
        assert_eq!(look.href(), "/dev/kit?theme=dark&density=compact&dir=rtl");
        assert_eq!(Look::default().href(), "/dev/kit");
    }

    #[test]
    fn unknown_words_are_the_usual_look() {
        let odd = read(&[
            ("theme", "pink"),
            ("density", "-1"),
            ("dir", "up"),
            ("foo", "1"),
        ]);
        assert_eq!(odd, Look::default());
    }
}
