//! Programs that call the API: Backstage's `backend.auth.externalAccess`.
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jsonwebtoken::Algorithm;

use crate::jose::keys::{KeyFault, Keys};
use crate::jose::times::{self, text};
use crate::jose::{self, ASYMMETRIC, Jws};
use crate::{Http, Secret, same, session};

/// Shorter secrets can be found by trying.
const MIN_SECRET: usize = 8;
/// What every legacy token is about.
const LEGACY_SUBJECT: &str = "backstage-server";
const PREFIX: &str = "external:";

/// One entry of `externalAccess`.
#[derive(Debug)]
pub enum ExternalAccess {
    /// One token that never changes.
    Static(StaticToken),
    /// Tokens that are signed with a shared secret.
    Legacy(Box<Legacy>),
    /// Tokens of an issuer that publishes its keys.
    Jwks(Box<JwksIssuer>),
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalSubject {
    /// `external:` and the name.
    pub subject: String,
}

/// An entry that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExternalError {
    /// It could be guessed.
    #[error("the token of {0} is too short: use at least 8 characters, better 24 random ones")]
    ShortToken(String),
    /// It could be guessed, or is not base64.
    #[error(
        "the secret of {0} is not base64 of at least 8 bytes: make one with `openssl rand -base64 24`"
    )]
    WrongSecret(String),
    /// It is not known, or not safe with published keys.
    #[error("the algorithm {algorithm} of {url} cannot be used: use one of {known}")]
    WrongAlgorithm {
        /// As configured.
        algorithm: String,
        /// Where the keys are.
        url: String,
        /// What could be used.
        known: String,
    },
}

/// One token that never changes.
#[derive(Debug)]
pub struct StaticToken {
    /// The hash, so that the token itself is kept nowhere and all comparisons have one length.
    hash: String,
    subject: String,
}

/// Tokens that are signed with a shared secret (HS256), as Backstage had them before.
pub struct Legacy {
    key: hmac::Key,
    subject: String,
}

/// What configuration says about an issuer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JwksSettings {
    /// Where it publishes its keys.
    pub url: String,
    /// The `iss` that tokens may have; any if empty.
    pub issuers: Vec<String>,
    /// The algorithms that tokens may have; all asymmetric ones if empty.
    pub algorithms: Vec<String>,
    /// The `aud` of which tokens must have one; any if empty.
    pub audiences: Vec<String>,
    /// What stands between `external:` and the `sub` of a token.
    pub subject_prefix: Option<String>,
}

/// Tokens of an issuer that publishes its keys.
#[derive(Debug)]
pub struct JwksIssuer {
    settings: JwksSettings,
    algorithms: Vec<Algorithm>,
    keys: Keys,
}

impl ExternalAccess {
    /// Takes one token.
    ///
    /// # Errors
    /// When the token is too short.
    pub fn fixed(token: &Secret, subject: &str) -> Result<Self, ExternalError> {
        if token.expose().len() < MIN_SECRET {
            return Err(ExternalError::ShortToken(subject.to_owned()));
        }
        Ok(Self::Static(StaticToken {
            hash: session::hash(token.expose()),
            subject: prefixed(subject),
        }))
    }

    /// Takes tokens that are signed with a secret, given as base64.
    ///
    /// # Errors
    /// When the secret is not base64, or too short.
    pub fn legacy(secret: &Secret, subject: &str) -> Result<Self, ExternalError> {
        let key = decode(secret.expose().trim()).filter(|key| key.len() >= MIN_SECRET);
        let key = key.ok_or_else(|| ExternalError::WrongSecret(subject.to_owned()))?;
        Ok(Self::Legacy(Box::new(Legacy {
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
            subject: prefixed(subject),
        })))
    }

    /// Takes tokens of an issuer.
    ///
    /// # Errors
    /// When an algorithm is not known, or needs a shared secret.
    pub fn jwks(settings: JwksSettings) -> Result<Self, ExternalError> {
        let known = |algorithm: &String| {
            let found = ASYMMETRIC.iter().find(|one| jose::name(**one) == algorithm);
            found.copied().ok_or_else(|| {
                let names: Vec<&str> = ASYMMETRIC.iter().map(|one| jose::name(*one)).collect();
                ExternalError::WrongAlgorithm {
                    algorithm: algorithm.clone(),
                    url: settings.url.clone(),
                    known: names.join(", "),
                }
            })
        };
        let mut algorithms: Vec<Algorithm> = settings
            .algorithms
            .iter()
            .map(known)
            .collect::<Result<_, _>>()?;
        if algorithms.is_empty() {
            algorithms = ASYMMETRIC.to_vec();
        }
        Ok(Self::Jwks(Box::new(JwksIssuer {
            keys: Keys::new(settings.url.clone()),
            algorithms,
            settings,
        })))
    }

    /// Returns who calls with this token, if it is one of this entry.
    pub async fn verify_external(
        &self,
        http: &dyn Http,
        token: &str,
        now_ms: i64,
    ) -> Option<ExternalSubject> {
        let subject = match self {
            Self::Static(fixed) => {
                same(&session::hash(token), &fixed.hash).then(|| fixed.subject.clone())
            }
            Self::Legacy(legacy) => legacy.verify(token, now_ms),
            Self::Jwks(issuer) => issuer.verify(http, token, now_ms).await,
        };
        subject.map(|subject| ExternalSubject { subject })
    }
}

impl Legacy {
    fn verify(&self, token: &str, now_ms: i64) -> Option<String> {
        let jws = Jws::parse(token, super::MAX_TOKEN).ok()?;
        jws.algorithm(&[Algorithm::HS256]).ok()?;
        let (message, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&self.key, message.as_bytes(), &signature).ok()?;
        times::check(&jws.claims, now_ms, 0).ok()?;
        (text(&jws.claims, "sub") == Some(LEGACY_SUBJECT)).then(|| self.subject.clone())
    }
}

impl JwksIssuer {
    async fn verify(&self, http: &dyn Http, token: &str, now_ms: i64) -> Option<String> {
        let jws = Jws::parse(token, super::MAX_TOKEN).ok()?;
        // All that is free of charge goes first, so that strangers cannot make us ask for keys.
        let JwksSettings {
            issuers, audiences, ..
        } = &self.settings;
        let issuer = text(&jws.claims, "iss").unwrap_or_default();
        if !issuers.is_empty() && !issuers.iter().any(|allowed| allowed == issuer) {
            return None;
        }
        let said = times::audiences(&jws.claims);
        if !audiences.is_empty() && !audiences.iter().any(|one| said.contains(&one.as_str())) {
            return None;
        }
        times::check(&jws.claims, now_ms, 0).ok()?;
        let subject = text(&jws.claims, "sub").filter(|subject| !subject.is_empty())?;
        let verified = self.keys.verify(http, &jws, &self.algorithms, now_ms).await;
        if let Err(fault @ KeyFault::Unreachable { .. }) = &verified {
            tracing::warn!(%fault, "a token of a program could not be checked");
        }
        verified.ok()?;
        Some(match &self.settings.subject_prefix {
            Some(prefix) => format!("{PREFIX}{prefix}:{subject}"),
            None => format!("{PREFIX}{subject}"),
        })
    }
}

impl std::fmt::Debug for Legacy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Legacy")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

fn prefixed(subject: &str) -> String {
    if subject.starts_with(PREFIX) {
        subject.to_owned()
    } else {
        format!("{PREFIX}{subject}")
    }
}

/// Decodes base64 of both alphabets, with or without `=` at the end, as Backstage does.
fn decode(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let text = text.replace('-', "+").replace('_', "/");
    GeneralPurpose::new(&alphabet::STANDARD, config)
        .decode(text)
        .ok()
}
