//! What is around every page: navigation, top bar, page heading, shortcuts.
pub mod page_header;
pub mod shortcuts;
pub mod side_nav;
pub mod top_bar;
pub mod user_menu;
