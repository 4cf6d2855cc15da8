//! Forwards what the studio says unasked to the window.
use std::sync::Arc;

use atelier_studio::Studio;
use tauri::{AppHandle, Emitter as _};

/// Emits every [`atelier_studio::api::StudioEvent`] as the window event `studio`.
pub fn forward(app: AppHandle, studio: &Arc<Studio>) {
    let mut events = studio.events();
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.next().await {
            if let Err(error) = app.emit("studio", event) {
                tracing::debug!(%error, "the window is gone");
                return;
            }
        }
    });
}
