//! All routes with the layers that every answer passes.
use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Request, StatusCode},
    middleware::from_fn_with_state,
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use super::{Services, door::gate, rest, site};

/// Largest body of a request.
const MAX_BODY: usize = 1024 * 1024;

/// A request that takes longer is given up.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Builds the whole application.
pub fn router(services: Services) -> Router {
    let headers = services.headers().clone();
    let app = rest::routes()
        .with_state(services.clone())
        .merge(site::routes())
        // After all routes: a layer covers what stands before it.
        .layer(from_fn_with_state(services, gate));
    let app = headers.on(app);
    app.layer(
        ServiceBuilder::new()
            .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
            .layer(TraceLayer::new_for_http().make_span_with(span))
            .layer(PropagateRequestIdLayer::x_request_id())
            .layer(CompressionLayer::new().compress_when(compressible()))
            .layer(CatchPanicLayer::new())
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                TIMEOUT,
            ))
            .layer(DefaultBodyLimit::max(MAX_BODY)),
    )
}

fn compressible() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/wasm"))
}

fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!(
        "request",
        method = %request.method(),
        path = request.uri().path(),
        request_id = id.unwrap_or_default()
    )
}
