// Where a project was left, so that it opens there.
import { STEPS, type Screen } from "./navigation";
import { recall, remember } from "./remembered";

export function keepStep(dir: string, screen: Screen): void {
  remember(`step.${dir}`, screen);
}

/** The step a project was left at; Artwork for one never opened here. */
export function lastStep(dir: string): Screen {
  const kept = recall<string>(`step.${dir}`, "artwork");
  return STEPS.find((step) => step.id === kept)?.id ?? "artwork";
}
