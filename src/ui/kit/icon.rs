//! Icons: pictures of one SVG file that browsers keep.
//!
//! The pictures come from Lucide 1.62 (ISC licence, `public/icons.LICENSE.txt`), reduced to `public/icons.svg`.
//! Icons are decoration: the text beside them says what they mean.
use leptos::prelude::*;

/// Makes the enum of pictures, each with its name in `icons.svg`.
macro_rules! glyphs {
    ($($(#[$doc:meta])* $glyph:ident = $name:literal,)*) => {
        /// A picture of `icons.svg`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Glyph {
            $($(#[$doc])* $glyph,)*
        }

        impl Glyph {
            /// Names of all pictures in the file.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Returns the address of the picture.
            #[must_use]
            pub fn href(self) -> &'static str {
                match self {
                    $(Self::$glyph => concat!("/icons.svg#", $name),)*
                }
            }
        }
    };
}

glyphs! {
    /// A house.
    Home = "home",
    /// Blocks: the catalog.
    Catalog = "catalog",
    /// A box.
    Component = "component",
    /// Connected points.
    Api = "api",
    /// A drum of data.
    Resource = "resource",
    /// A small network.
    System = "system",
    /// Layers.
    Domain = "domain",
    /// Several people.
    Group = "group",
    /// One person.
    User = "user",
    /// A page layout.
    Template = "template",
    /// A map pin.
    Location = "location",
    /// Three shapes: a kind without a picture of its own.
    Entity = "entity",
    /// A triangle with an exclamation mark.
    Problem = "problem",
    /// A crossed circle.
    Error = "error",
    /// A circle with an i.
    Info = "info",
    /// A ticked circle.
    Done = "ok",
    /// A magnifying glass.
    Search = "search",
    /// The sun.
    Sun = "sun",
    /// The moon.
    Moon = "moon",
    /// A screen.
    Screen = "screen",
    /// A cross.
    Close = "close",
    /// An arrow up.
    Up = "up",
    /// An arrow down.
    Down = "down",
    /// Two sheets.
    Copy = "copy",
    /// An arrow out of a box.
    External = "external",
    /// A sheet with text.
    File = "file",
    /// A pencil.
    Edit = "edit",
    /// An arrow into a box.
    SignIn = "sign-in",
    /// An arrow out of a door.
    SignOut = "sign-out",
    /// Three sliders.
    Settings = "settings",
    /// A scroll: the audit log.
    Audit = "audit",
    /// A shield with a tick: the policy.
    Policy = "policy",
    /// A key.
    Key = "key",
    /// A closed lock.
    Lock = "lock",
    /// A struck-out circle: no.
    Deny = "deny",
    /// An arrow that forks: it depends.
    Depends = "depends",
    /// An arrow head that points down.
    More = "more",
    /// A star.
    Star = "star",
    /// A filled star.
    StarFilled = "star-filled",
    /// An eye: watching.
    Eye = "eye",
    /// A crossed-out eye: not watching.
    EyeOff = "eye-off",
    /// Three dots: a menu.
    Dots = "dots",
    /// An arrow into a tray.
    Download = "download",
    /// A funnel.
    Filter = "filter",
    /// Three columns.
    Columns = "columns",
    /// Four rows.
    Density = "density",
    /// Two boxes and the way between them.
    Graph = "graph",
    /// A table.
    Table = "table",
    /// A list.
    List = "list",
    /// An arrow up beside one down.
    Sort = "sort",
    /// A plus sign.
    Plus = "plus",
    /// A minus sign.
    Minus = "minus",
    /// Four corners.
    Maximize = "maximize",
    /// An arrow to the left.
    ArrowLeft = "left",
    /// An arrow to the right.
    ArrowRight = "right",
    /// An arrow head that points left.
    ChevronLeft = "previous",
    /// An arrow head that points right.
    ChevronRight = "next",
    /// Two branches that meet: a pull request.
    PullRequest = "pull-request",
    /// A branch of a repository.
    Branch = "branch",
    /// An arrow out of a tray.
    Upload = "upload",
    /// Two links of a chain.
    Link = "link",
    /// A label.
    Tag = "tag",
    /// A clock turned back.
    History = "history",
    /// A clock.
    Clock = "clock",
    /// A calendar.
    Calendar = "calendar",
    /// A bookmark.
    Bookmark = "bookmark",
    /// Several people: a team.
    Users = "users",
    /// The command key.
    Command = "command",
    /// The enter key.
    Enter = "enter",
    /// A circle that turns.
    Loader = "loader",
    /// A tick.
    Check = "check",
    /// A waste bin.
    Trash = "trash",
    /// Two arrows in a circle.
    Refresh = "refresh",
    /// An arrow that turns back.
    Undo = "undo",
    /// A letter.
    Mail = "mail",
    /// A bell.
    Bell = "bell",
    /// An open book.
    Book = "book",
    /// A triangle: start.
    Play = "play",
    /// Angle brackets.
    Code = "code",
    /// A prompt.
    Terminal = "terminal",
    /// Lines that wrap.
    Wrap = "wrap",
    /// A folder.
    Folder = "folder",
    /// A question mark.
    Help = "help",
    /// Three lines: the navigation.
    Menu = "menu",
}

/// One icon, as high as the text around it.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    view! { <svg class="i" aria-hidden="true"><use href=glyph.href()></use></svg> }
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn every_picture_is_in_the_file() {
        let file = include_str!("../../../public/icons.svg");
        for name in Glyph::NAMES {
            assert!(
                file.contains(&format!("<symbol id=\"{name}\"")),
                "{name} is not in icons.svg"
            );
        }
    }
}
