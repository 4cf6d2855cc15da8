import { expect, test, vi } from "vitest";
import { type Load, Thumbs, type Wanted } from "./thumbs";

const wanted = (...ids: number[]): Wanted[] => ids.map((id) => ({ key: `k${id}`, url: `u${id}` }));

/** A loader whose answers come when told to. */
function slow() {
  const flights = new Map<string, { answer: (bitmap: ImageBitmap) => void; fail: () => void; signal: AbortSignal }>();
  const load: Load = (url, signal) =>
    new Promise((answer, refuse) => flights.set(url, { answer, fail: () => refuse(new Error("no")), signal }));
  return { flights, load };
}
const bitmap = () => ({ close: vi.fn<() => void>() }) as unknown as ImageBitmap;
const settle = () => new Promise((done) => setTimeout(done, 0));

test("twelve fly at once, the next goes when one lands", async () => {
  const { flights, load } = slow();
  const arrived = vi.fn<() => void>();
  const thumbs = new Thumbs(arrived, load);
  thumbs.want(wanted(...Array.from({ length: 20 }, (_, i) => i)));
  expect(flights.size).toBe(12);
  flights.get("u0")?.answer(bitmap());
  await settle();
  expect(thumbs.get("k0")).toBeDefined();
  expect(flights.size).toBe(13);
  expect(arrived).toHaveBeenCalledTimes(1);
});

test("what is no longer wanted is called back, and its late answer closed", async () => {
  const { flights, load } = slow();
  const thumbs = new Thumbs(() => undefined, load);
  thumbs.want(wanted(1, 2));
  thumbs.want(wanted(2));
  expect(flights.get("u1")?.signal.aborted).toBe(true);
  const late = bitmap();
  flights.get("u1")?.answer(late);
  await settle();
  expect(thumbs.get("k1")).toBeUndefined();
  expect(late.close).toHaveBeenCalled();
});

test("a picture that cannot be read is asked for once", async () => {
  const { flights, load } = slow();
  const thumbs = new Thumbs(() => undefined, load);
  thumbs.want(wanted(1));
  flights.get("u1")?.fail();
  await settle();
  expect(thumbs.isBroken("k1")).toBe(true);
  flights.clear();
  thumbs.want(wanted(1));
  expect(flights.size).toBe(0);
});
