// The desktop window: commands and events over Tauri's IPC, pictures over its own protocol, the system's folder dialog.
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open } from "@tauri-apps/plugin-dialog";
import type { StudioEvent } from "../api/bindings";
import type { Platform } from "./types";

/** `listen` answers late; whoever stops earlier still stops. */
function stopLater(started: Promise<() => void>): () => void {
  return () => void started.then((stop) => stop());
}

export function tauriPlatform(): Platform {
  // `atelier://localhost/` on Linux and macOS, `http://atelier.localhost/` on Windows.
  const pictures = convertFileSrc("", "atelier");
  return {
    kind: "tauri",
    call: (command, input) => invoke(command, { input }),
    listen: (onEvent) => stopLater(listen<StudioEvent>("studio", (event) => onEvent(event.payload))),
    picture: (path) => pictures + path,
    pickFolder: (title, startAt) => open({ directory: true, title, defaultPath: startAt }),
    onFolderDrop: (onDrop) =>
      stopLater(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === "drop") onDrop(payload.paths);
        }),
      ),
  };
}
