//! `callboard serve`: from configuration to a listening server, and back to nothing on a signal.
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use callboard_config::{Config, Listen, Sources, load};
use callboard_db::Db;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

use super::{
    cli::{Serve, complain},
    jobs, logging, router, sample,
    services::{Portal, Services},
    settings,
};

/// Requests under way get this long to finish after a signal; the whole stop stays under ten seconds.
const GRACE: Duration = Duration::from_secs(7);

/// What hangs at the very end gets this long.
const LAST_WAIT: Duration = Duration::from_millis(500);

/// Runs the server until a signal; returns the status of the process.
pub(super) fn serve(options: Serve, collect: fn()) -> ExitCode {
    let started = Instant::now();
    let sources = Sources::from_process(options.config.clone());
    let is_sample = sources.layers().is_empty();
    let loaded = load(&sources);
    complain(&loaded.diagnostics);
    let Some(config) = loaded.config else {
        return ExitCode::from(2);
    };
    logging::start(config.backend.logger.level.as_str());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let outcome = runtime
        .context("cannot start the runtime")
        .and_then(|runtime| {
            let outcome = runtime.block_on(run(options, config, is_sample, started, collect));
            // Reading a file may hang with its file system; the process ends all the same.
            runtime.shutdown_timeout(LAST_WAIT);
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("cannot serve: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(
    options: Serve,
    config: Config,
    is_sample: bool,
    started: Instant,
    collect: fn(),
) -> Result<()> {
    let signals = Signals::new()?;
    let address = address(&options, &config, is_sample)?;
    let data = data_folder(&options, &config);
    let base = options
        .config
        .first()
        .and_then(|file| file.parent())
        .map_or(PathBuf::from("."), |folder| Path::new(".").join(folder));
    let base = std::path::absolute(base).context("cannot name the current folder")?;

    // The address is taken first: a second portal on it should not touch the database of the first.
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let target = settings::database(&config, &data);
    let _lock = settings::lock(&target)?;
    let db = Db::open(&target).await?;
    let (catalog, names_from) = if is_sample {
        let folder = sample::unpack(&data).context("cannot write the sample organisation")?;
        tracing::info!(folder = %folder.display(), "no app-config.yaml here: showing the sample organisation");
        (sample::settings(&folder)?, folder)
    } else {
        (settings::catalog(&config), base)
    };
    let portal = Portal {
        title: if is_sample {
            "Callboard".to_owned()
        } else {
            config.app.title.clone()
        },
        organization: if is_sample {
            sample::organization()
        } else {
            config.organization.name.clone()
        },
        names_from: names_from.clone(),
    };
    let sources = settings::sources(&db, &config, catalog, names_from).await?;
    let (services, follower) = Services::open(db.clone(), portal, sources).await?;
    let jobs = jobs::start(&services, follower);
    let app = router(services.clone());
    tracing::info!(
        url = %format!("http://{}", shown(listener.local_addr()?)),
        database = db.engine(),
        entities = services.index().read().len(),
        start_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "listening"
    );
    let stop = signals.stop(
        services.clone(),
        config.backend.lifecycle.server_shutdown_delay,
    );
    let server = axum::serve(listener, app).with_graceful_shutdown(stop);
    tokio::select! {
        result = server.into_future() => result.context("the server stopped")?,
        () = collecting(&services, collect) => {}
        () = overdue(services.clone()) => tracing::warn!("some requests did not finish in time"),
    }
    jobs.stop().await;
    if tokio::time::timeout(LAST_WAIT, db.close()).await.is_err() {
        tracing::warn!("the database did not close in time");
    }
    tracing::info!("stopped");
    Ok(())
}

fn address(options: &Serve, config: &Config, is_sample: bool) -> Result<SocketAddr> {
    let listen: Listen = match &options.listen {
        Some(text) => text.parse().with_context(|| format!("--listen {text}"))?,
        // Nobody configured anything: stay on this machine.
        None if is_sample => Listen {
            host: Some("127.0.0.1".to_owned()),
            port: 7007,
        },
        None => config.backend.listen.clone(),
    };
    let host = match listen.host.as_deref() {
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        Some("localhost") => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Some(host) => host
            .parse()
            .with_context(|| format!("{host} is not an address to listen on"))?,
    };
    let no_ipv6 = || std::net::UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).is_err();
    let host = if listen.host.is_none() && no_ipv6() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED)
    } else {
        host
    };
    Ok(SocketAddr::new(host, listen.port))
}

fn data_folder(options: &Serve, config: &Config) -> PathBuf {
    options
        .data
        .clone()
        .or_else(|| config.callboard.data_dir.clone())
        .unwrap_or_else(|| PathBuf::from("callboard-data"))
}

/// An address that can be opened in a browser.
fn shown(address: SocketAddr) -> String {
    if address.ip().is_unspecified() || address.ip().is_loopback() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

/// Both signals that end the portal, heard from the moment this is made.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> Result<Self> {
        let listen = |kind| signal(kind).context("cannot listen for signals");
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    /// Ends when the process is told to stop; from then on the portal says that it is not ready.
    async fn stop(mut self, services: Services, delay: Duration) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        tracing::info!("stopping");
        services.begin_stop();
        tokio::time::sleep(delay).await;
    }
}

/// Gives memory back after each ingestion that needed much, for ever. It has to be polled on the main thread.
async fn collecting(services: &Services, collect: fn()) {
    loop {
        services.memory_freed().await;
        collect();
    }
}

async fn overdue(services: Services) {
    services.stopping().await;
    tokio::time::sleep(GRACE).await;
}
