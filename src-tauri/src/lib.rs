//! The Atelier window: a thin skin over the studio.
//!
//! [`commands`] wraps the studio's command list one to one, [`events`] forwards what the studio says unasked,
//! [`pictures`] answers the `atelier://` protocol, [`webview`] prepares the engine before it starts. No key
//! material passes through here, and nothing is decided here.
mod commands;
mod events;
mod pictures;
mod webview;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use atelier_studio::{Studio, StudioConfig, api::OpenProject};
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// Opens the window; `atelier-window [PROJECT]` opens it on that project.
///
/// # Errors
/// When the webview or the studio cannot start.
#[allow(clippy::exit, reason = "Tauri's own macro ends the program where it cannot make its context")]
pub fn run() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    webview::prepare();
    let project = std::env::args_os().nth(1).map(PathBuf::from);
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .register_asynchronous_uri_scheme_protocol("atelier", |context, request, responder| {
            pictures::answer(context.app_handle(), request.uri(), responder);
        })
        .setup(move |app| {
            use tauri::Manager as _;
            let mut config = StudioConfig::for_this_user()?;
            config.resources = app.path().resource_dir().ok();
            let studio = tauri::async_runtime::block_on(async { Studio::new(config) })?;
            if let Some(dir) = project {
                let open = OpenProject { dir: dir.to_string_lossy().into_owned() };
                // A project that cannot be opened still opens the window: the shelf says why.
                if let Err(error) = tauri::async_runtime::block_on(studio.project_open(open)) {
                    tracing::warn!(code = error.code(), "{error}");
                }
            }
            events::forward(app.handle().clone(), &studio);
            #[cfg(unix)]
            leave_when_told(app.handle().clone());
            app.manage(Arc::clone(&studio));
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Atelier")
                .inner_size(1280.0, 800.0)
                .min_inner_size(1024.0, 640.0)
                .on_navigation(webview::is_ours)
                .build()?;
            window.show()?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window could not be built")?
        .run(|app, event| {
            if let tauri::RunEvent::Exit = event {
                use tauri::Manager as _;
                if let Some(studio) = app.try_state::<Arc<Studio>>() {
                    tauri::async_runtime::block_on(studio.shut_down());
                }
            }
        });
    Ok(())
}

/// A log-out or a shut-down asks with a signal: the work is then put down as when the window is closed.
#[cfg(unix)]
fn leave_when_told(app: tauri::AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};

    tauri::async_runtime::spawn(async move {
        match signal(SignalKind::terminate()) {
            Ok(mut told) => {
                told.recv().await;
                app.exit(0);
            }
            Err(error) => tracing::warn!(%error, "the signal to end is not heard"),
        }
    });
}
