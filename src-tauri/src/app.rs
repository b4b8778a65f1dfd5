//! The life of the window: start the station, show it, and let it go in good order.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use desk::compose::Station;
use desk::contract::Fault;
use tauri::{AppHandle, Emitter, Manager, RunEvent};

use crate::doors::{self, Seat};
use crate::fault_page::{self, StartFault};
use crate::{exit, window};

/// Runs until the window is closed, and gives the exit code: 0, or that of a fault which kept the station from starting.
pub fn run(station: PathBuf) -> tauri::Result<ExitCode> {
    let app = tauri::Builder::default()
        .manage(Seat::default())
        .manage(StartFault::default())
        .register_uri_scheme_protocol(fault_page::SCHEME, |context, _| fault_page::answer(context.app_handle()))
        .invoke_handler(tauri::generate_handler![doors::desk, doors::picture])
        .setup(move |app| Ok(open(app.handle(), &station)?))
        .build(tauri::generate_context!())?;
    let handle = app.handle().clone();
    let code = app.run_return(|app, event| {
        // The station's thread holds the app, and the app holds the station: somebody has to let go first.
        if let RunEvent::Exit = event {
            app.state::<Seat>().leave();
        }
    });
    let start_fault = handle.state::<StartFault>().get().map(exit::code_of);
    Ok(ExitCode::from(start_fault.unwrap_or_else(|| u8::try_from(code).unwrap_or(exit::BROKEN))))
}

/// Opens the station's window, or the page that says why there is none.
fn open(app: &AppHandle, path: &Path) -> tauri::Result<()> {
    match start(app, path) {
        Ok(view) => window::counter(app, &view),
        Err(fault) => {
            tracing::error!(code = fault.code, what = fault.what, "the station did not start");
            app.state::<StartFault>().set(fault);
            window::fault(app)
        }
    }
}

fn start(app: &AppHandle, path: &Path) -> Result<desk::contract::View, Fault> {
    let listener = app.clone();
    let station = Station::start(path, move |view| {
        if let Err(failure) = listener.emit_to(window::COUNTER, "view", view) {
            tracing::warn!(%failure, "a view did not reach the page");
        }
    })?;
    let view = station.view().ok_or_else(doors::stopped)?;
    app.state::<Seat>().take(station);
    Ok(view)
}
