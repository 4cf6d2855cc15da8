import { describe, expect, it } from "vitest";
import type { LintFinding } from "../../api/bindings";
import { exampleOf, fieldOf, insertAt, partsOf, problemsOf } from "./findings";

const finding = (over: Partial<LintFinding>): LintFinding => ({
  code: "META-EMPTY-VARIABLE",
  severity: "warning",
  token: 1,
  field: "description",
  message: "{trait:companion} is empty here.",
  fix: "Take it out.",
  ...over,
});

describe("problemsOf", () => {
  it("makes one problem of one line of the template", () => {
    const findings = Array.from({ length: 420 }, (_, i) => finding({ token: i + 1 }));
    const problems = problemsOf(findings);
    expect(problems, "one cause").toHaveLength(1);
    expect(problems[0]?.tokens, "on 420 tokens").toHaveLength(420);
  });

  it("puts errors first and leaves the rest in order", () => {
    const codes = problemsOf([
      finding({ code: "A" }),
      finding({ code: "B", severity: "error" }),
      finding({ code: "C" }),
      finding({ code: "D", severity: "error" }),
    ]).map((problem) => problem.code);
    expect(codes, "B and D are errors").toEqual(["B", "D", "A", "C"]);
  });

  it("joins attributes whatever their position, and counts a token once", () => {
    const problems = problemsOf([
      finding({ code: "META-EMPTY-ATTRIBUTE", field: "attributes[2].value", token: 7 }),
      finding({ code: "META-EMPTY-ATTRIBUTE", field: "attributes[4].value", token: 7 }),
    ]);
    expect(problems, "one place").toHaveLength(1);
    expect(problems[0], "one token, no field of the form").toMatchObject({ place: "attributes.value", tokens: [7], field: null });
  });

  it("knows which field mends it", () => {
    expect(fieldOf("template.external_url"), "a template").toBe("external_url");
    expect(fieldOf("collection.description"), "the collection").toBe("collection_description");
    expect(fieldOf("royalty.percent"), "the royalty").toBe("royalty_percent");
    expect(fieldOf("collection.image"), "mended in Artwork").toBeNull();
  });
});

describe("partsOf", () => {
  it("finds the variables and loses no character", () => {
    const template = "Keeper #{id}, of {{two}} {trait:pool} {";
    const parts = partsOf(template);
    expect(parts.map((part) => part.text).join(""), "put together again").toBe(template);
    expect(parts.filter((part) => part.variable).map((part) => part.text), "two of them").toEqual(["{id}", "{trait:pool}"]);
  });
  it("is empty for an empty template", () => {
    expect(partsOf(""), "nothing").toEqual([]);
  });
});

describe("insertAt", () => {
  it("replaces what is selected and stands behind it", () => {
    expect(insertAt("Keeper x", 7, 8, "{id}"), "x was selected").toEqual({ text: "Keeper {id}", caret: 11 });
  });
});

describe("exampleOf", () => {
  it("reads what collectors will read", () => {
    const json = JSON.stringify({ name: "Keeper 1", description: "d", attributes: [{ trait_type: "Pool", value: "Dawn" }, { trait_type: "Tide", value: 3 }] });
    expect(exampleOf(json), "a number is text here").toMatchObject({
      name: "Keeper 1",
      attributes: [
        { trait: "Pool", value: "Dawn" },
        { trait: "Tide", value: "3" },
      ],
    });
  });
  it("survives what is no JSON", () => {
    expect(exampleOf("{"), "empty").toMatchObject({ name: "", attributes: [] });
  });
});
