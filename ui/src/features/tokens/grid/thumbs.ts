// Sharp thumbnails: fetched as they come into view, decoded off the main thread, forgotten when long unseen.
import { Lru } from "./lru";

/** Bitmaps kept: some fifteen screens. */
const KEPT = 900;
/** Requests at once; more only wait on the webview's own door. */
const IN_FLIGHT = 12;

/** One wanted picture: `key` changes when its bytes do. */
export type Wanted = { readonly key: string; readonly url: string };

/** Fetches one picture. */
export type Load = (url: string, signal: AbortSignal) => Promise<ImageBitmap>;

export const loadBitmap: Load = async (url, signal) => {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`picture: ${answer.status}`);
  return createImageBitmap(await answer.blob());
};

export class Thumbs {
  readonly #kept = new Lru<string, ImageBitmap>(KEPT, (bitmap) => bitmap.close());
  readonly #flying = new Map<string, AbortController>();
  readonly #broken = new Set<string>();
  #queue: readonly Wanted[] = [];
  readonly #arrived: () => void;
  readonly #load: Load;

  constructor(arrived: () => void, load: Load = loadBitmap) {
    this.#arrived = arrived;
    this.#load = load;
  }

  get(key: string): ImageBitmap | undefined {
    return this.#kept.get(key);
  }

  /** True where the picture could not be read. */
  isBroken(key: string): boolean {
    return this.#broken.has(key);
  }

  /** What is wanted now, the most wanted first. What flies for somebody else is called back. */
  want(wanted: readonly Wanted[]): void {
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, flight] of this.#flying) {
      if (!keys.has(key)) {
        flight.abort();
        this.#flying.delete(key);
      }
    }
    this.#queue = wanted;
    this.#next();
  }

  close(): void {
    for (const flight of this.#flying.values()) flight.abort();
    this.#flying.clear();
    this.#queue = [];
    this.#kept.clear();
  }

  #next(): void {
    for (const { key, url } of this.#queue) {
      if (this.#flying.size >= IN_FLIGHT) return;
      if (this.#kept.has(key) || this.#flying.has(key) || this.#broken.has(key)) continue;
      const flight = new AbortController();
      this.#flying.set(key, flight);
      void this.#fly(key, url, flight);
    }
  }

  async #fly(key: string, url: string, flight: AbortController): Promise<void> {
    try {
      const bitmap = await this.#load(url, flight.signal);
      if (flight.signal.aborted) bitmap.close();
      else this.#kept.set(key, bitmap);
    } catch {
      if (!flight.signal.aborted) this.#broken.add(key);
    }
    if (flight.signal.aborted) return;
    this.#flying.delete(key);
    this.#arrived();
    this.#next();
  }
}
