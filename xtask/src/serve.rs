//! Serves the built page on this machine, under headers as strict as a careful host's.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::{HeaderName, HeaderValue};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{Options, build};

const FIRST_PORT: u16 = 8080;

/// How many ports are tried when the first is taken.
const PORTS: u16 = 20;

/// A policy as strict as the widget runs under.
const POLICY: (&str, &str) = (
    "content-security-policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
);

const HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-cache"),
];

pub fn serve(options: &Options) -> Result<()> {
    if options.build {
        build::build(options)?;
    }
    if !options.dist.join("index.html").exists() {
        bail!(
            "{} holds no page: leave out --no-build",
            options.dist.display()
        );
    }
    runtime()?.block_on(async {
        let listener = listen(options.port).await?;
        println!("Serving on http://{}/", listener.local_addr()?);
        std::io::stdout().flush()?;
        let app = with_header(site(&options.dist), POLICY);
        Ok(axum::serve(listener, app).await?)
    })
}

/// Serves a folder until this program ends, without the policy: what the widget is compared with does not run under it.
pub fn serve_beside(folder: &Path) -> Result<SocketAddr> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let app = site(folder);
    let runtime = runtime()?;
    std::thread::spawn(move || {
        let served = runtime.block_on(async {
            let listener = TcpListener::from_std(listener)?;
            axum::serve(listener, app).await
        });
        if let Err(error) = served {
            eprintln!("the server ended: {error}");
        }
    });
    Ok(address)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    Ok(runtime.enable_io().build()?)
}

/// The files of a folder, compressed where a compressed copy lies beside one.
fn site(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br();
    let app = Router::new().fallback_service(files);
    HEADERS.into_iter().fold(app, with_header)
}

fn with_header(app: Router, (name, value): (&'static str, &'static str)) -> Router {
    app.layer(SetResponseHeaderLayer::overriding(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    ))
}

/// Listens on the port asked for, or on the first free one.
async fn listen(port: Option<u16>) -> Result<TcpListener> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        let bound = TcpListener::bind(at(port)).await;
        return bound.with_context(|| format!("port {port} cannot be used"));
    }
    for port in FIRST_PORT..FIRST_PORT + PORTS {
        if let Ok(listener) = TcpListener::bind(at(port)).await {
            return Ok(listener);
        }
    }
    bail!(
        "ports {FIRST_PORT} to {} are all taken: name one by --port",
        FIRST_PORT + PORTS - 1
    )
}
