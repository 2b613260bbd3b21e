//! How this crate asks other hosts: a trait that the server implements, and the bounds of every answer.
use futures::future::BoxFuture;
use http::{Method, Request, Response, header};
use serde_json::Value;

/// No answer that matters for a sign-in is near this size.
const MAX_ANSWER: usize = 1024 * 1024;

/// Sends requests to identity providers.
///
/// The implementation follows no redirect, bounds the time and the size of an answer, and decides which hosts may be
/// asked at all.
pub trait Http: Send + Sync {
    /// Sends one request and returns the whole answer, whatever its status.
    fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> BoxFuture<'_, Result<Response<Vec<u8>>, HttpError>>;
}

/// Why there is no answer, as the end of the sentence "cannot ask …: ". It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HttpError(pub String);

/// Sends a request and refuses an answer that is too large to be looked at.
pub(crate) async fn send(
    http: &dyn Http,
    request: Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, HttpError> {
    let response = http.send(request).await?;
    if response.body().len() > MAX_ANSWER {
        let size = response.body().len();
        return Err(HttpError(format!(
            "the answer has {size} bytes, and no more than {MAX_ANSWER} are read"
        )));
    }
    Ok(response)
}

/// Gets a URL, with an access token where there is one.
pub(crate) async fn get(
    http: &dyn Http,
    url: &str,
    accept: &str,
    bearer: Option<&str>,
) -> Result<Response<Vec<u8>>, HttpError> {
    let mut request = Request::builder()
        .method(Method::GET)
        .uri(url)
        .header(header::ACCEPT, accept)
        .header(header::USER_AGENT, "callboard");
    if let Some(token) = bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.body(Vec::new()).map_err(|_| {
        HttpError("the URL or the token has characters that cannot be sent".to_owned())
    })?;
    send(http, request).await
}

/// Gets JSON that a host publishes for everybody; an answer other than 200 is an error.
pub(crate) async fn get_json(http: &dyn Http, url: &str) -> Result<Value, HttpError> {
    let response = get(http, url, "application/json", None).await?;
    if response.status() != 200 {
        return Err(HttpError(format!("it answers {}", response.status())));
    }
    serde_json::from_slice(response.body())
        .map_err(|_| HttpError("the answer is not JSON".to_owned()))
}
