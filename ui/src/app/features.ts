// Every screen that was built in, found by its folder: `src/features/<name>/feature.ts`.
import type { Feature } from "../shell/feature";
import type { Place, Screen } from "../shell/navigation";

const modules = import.meta.glob<{ feature: Feature }>("../features/*/feature.ts", { eager: true });

/** All screens, sub-steps in their order. */
export const FEATURES: readonly Feature[] = Object.values(modules)
  .map((module) => module.feature)
  .toSorted((one, other) => (one.part?.order ?? 0) - (other.part?.order ?? 0));

/** The screen of a place; the first sub-step where none is named. */
export function featureAt(place: Place): Feature | undefined {
  const own = FEATURES.filter((feature) => feature.screen === place.screen);
  return own.find((feature) => feature.part?.id === place.part) ?? own[0];
}

/** Sub-steps of a step; empty where it has only itself. */
export function partsOf(screen: Screen): readonly NonNullable<Feature["part"]>[] {
  const parts = FEATURES.filter((feature) => feature.screen === screen).flatMap((feature) => (feature.part === undefined ? [] : [feature.part]));
  return parts.length > 1 ? parts : [];
}
