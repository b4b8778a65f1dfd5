//! The two commands of the page. Each is one line of forwarding to the station.

use std::sync::{Arc, PoisonError, RwLock};

use desk::compose::Station;
use desk::contract::{Fault, Request};
use desk::fault::Trouble;
use tauri::State;
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::Response;

/// Asks the desk for something. Resolves when it is decided and durable; rejects with the fault, already in words.
#[tauri::command]
pub async fn desk(request: Request, seat: State<'_, Seat>) -> Result<(), Fault> {
    let station = seat.station().ok_or_else(stopped)?;
    spawn_blocking(move || station.ask(request)).await.unwrap_or_else(|_| Err(stopped()))
}

/// The bytes of a picture the view names, as an `ArrayBuffer`. Rejects when there is no such picture.
#[tauri::command]
pub async fn picture(name: String, seat: State<'_, Seat>) -> Result<Response, ()> {
    let station = seat.station().ok_or(())?;
    let found = spawn_blocking(move || station.picture(&name)).await.ok().flatten();
    found.map(|(bytes, _media_type)| Response::new(bytes)).ok_or(())
}

/// What is said when there is no station any more, or none yet.
pub fn stopped() -> Fault {
    desk::fault::at_start(&Trouble::of("desk.stopped"))
}

/// Holds the running station, from start to exit.
#[derive(Default)]
pub struct Seat(RwLock<Option<Arc<Station>>>);

impl Seat {
    pub fn take(&self, station: Station) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(station));
    }

    /// Lets the station go; it stops when the last request in flight has its answer.
    pub fn leave(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn station(&self) -> Option<Arc<Station>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
