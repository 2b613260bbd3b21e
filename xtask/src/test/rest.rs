//! The REST API: against answers recorded from Backstage, and against requests made up from its description.
use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{Outcome, debian, missing, portal::Portal, steps::checked};
use crate::{
    build,
    command::{self, Run, program, shown},
    repo, say,
};

/// The recording, its scripts and its examples; other people's work, and so not part of the project.
const SHARED: &str = "../shared";

/// The program that makes up requests, in the version that is known to work.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// How it is used: failures of the server count, and answers that the description does not have; what is sent is the
/// same each time. Made-up tokens are left out: with one of them every request has the same answer.
const FUZZING: [&str; 17] = [
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
     allow_header_conformance,unsupported_method",
    "--phases",
    "examples,coverage,fuzzing,stateful",
    "--max-examples",
    "100",
    "--seed",
    "1",
    "--request-timeout",
    "30",
    "--generation-with-security-parameters",
    "false",
    "--continue-on-failure",
    "--suppress-health-check",
    "all",
    "--no-color",
    "--warnings=off",
];

/// Kinds that the catalog of a portal under test takes.
const KINDS: &str =
    "AiResource, API, Component, Domain, Group, Location, Resource, System, Template, User";

/// The token of the program that the portal under test knows.
const TOKEN: &str = "only-for-made-up-requests";

/// Routes that are for programs, or tell programs more than the guest.
const OF_PROGRAMS: &str = "^/api/(permission|audit)/|/permissions/|/unprocessed/";

/// Sends the recorded requests to a portal over the recorded examples and compares the answers.
///
/// # Errors
/// When the portal does not start, or an answer differs.
pub fn conformance() -> Result<Outcome> {
    let shared = repo::root().join(SHARED);
    let Ok(shared) = shared.canonicalize() else {
        return Ok(Outcome::Skipped(format!(
            "there is no recording in {SHARED}"
        )));
    };
    let examples = shared.join("corpus/backstage-examples");
    let binary = build::dev_server()?;
    let data = tempfile::tempdir().context("no temporary folder")?;
    let config = data.path().join("app-config.yaml");
    fs::write(&config, examples_config(&examples)).context("cannot write a configuration")?;
    let mut portal = Portal::start(&binary, &config, data.path(), "conformance")?;
    let mut node = program("node", &["conformance.mjs", &portal.url()]);
    node.arg(shared.join("conformance")).arg(&examples);
    node.current_dir(repo::root().join("end2end"));
    portal.stop_after(checked(&mut node))?;
    Ok(Outcome::Passed(String::new()))
}

/// Backstage cannot read a placeholder beside a file location, and that is what was recorded.
fn examples_config(examples: &Path) -> String {
    let location = |file: &str| {
        let target = examples.join(file).display().to_string();
        format!("    - {{ type: file, target: {target:?} }}\n")
    };
    format!(
        "catalog:\n  rules:\n    - allow: [{KINDS}]\n  locations:\n{}{}\
         callboard:\n  catalog:\n    filePlaceholders: false\n",
        location("all.yaml"),
        location("acme-corp.yaml")
    )
}

/// Sends made-up requests, right and wrong ones, to a portal over the sample organisation: first as the guest, then, to
/// the routes that are for programs, as one of them.
///
/// # Errors
/// When the program cannot be installed, or the portal answers with a failure of its own.
pub fn fuzz() -> Result<Outcome> {
    let Some(schemathesis) = schemathesis()? else {
        return Ok(missing(
            "Python 3 with venv and pip is not installed (on Debian: apt-get install python3-venv)"
                .to_owned(),
        ));
    };
    let binary = build::dev_server()?;
    let data = tempfile::tempdir().context("no temporary folder")?;
    let config = data.path().join("app-config.yaml");
    let sample = repo::root().join("examples/catalog/all.yaml");
    fs::write(&config, sample_config(&sample)).context("cannot write a configuration")?;
    let mut portal = Portal::start(&binary, &config, data.path(), "fuzz")?;
    let description = format!("{}/api/openapi.json", portal.url());
    let run = |caller: &[&str]| {
        let mut command = program(&schemathesis, &["run", &description]);
        // It leaves a folder with what it learned where it runs.
        command.args(FUZZING).args(caller).current_dir(data.path());
        checked(&mut command)
    };
    let authorization = format!("Authorization: Bearer {TOKEN}");
    let as_program = [
        "--header",
        &authorization,
        "--include-path-regex",
        OF_PROGRAMS,
    ];
    portal.stop_after(run(&[]).and_then(|_| run(&as_program)))?;
    Ok(Outcome::Passed(String::new()))
}

/// The sample organisation, with a program that may use the API.
fn sample_config(catalog: &Path) -> String {
    let target = catalog.display().to_string();
    format!(
        "backend:\n  auth:\n    externalAccess:\n      - type: static\n        options: {{ token: {TOKEN}, subject: fuzz }}\n\
         catalog:\n  rules:\n    - allow: [{KINDS}]\n  locations:\n    - {{ type: file, target: {target:?} }}\n"
    )
}

/// Returns the program, installed into the target folder; none where Python is missing.
fn schemathesis() -> Result<Option<PathBuf>> {
    let dir = repo::target_dir()?.join(SCHEMATHESIS.replace("==", "-"));
    let found = dir.join("bin/schemathesis");
    let stamp = dir.join("complete");
    if stamp.exists() {
        return Ok(Some(found));
    }
    if !has_venv() && debian::can_install() {
        debian::install("python3-venv")?;
    }
    if !has_venv() {
        return Ok(None);
    }
    let steps = [
        ("python3", vec!["-m", "venv", "--clear"]),
        (
            "pip",
            vec!["install", "--quiet", "--no-input", SCHEMATHESIS],
        ),
    ];
    for (name, args) in steps {
        let is_pip = name == "pip";
        let path = if is_pip {
            dir.join("bin/pip")
        } else {
            PathBuf::from(name)
        };
        let mut command = program(path, &args);
        if !is_pip {
            command.arg(&dir);
        }
        say::line(format_args!("$ {}", shown(&command)));
        command.run()?;
    }
    fs::write(&stamp, "").context("cannot mark schemathesis as installed")?;
    Ok(Some(found))
}

fn has_venv() -> bool {
    let works = || program("python3", &["-c", "import ensurepip, venv"]).output();
    command::find("python3").is_some() && works().is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_names_both_files_of_the_examples() {
        let config = examples_config(Path::new("/some where"));
        assert!(
            config.contains("target: \"/some where/all.yaml\""),
            "{config}"
        );
        assert!(
            config.contains("target: \"/some where/acme-corp.yaml\""),
            "{config}"
        );
    }

    #[test]
    fn the_configuration_of_the_sample_names_its_file_and_a_program() {
        let config = sample_config(Path::new("/some where/all.yaml"));
        assert!(
            config.contains("target: \"/some where/all.yaml\""),
            "{config}"
        );
        assert!(config.contains(&format!("token: {TOKEN}")), "{config}");
    }
}
