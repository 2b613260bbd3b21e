//! Pieces that know the portal's domain. They are given what they show and never load it.
pub mod active_filters;
pub mod catalog_facets;
pub mod catalog_results;
pub mod change_list;
pub mod decision;
pub mod entity_link;
pub mod entity_table;
pub mod entity_text;
pub mod filters;
pub mod kind;
pub mod lifecycle;
pub mod marked;
pub mod problem_item;
pub mod source_excerpt;
pub mod star;
pub mod tag_list;
pub mod when;
