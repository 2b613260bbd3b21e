//! The HTTP client: no redirects, no proxy, no addresses but those that the guard has passed.
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Certificate, Client, ClientBuilder};

use crate::{ErrorKind, Limits, ScmError};

tokio::task_local! {
    /// The addresses that the guard passed for the request under way.
    static CHECKED: Vec<SocketAddr>;
}

/// Runs a request that can connect to the checked addresses only.
pub(super) async fn connecting_to<F: Future>(addresses: Vec<SocketAddr>, request: F) -> F::Output {
    CHECKED.scope(addresses, request).await
}

/// Answers with the checked addresses instead of asking the network a second time, whose answer may differ.
struct Checked;

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let addresses = CHECKED.try_with(Clone::clone);
        Box::pin(async move {
            match addresses {
                Ok(addresses) => Ok(Box::new(addresses.into_iter()) as Addrs),
                Err(_) => Err(format!("no address of {} was checked", name.as_str()).into()),
            }
        })
    }
}

/// Builds the client, with the certificates of the system or, where it has none, with those of Mozilla.
pub(super) fn build(limits: &Limits) -> Result<Client, ScmError> {
    let with_system = builder(limits).build();
    let client = with_system.or_else(|_| builder(limits).tls_certs_only(mozilla()).build());
    client.map_err(|error| {
        let message = format!("no client for HTTP could be made: {}", root_cause(&error));
        ScmError::new(ErrorKind::Unavailable, message)
    })
}

fn builder(limits: &Limits) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("Callboard/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Arc::new(Checked))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(limits.connect)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(8)
}

fn mozilla() -> Vec<Certificate> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    roots
        .filter_map(|root| Certificate::from_der(root).ok())
        .collect()
}

/// Says why no answer came; never with the URL, which may hold a secret.
pub(super) fn failed(error: &reqwest::Error, timeout: Duration) -> ScmError {
    let message = if error.is_connect() && error.is_timeout() {
        "the host does not accept a connection in time".to_owned()
    } else if error.is_timeout() {
        format!(
            "the host takes longer than {} s to answer",
            timeout.as_secs_f32()
        )
    } else if error.is_connect() {
        format!("no connection to the host: {}", root_cause(error))
    } else {
        format!("the host gives no usable answer: {}", root_cause(error))
    };
    ScmError::new(ErrorKind::Unavailable, message)
}

fn root_cause(error: &reqwest::Error) -> String {
    let Some(mut cause) = error.source() else {
        return "the request failed".to_owned();
    };
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_certificates_still_gets_a_client() {
        let limits = Limits::default();
        assert!(mozilla().len() > 50);
        assert!(builder(&limits).tls_certs_only(mozilla()).build().is_ok());
        assert!(build(&limits).is_ok());
    }
}
