// Theme and text size of this window. Sizes are in rem, so that text and density scale together.

/** What the window follows. */
export type Appearance = { theme: "system" | "light" | "dark"; text: number };

/** Text sizes to choose from, in percent. */
export const TEXT_SIZES: readonly number[] = [90, 100, 110, 125, 150, 200];

const KEY = "atelier.appearance";
const USUAL: Appearance = { theme: "system", text: 100 };

/** What was chosen before; the usual where nothing or nonsense is kept. */
export function readAppearance(storage: Pick<Storage, "getItem">): Appearance {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? "null") as Partial<Appearance> | null;
    const theme = kept?.theme === "light" || kept?.theme === "dark" ? kept.theme : "system";
    const text = TEXT_SIZES.find((size) => size === kept?.text) ?? USUAL.text;
    return { theme, text };
  } catch {
    return USUAL;
  }
}

/** Puts a choice on the page and keeps it. */
export function setAppearance(appearance: Appearance, storage: Pick<Storage, "setItem">, root: HTMLElement): void {
  applyAppearance(appearance, root);
  try {
    storage.setItem(KEY, JSON.stringify(appearance));
  } catch {
    // A full store costs the memory of a choice, not the choice.
  }
}

/** Puts a choice on the page. */
export function applyAppearance({ theme, text }: Appearance, root: HTMLElement): void {
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  root.style.fontSize = text === 100 ? "" : `${text}%`;
}
