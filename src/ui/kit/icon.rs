//! Icons: pictures of one SVG file that browsers keep.
//!
//! The pictures come from Lucide 1.62 (ISC licence, `public/icons.LICENSE.txt`), reduced to `public/icons.svg`.
//! Icons are decoration: the text beside them says what they mean.
use leptos::prelude::*;

/// A picture of `icons.svg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// A house.
    Home,
    /// Blocks: the catalog.
    Catalog,
    /// A box.
    Component,
    /// Connected points.
    Api,
    /// A drum of data.
    Resource,
    /// A small network.
    System,
    /// Layers.
    Domain,
    /// Several people.
    Group,
    /// One person.
    User,
    /// A page layout.
    Template,
    /// A map pin.
    Location,
    /// Three shapes: a kind without a picture of its own.
    Entity,
    /// A triangle with an exclamation mark.
    Problem,
    /// A crossed circle.
    Error,
    /// A circle with an i.
    Info,
    /// A ticked circle.
    Done,
    /// A magnifying glass.
    Search,
    /// The sun.
    Sun,
    /// The moon.
    Moon,
    /// A screen.
    Screen,
    /// A cross.
    Close,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// Two sheets.
    Copy,
    /// An arrow out of a box.
    External,
    /// A sheet with text.
    File,
    /// A pencil.
    Edit,
    /// An arrow into a box.
    SignIn,
    /// An arrow out of a door.
    SignOut,
    /// Three sliders.
    Settings,
    /// A scroll: the audit log.
    Audit,
    /// A shield with a tick: the policy.
    Policy,
    /// A key.
    Key,
    /// A closed lock.
    Lock,
    /// A struck-out circle: no.
    Deny,
    /// An arrow that forks: it depends.
    Depends,
    /// An arrow head that points down.
    More,
    /// A star.
    Star,
    /// A filled star.
    StarFilled,
    /// An eye: watching.
    Eye,
    /// A crossed-out eye: not watching.
    EyeOff,
    /// Three dots: a menu.
    Dots,
    /// An arrow into a tray.
    Download,
    /// A funnel.
    Filter,
    /// Three columns.
    Columns,
    /// Four rows.
    Density,
    /// Two boxes and the way between them.
    Graph,
    /// A table.
    Table,
    /// A list.
    List,
    /// An arrow up beside one down.
    Sort,
    /// A plus sign.
    Plus,
    /// A minus sign.
    Minus,
    /// Four corners.
    Maximize,
    /// An arrow to the left.
    ArrowLeft,
    /// An arrow to the right.
    ArrowRight,
    /// An arrow head that points left.
    ChevronLeft,
    /// An arrow head that points right.
    ChevronRight,
    /// Two branches that meet: a pull request.
    PullRequest,
    /// A branch of a repository.
    Branch,
    /// An arrow out of a tray.
    Upload,
    /// Two links of a chain.
    Link,
    /// A label.
    Tag,
    /// A clock turned back.
    History,
    /// A clock.
    Clock,
    /// A calendar.
    Calendar,
    /// A bookmark.
    Bookmark,
    /// Several people: a team.
    Users,
    /// The command key.
    Command,
    /// The enter key.
    Enter,
    /// A circle that turns.
    Loader,
    /// A tick.
    Check,
    /// A waste bin.
    Trash,
    /// Two arrows in a circle.
    Refresh,
    /// An arrow that turns back.
    Undo,
    /// A letter.
    Mail,
    /// A bell.
    Bell,
    /// An open book.
    Book,
    /// A triangle: start.
    Play,
    /// Angle brackets.
    Code,
    /// A prompt.
    Terminal,
    /// Lines that wrap.
    Wrap,
    /// A folder.
    Folder,
    /// A question mark.
    Help,
    /// Three lines: the navigation.
    Menu,
}

impl Glyph {
    /// Returns the address of the picture.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            Self::Home => "/icons.svg#home",
            Self::Catalog => "/icons.svg#catalog",
            Self::Component => "/icons.svg#component",
            Self::Api => "/icons.svg#api",
            Self::Resource => "/icons.svg#resource",
            Self::System => "/icons.svg#system",
            Self::Domain => "/icons.svg#domain",
            Self::Group => "/icons.svg#group",
            Self::User => "/icons.svg#user",
            Self::Template => "/icons.svg#template",
            Self::Location => "/icons.svg#location",
            Self::Entity => "/icons.svg#entity",
            Self::Problem => "/icons.svg#problem",
            Self::Error => "/icons.svg#error",
            Self::Info => "/icons.svg#info",
            Self::Done => "/icons.svg#ok",
            Self::Search => "/icons.svg#search",
            Self::Sun => "/icons.svg#sun",
            Self::Moon => "/icons.svg#moon",
            Self::Screen => "/icons.svg#screen",
            Self::Close => "/icons.svg#close",
            Self::Up => "/icons.svg#up",
            Self::Down => "/icons.svg#down",
            Self::Copy => "/icons.svg#copy",
            Self::External => "/icons.svg#external",
            Self::File => "/icons.svg#file",
            Self::Edit => "/icons.svg#edit",
            Self::SignIn => "/icons.svg#sign-in",
            Self::SignOut => "/icons.svg#sign-out",
            Self::Settings => "/icons.svg#settings",
            Self::Audit => "/icons.svg#audit",
            Self::Policy => "/icons.svg#policy",
            Self::Key => "/icons.svg#key",
            Self::Lock => "/icons.svg#lock",
            Self::Deny => "/icons.svg#deny",
            Self::Depends => "/icons.svg#depends",
            Self::More => "/icons.svg#more",
            Self::Star => "/icons.svg#star",
            Self::StarFilled => "/icons.svg#star-filled",
            Self::Eye => "/icons.svg#eye",
            Self::EyeOff => "/icons.svg#eye-off",
            Self::Dots => "/icons.svg#dots",
            Self::Download => "/icons.svg#download",
            Self::Filter => "/icons.svg#filter",
            Self::Columns => "/icons.svg#columns",
            Self::Density => "/icons.svg#density",
            Self::Graph => "/icons.svg#graph",
            Self::Table => "/icons.svg#table",
            Self::List => "/icons.svg#list",
            Self::Sort => "/icons.svg#sort",
            Self::Plus => "/icons.svg#plus",
            Self::Minus => "/icons.svg#minus",
            Self::Maximize => "/icons.svg#maximize",
            Self::ArrowLeft => "/icons.svg#left",
            Self::ArrowRight => "/icons.svg#right",
            Self::ChevronLeft => "/icons.svg#previous",
            Self::ChevronRight => "/icons.svg#next",
            Self::PullRequest => "/icons.svg#pull-request",
            Self::Branch => "/icons.svg#branch",
            Self::Upload => "/icons.svg#upload",
            Self::Link => "/icons.svg#link",
            Self::Tag => "/icons.svg#tag",
            Self::History => "/icons.svg#history",
            Self::Clock => "/icons.svg#clock",
            Self::Calendar => "/icons.svg#calendar",
            Self::Bookmark => "/icons.svg#bookmark",
            Self::Users => "/icons.svg#users",
            Self::Command => "/icons.svg#command",
            Self::Enter => "/icons.svg#enter",
            Self::Loader => "/icons.svg#loader",
            Self::Check => "/icons.svg#check",
            Self::Trash => "/icons.svg#trash",
            Self::Refresh => "/icons.svg#refresh",
            Self::Undo => "/icons.svg#undo",
            Self::Mail => "/icons.svg#mail",
            Self::Bell => "/icons.svg#bell",
            Self::Book => "/icons.svg#book",
            Self::Play => "/icons.svg#play",
            Self::Code => "/icons.svg#code",
            Self::Terminal => "/icons.svg#terminal",
            Self::Wrap => "/icons.svg#wrap",
            Self::Folder => "/icons.svg#folder",
            Self::Help => "/icons.svg#help",
            Self::Menu => "/icons.svg#menu",
        }
    }
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

    #[test]
    fn every_picture_is_in_the_file() {
        let file = include_str!("../../../public/icons.svg");
        let names: Vec<&str> = include_str!("icon.rs")
            .split("=> \"/icons.svg#")
            .skip(1)
            .filter_map(|rest| rest.split_once("\",").map(|(name, _)| name))
            .collect();
        assert!(names.contains(&"home"), "the names were not found");
        for name in names {
            assert!(
                file.contains(&format!("<symbol id=\"{name}\"")),
                "{name} is not in icons.svg"
            );
        }
    }
}
