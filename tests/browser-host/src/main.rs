//! `browser-host --station FILE --ui DIR [--port N]`: the same desk behind a page in an ordinary browser, on loopback.
//!
//! It stands in for the window in browser tests and in design work. It is never shipped: the shipped shell contains no
//! server. One line on standard output says where it is; it serves until its standard input closes.

mod files;
mod routes;

use std::future::IntoFuture;
use std::io::{Read, Write};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use desk::compose::Station;
use desk::contract::View;
use tokio::net::TcpListener;
use tokio::sync::watch;

#[derive(Parser)]
struct Arguments {
    /// The station to open.
    #[arg(long)]
    station: PathBuf,
    /// The page built for a browser, ui/dist-browser.
    #[arg(long)]
    ui: PathBuf,
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// Why the host does not serve.
#[derive(Debug, thiserror::Error)]
enum HostError {
    #[error("the station did not start: {code}: {what}")]
    Start { code: String, what: String },
    #[error("port {port} of 127.0.0.1 could not be opened")]
    Listen { port: u16, source: std::io::Error },
    #[error("serving ended")]
    Serve { source: std::io::Error },
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "browser-host");
            ExitCode::from(5)
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), HostError> {
    let (say, views) = watch::channel(None::<View>);
    let station = tokio::task::block_in_place(|| {
        Station::start(&arguments.station, move |view| {
            // The last view stays in the channel also while nobody listens.
            say.send_replace(Some(view));
        })
    })
    .map_err(|fault| HostError::Start { code: fault.code, what: fault.what })?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .map_err(|source| HostError::Listen { port: arguments.port, source })?;
    let address = listener.local_addr().map_err(|source| HostError::Serve { source })?;
    let host = routes::Host { station: Arc::new(station), views, ui: arguments.ui.into() };
    println!("{}", serde_json::json!({ "url": format!("http://{address}") }));
    // A reader that has gone away will also have closed our standard input.
    let _ = std::io::stdout().flush();
    // A page's event stream never ends, so there is nothing to wait for when the input closes.
    tokio::select! {
        ended = axum::serve(listener, routes::router(host)).into_future() => {
            ended.map_err(|source| HostError::Serve { source })
        }
        _ = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())) => Ok(()),
    }
}
