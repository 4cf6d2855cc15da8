//! Declares one Tauri permission per studio command, so that a capability can say which window may call which.
#[macro_use]
#[path = "crates/atelier-studio/src/commands.rs"]
mod commands;

macro_rules! names {
    ($($name:ident($input:ident) -> $output:ident, $doc:literal;)*) => { &[$(stringify!($name)),*] };
}

fn main() {
    println!("cargo:rerun-if-changed=crates/atelier-studio/src/commands.rs");
    // The pages are embedded when the crate is compiled: without this a newer build of them would stay outside.
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands: &'static [&'static str] = with_commands!(names);
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(commands));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
