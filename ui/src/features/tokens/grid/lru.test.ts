import { expect, test } from "vitest";
import { Lru } from "./lru";

test("the least recently used falls out and is closed once", () => {
  const closed: string[] = [];
  const lru = new Lru<number, string>(2, (value) => closed.push(value));
  lru.set(1, "one");
  lru.set(2, "two");
  expect(lru.get(1), "a look keeps it").toBe("one");
  lru.set(3, "three");
  expect(closed).toEqual(["two"]);
  expect(lru.get(2)).toBeUndefined();
  expect(lru.size).toBe(2);
});

test("a new value under a key closes the old one, the same value does not", () => {
  const closed: string[] = [];
  const lru = new Lru<number, string>(2, (value) => closed.push(value));
  lru.set(1, "one");
  lru.set(1, "one");
  expect(closed).toEqual([]);
  lru.set(1, "uno");
  expect(closed).toEqual(["one"]);
  lru.clear();
  expect(closed).toEqual(["one", "uno"]);
  expect(lru.size).toBe(0);
});
