//! Many people sign in, each from an address of their own.
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::server::Server;

/// Sessions that are begun.
pub const COUNT: usize = 10_000;

/// Connections over which they are begun.
const CONNECTIONS: usize = 8;

const START: &str = "/api/auth/guest/start?env=development&flow=redirect&redirectUrl=/";

/// Sessions that have begun.
pub struct Sessions {
    /// The header line of a request of one of them.
    pub cookie: String,
    /// How long it took to begin them all.
    pub took: Duration,
}

/// Begins the sessions, and returns one from the middle.
///
/// # Errors
/// When a sign-in is refused.
pub fn begin(server: &Server) -> Result<Sessions> {
    let started = Instant::now();
    let one = |first: usize| -> Result<Vec<(usize, String)>> {
        let mut client = server.client()?;
        let numbers = (first..COUNT).step_by(CONNECTIONS);
        let begun = numbers.map(|number| {
            // An address may sign in a few times a minute only; a proxy tells that there are many.
            let from = format!("x-forwarded-for: {}", address(number));
            let answer = client.get(START, &[&from])?;
            let cookie = answer.header("set-cookie").and_then(cookie);
            match (answer.status, cookie) {
                (302, Some(cookie)) => Ok((number, cookie)),
                (status, _) => bail!(
                    "sign-in {number} was answered with {status}: {}",
                    String::from_utf8_lossy(&answer.body)
                ),
            }
        });
        begun.collect()
    };
    let results: Vec<Result<Vec<(usize, String)>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|first| scope.spawn(move || one(first)))
            .collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined
            .map(|result| result.unwrap_or_else(|_| bail!("a client panicked")))
            .collect()
    });
    let took = started.elapsed();
    let all = results.into_iter().collect::<Result<Vec<_>>>()?.concat();
    let middle = all.into_iter().find(|(number, _)| *number == COUNT / 2);
    Ok(Sessions {
        cookie: middle.context("no session was begun")?.1,
        took,
    })
}

fn address(number: usize) -> String {
    format!("10.1.{}.{}", number / 250, number % 250 + 1)
}

/// Reads the header line for later requests off a `Set-Cookie`.
fn cookie(set: &str) -> Option<String> {
    let pair = set.split(';').next()?.trim();
    let (name, secret) = pair.split_once('=')?;
    (name.ends_with("callboard-session") && !secret.is_empty()).then(|| format!("cookie: {pair}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_has_an_address_of_its_own() {
        let all: std::collections::BTreeSet<_> = (0..COUNT).map(address).collect();
        assert_eq!(all.len(), COUNT);
        assert!(
            all.iter()
                .all(|one| one.parse::<std::net::Ipv4Addr>().is_ok())
        );
    }

    #[test]
    fn the_cookie_is_what_stands_before_its_attributes() {
        let set = "callboard-session=abc; Path=/; HttpOnly";
        assert_eq!(
            cookie(set).as_deref(),
            Some("cookie: callboard-session=abc")
        );
        assert_eq!(cookie("callboard-session=; Max-Age=0"), None);
        assert_eq!(cookie("theme=dark"), None);
    }
}
