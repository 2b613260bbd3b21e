//! The layer around every route: nobody reaches a handler without having passed it.
use axum::{
    extract::{MatchedPath, OriginalUri, Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use callboard_model::view::SignInFailure;
use tower_http::request_id::RequestId;

use super::{
    Needs,
    arrival::Arrival,
    authenticate::{Known, PathKind, Refusal, authenticate, bearer},
    cross_site::is_cross_site,
    table,
};
use crate::{
    error::AppError,
    paths,
    server::{
        Services,
        access::Access,
        assets,
        caller::{Caller, Principal},
        cookie,
        identity::{cookie_name, in_one_line},
        jobs::to_the_end,
        rest,
    },
};

/// How a refusal is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// A program that uses the REST API.
    Program,
    /// An island that calls a server function.
    Island,
    /// A person with a browser.
    Person,
}

/// Lets a request through to its handler, or not.
pub(in crate::server) async fn gate(
    State(services): State<Services>,
    request: Request,
    next: Next,
) -> Response {
    let arrival = Arrival::of(&request, services.door());
    // A request with a body cannot be looked at by a task that waits; its head can.
    let (mut head, body) = request.into_parts();
    let audience = audience(head.uri.path());
    // What watches the portal should not be told that it is busy.
    let is_probe = head.uri.path().starts_with("/.backstage/health/");
    if !is_probe
        && services
            .limits()
            .is_too_much(arrival.address, arrival.is_local)
    {
        return too_many();
    }
    if is_forged(&services, &head) {
        let error = AppError::NotAllowed(
            "This request was sent by a page of another site, or by a program with a person's cookie.".to_owned(),
        );
        return told(audience, &head, &error);
    }
    let needs = needs_of(&head);
    if is_sign_in(head.uri.path())
        && !arrival.is_local
        && services.limits().is_guessing(arrival.address)
    {
        return too_many();
    }
    let known = match know(&services, &head, &arrival, needs).await {
        Ok(known) => known,
        Err(Refusal::TooMany) => return too_many(),
        Err(Refusal::Wrong(error)) => return told(audience, &head, &error),
        // What is for everybody is for somebody too whom a proxy knows and the catalog does not.
        Err(Refusal::Unmatched(who)) if needs == Needs::Nothing => Known {
            caller: who.0,
            set_cookie: None,
        },
        Err(Refusal::Unmatched(who)) => {
            return unmatched(&services, audience, &head, who.0, who.1).await;
        }
    };
    let Known { caller, set_cookie } = known;
    if caller.is_known()
        && services
            .limits()
            .is_too_much_of(caller.name(), arrival.is_local)
    {
        return keep(too_many(), set_cookie);
    }
    let access = Access::new(services.clone(), caller);
    let response = match refuse(&access, needs, audience, &head).await {
        Some(refused) => refused,
        None => {
            let reads = head.method.is_safe() && !head.uri.path().starts_with("/api/auth/");
            head.extensions.insert(access);
            let answer = next.run(Request::from_parts(head, body));
            if reads {
                answer.await
            } else {
                to_the_end(answer).await
            }
        }
    };
    keep(response, set_cookie)
}

/// Hands the browser the new secret of its session, with whatever is answered: the old one counts for a minute only.
/// An answer that says something about the session itself, as at signing out, knows better.
fn keep(mut response: Response, cookie: Option<String>) -> Response {
    let Some(cookie) = cookie.and_then(|text| HeaderValue::from_str(&text).ok()) else {
        return response;
    };
    let name = |cookie: &HeaderValue| {
        cookie
            .as_bytes()
            .split(|byte| *byte == b'=')
            .next()
            .map(<[u8]>::to_vec)
    };
    let mut said = response.headers().get_all(header::SET_COOKIE).iter();
    if !said.any(|one| name(one) == name(&cookie)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn know(
    services: &Services,
    head: &Parts,
    arrival: &Arrival,
    needs: Needs,
) -> Result<Known, Refusal> {
    let id = head.extensions.get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok());
    let reads_api = head.method == Method::GET && head.uri.path().starts_with("/api/");
    let kind = PathKind {
        reads_api,
        // Files may be kept by caches that are everybody's, and no secret belongs there.
        rotates: !head.uri.path().starts_with("/api/auth/")
            && (needs != Needs::Nothing || !head.method.is_safe()),
    };
    let id = id.unwrap_or_default();
    authenticate(services, &head.headers, arrival, id, &kind).await
}

/// Tells somebody whom a proxy knows why that means nobody here.
async fn unmatched(
    services: &Services,
    audience: Audience,
    head: &Parts,
    caller: Caller,
    failure: SignInFailure,
) -> Response {
    let error = AppError::NotSignedIn(in_one_line(&failure));
    if audience != Audience::Person || !head.method.is_safe() {
        return told(audience, head, &error);
    }
    let access = Access::new(services.clone(), caller);
    match access.failure_page(failure, "/").await {
        Ok(page) => Redirect::to(&page).into_response(),
        Err(error) => told(audience, head, &error),
    }
}

/// Says why a caller may not use a route; nothing when it may.
async fn refuse(
    access: &Access,
    needs: Needs,
    audience: Audience,
    head: &Parts,
) -> Option<Response> {
    let path = head.uri.path();
    if needs == Needs::Nothing {
        return None;
    }
    let is_open = access.door().is_open;
    if !access.caller().is_known() && !is_open {
        let error = AppError::NotSignedIn(
            "Missing credentials: sign in, or send a token in the header Authorization.".to_owned(),
        );
        return Some(told(audience, head, &error));
    }
    if let (Principal::Service(service), Some(plugin)) = (&access.caller().principal, plugin(path))
        && !service.may_use(plugin)
    {
        let error = AppError::NotAllowed(format!(
            "The program {} may not use the routes of {plugin}.",
            service.subject
        ));
        return Some(told(audience, head, &error));
    }
    let checked = match needs {
        Needs::Service if !matches!(access.caller().principal, Principal::Service(_)) => Err(
            AppError::NotAllowed("This route is for programs.".to_owned()),
        ),
        // A page says by itself what is missing, in words for people.
        Needs::Permission(name) if audience != Audience::Person => access.require(name, None).await,
        _ => Ok(()),
    };
    checked.err().map(|error| told(audience, head, &error))
}

/// Whether a page of another site may have sent the request.
fn is_forged(services: &Services, head: &Parts) -> bool {
    let headers = &head.headers;
    // Only a token proves the sender by itself; beside anything else the cookie still counts.
    let has_token = bearer(headers).is_some();
    let name = cookie_name(services.identity().settings().is_secure());
    let has_cookie = cookie::read(headers, name).is_some();
    // Providers may send a browser back with a form; the cookie of the sign-in proves that it was begun here.
    let path = head.uri.path();
    let is_way_back = path.starts_with("/api/auth/") && path.ends_with("/handler/frame");
    let has_proof = has_cookie || services.identity().has_proxies();
    !has_token
        && !is_way_back
        && (is_cross_site(&head.method, headers, &services.door().origins, has_proof)
            || is_call_of_another_site(head))
}

/// Server functions are called by the portal's own pages; a page of another site could tell from what its window does
/// whether such a call was answered.
fn is_call_of_another_site(head: &Parts) -> bool {
    let site = head.headers.get("sec-fetch-site");
    head.uri.path().starts_with("/fn/")
        && site.is_some_and(|site| site != "same-origin" && site != "none")
}

fn needs_of(head: &Parts) -> Needs {
    let path = head.uri.path();
    let method = head.method.as_str();
    if path.starts_with("/fn/") {
        return table::needs(method, path);
    }
    match head.extensions.get::<MatchedPath>() {
        Some(route) if route.as_str() == "/api/{*rest}" => Needs::Nothing,
        Some(route) => table::needs(method, route.as_str()),
        None if assets::is_public(path) => Needs::Nothing,
        None => Needs::SignIn,
    }
}

/// Whether a route is one of those where secrets could be guessed.
fn is_sign_in(path: &str) -> bool {
    path.starts_with("/api/auth/") && (path.ends_with("/start") || path.ends_with("/handler/frame"))
}

fn audience(path: &str) -> Audience {
    if path.starts_with("/api/") || path.starts_with("/.backstage/") {
        Audience::Program
    } else if path.starts_with("/fn/") {
        Audience::Island
    } else {
        Audience::Person
    }
}

/// Returns the plugin of Backstage that a path of the API belongs to.
fn plugin(path: &str) -> Option<&str> {
    match path.strip_prefix("/api/")?.split('/').next() {
        // Backstage has no such plugin; its permission is the portal's own.
        Some("audit") => Some("callboard"),
        plugin => plugin,
    }
}

/// Tells a refusal in the way in which the audience reads it.
fn told(audience: Audience, head: &Parts, error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match audience {
        Audience::Program => {
            let uri = head.extensions.get::<OriginalUri>();
            let uri = uri.map_or(&head.uri, |uri| &uri.0);
            rest::refused(&head.method, uri, error)
        }
        Audience::Island => (status, axum::Json(error.clone())).into_response(),
        Audience::Person if status == StatusCode::UNAUTHORIZED && head.method.is_safe() => {
            let here = head.uri.path_and_query();
            let here = here.map_or("/", |here| here.as_str());
            Redirect::to(&paths::sign_in(here)).into_response()
        }
        Audience::Person => (status, error.to_string()).into_response(),
    }
}

fn too_many() -> Response {
    let seconds = [(header::RETRY_AFTER, HeaderValue::from_static("30"))];
    let text = "Too many requests came from your address; wait half a minute.";
    (StatusCode::TOO_MANY_REQUESTS, seconds, text).into_response()
}
