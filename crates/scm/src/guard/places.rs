//! The hosts that configuration names, and what it lets be read of them.
use std::collections::{HashMap, HashSet};

use url::{Host, Url};

use crate::{AllowedHost, ErrorKind, ScmError, Settings};

/// The hosts of `integrations` and of `backend.reading.allow`.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Hosts that people link to.
    linked: HashSet<String>,
    /// Those and the hosts of their interfaces; `true` for those that configuration writes out.
    served: HashMap<String, bool>,
    allowed: Vec<Allowed>,
    /// Hosts of `Settings::trusted`; nothing is read from them.
    trusted: HashSet<String>,
}

#[derive(Debug)]
struct Allowed {
    host: String,
    is_wildcard: bool,
    paths: Option<Vec<String>>,
}

/// Returns the host that an item of `Settings::trusted` means: a whole URL, or a host with a port where there is one.
fn trusted(item: &str) -> String {
    let url = Url::parse(item).ok().filter(Url::has_host);
    url.map_or_else(|| written(item), |url| authority(&url))
}

/// Returns the host of a URL with its port, unless that is the usual one of the scheme.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Brings a host of the configuration, with or without a port, into the form that [`authority`] returns.
pub(crate) fn written(host: &str) -> String {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port))
            if !name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            (name, Some(port))
        }
        _ => (host, None),
    };
    let name =
        Host::parse(name).map_or_else(|_| name.to_ascii_lowercase(), |name| name.to_string());
    match port {
        Some(port) => format!("{name}:{port}"),
        None => name,
    }
}

impl Places {
    pub(super) fn new(settings: &Settings) -> Self {
        let mut places = Self {
            allowed: settings.allow.iter().map(Allowed::new).collect(),
            trusted: settings.trusted.iter().map(|item| trusted(item)).collect(),
            ..Self::default()
        };
        for host in &settings.github {
            let bases = [&host.api_base_url, &host.raw_base_url];
            places.integrate(&host.host, &bases, host.is_configured);
        }
        for host in &settings.gitlab {
            let bases = [&host.base_url, &host.api_base_url];
            places.integrate(&host.host, &bases, host.is_configured);
        }
        for host in &settings.gitea {
            places.integrate(&host.host, &[&host.base_url], true);
        }
        for host in &settings.bitbucket_cloud {
            places.integrate(&host.host, &[&host.api_base_url], host.is_configured);
        }
        for host in &settings.git {
            places.integrate(&host.host, &[], true);
        }
        for (host, interfaces) in USUAL_INTERFACES {
            if places.linked.contains(host) {
                for name in interfaces {
                    places.served.entry((*name).to_owned()).or_insert(false);
                }
            }
        }
        places
    }

    fn integrate(&mut self, host: &str, bases: &[&Option<String>], is_configured: bool) {
        let host = written(host);
        let bases = bases
            .iter()
            .filter_map(|base| Url::parse(base.as_deref()?).ok());
        let names: Vec<String> = bases
            .map(|base| authority(&base))
            .chain([host.clone()])
            .collect();
        for name in names {
            *self.served.entry(name).or_insert(false) |= is_configured;
        }
        self.linked.insert(host);
    }

    /// Tells whether configuration writes out this place for requests that are not reads.
    pub(super) fn is_trusted(&self, url: &Url) -> bool {
        self.trusted.contains(&authority(url))
    }

    /// Tells whether requests to this place belong to an integration.
    pub(super) fn is_served(&self, url: &Url) -> bool {
        self.served.contains_key(&authority(url))
    }

    /// Tells whether people link to this host and an integration reads it.
    pub(super) fn is_linked(&self, url: &Url) -> bool {
        self.linked.contains(&authority(url))
    }

    /// Tells whether `backend.reading.allow` covers it; an error says why not.
    pub(super) fn allows(&self, url: &Url) -> Result<(), ScmError> {
        let place = authority(url);
        let mut of_host = self
            .allowed
            .iter()
            .filter(|item| item.covers_host(&place))
            .peekable();
        if of_host.peek().is_none() {
            let message = format!(
                "its host {place} is not known; add it to backend.reading.allow, or to integrations"
            );
            return Err(ScmError::new(ErrorKind::Refused, message));
        }
        if of_host.any(|item| item.covers_path(url.path())) {
            return Ok(());
        }
        let message = format!(
            "backend.reading.allow has {place} with other paths only; add the path to its paths"
        );
        Err(ScmError::new(ErrorKind::Refused, message))
    }

    /// Tells whether configuration writes out this place so exactly that a private address is meant.
    pub(super) fn means_private(&self, url: &Url) -> bool {
        let place = authority(url);
        if self.served.get(&place) == Some(&true) {
            return true;
        }
        let is_plain_name = matches!(url.host(), Some(Host::Domain(name)) if name != "localhost");
        let is_written = |item: &Allowed| !item.is_wildcard && item.host == place;
        !is_plain_name && self.allowed.iter().any(is_written)
    }
}

/// Where the well-known hosts serve what they link to.
const USUAL_INTERFACES: [(&str, &[&str]); 2] = [
    (
        "github.com",
        &["api.github.com", "raw.githubusercontent.com"],
    ),
    ("bitbucket.org", &["api.bitbucket.org"]),
];

impl Allowed {
    fn new(item: &AllowedHost) -> Self {
        let suffix = item.host.strip_prefix("*.");
        Self {
            // The dot before the suffix stays: `*.example.net` is not `example.net`.
            host: suffix.map_or_else(|| written(&item.host), |name| format!(".{}", written(name))),
            is_wildcard: suffix.is_some(),
            paths: item.paths.clone(),
        }
    }

    fn covers_host(&self, place: &str) -> bool {
        if self.is_wildcard {
            place.ends_with(&self.host) && place.len() > self.host.len()
        } else {
            place == self.host
        }
    }

    fn covers_path(&self, path: &str) -> bool {
        let Some(paths) = &self.paths else {
            return true;
        };
        let lower = path.to_ascii_lowercase();
        // A server may read an escaped slash as a slash, and climb out of the path with the dots around it.
        if lower.contains("%2f") || lower.contains("%5c") {
            return false;
        }
        let plain = without_double_slashes(path);
        paths
            .iter()
            .any(|prefix| plain.starts_with(prefix.as_str()))
    }
}

fn without_double_slashes(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !plain.ends_with('/') {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(host: &str, paths: Option<&[&str]>) -> Places {
        let paths = paths.map(|paths| paths.iter().map(|&path| path.to_owned()).collect());
        let allow = vec![AllowedHost {
            host: host.to_owned(),
            paths,
        }];
        Places::new(&Settings {
            allow,
            ..Settings::default()
        })
    }

    fn allows(host: &str, paths: Option<&[&str]>, url: &str) -> bool {
        places(host, paths)
            .allows(&Url::parse(url).unwrap())
            .is_ok()
    }

    #[test]
    fn a_host_without_a_port_means_the_usual_port() {
        assert!(allows("a.example", None, "https://a.example/x"));
        assert!(allows("A.Example", None, "https://a.example:443/x"));
        assert!(!allows("a.example", None, "https://a.example:8443/x"));
        assert!(allows("a.example:8443", None, "https://a.example:8443/x"));
        assert!(!allows("a.example:8443", None, "https://a.example/x"));
    }

    #[test]
    fn a_wildcard_covers_what_is_below_a_name_and_not_the_name() {
        assert!(allows("*.a.example", None, "https://b.a.example/x"));
        assert!(allows("*.a.example", None, "https://c.b.a.example/x"));
        assert!(!allows("*.a.example", None, "https://a.example/x"));
        assert!(!allows("*.a.example", None, "https://xa.example/x"));
        assert!(!allows("*.a.example", None, "https://b.a.example:8443/x"));
        assert!(!allows(
            "*.a.example",
            None,
            "https://b.a.example.evil.example/x"
        ));
    }

    #[test]
    fn paths_are_prefixes_that_nothing_climbs_out_of() {
        let paths: Option<&[&str]> = Some(&["/public/", "/one.yaml"]);
        let allowed = |path: &str| allows("a.example", paths, &format!("https://a.example{path}"));
        assert!(allowed("/public/x.yaml"));
        assert!(allowed("//public//x.yaml"));
        assert!(allowed("/one.yaml"));
        assert!(!allowed("/secret/x.yaml"));
        assert!(!allowed("/public/../secret/x.yaml"));
        assert!(!allowed("/public/%2e%2e/secret/x.yaml"));
        assert!(!allowed("/public/..%2fsecret/x.yaml"));
        assert!(!allowed("/public/..%5csecret/x.yaml"));
    }

    #[test]
    fn only_what_is_written_out_means_a_private_address() {
        let means =
            |host: &str, url: &str| places(host, None).means_private(&Url::parse(url).unwrap());
        assert!(means("127.0.0.1:7007", "http://127.0.0.1:7007/x"));
        assert!(means("localhost:7007", "http://localhost:7007/x"));
        assert!(means("[::1]:7007", "http://[::1]:7007/x"));
        assert!(!means("127.0.0.1:7007", "http://127.0.0.1:7008/x"));
        assert!(!means("inner.example", "https://inner.example/x"));
        assert!(!means("*.localhost", "http://a.localhost/x"));
    }

    #[test]
    fn an_integration_serves_its_interfaces_and_links_to_its_host_only() {
        let github = crate::GithubHost {
            host: "github.com".to_owned(),
            ..Default::default()
        };
        let ghe = crate::GithubHost {
            host: "ghe.example".to_owned(),
            api_base_url: Some("https://api.ghe.example:8443/v3".to_owned()),
            is_configured: true,
            ..Default::default()
        };
        let places = Places::new(&Settings {
            github: vec![github, ghe],
            ..Settings::default()
        });
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(places.is_linked(&url("https://github.com/o/r")));
        assert!(!places.is_linked(&url("https://raw.githubusercontent.com/o/r")));
        assert!(places.is_served(&url("https://raw.githubusercontent.com/o/r")));
        assert!(!places.means_private(&url("https://api.github.com/")));
        assert!(places.means_private(&url("https://api.ghe.example:8443/v3/repos")));
        assert!(!places.is_served(&url("https://api.ghe.example/v3/repos")));
    }
}
