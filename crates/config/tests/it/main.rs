//! The loader from the outside: files and variables in, values and problems out.
mod integrations;
mod oracle;
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
