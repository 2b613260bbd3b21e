//! Why a sign-in with a provider failed, in words that say what to do.
use crate::HttpError;

/// A failed sign-in. No message holds a token, a code or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The person, or a rule of the provider, said no.
    #[error("{provider} did not sign you in: {reason}. Try again, or ask who administers it")]
    Denied {
        /// The id of the provider.
        provider: String,
        /// What it answered.
        reason: String,
    },
    /// The browser came back with nothing.
    #[error("{0} sent the browser back without a code. Start again from the sign-in page")]
    NoCode(String),
    /// The code was used before, or too late.
    #[error(
        "{0} does not accept the code any more: it was used before or is too old. Start again from the sign-in page"
    )]
    CodeRefused(String),
    /// The refresh token is not accepted any more.
    #[error("{0} does not renew this sign-in any more. Sign in again")]
    RefreshRefused(String),
    /// The sign-in began with another provider.
    #[error(
        "this sign-in began with {begun}, and {provider} answered it. Start again from the sign-in page"
    )]
    OtherProvider {
        /// The id of the provider that answered.
        provider: String,
        /// The id of the provider that was meant.
        begun: String,
    },
    /// The provider does not know the client, or its secret is wrong.
    #[error(
        "{provider} refused the client ({reason}). Check clientId and clientSecret in auth.providers.{provider}"
    )]
    ClientRefused {
        /// The id of the provider.
        provider: String,
        /// What it answered.
        reason: String,
    },
    /// The provider answered with another error.
    #[error(
        "{provider} answered with an error ({reason}). Check auth.providers.{provider}, and that callbackUrl {callback} is registered there"
    )]
    Answered {
        /// The id of the provider.
        provider: String,
        /// What it answered.
        reason: String,
        /// Where it should send the browser.
        callback: String,
    },
    /// There is no answer that could be read.
    #[error(
        "{provider} could not be asked for {what} at {url}: {reason}. Check that this host can reach it, then try again"
    )]
    Unreachable {
        /// The id of the provider.
        provider: String,
        /// What was asked for.
        what: &'static str,
        /// Where.
        url: String,
        /// Why there is no answer.
        reason: HttpError,
    },
    /// The answer is not what the protocol says.
    #[error(
        "{provider} gave {what} that cannot be used: {problem}. Check the URLs in auth.providers.{provider}"
    )]
    Unexpected {
        /// The id of the provider.
        provider: String,
        /// What was asked for.
        what: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The `id_token` proves nothing.
    #[error("the id_token of {provider} is refused: {problem}")]
    IdToken {
        /// The id of the provider.
        provider: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The configuration cannot be used.
    #[error("auth.providers.{provider} cannot be used: {problem}")]
    Settings {
        /// The id of the provider.
        provider: String,
        /// What is wrong.
        problem: String,
    },
}

impl ProviderError {
    /// Tells whether the person can do something about it, rather than whoever runs the portal.
    #[must_use]
    pub fn is_user_fault(&self) -> bool {
        matches!(
            self,
            Self::Denied { .. }
                | Self::NoCode(_)
                | Self::CodeRefused(_)
                | Self::RefreshRefused(_)
                | Self::OtherProvider { .. }
        )
    }
}
