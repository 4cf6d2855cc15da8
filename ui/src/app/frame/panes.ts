/** Moves focus to the next landmark: rail, stage, inspector, panel, and round again. */
export function nextPane(step: 1 | -1, root: ParentNode = document): void {
  const panes = [...root.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.getClientRects().length > 0);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + step + panes.length) % panes.length];
  if (next === undefined) return;
  focusInside(next);
}

/** What a pane is about, in order: where one is, what it marks as first, then whatever can be reached. */
const FIRST = ["[aria-current]", "[data-first-focus][tabindex='0']", "[data-first-focus] [tabindex='0']", "button:not([tabindex='-1']), input, [tabindex='0']:not([role='separator'])"];

export function focusInside(pane: HTMLElement): void {
  for (const selector of FIRST) {
    const found = pane.querySelector<HTMLElement>(selector);
    if (found !== null) {
      found.focus();
      return;
    }
  }
  pane.focus();
}
