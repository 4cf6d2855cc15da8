// A thousand findings that come from one line of a template are one problem. Pure; the lint itself runs in the core.
import type { LintFinding, LintSeverity, MetadataEdit } from "../../api/bindings";

/** Findings with one cause: one code at one place. */
export type Problem = {
  id: string;
  code: string;
  severity: LintSeverity;
  /** The field as the lint names it, without the token's own positions. */
  place: string;
  /** The field of the form that mends it; null where none does. */
  field: keyof MetadataEdit | null;
  message: string;
  fix: string;
  /** Tokens it touches, in order; empty for the collection or the template. */
  tokens: number[];
};

/** The field of the form behind a field of the lint. */
export function fieldOf(place: string): keyof MetadataEdit | null {
  const fields: Record<string, keyof MetadataEdit> = {
    name: "name",
    description: "description",
    external_url: "external_url",
    "template.name": "name",
    "template.description": "description",
    "template.external_url": "external_url",
    "collection.name": "collection_name",
    "collection.description": "collection_description",
    "collection.symbol": "symbol",
    "royalty.percent": "royalty_percent",
    "royalty.receiver": "royalty_receiver",
  };
  return fields[place] ?? null;
}

/** Joins findings with the same code at the same place; errors first, then in the order they came. */
export function problemsOf(findings: readonly LintFinding[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const finding of findings) {
    const place = finding.field.replace(/\[\d+\]/g, "");
    const id = `${finding.severity} ${finding.code} ${place}`;
    const known = problems.get(id);
    if (known === undefined) {
      const { code, severity, message, fix, token } = finding;
      problems.set(id, { id, code, severity, place, field: fieldOf(place), message, fix, tokens: token === null ? [] : [token] });
    } else if (finding.token !== null && !known.tokens.includes(finding.token)) {
      known.tokens.push(finding.token);
    }
  }
  const all = [...problems.values()];
  return [...all.filter((problem) => problem.severity === "error"), ...all.filter((problem) => problem.severity !== "error")];
}

/** The part of a template that is plain, and the part that is a variable. */
export type TemplatePart = { text: string; variable: boolean };

/** Cuts a template at its variables, keeping every character. Doubled braces are text, as in the core. */
export function partsOf(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plain = "";
  for (let at = 0; at < template.length; ) {
    const two = template.slice(at, at + 2);
    const variable = two === "{{" || two === "}}" ? null : /^\{[^{}]*\}/.exec(template.slice(at));
    if (variable === null || variable === undefined) {
      const step = two === "{{" || two === "}}" ? 2 : 1;
      plain += template.slice(at, at + step);
      at += step;
      continue;
    }
    if (plain !== "") parts.push({ text: plain, variable: false });
    plain = "";
    parts.push({ text: variable[0], variable: true });
    at += variable[0].length;
  }
  if (plain !== "") parts.push({ text: plain, variable: false });
  return parts;
}

/** Puts a variable where the caret is; the caret ends behind it. */
export function insertAt(template: string, from: number, to: number, variable: string): { text: string; caret: number } {
  return { text: `${template.slice(0, from)}${variable}${template.slice(to)}`, caret: from + variable.length };
}

/** What a token's JSON says, for reading; every part may be missing. */
export type Example = { name: string; description: string; attributes: { trait: string; value: string }[]; bytes: number };

/** Reads a token's JSON for the example beside the template. */
export function exampleOf(json: string): Example {
  let value: unknown = null;
  try {
    value = JSON.parse(json);
  } catch {
    // The core wrote it; a page that shows nothing is better than none.
  }
  const record = isRecord(value) ? value : {};
  const list = Array.isArray(record["attributes"]) ? record["attributes"] : [];
  return {
    name: textOf(record["name"]),
    description: textOf(record["description"]),
    attributes: list.filter(isRecord).map((entry) => ({ trait: textOf(entry["trait_type"]), value: textOf(entry["value"]) })),
    bytes: new TextEncoder().encode(json).length,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
