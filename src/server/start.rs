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
    Guest, Trust,
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
    let data = settings::data_folder(options.data.as_deref(), &config);
    let base = settings::base_folder(&options.config)?;

    // The address is taken first: a second portal on it should not touch the database of the first.
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let target = settings::database(&config, &data);
    let _lock = settings::lock(&target)?;
    let db = Db::open(&target).await?;
    let (catalog, portal) = contents(&config, &data, base, is_sample)?;
    let names_from = portal.names_from.clone();
    let guards = settings::guards(&config, &names_from)?;
    let sources = settings::sources(&db, &config, catalog, names_from.clone()).await?;
    let (services, follower) = Services::open(db.clone(), portal, sources, guards).await?;
    let jobs = jobs::start(&services, follower, names_from);
    warn_if_closed(&services);
    let app = router(services.clone());
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
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

/// Returns what the catalog is read from and what the portal says about itself: the configuration, or the sample.
fn contents(
    config: &Config,
    data: &Path,
    base: PathBuf,
    is_sample: bool,
) -> Result<(callboard_catalog::Settings, Portal)> {
    if !is_sample {
        let portal = Portal {
            title: config.app.title.clone(),
            organization: config.organization.name.clone(),
            home: config.callboard.home.clone(),
            names_from: base,
        };
        return Ok((settings::catalog(config), portal));
    }
    let folder = sample::unpack(data).context("cannot write the sample organisation")?;
    tracing::info!(folder = %folder.display(), "no app-config.yaml here: showing the sample organisation");
    let portal = Portal {
        title: "Callboard".to_owned(),
        organization: sample::organization(),
        home: callboard_config::Home::default(),
        names_from: folder.clone(),
    };
    Ok((sample::settings(&folder)?, portal))
}

/// Says how to let people in when nobody can come in but from this machine, or not even from there.
fn warn_if_closed(services: &Services) {
    let settings = services.identity().settings();
    if settings.providers.is_empty() && !services.door().is_open {
        tracing::info!(
            guest = settings.guest == Guest::Here,
            "no identity provider is configured: only requests of this machine are let in, if any; see sign-in.md"
        );
    }
    if services.identity().has_proxies() && services.door().trust == Trust::Nobody {
        tracing::warn!(
            "a proxy signs people in, and backend.trustProxy names none: its headers are not believed, nobody comes in"
        );
    }
    if services.door().is_open {
        tracing::warn!(
            "backend.auth.dangerouslyDisableDefaultAuthPolicy is on: nobody has to sign in"
        );
    }
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
