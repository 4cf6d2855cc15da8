// One door to the studio: a name and an input in, its answer or a `Refusal` out.
import { platform } from "../platform/platform";
import type { Commands, ErrorReport } from "./bindings";

/** The name of a command. */
export type CommandName = keyof Commands;
/** What a command wants. */
export type Input<Name extends CommandName> = Commands[Name]["input"];
/** What a command answers. */
export type Output<Name extends CommandName> = Commands[Name]["output"];

/** The studio said no. The report says what happened and what to do. */
export class Refusal extends Error {
  readonly report: ErrorReport;

  constructor(report: ErrorReport) {
    super(report.message);
    this.name = "Refusal";
    this.report = report;
  }
}

/** Runs a command. @throws Refusal, and nothing else. */
export async function call<Name extends CommandName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  try {
    return (await platform().call(name, input)) as Output<Name>;
  } catch (thrown) {
    throw refusal(thrown);
  }
}

/** Whatever was thrown, as a refusal with a code and a sentence. */
export function refusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (isReport(thrown)) return new Refusal(thrown);
  return new Refusal({
    code: "STUDIO-SILENT",
    message: "Atelier's core did not answer.",
    hint: "Nothing was changed. Try again; if it stays silent, close the window and open it again: work goes on where it was.",
    details: thrown instanceof Error ? thrown.message : String(thrown),
    exit: 70,
  });
}

function isReport(value: unknown): value is ErrorReport {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
