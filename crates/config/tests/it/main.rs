//! The loader from the outside: files and variables in, values and problems out.
mod auth;
mod auth_wrong;
mod guard;
mod integrations;
mod oracle;
mod permission;
mod print;
mod real;
mod reference;
mod robust;
mod sandbox;
mod severities;
mod sources;
mod substitution;
mod typed;
mod unknown;
mod wrong;
