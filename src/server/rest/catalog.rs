//! `/api/catalog`: reading entities as Backstage's catalog backend answers them.
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use callboard_model::EntityRef;

use super::{
    answer::json_text, body::Segments, by_query, error::Asked, facets, list, locations, processing,
};
use crate::{
    error::AppError,
    server::{Services, access::Access},
};

/// Each of these routes stands in `openapi.json` too; a test compares them.
pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/entities", get(list::list))
        .route(
            "/entities/by-query",
            get(by_query::get).post(by_query::post),
        )
        .route("/entities/by-refs", post(list::by_refs))
        .route(
            "/entities/by-uid/{uid}",
            get(by_uid).delete(processing::remove_entity),
        )
        .route("/entities/by-name/{kind}/{namespace}/{name}", get(by_name))
        .route("/entity-facets", get(facets::get).post(facets::post))
        .route("/validate-entity", post(super::validate::validate_entity))
        .route(
            "/.well-known/backstage/permissions/metadata",
            get(super::permission::metadata),
        )
        .route(
            "/.well-known/backstage/permissions/apply-conditions",
            post(super::permission::apply_conditions),
        )
        .merge(locations::routes())
        .merge(processing::routes())
}

async fn by_uid(services: Access, asked: Asked, Segments(uid): Segments<String>) -> Response {
    let find = async {
        let entity_ref = services.db().entity_ref_by_uid(&uid).await?;
        let entity_ref = entity_ref.and_then(|text| text.parse::<EntityRef>().ok());
        match entity_ref {
            Some(entity_ref) => services.entity_body(&entity_ref).await,
            None => Ok(None),
        }
    };
    match find.await {
        Ok(Some(body)) => json_text(body),
        Ok(None) => asked.fail(&AppError::NotFound(format!("No entity with uid {uid}"))),
        Err(error) => asked.fail(&error),
    }
}

async fn by_name(
    services: Access,
    asked: Asked,
    Segments((kind, namespace, name)): Segments<(String, String, String)>,
) -> Response {
    match services
        .entity_body(&EntityRef::new(&kind, &namespace, &name))
        .await
    {
        Ok(Some(body)) => json_text(body),
        Ok(None) => asked.fail(&AppError::NotFound(format!(
            "No entity named '{name}' found, with kind '{kind}' in namespace '{namespace}'"
        ))),
        Err(error) => asked.fail(&error),
    }
}
