// Finds out who runs the window, once.
import { isTauri } from "@tauri-apps/api/core";
import { bridgeAddress, bridgePlatform } from "./bridge";
import { tauriPlatform } from "./tauri";
import type { Platform } from "./types";

let found: Platform | null = null;

/** The host of this window. */
export function platform(): Platform {
  found ??= find();
  return found;
}

/** Puts another host in its place: for tests. */
export function usePlatformInTests(other: Platform | null): void {
  found = other;
}

function find(): Platform {
  if (isTauri()) return tauriPlatform();
  const address = bridgeAddress(window.location.hash, window.sessionStorage);
  if (address !== null) return bridgePlatform(address);
  throw new Error("Open this page from Atelier, or from `atelier bridge`: nothing here answers commands.");
}
