//! The whole server, in this process and as a program of its own.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]
mod api_docs;
mod audit;
mod authorization;
mod catalog_page;
mod cli;
mod crash;
mod entity_page;
mod entity_page_hostile;
mod examples;
mod graph;
mod hidden;
mod identity;
mod kit;
mod pages;
mod personal;
mod register;
mod rest;
mod rest_locations;
mod rest_openapi;
mod rest_query;
mod search;
mod support;
mod visibility;
