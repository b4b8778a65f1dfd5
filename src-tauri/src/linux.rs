//! What WebKitGTK needs to be told on Linux.

use std::cell::RefCell;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager, WebviewWindow};
use webkit2gtk::{SettingsExt, WebView, WebViewExt};

use crate::exit;

const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// Both let another program drive the page; wry and tauri read them.
const AUTOMATION: [&str; 2] = ["TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION"];

/// More deaths of the web process than this within [`MINUTE`] end the program.
const DEATHS_BORNE: usize = 3;
const MINUTE: Duration = Duration::from_secs(60);

/// First of all, before GTK: is there a display, and is the environment right? When it is not, this process becomes
/// itself again in the right one, because a running process cannot safely change its own environment.
///
/// # Errors
/// One line for the person who started the program without a display.
pub fn prepare() -> Result<(), &'static str> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Err(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set); xvfb-run gives a virtual one.",
        );
    }
    // Without a GPU the DMABUF renderer goes through a software GPU: slow, and a second window stays blank. With one,
    // the variable itself blanks the window on some drivers, so it is set only where there is no render node.
    let wants_dmabuf_off = !set(DMABUF) && !has_render_node();
    let wants_automation_off = !cfg!(debug_assertions) && AUTOMATION.into_iter().any(set);
    if !wants_dmabuf_off && !wants_automation_off {
        return Ok(());
    }
    let Ok(program) = std::env::current_exe() else { return Ok(()) };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    if wants_dmabuf_off {
        again.env(DMABUF, "1");
    }
    if wants_automation_off {
        for name in AUTOMATION {
            again.env_remove(name);
        }
    }
    // `exec` returns only when it failed. A slow window is better than none; an open one is not.
    let failure = again.exec();
    eprintln!("could not start anew with the right environment: {failure}");
    if wants_automation_off { Err("This program may not be driven by another one.") } else { Ok(()) }
}

/// Takes from the page what a counter has no use for, and brings it back when its web process dies.
pub fn harden(window: &WebviewWindow) -> tauri::Result<()> {
    let app = window.app_handle().clone();
    window.with_webview(move |platform| {
        let view = platform.inner();
        view.connect_context_menu(|_, _, _, _| true);
        if let Some(settings) = WebViewExt::settings(&view) {
            // A camera's raw stream can crash the web process; cameras are the desk's matter, not the page's.
            settings.set_enable_media_stream(false);
            settings.set_enable_back_forward_navigation_gestures(false);
        }
        let deaths = RefCell::new(Vec::new());
        view.connect_web_process_terminated(move |view, why| {
            tracing::error!(?why, "the web process ended");
            revive(view, &app, &mut deaths.borrow_mut());
        });
    })
}

/// Loads the page again; without this the last picture stays on the screen and answers nothing. Nothing is lost: what
/// the page shows lives in the desk.
fn revive(view: &WebView, app: &AppHandle, deaths: &mut Vec<Instant>) {
    let now = Instant::now();
    deaths.retain(|death| now.duration_since(*death) < MINUTE);
    deaths.push(now);
    if deaths.len() > DEATHS_BORNE {
        app.exit(exit::WEB_VIEW_DIED);
    } else {
        view.reload();
    }
}

fn has_render_node() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}
