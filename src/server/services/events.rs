//! Events of source hosts: a push means that what was read from its repository should be read again.
use callboard_scm::Secret;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

use crate::{
    error::AppError,
    server::access::{Access, Event, Outcome},
};

/// What source hosts sign their events with; a host without a secret is not listened to.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    /// `events.modules.github.webhookSecret`.
    pub github: Option<Secret>,
    /// `events.modules.gitlab.webhookSecret`.
    pub gitlab: Option<Secret>,
    /// `events.modules.gitea.webhookSecret`.
    pub gitea: Option<Secret>,
}

/// Where each kind of host puts its proof, and how it names the repository.
struct Host<'a> {
    secret: Option<&'a Secret>,
    header: &'static str,
    proof: Proof,
    repository: &'static str,
}

/// How a host proves that it knows the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// HMAC with SHA-256 over the body, in hexadecimal, after this text.
    Signature(&'static str),
    /// The secret itself.
    Token,
}

impl Secrets {
    fn host(&self, topic: &str) -> Option<Host<'_>> {
        let host = match topic {
            "github" => Host {
                secret: self.github.as_ref(),
                header: "x-hub-signature-256",
                proof: Proof::Signature("sha256="),
                repository: "/repository/html_url",
            },
            "gitea" => Host {
                secret: self.gitea.as_ref(),
                header: "x-gitea-signature",
                proof: Proof::Signature(""),
                repository: "/repository/html_url",
            },
            "gitlab" => Host {
                secret: self.gitlab.as_ref(),
                header: "x-gitlab-token",
                proof: Proof::Token,
                repository: "/project/web_url",
            },
            _ => return None,
        };
        Some(host)
    }
}

impl Access {
    /// Takes an event. Returns how many targets are read again because of it.
    ///
    /// # Errors
    /// `NotFound` for a topic without a secret, `NotAllowed` for a wrong proof, `Invalid` for a body that is no event.
    pub(in crate::server) async fn event(
        &self,
        topic: &str,
        header: impl Fn(&str) -> Option<String>,
        body: &[u8],
    ) -> Result<usize, AppError> {
        let none = || AppError::NotFound(format!("nothing listens to events of the topic {topic}"));
        let host = self.sources().secrets.host(topic).ok_or_else(none)?;
        let secret = host.secret.ok_or_else(none)?;
        let proof = header(host.header).unwrap_or_default();
        if !is_proven(host.proof, secret.expose().as_bytes(), &proof, body) {
            let event = Event::plain("catalog.event", Some(topic));
            self.record(&event, Outcome::Refused).await?;
            return Err(AppError::NotAllowed(
                "the event is not signed with the secret of this portal".to_owned(),
            ));
        }
        let event: Value = serde_json::from_slice(body)
            .map_err(|error| AppError::Invalid(format!("malformed event: {error}")))?;
        let Some(repository) = event.pointer(host.repository).and_then(Value::as_str) else {
            // For example the ping that GitHub sends when a hook is made for a whole organisation.
            return Ok(0);
        };
        let Some(reader) = self.sources().ingester.reader() else {
            return Ok(0);
        };
        // A repository alone has no form that hosts read, but a file of it has.
        let within = format!(
            "{}/blob/HEAD/catalog-info.yaml",
            repository.trim_end_matches('/')
        );
        let known = self.db().read_list().await?.into_iter();
        let targets: Vec<String> = known
            .map(|read| read.target)
            .filter(|target| reader.same_repository(&within, target) == Some(true))
            .collect();
        if !targets.is_empty() {
            self.db().refresh_ask(&targets).await?;
        }
        let detail = serde_json::json!({"topic": topic, "targets": targets.len()});
        let event = Event::plain("catalog.event", Some(repository)).with(detail);
        self.record(&event, Outcome::Done).await?;
        tracing::info!(topic, repository, targets = targets.len(), "event taken");
        Ok(targets.len())
    }
}

fn is_proven(proof: Proof, secret: &[u8], given: &str, body: &[u8]) -> bool {
    // Both ways compare codes, not texts, so that the time it takes tells nothing.
    let code = |text: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(text);
        Some(mac)
    };
    match proof {
        Proof::Signature(before) => given
            .strip_prefix(before)
            .and_then(from_hex)
            .zip(code(body))
            .is_some_and(|(given, mac)| mac.verify_slice(&given).is_ok()),
        Proof::Token => code(given.as_bytes())
            .zip(code(secret))
            .is_some_and(|(given, want)| given.verify(&want.finalize().into_bytes()).is_ok()),
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let digit = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// HMAC with SHA-256 of `{}` under the key `key`, from `openssl dgst`.
    const SIGNED: &str = "a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032";

    #[test]
    fn a_signature_counts_only_with_its_secret_and_body() {
        let proof = Proof::Signature("sha256=");
        let given = format!("sha256={SIGNED}");
        assert!(is_proven(proof, b"key", &given, b"{}"));
        assert!(!is_proven(proof, b"yek", &given, b"{}"));
        assert!(!is_proven(proof, b"key", &given, b"{ }"));
        for wrong in ["", "sha256=", "sha256=zz", SIGNED, "sha1=00"] {
            assert!(!is_proven(proof, b"key", wrong, b"{}"), "{wrong}");
        }
    }

    #[test]
    fn a_token_counts_only_when_it_is_the_secret() {
        assert!(is_proven(Proof::Token, b"key", "key", b""));
        assert!(!is_proven(Proof::Token, b"key", "", b""));
        assert!(!is_proven(Proof::Token, b"key", "keys", b""));
    }
}
