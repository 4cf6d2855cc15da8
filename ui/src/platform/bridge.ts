// The same window in a browser, over the command line's loopback bridge. Only tests and screenshots use it.
import type { StudioEvent } from "../api/bindings";
import type { Platform } from "./types";

/** Where the bridge listens, and the word it wants to hear. */
export type BridgeAddress = { base: string; token: string };

const KEY = "atelier.bridge";

/** Reads `#bridge=…&token=…`, or what an earlier load of this tab kept. */
export function bridgeAddress(hash: string, storage: Storage): BridgeAddress | null {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const base = given.get("bridge");
  const token = given.get("token");
  if (base !== null && token !== null) {
    const address = { base: base.replace(/\/$/, ""), token };
    storage.setItem(KEY, JSON.stringify(address));
    return address;
  }
  const kept = storage.getItem(KEY);
  return kept === null ? null : (JSON.parse(kept) as BridgeAddress);
}

export function bridgePlatform({ base, token }: BridgeAddress): Platform {
  return {
    kind: "bridge",
    async call(command, input) {
      const answer = await fetch(`${base}/command/${command}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      const body: unknown = await answer.json();
      if (!answer.ok) throw body;
      return body;
    },
    listen(onEvent, onReconnect) {
      const source = new EventSource(`${base}/events?token=${encodeURIComponent(token)}`);
      let opened = false;
      source.addEventListener("message", (event) => onEvent(JSON.parse(event.data as string) as StudioEvent));
      source.addEventListener("open", () => {
        if (opened) onReconnect();
        opened = true;
      });
      return () => source.close();
    },
    picture: (path) => `${base}/pictures/${path}${path.includes("?") ? "&" : "?"}token=${encodeURIComponent(token)}`,
    // A browser does not tell a page where a folder is. The path is typed.
    pickFolder: (title, startAt) => Promise.resolve(window.prompt(title, startAt ?? "") || null),
    onFolderDrop: () => () => undefined,
  };
}
