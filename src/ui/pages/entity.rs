//! `/catalog/:namespace/:kind/:name` and its tabs: everything about one entity.
mod about;
mod api_tab;
mod chart;
mod details;
mod frame;
mod header;
pub(in crate::ui::pages) mod link;
mod members;
mod menu;
mod missing;
mod overview;
mod ownership;
mod problems_tab;
mod provenance;
mod relations;
mod relations_tab;
mod special;
mod warnings;
mod yaml_tab;

pub(super) use api_tab::ApiPage;
pub(super) use overview::EntityPage;
pub(super) use problems_tab::EntityProblemsPage;
pub(super) use relations_tab::RelationsPage;
pub(super) use yaml_tab::YamlPage;
