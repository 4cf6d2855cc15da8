// What the window asks of whatever runs it. Two hosts: Tauri, and the loopback bridge of the command line (tests).
import type { StudioEvent } from "../api/bindings";

/** The host of the window. */
export type Platform = {
  readonly kind: "tauri" | "bridge";
  /** Runs one command. Rejects with an `ErrorReport` where the studio said no, with an `Error` where nobody answered. */
  call(command: string, input: unknown): Promise<unknown>;
  /** Hears what the studio says unasked. `onReconnect` runs when something may have been missed. */
  listen(onEvent: (event: StudioEvent) => void, onReconnect: () => void): () => void;
  /** The full address of a picture from its path under the picture protocol. */
  picture(path: string): string;
  /** Asks the person for a folder; `null` when they changed their mind. */
  pickFolder(title: string, startAt?: string): Promise<string | null>;
  /** Folders dropped on the window. */
  onFolderDrop(onDrop: (paths: string[]) => void): () => void;
};
