//! The reading room: pages on the record, made on this computer and shown on loopback only.
//!
//! A client of the `chancery` library like any other: pages read its views, one file a page. Each request opens the
//! record for reading, so a build that ends meanwhile is seen at the next click.

mod actor;
mod cache;
mod chart;
mod cite;
mod correct;
mod data;
mod decide;
mod event;
mod forms;
mod guard;
mod home;
mod later;
mod lists;
mod map;
mod network;
mod outlet;
mod page;
mod places;
mod report;
mod review;
mod scale;
mod search;
mod series;
mod statement;
mod story;
mod tables;
mod timeline;

use crate::out::Out;
use anyhow::Context;
use axum::Router;
use axum::extract::{Path as At, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use chancery::{EngineError, Store};
use maud::Markup;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What all requests share.
#[derive(Debug)]
pub struct Room {
    record: PathBuf,
    port: u16,
    token: String,
    who: String,
    /// One writer at a time.
    writing: std::sync::Mutex<()>,
    /// Pages made of the record as it is.
    pages: cache::Pages,
    /// Decisions that are yet to be worked in.
    later: later::Later,
}

/// The parameters of a request.
pub type Asked = BTreeMap<String, String>;

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum Fault {
    /// There is no such thing.
    Missing(String),
    /// The request makes no sense or is not allowed.
    Refused(StatusCode, String),
    /// The record.
    Record(String),
}

impl From<EngineError> for Fault {
    fn from(e: EngineError) -> Self {
        match e {
            EngineError::NoReport(_) | EngineError::NoActor { .. } => Self::Missing(e.to_string()),
            EngineError::Decision(_) => Self::Refused(StatusCode::BAD_REQUEST, e.to_string()),
            e => Self::Record(e.to_string()),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (code, head, why) = match self {
            Self::Missing(why) => (StatusCode::NOT_FOUND, "Not in the record", why),
            Self::Refused(code, why) => (code, "Refused", why),
            Self::Record(why) => (StatusCode::INTERNAL_SERVER_ERROR, "The record cannot be read", why),
        };
        (code, Html(page::fault(head, &why).into_string())).into_response()
    }
}

/// Opens the record and makes an answer, away from the threads that listen.
async fn answer<T: IntoResponse + Send + 'static>(
    room: Arc<Room>,
    make: impl FnOnce(&Store) -> Result<T, Fault> + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let store = Store::open_read_only(&room.record).map_err(|e| Fault::Record(e.to_string()))?;
        make(&store)
    });
    match made.await {
        Ok(Ok(t)) => t.into_response(),
        Ok(Err(fault)) => fault.into_response(),
        Err(_) => Fault::Record("the page could not be made; the terminal says why".into()).into_response(),
    }
}

type Shared = State<Arc<Room>>;

/// A page that depends on the parameters only.
fn plain(make: fn(&Store, &Room, &Asked) -> Result<Markup, Fault>) -> axum::routing::MethodRouter<Arc<Room>> {
    get(move |State(room): Shared, uri: Uri, Query(asked): Query<Asked>| {
        // The network is drawn by months.
        let months = uri.path() == "/network";
        page_of(room, uri, move |store, room| {
            let asked = if months { asked } else { forms::whole_days(asked)? };
            make(store, room, &asked)
        })
    })
}

/// A page on one thing.
fn one(
    make: fn(&Store, &Room, &str, &Asked) -> Result<Markup, Fault>,
) -> axum::routing::MethodRouter<Arc<Room>> {
    get(move |State(room): Shared, uri: Uri, At(id): At<String>, Query(asked): Query<Asked>| {
        page_of(room, uri, move |store, room| make(store, room, &id, &asked))
    })
}

/// A page as it was made before, if the record has not changed since; else made now.
async fn page_of(
    room: Arc<Room>,
    uri: Uri,
    make: impl FnOnce(&Store, &Room) -> Result<Markup, Fault> + Send + 'static,
) -> Response {
    let r = Arc::clone(&room);
    answer(room, move |store| {
        let version = cache::Version::of(&r.record);
        let address = uri.to_string();
        if let Some(kept) = r.pages.get(version, &address) {
            return Ok(Html(kept));
        }
        let made = make(store, &r)?.into_string();
        // What waits to be worked in is no part of the record.
        if !address.starts_with("/review") {
            r.pages.put(version, address, &made);
        }
        Ok(Html(made))
    })
    .await
}

/// The rows of a table whose column has a value.
fn rows<R: chancery_model::schema::Row>(store: &Store, column: &str, value: &str) -> Result<Vec<R>, Fault> {
    let value = chancery_model::schema::Value::Text(value.to_owned());
    store.rows(Some((column, value))).map_err(|e| Fault::Record(e.to_string()))
}

fn asset(kind: &'static str, body: &'static str) -> axum::routing::MethodRouter<Arc<Room>> {
    get(move || async move { ([(header::CONTENT_TYPE, kind)], body) })
}

fn router(room: Arc<Room>) -> Router {
    Router::new()
        .route("/", plain(home::page))
        .route("/report/{id}", one(report::page))
        .route("/statement/{id}", one(statement::page))
        .route("/event/{id}", one(event::page))
        .route("/actor/{id}", one(actor::page))
        .route("/place/{id}", one(places::place))
        .route("/outlet/{name}", one(outlet::page))
        .route("/series/{id}", one(series::page))
        .route("/story", plain(story::page))
        .route("/events", plain(lists::events))
        .route("/statements", plain(lists::statements))
        .route("/reports", plain(lists::reports))
        .route("/actors", plain(lists::actors))
        .route("/places", plain(places::list))
        .route("/network", plain(network::page))
        .route("/series", plain(lists::series))
        .route("/figures", plain(lists::figures))
        .route("/origins", plain(lists::origins))
        .route("/outlets", plain(lists::outlets))
        .route("/disagreements", plain(lists::disagreements))
        .route("/search", plain(search::page))
        .route("/tables", plain(tables::list))
        .route("/review", plain(review::page))
        .route(
            "/table/{file}",
            get(|State(room): Shared, At(file): At<String>| {
                answer(room, move |store| tables::file(store, &file))
            }),
        )
        .route(
            "/data/{file}",
            get(|State(room): Shared, At(file): At<String>, Query(asked): Query<Asked>| {
                answer(room, move |store| {
                    let asked = if file.starts_with("network") { asked } else { forms::whole_days(asked)? };
                    data::file(store, &file, &asked)
                })
            }),
        )
        .route(
            "/cite/{report}/{span}",
            get(|State(room): Shared, At((report, span)): At<(String, String)>| {
                answer(room, move |store| cite::cite(store, &report, &span))
            }),
        )
        .route("/decisions.jsonl", get(|State(room): Shared| answer(room, review::download)))
        .route("/decide", post(decide::decide))
        .route("/undo", post(decide::undo))
        .route("/assets/style.css", asset("text/css; charset=utf-8", include_str!("assets/style.css")))
        .route("/assets/room.js", asset("text/javascript; charset=utf-8", include_str!("assets/room.js")))
        .route("/assets/icon.svg", asset("image/svg+xml", include_str!("assets/icon.svg")))
        .fallback(|| async { Fault::Missing("There is no page of this name.".into()) })
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&room), guard::guard))
        .with_state(room)
}

/// Serves the record until it is told to stop.
pub fn serve(record: &Path, port: u16, open: bool, who: &str, out: &Out) -> anyhow::Result<()> {
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    threads.context("the server cannot start")?.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
            format!("port {port} cannot be used, perhaps because another `chancery serve` runs; give another with --port, or --port 0 for any")
        })?;
        let port = listener.local_addr()?.port();
        let room = Arc::new(Room {
            record: record.to_owned(),
            port,
            token: token()?,
            who: who.to_owned(),
            writing: std::sync::Mutex::new(()),
            pages: cache::Pages::default(),
            later: later::Later::default(),
        });
        let waits = Store::open_read_only(record).ok().and_then(|s| chancery::waits(&s).ok());
        if waits == Some(true) {
            later::start(&room);
        }
        // The first screen is made before anybody asks for it; what goes wrong is said when somebody does.
        drop(tokio::spawn(page_of(Arc::clone(&room), Uri::from_static("/"), |store, room| {
            home::page(store, room, &Asked::new())
        })));
        let address = format!("http://127.0.0.1:{port}/");
        out.line(&address)?;
        out.note("The reading room is open, on this computer only. Ctrl-C closes it.");
        if open {
            open_browser(&address);
        }
        let stop = async {
            // Without a signal to wait for, it runs until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(room)).with_graceful_shutdown(stop).await?;
        Ok(())
    })
}

/// A secret that only pages of this run know, so that no other site can write.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no random numbers from the system: {e}"))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Asks the system for its browser; where there is none, the address was printed.
fn open_browser(address: &str) {
    use std::process::{Command, Stdio};
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = Command::new(program)
        .args(before)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
