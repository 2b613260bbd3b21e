//! What the readers of source hosts are told: `integrations`, `backend.reading` and `callboard.reading`.
use callboard_config::{Config, Secret as Configured};
use callboard_scm::{
    AllowedHost, BitbucketCloudHost, GitHost, GiteaHost, GithubApp, GithubHost, GitlabHost, Limits,
    Secret, Settings,
};

/// Tells the readers their hosts, credentials and bounds.
pub(crate) fn hosts(config: &Config) -> Settings {
    let integrations = &config.integrations;
    Settings {
        github: integrations.github.iter().map(github).collect(),
        gitlab: integrations.gitlab.iter().map(gitlab).collect(),
        gitea: integrations.gitea.iter().map(gitea).collect(),
        bitbucket_cloud: integrations
            .bitbucket_cloud
            .iter()
            .map(bitbucket_cloud)
            .collect(),
        git: config.callboard.git.iter().map(git).collect(),
        allow: config
            .backend
            .reading
            .allow
            .iter()
            .map(|allow| AllowedHost {
                host: allow.host.clone(),
                paths: allow.paths.clone(),
            })
            .collect(),
        private: config.callboard.reading_private.clone(),
        trusted: super::providers::trusted(config),
        limits: Limits::default(),
    }
}

fn github(host: &callboard_config::GithubIntegration) -> GithubHost {
    let app = |app: &callboard_config::GithubApp| GithubApp {
        app_id: app.app_id,
        private_key: Secret::new(app.private_key.expose()),
        allowed_owners: app.allowed_installation_owners.clone().unwrap_or_default(),
    };
    GithubHost {
        host: host.host.clone(),
        api_base_url: host.api_base_url.clone(),
        raw_base_url: host.raw_base_url.clone(),
        token: secret(host.token.as_ref()),
        apps: host.apps.iter().map(app).collect(),
        is_configured: true,
    }
}

fn gitlab(host: &callboard_config::GitlabIntegration) -> GitlabHost {
    GitlabHost {
        host: host.host.clone(),
        base_url: host.base_url.clone(),
        api_base_url: host.api_base_url.clone(),
        token: secret(host.token.as_ref()),
        is_configured: true,
    }
}

fn gitea(host: &callboard_config::GiteaIntegration) -> GiteaHost {
    GiteaHost {
        host: host.host.clone(),
        base_url: host.base_url.clone(),
        username: host.username.clone(),
        password: secret(host.password.as_ref()),
    }
}

/// Backstage knows one host of this kind, and its configuration does not name it.
fn bitbucket_cloud(host: &callboard_config::BitbucketCloudIntegration) -> BitbucketCloudHost {
    BitbucketCloudHost {
        host: "bitbucket.org".to_owned(),
        api_base_url: None,
        username: host.username.clone(),
        token: secret(host.token.as_ref()),
        is_configured: false,
    }
}

fn git(host: &callboard_config::GitIntegration) -> GitHost {
    GitHost {
        host: host.host.clone(),
        scheme: Some(host.scheme.clone()),
        username: host.username.clone(),
        password: secret(host.password.as_ref()),
    }
}

fn secret(configured: Option<&Configured>) -> Option<Secret> {
    configured.map(|secret| Secret::new(secret.expose()))
}
