import { expect, test } from "vitest";
import { type Draft, missing, specOf } from "./rule";

const draft: Draft = { kind: "forbid", traits: ["crown/lantern"], with: ["eyes/closed"], count: 3 };

test("an id says the rule, is fit for drop.toml and nobody else's", () => {
  expect(specOf(draft, []).id).toBe("lantern-never-closed");
  expect(specOf(draft, ["lantern-never-closed", "lantern-never-closed-2"]).id).toBe("lantern-never-closed-3");
  expect(specOf({ ...draft, kind: "only-with", with: ["pool/*"] }, []).id).toBe("lantern-only-any-pool");
});

test("only at-most carries a count", () => {
  expect(specOf(draft, []).count).toBeNull();
  expect(specOf({ ...draft, kind: "at-most" }, [])).toMatchObject({ kind: "at-most", count: 3 });
});

test("a draft says what it lacks", () => {
  expect(missing({ ...draft, traits: [] })).toBe("Say which trait it is about");
  expect(missing({ ...draft, with: [] })).toBe("Say what it is set against");
  expect(missing({ ...draft, with: ["crown/lantern"] })).toBe("A trait cannot stand on both sides");
  expect(missing(draft)).toBeNull();
});
