//! Serves the built page on this machine, under headers as strict as a careful host's.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};

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

const HEADERS: [(&str, &str); 4] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
    ),
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
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        println!("Serving on http://{}/", listener.local_addr()?);
        std::io::stdout().flush()?;
        let files = ServeDir::new(&options.dist).precompressed_br();
        let mut app = Router::new().fallback_service(files);
        for (name, value) in HEADERS {
            app = app.layer(SetResponseHeaderLayer::overriding(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            ));
        }
        Ok(axum::serve(listener, app).await?)
    })
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
