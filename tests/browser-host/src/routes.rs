//! The doors of the page over HTTP: `POST /desk`, `GET /view` (server-sent events), `GET /picture/NAME`, and its files.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{Path as UrlPath, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use desk::compose::Station;
use desk::contract::{Fault, Request, View};
use desk::fault::{Trouble, at_start};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::files;

#[derive(Clone)]
pub struct Host {
    pub station: Arc<Station>,
    pub views: watch::Receiver<Option<View>>,
    /// Folder of the built page.
    pub ui: Arc<Path>,
}

pub fn router(host: Host) -> Router {
    Router::new()
        .route("/desk", post(desk))
        .route("/view", get(view))
        .route("/picture/{name}", get(picture))
        .fallback(get(file))
        .with_state(host)
}

/// What `POST /desk` answers: `{"ok":true}` or `{"ok":false,"fault":…}`.
#[derive(Serialize)]
struct Answer {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Fault>,
}

async fn desk(State(host): State<Host>, Json(request): Json<Request>) -> Json<Answer> {
    let station = host.station;
    let answer = spawn_blocking(move || station.ask(request))
        .await
        .unwrap_or_else(|_| Err(at_start(&Trouble::of("desk.stopped"))));
    Json(Answer { ok: answer.is_ok(), fault: answer.err() })
}

/// The view as it is now, and every newer one.
async fn view(State(host): State<Host>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut views = host.views;
    views.mark_changed();
    let events = stream::unfold(views, |mut views| async move {
        loop {
            views.changed().await.ok()?;
            let text = views.borrow_and_update().as_ref().map(|view| serde_json::json!(view).to_string());
            if let Some(text) = text {
                return Some((Ok(Event::default().data(text)), views));
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn picture(State(host): State<Host>, UrlPath(name): UrlPath<String>) -> Response {
    let station = host.station;
    match spawn_blocking(move || station.picture(&name)).await.ok().flatten() {
        Some((bytes, media_type)) => ([(header::CONTENT_TYPE, media_type)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn file(State(host): State<Host>, uri: Uri) -> Response {
    let Some(path) = files::inside(&host.ui, uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = files::media_type(&path);
    match spawn_blocking(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => ([(header::CONTENT_TYPE, media_type)], bytes).into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
