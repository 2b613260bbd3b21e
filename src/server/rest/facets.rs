//! `/api/catalog/entity-facets`: how many entities have each value of some fields.
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use callboard_catalog::{Filter, index::parse_predicate};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use super::{
    body::JsonBody,
    error::Asked,
    query::{MAX_ITEMS, Parameters, present},
};
use crate::{error::AppError, server::access::Access};

/// Body of a request by POST.
#[derive(Debug, Deserialize)]
pub(super) struct FacetsRequest {
    #[serde(default)]
    facets: Vec<String>,
    #[serde(default, deserialize_with = "present")]
    query: Option<Value>,
}

/// What is answered. Thousands of values are common, so they are written as they are.
#[derive(Debug, Serialize)]
struct Facets {
    facets: ByField,
}

/// The values of each field, in the order of the request.
#[derive(Debug)]
struct ByField(Vec<(String, Vec<Counted>)>);

/// One value of a field.
#[derive(Debug, Serialize)]
struct Counted {
    value: String,
    count: usize,
}

impl Serialize for ByField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, values) in &self.0 {
            map.serialize_entry(field, values)?;
        }
        map.end()
    }
}

/// Counts what query parameters ask for.
pub(super) async fn get(services: Access, asked: Asked, parameters: Parameters) -> Response {
    let filter = parameters.filter();
    answer(&services, &asked, &parameters.all("facet"), filter)
}

/// Counts what a body asks for.
pub(super) async fn post(
    services: Access,
    asked: Asked,
    JsonBody(request): JsonBody<FacetsRequest>,
) -> Response {
    let filter = request.query.as_ref().map(parse_predicate).transpose();
    let filter = filter.map_err(AppError::Invalid);
    let filter = filter.map(|filter| filter.unwrap_or(Filter::All(Vec::new())));
    answer(&services, &asked, &request.facets, filter)
}

fn answer(
    services: &Access,
    asked: &Asked,
    facets: &[String],
    filter: Result<Filter, AppError>,
) -> Response {
    match filter.and_then(|filter| counted(services, facets, &filter)) {
        Ok(value) => Json(value).into_response(),
        Err(error) => asked.fail(&error),
    }
}

fn counted(services: &Access, facets: &[String], filter: &Filter) -> Result<Facets, AppError> {
    let facets: Vec<&String> = facets.iter().filter(|facet| !facet.is_empty()).collect();
    if facets.is_empty() {
        return Err(AppError::Invalid(
            "the facets are missing: name at least one field to count".to_owned(),
        ));
    }
    if facets.len() > MAX_ITEMS {
        return Err(AppError::Invalid(format!(
            "{} facets are more than {MAX_ITEMS}",
            facets.len()
        )));
    }
    let index = services.index().read();
    let among = services.found(&index, filter.clone());
    let mut fields: Vec<(String, Vec<Counted>)> = Vec::with_capacity(facets.len());
    for facet in facets {
        if fields.iter().any(|(known, _)| known == facet) {
            continue;
        }
        let mut counted = index.facet(facet, &among);
        services.shown_values(&index, facet, &mut counted);
        let values = counted
            .into_iter()
            .map(|(value, count)| Counted { value, count });
        fields.push((facet.clone(), values.collect()));
    }
    Ok(Facets {
        facets: ByField(fields),
    })
}
