//! `callboard policy` and `callboard audit`: what administrators ask on the machine of the portal, also beside one that
//! runs.
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use callboard_catalog::Follower;
use callboard_config::{Config, Sources, load};
use callboard_db::Db;
use callboard_model::{Severity, view::PolicyQuery};
use callboard_policy::{Policy, Source};
use clap::{Args, Subcommand};

mod print;

use super::{complain, say, write_out};
use crate::server::{
    Guards, Portal, Services,
    access::Access,
    caller::{Caller, Principal},
    policy::read_sources,
    settings,
};
use crate::ui::kit::number::counted;

/// What `policy` takes.
#[derive(Debug, Args)]
pub(super) struct PolicyArgs {
    #[command(subcommand)]
    what: PolicyCommand,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum PolicyCommand {
    /// Say whether the policy can be used, and what is wrong with it.
    Check,
    /// Say whether a user may do something, and which rules decide that.
    Explain {
        /// Reference of the user, such as `user:default/ada`.
        user: String,
        /// Name of the permission, such as `catalog.entity.delete`.
        permission: String,
        /// Reference of the entity it is about.
        entity: Option<String>,
    },
    /// Ask recent requests of the audit log again with a changed policy, and list what would differ.
    Simulate {
        /// The changed policy file; may be repeated. It takes the place of all policy files of the configuration.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What `audit` takes.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    what: AuditCommand,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Walk the whole audit log and say whether anybody tampered with it.
    Verify,
}

/// Where the portal is.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// Configuration file; may be repeated, later files win.
    #[arg(long, value_name = "FILE", global = true)]
    config: Vec<PathBuf>,
    /// Folder for everything the portal keeps.
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
}

/// Carries out `policy`.
pub(super) fn policy(args: PolicyArgs) -> ExitCode {
    with_config(args.place, |config, data, base| match args.what {
        PolicyCommand::Check => check(&config, &base),
        PolicyCommand::Explain {
            user,
            permission,
            entity,
        } => {
            let query = PolicyQuery {
                user,
                permission,
                resource: entity.unwrap_or_default(),
            };
            in_portal(&config, &data, &base, async |access| {
                explain(&access, &query)
            })
        }
        PolicyCommand::Simulate { files, json } => {
            in_portal(&config, &data, &base, async |access| {
                simulate(&access, &files, json).await
            })
        }
    })
}

/// Carries out `audit`.
pub(super) fn audit(args: AuditArgs) -> ExitCode {
    let AuditCommand::Verify = args.what;
    with_config(args.place, |config, data, _| {
        let target = settings::database(&config, &data);
        block_on(async {
            let db = Db::open_existing(&target).await?;
            let check = db
                .audit_verify(|seq| say(&format!("checked {seq} entries\n")))
                .await?;
            db.close().await;
            if let Some((seq, what)) = check.broken {
                write_out(&format!(
                    "The audit log was tampered with: entry {seq}: {what}. {} entries before it are as they were written.\n",
                    check.entries
                ));
                return Ok(ExitCode::FAILURE);
            }
            let head = check.head.map(|(seq, hash)| {
                format!(" The last one is {seq} with the hash\n{hash}\nKeep it elsewhere: it tells later whether the log was replaced as a whole.\n")
            });
            write_out(&format!(
                "All {} entries are as they were written.{}",
                check.entries,
                head.unwrap_or_else(|| "\n".to_owned())
            ));
            Ok(ExitCode::SUCCESS)
        })
    })
}

/// Acts with the configuration, the data folder and the folder that names are relative to.
pub(super) fn with_config(
    place: Place,
    act: impl FnOnce(Config, PathBuf, PathBuf) -> Result<ExitCode>,
) -> ExitCode {
    let base = settings::base_folder(&place.config);
    let loaded = load(&Sources::from_process(place.config));
    let Some(config) = loaded.config else {
        complain(&loaded.diagnostics);
        return ExitCode::from(2);
    };
    let data = settings::data_folder(place.data.as_deref(), &config);
    let done = base.and_then(|base| act(config, data, base));
    done.unwrap_or_else(|error| {
        say(&format!("{error:#}\n"));
        ExitCode::FAILURE
    })
}

/// Waits for work that needs the database.
pub(super) fn block_on(done: impl Future<Output = Result<ExitCode>>) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.context("cannot start the runtime")?.block_on(done)
}

fn check(config: &Config, base: &Path) -> Result<ExitCode> {
    let Guards { policy, .. } = settings::guards(config, base)?;
    let state = policy.state();
    write_out(&callboard_diagnostics::print::human(
        &state.problems,
        &|file| std::fs::read_to_string(base.join(file)).ok(),
        false,
    ));
    write_out(&format!(
        "The policy can be used: {} from {}.\n",
        counted(policy.now().roles().len(), "role"),
        counted(state.files.len(), "file")
    ));
    Ok(ExitCode::SUCCESS)
}

/// Opens the catalog and the policy as a portal does, without taking anything from one that runs.
fn in_portal(
    config: &Config,
    data: &Path,
    base: &Path,
    act: impl AsyncFnOnce(Access) -> Result<ExitCode>,
) -> Result<ExitCode> {
    block_on(async {
        let db = Db::open_existing(&settings::database(config, data)).await?;
        let guards = settings::guards(config, base)?;
        let catalog = settings::catalog(config);
        let sources = settings::sources(&db, config, catalog, base.to_owned()).await?;
        let portal = Portal {
            names_from: base.to_owned(),
            ..Portal::default()
        };
        let (services, _follower): (Services, Follower) =
            Services::open(db.clone(), portal, sources, guards).await?;
        let done = act(Access::new(services, operator())).await;
        db.close().await;
        done
    })
}

/// Whoever may read the portal's files may ask everything.
fn operator() -> Caller {
    Caller {
        principal: Principal::Service(crate::server::caller::Service {
            subject: "external:command-line".to_owned(),
            restrictions: Vec::new(),
        }),
        address: String::new(),
        request_id: String::new(),
        session: None,
        is_local: true,
        is_prefetch: false,
        is_proxied: false,
    }
}

fn explain(access: &Access, query: &PolicyQuery) -> Result<ExitCode> {
    let view = access.explain(query)?;
    write_out(&print::explained(&view));
    Ok(if view.decision == "DENY" {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

async fn simulate(access: &Access, files: &[PathBuf], json: bool) -> Result<ExitCode> {
    let mut setup = access.policy().setup().clone();
    setup.files = files.to_vec();
    setup.settings.enabled = true;
    let here = std::env::current_dir().context("cannot name the current folder")?;
    let sources = read_sources(&setup, &here)?;
    let texts: Vec<Source> = sources.policies.clone();
    // The same check once more, for problems with their lines.
    let (_, problems) = Policy::load(sources.clone());
    let text_of = |file: &str| {
        let mut all = texts.iter();
        all.find(|source| source.file == file)
            .map(|source| source.text.clone())
    };
    if !problems.is_empty() {
        say(&callboard_diagnostics::print::human(
            &problems, &text_of, false,
        ));
    }
    if problems.iter().any(|one| one.severity == Severity::Error) {
        return Ok(ExitCode::from(2));
    }
    let view = access.simulate_sources(sources).await?;
    write_out(&if json {
        format!("{}\n", serde_json::to_string_pretty(&view)?)
    } else {
        print::simulated(&view)
    });
    Ok(ExitCode::SUCCESS)
}
