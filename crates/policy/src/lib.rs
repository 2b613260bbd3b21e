//! Permissions, roles and policy files: who may do what, decided without a database, a clock or a socket.
//!
//! [`Policy::load`] turns the texts of policy files into a [`Policy`] or says what is wrong with them and where;
//! [`Policy::decide`] answers one question and says which rules decided, [`Policy::decision`] answers it without.
#![warn(unreachable_pub)]

mod condition;
mod decision;
mod draft;
mod guard;
mod matcher;
mod permission;
mod place;
mod policy;
mod read;
mod rule_info;
mod simulate;
mod sources;

pub use condition::Condition;
pub use decision::{Asked, Decision, Effect, Reason, Verdict, Who};
pub use permission::{Action, PERMISSIONS, Permission, find};
pub use policy::{Policy, Role};
pub use rule_info::{RULES, RuleInfo, find_rule, params_schema};
pub use simulate::differs;
pub use sources::{Precedence, Settings, Source, Sources};
