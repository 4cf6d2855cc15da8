// Colours of the canvas by role, read from the tokens as the engine resolved them for this theme.

const ROLES = ["stage-neutral", "stage-mat", "text-1", "text-2", "text-3", "accent", "accent-fill", "on-accent", "surface-4", "focus", "danger", "hairline-strong"] as const;

export type Paint = Readonly<Record<(typeof ROLES)[number], string>> & { readonly font: string };

/** Reads them through a probe: `light-dark()` in a variable is only resolved where it is used. */
export function readPaint(near: HTMLElement): Paint {
  const probe = document.createElement("span");
  probe.style.display = "none";
  near.append(probe);
  const paint: Record<string, string> = {};
  for (const role of ROLES) {
    probe.style.color = `var(--${role})`;
    paint[role] = getComputedStyle(probe).color;
  }
  const style = getComputedStyle(near);
  probe.remove();
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return { ...(paint as Omit<Paint, "font">), font: `${0.75 * rem}px ${style.fontFamily}` };
}
