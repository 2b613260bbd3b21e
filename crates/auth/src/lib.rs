//! Identity: providers, sign-in resolvers, tokens and the secrets of sessions.
//!
//! A sign-in goes through three parts that do not know each other: a [`provider`] or a [`proxy`] says who somebody is
//! out there ([`Claims`]), the [`resolver`] finds the User entity that this means, and [`token`] and [`session`] make
//! what proves it afterwards. Nothing here opens a socket, reads a database or asks what time it is: requests go
//! through [`Http`], users are found through [`Directory`], and the time comes as milliseconds since 1970. Only the
//! age of what a provider publishes about itself is measured with the monotonic clock of the process.
#![warn(unreachable_pub)]

mod claims;
mod directory;
mod http;
mod jose;
pub mod provider;
pub mod proxy;
pub mod resolver;
mod secret;
pub mod session;
pub mod token;

pub use claims::{ClaimMapping, Claims};
pub use directory::Directory;
pub use http::{Http, HttpError};
pub use secret::{Secret, same};
