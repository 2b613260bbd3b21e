//! A small OIDC provider in this process, which can be told to do wrong.
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use callboard_auth::provider::{
    Begun, CallbackQuery, OAuthSettings, Provider, ProviderError, SignedIn,
};
use callboard_auth::{Http, HttpError, Secret};
use futures::future::BoxFuture;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::keys::Key;
use crate::web::{Web, form, json};
use crate::{NOW, NOW_S, wait};

pub(crate) const ISSUER: &str = "https://id.example.com";
pub(crate) const CLIENT: &str = "callboard";
pub(crate) const CALLBACK: &str = "https://portal.example.com/api/auth/oidc/handler/frame";
pub(crate) const ACCESS: &str = "access-token-of-ada";

type Answer = Result<Response<Vec<u8>>, HttpError>;
type Change = Box<dyn Fn(&mut Value) + Send + Sync>;

/// What the provider says, and how.
pub(crate) struct Says {
    pub(crate) key: Key,
    /// What is published; the key above if empty.
    pub(crate) published: Vec<Value>,
    pub(crate) metadata: Value,
    pub(crate) userinfo: Value,
    pub(crate) claims: Change,
    pub(crate) header: Change,
    /// The answer of the token endpoint before the `id_token` is added.
    pub(crate) token: Option<Answer>,
    /// From the URL of the first step.
    challenge: String,
    nonce: String,
}

#[derive(Clone)]
pub(crate) struct Idp {
    pub(crate) says: Arc<Mutex<Says>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Idp {
    pub(crate) fn new(key: Key) -> Self {
        let says = Says {
            key,
            published: Vec::new(),
            metadata: json!({
                "issuer": ISSUER,
                "authorization_endpoint": format!("{ISSUER}/authorize"),
                "token_endpoint": format!("{ISSUER}/token"),
                "userinfo_endpoint": format!("{ISSUER}/userinfo"),
                "jwks_uri": format!("{ISSUER}/jwks"),
            }),
            userinfo: json!({"sub": "ada-1", "email": "ada@example.com", "email_verified": true}),
            claims: Box::new(|_| {}),
            header: Box::new(|_| {}),
            token: None,
            challenge: String::new(),
            nonce: String::new(),
        };
        Self {
            says: Arc::new(Mutex::new(says)),
            asked: Arc::default(),
        }
    }

    pub(crate) fn settings() -> OAuthSettings {
        let secret = Some(Secret::new("client-secret-1"));
        OAuthSettings::oidc(ISSUER).with_client(CLIENT, secret, CALLBACK)
    }

    pub(crate) fn count(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|one| *one == path).count()
    }

    pub(crate) fn begin(&self, provider: &Provider) -> Begun {
        let begun = wait(provider.start(self, "state-1", &[])).unwrap();
        let query = form(begun.url.split_once('?').unwrap().1);
        let mut says = self.says.lock().unwrap();
        says.challenge = query["code_challenge"].clone();
        says.nonce = query.get("nonce").cloned().unwrap_or_default();
        drop(says);
        begun
    }

    /// Goes through a whole sign-in.
    pub(crate) fn sign_in(&self, provider: &Provider) -> Result<SignedIn, ProviderError> {
        let begun = self.begin(provider);
        wait(provider.finish(self, &begun.pending, &query("good"), NOW))
    }

    fn token(&self, request: &Request<Vec<u8>>) -> Answer {
        let says = self.says.lock().unwrap();
        if let Some(answer) = &says.token {
            return answer.clone();
        }
        let form = form(std::str::from_utf8(request.body()).unwrap());
        let basic =
            base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:client-secret-1"));
        let said = request.headers().get("authorization");
        if said.is_none_or(|said| said != format!("Basic {basic}").as_str()) {
            return json(401, &json!({"error": "invalid_client"}));
        }
        if form["grant_type"] == "authorization_code" {
            let hash = aws_lc_rs::digest::digest(
                &aws_lc_rs::digest::SHA256,
                form["code_verifier"].as_bytes(),
            );
            let proven = URL_SAFE_NO_PAD.encode(hash) == says.challenge;
            if form["code"] != "good" || !proven || form["redirect_uri"] != CALLBACK {
                return json(
                    400,
                    &json!({"error": "invalid_grant", "error_description": format!("code {} is used", form["code"])}),
                );
            }
        }
        let mut header = json!({"alg": says.key.alg(), "kid": says.key.kid});
        let mut claims = json!({
            "iss": ISSUER, "sub": "ada-1", "aud": CLIENT, "iat": NOW_S, "exp": NOW_S + 300,
            "nonce": says.nonce, "name": "Ada Lovelace", "preferred_username": "ada",
        });
        (says.claims)(&mut claims);
        (says.header)(&mut header);
        json(
            200,
            &json!({
                "access_token": ACCESS, "token_type": "Bearer", "expires_in": 600,
                "refresh_token": "refresh-token-of-ada",
                "id_token": says.key.sign_with(&header, &claims),
            }),
        )
    }

    fn answer(&self, request: &Request<Vec<u8>>) -> Answer {
        let path = request.uri().path();
        if path == "/token" {
            return self.token(request);
        }
        let says = self.says.lock().unwrap();
        match path {
            "/.well-known/openid-configuration" => json(200, &says.metadata),
            "/jwks" if says.published.is_empty() => json(200, &json!({"keys": [says.key.jwk()]})),
            "/jwks" => json(200, &json!({ "keys": says.published })),
            "/userinfo" => {
                let bearer = format!("Bearer {ACCESS}");
                assert_eq!(request.headers()["authorization"], bearer.as_str());
                json(200, &says.userinfo)
            }
            _ => json(404, &json!({})),
        }
    }
}

impl Http for Idp {
    fn send(&self, request: Request<Vec<u8>>) -> BoxFuture<'_, Answer> {
        let path = request.uri().path().to_owned();
        self.asked.lock().unwrap().push(path);
        Box::pin(async move { self.answer(&request) })
    }
}

pub(crate) fn query(code: &str) -> CallbackQuery {
    CallbackQuery {
        code: Some(code.to_owned()),
        state: Some("state-1".to_owned()),
        ..CallbackQuery::default()
    }
}

/// Publishes keys at any URL.
pub(crate) fn jwks(keys: Vec<Value>) -> Web<impl Fn(&Request<Vec<u8>>) -> Answer> {
    let set = json!({ "keys": keys });
    Web::new(move |_: &Request<Vec<u8>>| json(200, &set))
}
