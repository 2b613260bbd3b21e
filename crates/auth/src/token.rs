//! Tokens that Callboard issues or takes: Backstage's user tokens, those of programs, and personal ones.
mod check;
mod external;
mod issue;
mod key;
mod personal;

pub use check::{TokenError, TokenKind, VerifiedToken, verify};
pub use external::{
    ExternalAccess, ExternalError, ExternalSubject, JwksIssuer, JwksSettings, Legacy, StaticToken,
};
pub use issue::{UserClaims, issue_user, limited_of};
pub use jsonwebtoken::jwk::Jwk;
pub use key::SigningKey;
pub use personal::PersonalToken;

/// Backstage's limit for its tokens, in characters.
pub const MAX_TOKEN: usize = 32_768;

/// The `typ` of a user token.
const USER: &str = "vnd.backstage.user";
/// The `typ` of the token that says only who it is, for cookies.
const LIMITED: &str = "vnd.backstage.limited-user";
/// The `aud` of a user token.
const AUDIENCE: &str = "backstage";
const ALGORITHM: &str = "ES256";
