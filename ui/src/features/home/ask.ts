// What the shelf can be asked to do, by itself, by the palette, or by a folder dropped on the window.
import { useEffect, useState } from "react";
import { useAct } from "../../api/mutations";
import { platform } from "../../platform/platform";
import { lastStep } from "../../shell/last-step";
import { navigate, usePlace } from "../../shell/navigation";
import type { ErrorReport, ProjectView } from "../../api/bindings";

export type Ask = { readonly ask: "shelf" | "open" | "new" | "import" | "sample" | "look"; readonly path?: string };

/** What the shelf shows instead of covers. */
export type Desk = { kind: "covers" } | { kind: "import"; source: string };

export type ShelfActs = {
  desk: Desk;
  /** The New dialog. */
  naming: boolean;
  /** A command is on its way. */
  busy: boolean;
  refused: ErrorReport | null;
  ask: (ask: Ask) => void;
  open: (dir: string) => void;
  setNaming: (open: boolean) => void;
  setDesk: (desk: Desk) => void;
};

/** The acts of the shelf, and what became of them. */
export function useShelf(): ShelfActs {
  const { at } = usePlace();
  const [desk, setDesk] = useState<Desk>({ kind: "covers" });
  const [naming, setNaming] = useState(false);
  const [refused, setRefused] = useState<ErrorReport | null>(null);
  const open = useAct("project_open", {
    onDone: enter,
    // A folder without a drop.toml may be one of layers: look at it before saying no.
    onRefused: ({ report }, { dir }) => (report.code === "PROJECT-NOT-ONE" ? setDesk({ kind: "import", source: dir }) : setRefused(report)),
  });
  const sample = useAct("project_sample", { onDone: enter, onRefused: ({ report }) => setRefused(report) });

  const look = (dir: string) => open.mutate({ dir });
  const ask = ({ ask: what, path }: Ask) => {
    setRefused(null);
    if (what === "open") void pick("Open a folder", look);
    else if (what === "import") void pick("Choose a folder of layers", (source) => setDesk({ kind: "import", source }));
    else if (what === "new") setNaming(true);
    else if (what === "sample") sample.mutate({ dir: null, supply: null });
    else if (what === "look" && path !== undefined) look(path);
    else setDesk({ kind: "covers" });
  };

  const asked = isAsk(at) ? at : null;
  useEffect(() => {
    if (asked === null) return;
    // Taken off the place first: coming back here must not ask again.
    navigate({ screen: "home", at: { ask: "shelf" } });
    if (asked.ask !== "shelf") ask(asked);
    // `ask` is made anew at every render; only a new request is one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked?.ask === "shelf" ? null : asked]);

  return { desk, naming, busy: open.isPending || sample.isPending, refused, ask, open: look, setNaming, setDesk };
}

/** Goes to where the project was left. */
function enter(project: ProjectView): void {
  navigate({ screen: lastStep(project.dir) });
}

async function pick(title: string, then: (path: string) => void): Promise<void> {
  const path = await platform().pickFolder(title);
  if (path !== null) then(path);
}

function isAsk(at: unknown): at is Ask {
  return typeof at === "object" && at !== null && "ask" in at;
}
