//! The person behind the tokens of an OIDC provider.
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use super::discovery::Found;
use super::settings::{Kind, OAuthSettings};
use super::{CallbackQuery, Provider, ProviderError, ProviderTokens, id_token, microsoft, person};
use crate::jose::keys::KeyFault;
use crate::jose::{self, ASYMMETRIC, Jws, JwsFault, MAX_TOKEN};
use crate::{Claims, Http, Secret};

impl Provider {
    /// Refuses an answer that says it is from another issuer, before anything is sent there (RFC 9207).
    pub(super) async fn check_answering_issuer(
        &self,
        http: &dyn Http,
        query: &CallbackQuery,
    ) -> Result<(), ProviderError> {
        if !self.settings.kind.is_openid() {
            return Ok(());
        }
        let found = self.discovery.get(http, &self.settings).await?;
        let fits = match &query.iss {
            // The issuers of Microsoft have a gap, and it does not name itself here.
            Some(issuer) => *issuer == found.issuer || self.settings.kind == Kind::Microsoft,
            None => !found.names_itself,
        };
        if fits {
            return Ok(());
        }
        Err(ProviderError::Unexpected {
            provider: self.settings.id.clone(),
            what: "an answer to the browser",
            problem: format!("it does not say that it is from {}", found.issuer),
        })
    }

    pub(super) async fn openid_claims(
        &self,
        http: &dyn Http,
        tokens: &ProviderTokens,
        nonce: Option<&Secret>,
        now_ms: i64,
    ) -> Result<Claims, ProviderError> {
        let settings = &self.settings;
        let found = self.discovery.get(http, settings).await?;
        let proven = match &tokens.id_token {
            Some(token) => {
                Some(proven(settings, &found, http, tokens, token, nonce, now_ms).await?)
            }
            // A refresh may go without.
            None if nonce.is_none() && found.endpoints.user.is_some() => None,
            None => {
                return Err(id_token_fault(
                    settings,
                    "there is none; is the scope openid asked for?",
                ));
            }
        };
        let (subject, raw) = match &found.endpoints.user {
            Some(url) => {
                let token = &tokens.access_token;
                let said = person::ask(settings, http, url, "application/json", token).await?;
                merged(settings, proven, said)?
            }
            None => {
                proven.expect("without a userinfo endpoint there is an id_token, checked above")
            }
        };
        let mut claims = Claims::from_raw(subject, raw);
        // What userinfo says alone does not name its issuer, and a subject means nothing without.
        let issuer = || found.issuer.as_str().into();
        claims.raw.entry("iss").or_insert_with(issuer);
        if settings.kind == Kind::Microsoft {
            microsoft::judge_email(settings, &mut claims);
        }
        Ok(claims)
    }
}

type Proven = (String, Map<String, Value>);

async fn proven(
    settings: &OAuthSettings,
    found: &Found,
    http: &dyn Http,
    tokens: &ProviderTokens,
    token: &Secret,
    nonce: Option<&Secret>,
    now_ms: i64,
) -> Result<Proven, ProviderError> {
    let refuse = |fault: JwsFault| id_token_fault(settings, fault);
    let jws = Jws::parse(token.expose(), MAX_TOKEN).map_err(refuse)?;
    let allowed = allowed(settings)?;
    let algorithm = jws.algorithm(&allowed).map_err(refuse)?;
    let verified = found.keys.verify(http, &jws, &allowed, now_ms).await;
    verified.map_err(|fault| match fault {
        KeyFault::Unreachable { url, reason } => ProviderError::Unreachable {
            provider: settings.id.clone(),
            what: "its keys",
            url,
            reason,
        },
        KeyFault::Token(fault) => id_token_fault(settings, fault),
    })?;
    let expected = id_token::Expected {
        issuer: &found.issuer,
        client_id: &settings.client_id,
        nonce,
        access_token: &tokens.access_token,
        algorithm,
        now_ms,
    };
    let subject = id_token::check(&jws.claims, &expected)
        .map_err(|problem| id_token_fault(settings, problem))?;
    Ok((subject, jws.claims))
}

fn allowed(settings: &OAuthSettings) -> Result<Vec<Algorithm>, ProviderError> {
    let Some(named) = &settings.token_signed_response_alg else {
        return Ok(ASYMMETRIC.to_vec());
    };
    let mut known = ASYMMETRIC.iter().copied();
    match known.find(|algorithm| jose::name(*algorithm) == named) {
        Some(algorithm) => Ok(vec![algorithm]),
        None => {
            let names: Vec<&str> = ASYMMETRIC.iter().map(|one| jose::name(*one)).collect();
            Err(settings.wrong(format!(
                "tokenSignedResponseAlg is {named}; use one of {}",
                names.join(", ")
            )))
        }
    }
}

/// Adds what the userinfo endpoint says. What was signed stays as it is, and the word that an address is verified
/// goes with that address only.
fn merged(
    settings: &OAuthSettings,
    proven: Option<Proven>,
    said: Map<String, Value>,
) -> Result<Proven, ProviderError> {
    let who = said.get("sub").and_then(Value::as_str).unwrap_or_default();
    let Some((subject, mut raw)) = proven else {
        if who.is_empty() {
            return Err(person::unexpected(settings, "it has no sub".to_owned()));
        }
        return Ok((who.to_owned(), said));
    };
    if who != subject {
        let problem = "it is about another person (sub) than the id_token".to_owned();
        return Err(person::unexpected(settings, problem));
    }
    let same_address = raw
        .get("email")
        .is_none_or(|email| said.get("email") == Some(email));
    for (name, value) in said {
        if name != "email_verified" || same_address {
            raw.entry(name).or_insert(value);
        }
    }
    Ok((subject, raw))
}

fn id_token_fault(settings: &OAuthSettings, problem: impl ToString) -> ProviderError {
    ProviderError::IdToken {
        provider: settings.id.clone(),
        problem: problem.to_string(),
    }
}
