import { expect, test } from "vitest";
import type { TokensTable } from "../../api/bindings";
import type { Command } from "../../shell/commands";
import { find } from "./find";

const command = (title: string, change: Partial<Command> = {}): Command => ({ id: title, title, group: "Go to", run: () => undefined, ...change });
const table: TokensTable = {
  plan: "aa", count: 3, rendered: 3, rank: [2, 1, 3], bits: [1, 2, 3], version: ["", "", ""], micro_pages: 0, micro_version: "", rarity: "",
  layers: [{ id: "crown", name: "Crown", traits: ["Lantern", "Coral"], trait_ids: ["lantern", "coral"], counts: [1, 1, 1], column: [0, 1, 2] }],
};
const titles = (text: string, list: Command[]) => find(text, list, table).map((found) => found.command.title);

test("a title's beginning comes before a word's, a word's before the middle", () => {
  expect(titles("re", [command("Fire up"), command("Undo rename"), command("Render 16")])).toEqual(["Render 16", "Undo rename", "Fire up"]);
});

test("hidden commands have a key but no row", () => {
  expect(titles("", [command("Next pane", { hidden: true }), command("Settings")])).toEqual(["Settings"]);
});

test("the matching letters are marked", () => {
  expect(find("nd", [command("Render")], table)[0]?.match).toEqual([2, 4]);
});

test("# finds a token that exists, : finds a trait by its letters", () => {
  expect(titles("#2", [])).toEqual(["#2"]);
  expect(titles("#4", []), "there are three tokens").toEqual([]);
  expect(titles("#x", [])).toEqual([]);
  expect(titles(":lan", [])).toEqual(["Lantern"]);
  expect(find("#2", [], undefined), "before the table has come").toEqual([]);
});
