//! Decides whether a request may be made at all: by its scheme, its host and every address of the host.
//!
//! Nothing here opens a connection. What it passes is connected to at exactly the addresses it has seen.
mod address;
mod places;
mod private;
mod resolve;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use url::{Host, Url};

use crate::{ErrorKind, ScmError, Settings};
use address::Reach;
use places::Places;
pub(crate) use places::{authority, written};
use private::Private;
pub use resolve::{Resolve, SystemResolver};

/// What a request is for, which decides where it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading from a source host.
    Read,
    /// Anything else, for example signing somebody in.
    Visit,
}

/// Knows the configuration and how to find addresses.
#[derive(Debug)]
pub(crate) struct Guard {
    places: Places,
    private: Private,
    resolver: Arc<dyn Resolve>,
    patience: Duration,
}

impl Guard {
    pub(crate) fn new(settings: &Settings, resolver: Arc<dyn Resolve>) -> Self {
        Self {
            places: Places::new(settings),
            private: Private::new(&settings.private),
            resolver,
            patience: settings.limits.connect,
        }
    }

    /// Tells whether a target may be read, as far as that is known without the network.
    pub(crate) fn admits(&self, target: &Url) -> Result<(), ScmError> {
        check_form(target)?;
        if !self.places.is_linked(target) {
            self.places.allows(target)?;
        }
        match literal(target) {
            Some(address) => self.check_address(target, address, Purpose::Read),
            None => Ok(()),
        }
    }

    /// Tells whether a request may be made, or followed when it comes from a redirect.
    pub(crate) fn check(&self, url: &Url, from: Option<&Url>) -> Result<(), ScmError> {
        let checked = check_form(url).and_then(|()| {
            let is_known = self.places.is_served(url);
            // Source hosts send downloads to hosts of their own, whose names they change.
            let is_sent = from.is_some_and(|from| self.places.is_served(from));
            if is_known || (is_sent && url.scheme() == "https") {
                Ok(())
            } else {
                self.places.allows(url)
            }
        });
        checked.map_err(|error| of_redirect(error, url, from))
    }

    /// Tells whether a request that is not a read may be made, as far as that is known without the network.
    pub(crate) fn check_visit(&self, url: &Url) -> Result<(), ScmError> {
        check_form(url)?;
        if url.scheme() == "https" || self.places.is_trusted(url) {
            return Ok(());
        }
        let message = format!(
            "requests to {} have to use https, since configuration does not name it",
            authority(url)
        );
        Err(ScmError::new(ErrorKind::Refused, message))
    }

    /// Returns the addresses of a URL; an error if one of them may not be connected to.
    pub(crate) async fn addresses(
        &self,
        url: &Url,
        purpose: Purpose,
    ) -> Result<Vec<SocketAddr>, ScmError> {
        let port = url.port_or_known_default().unwrap_or(443);
        if let Some(address) = literal(url) {
            self.check_address(url, address, purpose)?;
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        let name = url.host_str().unwrap_or_default();
        let asked = self.resolver.resolve(name.to_owned(), port);
        let answer = tokio::time::timeout(self.patience, asked).await;
        let unknown = |reason: String| {
            let message = format!("no address was found for {name}: {reason}");
            ScmError::new(ErrorKind::Unavailable, message)
        };
        let addresses = answer
            .map_err(|_| unknown("no answer in time".to_owned()))?
            .map_err(|error| unknown(error.to_string()))?;
        if addresses.is_empty() {
            return Err(unknown("it has none".to_owned()));
        }
        for address in &addresses {
            self.check_address(url, address.ip(), purpose)?;
        }
        Ok(addresses)
    }

    /// Where a redirect led to a host that configuration does not know, the address must be public.
    fn may_be_private(&self, url: &Url, address: IpAddr, purpose: Purpose) -> bool {
        if purpose == Purpose::Visit {
            return self.places.is_trusted(url) || self.private.covers(url, address);
        }
        let is_known = self.places.is_served(url) || self.places.allows(url).is_ok();
        is_known && (self.places.means_private(url) || self.private.covers(url, address))
    }

    fn check_address(&self, url: &Url, address: IpAddr, purpose: Purpose) -> Result<(), ScmError> {
        let place = authority(url);
        let leads = match literal(url) {
            Some(_) => format!("{place} is"),
            None => format!("{place} leads to {address},"),
        };
        let message = match address::reach(address) {
            Reach::Public => return Ok(()),
            Reach::Private(_) if self.may_be_private(url, address, purpose) => return Ok(()),
            Reach::Private(what) => format!(
                "{leads} {what}; if it may be read, add {place} or {address} to callboard.reading.private"
            ),
            Reach::Never(what) => format!("{leads} {what}, which is never read"),
        };
        Err(ScmError::new(ErrorKind::Refused, message))
    }
}

/// Checks what a URL says by itself.
fn check_form(url: &Url) -> Result<(), ScmError> {
    let refused = |message: String| Err(ScmError::new(ErrorKind::Refused, message));
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return refused(format!(
            "{scheme}: is not read; only http and https URLs are"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused(
            "a URL with a user name or password is not read; put it into integrations".to_owned(),
        );
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(ScmError::new(ErrorKind::Malformed, "the URL has no host"));
    }
    Ok(())
}

/// The address that stands in the URL instead of a name; the parser knows all its spellings.
fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
        Host::Domain(_) => None,
    }
}

fn of_redirect(error: ScmError, url: &Url, from: Option<&Url>) -> ScmError {
    let Some(from) = from else { return error };
    let place = match url.host_str() {
        Some(_) => authority(url),
        None => format!("a {}: URL", url.scheme()),
    };
    let message = format!(
        "{} redirects to {place}: {}",
        authority(from),
        error.message
    );
    ScmError { message, ..error }
}
