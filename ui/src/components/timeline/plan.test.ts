import { describe, expect, it } from "vitest";
import { batchesOf, batchOf, shortOf } from "./plan";

describe("the words of a plan", () => {
  it("names batches by their number and tokens, live and rehearsed", () => {
    expect(shortOf({ id: "batch-44", sentence: "Mint tokens 431 to 440", first_token: 431, last_token: 440 }), "live").toBe("Batch 44, #431–440");
    expect(shortOf({ id: "batch-8", sentence: "Mint tokens 71 to 80" }), "rehearsed").toBe("Batch 8, #71–80");
    expect(shortOf({ id: "batch-1", sentence: "Mint token 1" }), "one token").toBe("Batch 1, #1");
    expect(shortOf({ id: "batch-2", sentence: "…" }), "without words").toBe("Batch 2");
  });
  it("keeps the sentence of a step it does not know", () => {
    expect(shortOf({ id: "freeze", sentence: "Freeze the metadata: nobody …" }), "short").toBe("Freeze the metadata");
    expect(shortOf({ id: "new-step", sentence: "Do something new" }), "whole").toBe("Do something new");
  });
  it("names a run by its ends", () => {
    expect(batchesOf(["batch-2", "batch-3", "batch-41"]), "many").toBe("Batches 2–41");
    expect(batchesOf(["batch-2"]), "one").toBe("Batch 2");
    expect(batchesOf(["freeze", "x"]), "no batches").toBe("2 steps");
    expect(batchOf("batch-x"), "not a number").toBeNull();
  });
});
