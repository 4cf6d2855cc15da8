/** The most recently used, at most `size` of them; what falls out is closed. */
export class Lru<Key, Value> {
  readonly #held = new Map<Key, Value>();
  readonly #size: number;
  readonly #close: (value: Value) => void;

  constructor(size: number, close: (value: Value) => void) {
    this.#size = size;
    this.#close = close;
  }

  get size(): number {
    return this.#held.size;
  }

  has(key: Key): boolean {
    return this.#held.has(key);
  }

  /** The value, which thereby is the most recent. */
  get(key: Key): Value | undefined {
    const value = this.#held.get(key);
    if (value === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    const before = this.#held.get(key);
    if (before !== undefined && before !== value) this.#close(before);
    this.#held.delete(key);
    this.#held.set(key, value);
    for (const [oldest, old] of this.#held) {
      if (this.#held.size <= this.#size) break;
      this.#held.delete(oldest);
      this.#close(old);
    }
  }

  clear(): void {
    for (const value of this.#held.values()) this.#close(value);
    this.#held.clear();
  }
}
