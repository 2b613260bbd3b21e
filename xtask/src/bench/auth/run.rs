//! One policy on one database: as a user with some roles, and then as one who may do everything.
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{
    database::Database,
    line::Line,
    pages::{self, Seen},
    people::{Names, Person},
    policy::policy,
    questions,
    sessions::{self, Sessions},
};
use crate::{
    bench::{catalog, server::Server},
    say, wait,
};

/// Longest time until everything is read.
const LIMIT: Duration = Duration::from_secs(120);

/// What is measured, and with what.
pub struct Job<'a> {
    /// The server.
    pub binary: &'a Path,
    /// Folder of the generated catalog.
    pub catalog: &'a Path,
    /// Number of entities in it.
    pub entities: u64,
    /// Names in it.
    pub names: &'a Names,
}

/// Measures everything on one database.
///
/// # Errors
/// When the server or the database fails, or the policy does not let the user read a part of the catalog.
pub fn measure(job: &Job<'_>, database: &Database) -> Result<Vec<Line>> {
    let name = database.name();
    let person = job.names.person()?;
    let target = job.catalog.join("all.yaml");
    let dir = catalog::folder(&format!("[{{ type: file, target: {} }}]", target.display()))?;
    let file = dir.path().join("app-config.yaml");
    let start_of_config = fs::read_to_string(&file)?;
    fs::write(dir.path().join("policy.yaml"), policy(&person))?;
    let configure = |super_users: &[&str]| {
        let text = format!(
            "{start_of_config}{}",
            sections(database, &person, super_users)
        );
        fs::write(&file, text).context("cannot write the configuration")
    };

    configure(&[])?;
    let server = started(job.binary, dir.path())?;
    let empty = server.memory()?;
    let sessions = sessions::begin(&server)?;
    say::note(format_args!(
        "{name}: {} sessions in {:?}",
        sessions::COUNT,
        sessions.took
    ));
    let questions = questions::measure(&server, name, &sessions.cookie, &job.names.components)?;
    let user = pages::measure(&server, &sessions.cookie, &format!("{name}, user"))?;
    let full = server.memory()?;
    server.stop()?;

    // The session goes on; only what its user may do is another thing now.
    configure(&[&person.user])?;
    let server = started(job.binary, dir.path())?;
    let all = pages::measure(&server, &sessions.cookie, &format!("{name}, super user"))?;
    server.stop()?;

    if all.entities < job.entities || user.entities == 0 || user.entities >= all.entities {
        let (some, all) = (user.entities, all.entities);
        bail!(
            "the user reads {some} of {all} entities, so the policy has not the effect that is to be measured"
        );
    }
    let mut lines = vec![begun(name, &sessions)];
    lines.extend(questions);
    lines.extend(beside_each_other(name, &user, &all));
    lines.extend(memory(name, empty, full));
    Ok(lines)
}

/// Returns what the configuration says beyond the catalog.
fn sections(database: &Database, person: &Person, super_users: &[&str]) -> String {
    format!(
        "auth:\n  providers:\n    guest:\n      userEntityRef: {}\n      dangerouslyAllowOutsideDevelopment: true\n\
         backend:\n  trustProxy: loopback\n{}\
         permission:\n  enabled: true\n  rbac:\n    admin:\n      superUsers: [{}]\n\
         callboard:\n  policy:\n    files: [policy.yaml]\n",
        person.user,
        database.section(),
        super_users
            .iter()
            .map(|user| format!("{{ name: {user} }}"))
            .collect::<Vec<_>>()
            .join(", "),
    )
}

/// Starts the server and waits until it has read everything. Nobody may ask how far it is without a session, so its
/// log tells.
fn started(binary: &Path, dir: &Path) -> Result<Server> {
    let server = Server::start(binary, dir)?;
    let begun = Instant::now();
    // A program that has ended has no memory any more.
    let ready = wait::every(Duration::from_millis(20), LIMIT, || {
        let is_there = begun.elapsed() < Duration::from_secs(1) || server.memory().is_ok();
        match server.ingestion_time() {
            Some(_) => Some(true),
            None => (!is_there).then_some(false),
        }
    });
    if ready == Some(true) {
        return Ok(server);
    }
    let log = fs::read_to_string(dir.join("log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    let end = lines[lines.len().saturating_sub(20)..].join("\n");
    bail!("the server did not read the catalog within {LIMIT:?}; its log ends with\n{end}")
}

fn begun(name: &'static str, sessions: &Sessions) -> Line {
    let seconds = sessions.took.as_secs_f64();
    let rate = sessions::COUNT as f64 / seconds;
    let what = format!("{} sessions begin, 8 conn.", sessions::COUNT);
    Line::new(what, name, format!("{seconds:.1} s, {rate:.0} /s"))
}

/// Puts what the user sees beside what somebody sees who may do everything.
fn beside_each_other(name: &'static str, user: &Seen, all: &Seen) -> Vec<Line> {
    let text = format!("{} of {}", user.entities, all.entities);
    let mut lines = vec![Line::new("entities the user may read", name, text)];
    for ((page, some), (_, every)) in user.pages.iter().zip(&all.pages) {
        let line = Line::new(*page, name, some.shown()).held(some.p95(), pages::BUDGET, "ms p95");
        let text = format!("super user {}", every.shown());
        lines.push(line.beside(text, some.p50(), every.p50()));
    }
    lines
}

fn memory(name: &'static str, empty: (f64, f64), full: (f64, f64)) -> Vec<Line> {
    let shown = |(now, peak): (f64, f64)| format!("{now:.0} MB, highest {peak:.0} MB");
    vec![
        Line::new("memory before the first session", name, shown(empty)),
        Line::new("memory after everything", name, shown(full)).beside("before", full.0, empty.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_names_the_user_and_whoever_may_do_everything() {
        let person = Person {
            user: "user:default/u".to_owned(),
            groups: Vec::new(),
            others: Vec::new(),
        };
        let text = sections(&Database::Sqlite, &person, &[]);
        assert!(
            text.contains("userEntityRef: user:default/u\n") && text.contains("superUsers: []\n")
        );
        let text = sections(&Database::Sqlite, &person, &[&person.user]);
        assert!(
            text.contains("superUsers: [{ name: user:default/u }]\n"),
            "{text}"
        );
    }
}
