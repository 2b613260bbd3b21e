//! `callboard user`: what administrators do about people on the machine of the portal, also beside one that runs.
use std::process::ExitCode;

use anyhow::{Context, Result};
use callboard_db::{AuditEntry, Db, now_ms};
use callboard_model::EntityRef;
use clap::{Args, Subcommand};

use super::{
    admin::{Place, block_on, with_config},
    write_out,
};
use crate::{server::settings, ui::kit::number::counted};

/// What `user` takes.
#[derive(Debug, Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    what: UserCommand,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// End all sessions and personal access tokens of somebody, and forget the User that a sign-in made of them and
    /// what was kept for them: stars, watches, saved views, preferences and what they looked at.
    Forget {
        /// Reference of the user, such as `user:default/ada`.
        user: String,
    },
}

/// Carries out `user`.
pub(super) fn user(args: UserArgs) -> ExitCode {
    let UserCommand::Forget { user } = args.what;
    with_config(args.place, |config, data, _| {
        let user: EntityRef = user
            .parse()
            .with_context(|| format!("{user} is no reference such as user:default/ada"))?;
        let target = settings::database(&config, &data);
        block_on(async {
            let db = Db::open_existing(&target).await?;
            let said = forget(&db, &user.to_string()).await;
            db.close().await;
            write_out(&said?);
            Ok(ExitCode::SUCCESS)
        })
    })
}

async fn forget(db: &Db, user: &str) -> Result<String> {
    let tokens = db.token_list(user).await?;
    for token in &tokens {
        db.token_remove(&token.id, user).await?;
    }
    // After the tokens: a session could make another one.
    let sessions = db.session_remove_all(user, None).await?;
    let was_made = db.provided_remove(user).await?;
    let kept = db.personal_forget(user).await?;
    let detail = serde_json::json!({
        "sessions": sessions, "tokens": tokens.len(), "made": was_made, "kept": kept,
    });
    let entry = AuditEntry {
        at: now_ms(),
        actor: "external:command-line".to_owned(),
        actor_kind: "service".to_owned(),
        event: "user.forget".to_owned(),
        resource: Some(user.to_owned()),
        result: "ok".to_owned(),
        detail: detail.to_string(),
        ..AuditEntry::default()
    };
    db.audit_append(&[entry]).await?;
    let sessions = usize::try_from(sessions).unwrap_or(usize::MAX);
    let kept = usize::try_from(kept).unwrap_or(usize::MAX);
    let kept = match kept {
        0 => String::new(),
        kept => format!(
            " {} kept for them (stars, watches, views, preferences, recent pages) {} forgotten.",
            counted(kept, "thing"),
            if kept == 1 { "is" } else { "are" }
        ),
    };
    let made = if was_made {
        " The User that a sign-in had made is gone with the next reading of the catalog."
    } else {
        ""
    };
    Ok(format!(
        "{} and {} of {user} were ended.{kept}{made}\n",
        counted(sessions, "session"),
        counted(tokens.len(), "token")
    ))
}
