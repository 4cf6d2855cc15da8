/** Moves focus to the next landmark: rail, stage, inspector, panel, and round again. */
export function nextPane(step: 1 | -1, root: ParentNode = document): void {
  const panes = [...root.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.getClientRects().length > 0);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + step + panes.length) % panes.length];
  if (next === undefined) return;
  const inside = next.querySelector<HTMLElement>("[aria-current], [data-first-focus], button:not([tabindex='-1']), [tabindex='0'], input");
  (inside ?? next).focus();
}
