//! What the measurements of a large catalog can be told.
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{
    build,
    site::{self, Mode},
    toolchain,
};

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// What to measure.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub entities: u64,
    pub databases: Vec<&'static str>,
    /// Measure this server instead of building one.
    binary: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments of the measurement `name`, which has `usual` entities unless they say otherwise.
    ///
    /// # Errors
    /// When an argument is unknown or names fewer than `least` entities.
    pub fn parse(name: &str, args: &[String], usual: u64, least: u64) -> Result<Self> {
        let mut options = Self {
            entities: usual,
            databases: DATABASES.to_vec(),
            binary: None,
        };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut value = || {
                rest.next()
                    .with_context(|| format!("`{arg}` needs a value"))
            };
            match arg.as_str() {
                "--entities" => {
                    let text = value()?;
                    let number = text.parse().ok().filter(|number| *number >= least);
                    options.entities =
                        number.with_context(|| format!("`{text}` is no number from {least} on"))?;
                }
                "--database" => {
                    let text = value()?;
                    let known = DATABASES.into_iter().find(|known| known == text);
                    options.databases = vec![known.with_context(|| {
                        format!("there is no database `{text}`: use sqlite or postgres")
                    })?];
                }
                "--binary" => options.binary = Some(std::path::absolute(value()?)?),
                _ => bail!(
                    "unknown argument `{arg}`; usage: cargo xtask bench {name} [--entities N] \
                     [--database sqlite|postgres] [--binary FILE]"
                ),
            }
        }
        Ok(options)
    }

    /// Returns the server to measure; builds it when none is named.
    ///
    /// # Errors
    /// When the build fails.
    pub fn binary(&self) -> Result<PathBuf> {
        if let Some(binary) = &self.binary {
            return Ok(binary.clone());
        }
        toolchain::prepare()?;
        site::build(Mode::Release)?;
        build::release_server()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_choose_size_and_database() {
        let parse = |list: &[&str]| {
            let args: Vec<_> = list.iter().map(|arg| (*arg).to_owned()).collect();
            Options::parse("catalog", &args, 10_000, 100)
        };
        let all = parse(&[]).expect("valid");
        assert_eq!((all.entities, all.databases), (10_000, DATABASES.to_vec()));
        let one = parse(&["--entities", "100000", "--database", "postgres"]).expect("valid");
        assert_eq!((one.entities, one.databases), (100_000, vec!["postgres"]));
        for wrong in [
            &["--entities", "many"][..],
            &["--entities", "99"],
            &["--entities"],
            &["--database", "mysql"],
            &["--database"],
            &["--fast"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
