import { expect, it } from "vitest";
import { applyAppearance, readAppearance, setAppearance } from "./appearance";

const kept = (value: string | null) => readAppearance({ getItem: () => value });

it("falls back to the usual", () => {
  const usual = { theme: "system", text: 100 };
  expect(kept(null), "nothing kept").toEqual(usual);
  expect(kept("{"), "broken").toEqual(usual);
  expect(kept('{"theme":"pink","text":7}'), "nonsense").toEqual(usual);
});

it("keeps a choice and takes it back", () => {
  const root = document.createElement("html");
  let stored = "";
  setAppearance({ theme: "dark", text: 150 }, { setItem: (_, value) => (stored = value) }, root);
  expect([root.dataset["theme"], root.style.fontSize], "on the page").toEqual(["dark", "150%"]);
  expect(kept(stored), "over a restart").toEqual({ theme: "dark", text: 150 });
  applyAppearance({ theme: "system", text: 100 }, root);
  expect([root.dataset["theme"], root.style.fontSize], "the system's again").toEqual([undefined, ""]);
});
