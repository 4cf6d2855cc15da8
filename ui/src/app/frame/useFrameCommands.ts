import { FolderOpen, KeyRound, LayoutGrid, ListChecks, Network, PanelRight, Plus, Redo2, Settings2, Shapes, Undo2, X } from "lucide-react";
import type { ProjectView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { type Command, useCommands } from "../../shell/commands";
import { STEPS, navigate } from "../../shell/navigation";
import { openPanels, setPanels } from "../../shell/panels";
import { openCheatSheet, openPalette } from "../palette/open";
import { useHistory } from "./useHistory";
import { nextPane } from "./panes";

/** What can be asked for on every screen. */
export function useFrameCommands(project: ProjectView | null): void {
  const { undo, redo } = useHistory();
  const close = useAct("project_close");
  const everywhere: Command[] = [
    { id: "palette.open", title: "Search or run a command", group: "Window", shortcut: "Ctrl+K", hidden: true, run: openPalette },
    { id: "help.shortcuts", title: "All shortcuts", group: "Window", shortcut: "?", run: openCheatSheet },
    { id: "pane.next", title: "Next pane", group: "Window", shortcut: "F6", hidden: true, run: () => nextPane(1) },
    { id: "pane.previous", title: "Previous pane", group: "Window", shortcut: "Shift+F6", hidden: true, run: () => nextPane(-1) },
    { id: "project.open", title: "Open a folder", group: "Projects", shortcut: "Ctrl+O", icon: FolderOpen, run: () => navigate({ screen: "home", at: { ask: "open" } }) },
    { id: "project.new", title: "New drop", group: "Projects", shortcut: "Ctrl+N", icon: Plus, run: () => navigate({ screen: "home", at: { ask: "new" } }) },
    { id: "project.import", title: "Import a folder of layers", group: "Projects", icon: FolderOpen, run: () => navigate({ screen: "home", at: { ask: "import" } }) },
    { id: "project.shelf", title: "All projects", group: "Projects", icon: LayoutGrid, run: () => navigate({ screen: "home", at: { ask: "shelf" } }) },
    { id: "project.sample", title: "Open the sample", group: "Projects", icon: Shapes, run: () => navigate({ screen: "home", at: { ask: "sample" } }) },
  ];
  const inside: Command[] =
    project === null
      ? []
      : [
          ...STEPS.map(({ id, title }, index): Command => ({
            id: `go.${id}`,
            title,
            group: "Go to",
            shortcut: `Ctrl+${index + 1}`,
            note: project.stages.find((stage) => stage.name === id)?.sentence,
            run: () => navigate({ screen: id }),
          })),
          { id: "go.settings", title: "Settings", group: "Go to", shortcut: "Ctrl+,", icon: Settings2, run: () => navigate({ screen: "settings" }) },
          { id: "go.keys", title: "Keys", group: "Go to", icon: KeyRound, run: () => navigate({ screen: "settings", at: "keys" }) },
          { id: "go.networks", title: "Networks", group: "Go to", icon: Network, run: () => navigate({ screen: "settings", at: "networks" }) },
          { id: "go.audit", title: "Audit log", group: "Go to", icon: ListChecks, run: () => navigate({ screen: "activity" }) },
          { id: "panel.activity", title: "Activity", group: "Window", shortcut: "Ctrl+J", icon: ListChecks, run: () => setPanels({ activity: !openPanels().activity }) },
          { id: "panel.inspector", title: "Show or hide the inspector", group: "Window", shortcut: "Ctrl+I", icon: PanelRight, run: () => setPanels({ inspector: !openPanels().inspector }) },
          { id: "project.undo", title: project.undo === null ? "Undo" : `Undo ${project.undo}`, group: "Edit", shortcut: "Ctrl+Z", icon: Undo2, blocked: project.undo === null ? "nothing to undo" : null, run: undo },
          { id: "project.redo", title: project.redo === null ? "Redo" : `Redo ${project.redo}`, group: "Edit", shortcut: "Ctrl+Shift+Z", icon: Redo2, blocked: project.redo === null ? "nothing to redo" : null, run: redo },
          { id: "project.close", title: "Close this project", group: "Projects", icon: X, run: () => close.mutate({}) },
        ];
  useCommands([...inside, ...everywhere]);
}
