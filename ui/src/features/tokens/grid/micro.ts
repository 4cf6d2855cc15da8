// The micro-atlas: every token in 16 px, 4,096 to a page, so that no cell is ever blank while the sharp one comes.
import { loadBitmap } from "./thumbs";
import { Lru } from "./lru";

const SIDE = 16;
const ACROSS = 64;
/** Pages kept decoded, 4 MB each. 10,000 tokens have three. */
const KEPT = 12;

export class Micro {
  readonly #pages = new Lru<number, ImageBitmap>(KEPT, (page) => page.close());
  readonly #asked = new Set<number>();
  readonly #stop = new AbortController();
  readonly #url: (page: number) => string;
  readonly #count: number;
  readonly #arrived: () => void;

  constructor(count: number, url: (page: number) => string, arrived: () => void) {
    this.#count = count;
    this.#url = url;
    this.#arrived = arrived;
  }

  /** Draws a token's 16 px into a square; false where its page has not come (it is asked for). */
  draw(context: CanvasRenderingContext2D, id: number, x: number, y: number, size: number): boolean {
    const at = (id - 1) >> 12;
    const page = this.#pages.get(at);
    if (page === undefined) {
      this.#ask(at);
      return false;
    }
    const cell = (id - 1) & 4095;
    context.drawImage(page, (cell % ACROSS) * SIDE, Math.floor(cell / ACROSS) * SIDE, SIDE, SIDE, x, y, size, size);
    return true;
  }

  close(): void {
    this.#stop.abort();
    this.#pages.clear();
  }

  #ask(page: number): void {
    if (page >= this.#count || this.#asked.has(page)) return;
    this.#asked.add(page);
    void loadBitmap(this.#url(page), this.#stop.signal).then(
      (bitmap) => {
        if (this.#stop.signal.aborted) {
          bitmap.close();
          return;
        }
        this.#pages.set(page, bitmap);
        // A page that fell out of the store may be asked for again.
        this.#asked.delete(page);
        this.#arrived();
      },
      () => undefined,
    );
  }
}
