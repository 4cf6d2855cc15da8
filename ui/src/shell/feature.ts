// How a screen joins the frame: a folder under src/features with a `feature.ts` that exports one of these.
import type { ComponentType } from "react";
import type { Screen } from "./navigation";

/** A screen as the frame knows it. */
export type Feature = {
  readonly screen: Screen;
  /** Sub-steps shown under the step while it is open; the first is where it opens. A feature may add one to another's step. */
  readonly part?: { readonly id: string; readonly title: string; readonly order: number };
  readonly Component: ComponentType;
  /** What slides over the inspector while it is open (Activity). */
  readonly Panel?: ComponentType;
};
