//! Keys that sign what a test wants signed, right or wrong.
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use aws_lc_rs::{hmac, rsa::KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(crate) enum Pair {
    Es256(EcdsaKeyPair),
    Rs256(Box<RsaKeyPair>),
    EdDsa(Ed25519KeyPair),
    /// The wrong way to use a public key.
    Hs256(Vec<u8>),
    None,
}

pub(crate) struct Key {
    pub(crate) kid: &'static str,
    pub(crate) pair: Pair,
}

impl Key {
    pub(crate) fn es256(kid: &'static str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let pair = Pair::Es256(pair);
        Self { kid, pair }
    }

    pub(crate) fn rs256(kid: &'static str) -> Self {
        let pair = Pair::Rs256(Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()));
        Self { kid, pair }
    }

    pub(crate) fn eddsa(kid: &'static str) -> Self {
        let pair = Pair::EdDsa(Ed25519KeyPair::generate().unwrap());
        Self { kid, pair }
    }

    pub(crate) fn alg(&self) -> &'static str {
        match self.pair {
            Pair::Es256(_) => "ES256",
            Pair::Rs256(_) => "RS256",
            Pair::EdDsa(_) => "EdDSA",
            Pair::Hs256(_) => "HS256",
            Pair::None => "none",
        }
    }

    pub(crate) fn jwk(&self) -> Value {
        let b64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let kid = self.kid;
        match &self.pair {
            Pair::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y), "kid": kid, "use": "sig"})
            }
            Pair::Rs256(pair) => {
                let public = pair.public_key();
                let n = b64(public.modulus().big_endian_without_leading_zero());
                let e = b64(public.exponent().big_endian_without_leading_zero());
                json!({"kty": "RSA", "n": n, "e": e, "kid": kid, "alg": "RS256"})
            }
            Pair::EdDsa(pair) => {
                let x = b64(pair.public_key().as_ref());
                json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid})
            }
            Pair::Hs256(_) | Pair::None => panic!("nothing public"),
        }
    }

    /// The public half as a PEM file has it.
    pub(crate) fn pem(&self) -> String {
        use aws_lc_rs::encoding::AsDer as _;
        use base64::engine::general_purpose::STANDARD;
        let Pair::Es256(pair) = &self.pair else {
            panic!("only P-256")
        };
        let der = pair.public_key().as_der().unwrap();
        let body = STANDARD.encode(der.as_ref());
        let (first, second) = body.split_at(64);
        format!("-----BEGIN PUBLIC KEY-----\n{first}\n{second}\n-----END PUBLIC KEY-----\n")
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": self.alg(), "kid": self.kid, "typ": "JWT"});
        self.sign_with(&header, claims)
    }

    pub(crate) fn sign_with(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    pub(crate) fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Es256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            Pair::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Hs256(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::sign(&key, message).as_ref().to_vec()
            }
            Pair::None => Vec::new(),
        }
    }
}
