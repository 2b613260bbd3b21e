//! How a name becomes addresses.
use std::io;
use std::net::SocketAddr;

use futures::future::BoxFuture;

/// Finds the addresses of a host. Tests bring their own.
pub trait Resolve: Send + Sync + std::fmt::Debug {
    /// Returns all addresses of a name, each with the port.
    fn resolve(&self, host: String, port: u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;
}

/// Asks the system, as every program does.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, host: String, port: u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, port)).await?.collect()) })
    }
}
