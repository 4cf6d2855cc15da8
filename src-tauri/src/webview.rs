//! What the web engine must be told before it starts, and where it may go.
use tauri::Url;

/// The window shows its own pages and nothing else; links open in the person's browser or not at all.
pub fn is_ours(url: &Url) -> bool {
    matches!(url.scheme(), "tauri" | "atelier") || matches!(url.host_str(), Some("tauri.localhost"))
}

/// Prepares WebKitGTK: software painting without a GPU, and glyphs at their real widths.
#[cfg(target_os = "linux")]
pub fn prepare() {
    use gtk::prelude::GtkSettingsExt as _;

    // Without a render node the DMA-BUF renderer falls to software GL and costs 3-6x the CPU of plain painting.
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() && !has_render_node() {
        set_environment("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    if gtk::init().is_ok()
        && let Some(settings) = gtk::Settings::default()
    {
        // With hinting on, glyphs sit on whole pixels and words look uneven.
        settings.set_gtk_xft_hinting(0);
        settings.set_gtk_xft_hintstyle(Some("hintnone"));
    }
}

/// Other engines need nothing.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}

#[cfg(target_os = "linux")]
fn has_render_node() -> bool {
    std::fs::read_dir("/dev/dri").is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn set_environment(name: &str, value: &str) {
    // SAFETY: called first thing in main, before any other thread exists that could read the environment.
    unsafe { std::env::set_var(name, value) };
}
