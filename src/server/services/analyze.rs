//! What a repository has for the catalog already, or could have.
use callboard_catalog::LocationRef;
use callboard_scm::{Answer, ErrorKind};
use serde_json::{Value, json};
use url::Url;

use crate::{error::AppError, server::access::Access};

/// The file that is looked for when a request does not name one.
const FILE: &str = "catalog-info.yaml";

/// A repository as its address in a browser names it.
#[derive(Debug, PartialEq, Eq)]
struct Repository {
    owner: String,
    name: String,
    /// Address of the file with a name, on the default branch; absent where there is no such address.
    file: Option<String>,
    /// Prefix of the annotation with owner and name.
    annotation: Option<&'static str>,
}

impl Access {
    /// Looks for catalog files of a repository, and makes a first entity where there are none.
    pub(in crate::server) async fn analyze(
        &self,
        location: &LocationRef,
        file_name: Option<&str>,
    ) -> Result<Value, AppError> {
        self.require("catalog.location.analyze", Some(&location.target))
            .await?;
        let Some(reader) = self.sources().ingester.reader() else {
            return Err(AppError::Invalid("this portal reads files only".to_owned()));
        };
        let refuse = |error| AppError::Invalid(format!("cannot read {}: {error}", location.target));
        reader.admits(&location.target).map_err(refuse)?;
        let repository = repository(&location.target, file_name.unwrap_or(FILE))?;
        let Some(file) = &repository.file else {
            return Ok(generated(&repository));
        };
        match reader.read(file, None).await {
            Ok(Answer::Found(found)) if !found.files.is_empty() => {
                let urls = found.files.into_iter().map(|file| file.url);
                self.existing_files(urls.collect()).await
            }
            Ok(_) => Ok(generated(&repository)),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(generated(&repository)),
            Err(error) if error.kind == ErrorKind::Malformed => Err(refuse(error)),
            Err(error) => Err(AppError::Unavailable(format!(
                "cannot read {file}: {error}"
            ))),
        }
    }

    async fn existing_files(&self, urls: Vec<String>) -> Result<Value, AppError> {
        let registered = self.db().location_list().await?;
        let mut files = Vec::new();
        for url in urls {
            let location = LocationRef::url(&url);
            let preview = self.sources().ingester.preview(&location).await?;
            let is_registered = registered.iter().any(|stored| stored.target == url);
            let own = location.generated_ref();
            for (entity_ref, body) in preview.entities {
                let entity: Value = serde_json::from_str(&body).unwrap_or_default();
                if entity_ref != own {
                    files.push(json!({
                        "location": {"type": "url", "target": url},
                        "isRegistered": is_registered,
                        "entity": entity,
                    }));
                }
            }
        }
        Ok(json!({"existingEntityFiles": files, "generateEntities": []}))
    }
}

fn generated(repository: &Repository) -> Value {
    let Repository { owner, name, .. } = repository;
    let mut metadata = json!({"name": name});
    if let Some(prefix) = repository.annotation {
        metadata["annotations"] =
            json!({format!("{prefix}/project-slug"): format!("{owner}/{name}")});
    }
    let entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": metadata,
        "spec": {"type": "other", "lifecycle": "unknown"},
    });
    json!({"existingEntityFiles": [], "generateEntities": [{"entity": entity, "fields": []}]})
}

fn repository(target: &str, file: &str) -> Result<Repository, AppError> {
    let wrong =
        || AppError::Invalid("The given location.target is not a URL of a repository".to_owned());
    let url = Url::parse(target).map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?.to_owned();
    let parts: Vec<String> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let marks = ["-", "tree", "blob", "src", "raw", "edit"];
    // A group of GitLab may have groups of its own, so the repository is what stands before the first mark.
    let end = parts
        .iter()
        .skip(2)
        .position(|part| marks.contains(&part.as_str()));
    let of = &parts[..end.map_or(parts.len(), |end| end + 2)];
    let (name, owner) = of
        .split_last()
        .filter(|(_, owner)| !owner.is_empty())
        .ok_or_else(wrong)?;
    let (owner, name) = (owner.join("/"), name.trim_end_matches(".git").to_owned());
    let base = format!("{}/{owner}/{name}", &url[..url::Position::BeforePath]);
    let (annotation, between) = match host.as_str() {
        "bitbucket.org" => (Some("bitbucket.org"), Some("src")),
        host if host.contains("gitlab") => (Some("gitlab.com"), Some("-/blob")),
        host if host.contains("github") => (Some("github.com"), Some("blob")),
        _ => (None, None),
    };
    let is_file = end.is_some()
        && parts
            .last()
            .is_some_and(|last| last.ends_with(".yaml") || last.ends_with(".yml"));
    let file = if is_file {
        Some(target.to_owned())
    } else {
        between.map(|between| format!("{base}/{between}/HEAD/{}", file.trim_start_matches('/')))
    };
    Ok(Repository {
        owner,
        name,
        file,
        annotation,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_found_in_every_form_of_its_address() {
        let named = |target: &str| {
            let found = repository(target, FILE).unwrap();
            (found.owner, found.name, found.file.unwrap_or_default())
        };
        let want = |owner: &str, name: &str, file: &str| {
            (owner.to_owned(), name.to_owned(), file.to_owned())
        };
        assert_eq!(
            named("https://github.com/acme/shop"),
            want(
                "acme",
                "shop",
                "https://github.com/acme/shop/blob/HEAD/catalog-info.yaml"
            )
        );
        assert_eq!(
            named("https://github.com/acme/shop/tree/main/x"),
            want(
                "acme",
                "shop",
                "https://github.com/acme/shop/blob/HEAD/catalog-info.yaml"
            )
        );
        assert_eq!(
            named("https://gitlab.com/a/b/c/-/blob/main/my.yaml"),
            want("a/b", "c", "https://gitlab.com/a/b/c/-/blob/main/my.yaml")
        );
        assert_eq!(named("https://git.example.com/a/b.git"), want("a", "b", ""));
    }

    #[test]
    fn an_address_without_a_repository_is_refused() {
        for target in [
            "https://github.com/",
            "https://github.com/acme",
            "not a url",
        ] {
            assert!(repository(target, FILE).is_err(), "{target}");
        }
    }
}
