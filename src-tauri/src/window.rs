//! The windows, built in code because they depend on the station and on the screen.

use desk::contract::View;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::fault_page;

/// Label of the clerk's window; `capabilities/counter.json` opens the two commands to it alone.
pub const COUNTER: &str = "counter";

/// The page's own ground colour (`--page`), so that nothing flashes white before the first paint.
const GROUND: Color = Color(246, 242, 234, 255);

/// Opens the clerk's window. In training it is an ordinary window that says so; in production it fills the screen and
/// cannot be closed by the person in front of it.
pub fn counter(app: &AppHandle, view: &View) -> tauri::Result<()> {
    let training = view.station.training;
    let name = &view.station.window_name;
    let title = if training { format!("培训模式 · {name}") } else { name.clone() };
    let window = closed_to_the_world(app, COUNTER, WebviewUrl::default(), page_of_ours)
        .title(title)
        .decorations(training)
        .resizable(training)
        .always_on_top(!training)
        .skip_taskbar(!training)
        .build()?;
    harden(&window)?;
    if training {
        window.maximize()?;
        window.show()
    } else {
        window.on_window_event(|event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
            }
        });
        // Shown before it fills the screen: some window managers ignore the wish of a window they have not mapped.
        window.show()?;
        window.set_fullscreen(true)
    }
}

/// Opens the page that says why the station did not start. It has no capability and no script.
pub fn fault(app: &AppHandle) -> tauri::Result<()> {
    let url = WebviewUrl::CustomProtocol(fault_page::url());
    let window = closed_to_the_world(app, "fault", url, |url| url.scheme() == fault_page::SCHEME)
        .title("未能启动")
        .inner_size(900.0, 560.0)
        .center()
        .disable_javascript()
        .build()?;
    harden(&window)?;
    window.show()
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// A hidden window whose page can neither leave, open another, download, nor ask for a camera.
fn closed_to_the_world<'a>(app: &'a AppHandle, label: &str, url: WebviewUrl, ours: fn(&Url) -> bool) -> Builder<'a> {
    WebviewWindowBuilder::new(app, label, url)
        .visible(false)
        .inner_size(1366.0, 768.0)
        .background_color(GROUND)
        .incognito(!driven())
        .devtools(cfg!(debug_assertions))
        .zoom_hotkeys_enabled(false)
        .general_autofill_enabled(false)
        .browser_extensions_enabled(false)
        .on_navigation(ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
}

/// The embedded page: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn page_of_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Whether a test drives the page. Such a page cannot be incognito: the driver reaches only the shared web context.
fn driven() -> bool {
    cfg!(debug_assertions) && std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true")
}

#[cfg(target_os = "linux")]
fn harden(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    crate::linux::harden(window)
}

#[cfg(not(target_os = "linux"))]
fn harden(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
