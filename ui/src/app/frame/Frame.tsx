import { useEffect } from "react";
import { useAsk } from "../../api/queries";
import { StatusBar } from "../../components/status-bar/StatusBar";
import { ToastRegion } from "../../components/toast/ToastRegion";
import { useAnnouncement } from "../../shell/announce";
import { STEPS, navigate, place, usePlace } from "../../shell/navigation";
import { usePanels } from "../../shell/panels";
import { keepStep, lastStep } from "../../shell/last-step";
import { say } from "../../shell/toasts";
import { CheatSheet } from "../palette/CheatSheet";
import { Palette } from "../palette/Palette";
import { ErrorBoundary } from "../ErrorBoundary";
import { FEATURES, featureAt } from "../features";
import { ProjectRail } from "./ProjectRail";
import { Titlebar } from "./Titlebar";
import styles from "./frame.module.css";
import { useFolderDrop } from "./useFolderDrop";
import { useFrameCommands } from "./useFrameCommands";
import { useKeyboard } from "./useKeyboard";

/** Titlebar, rail, stage, inspector, status: the same on every screen. */
export function Frame() {
  const project = useAsk("project");
  const here = usePlace();
  const panels = usePanels();
  const words = useAnnouncement();
  const open = project.data ?? null;
  const settled = project.isSuccess || project.isError;

  // The window opens where the person left this project; without one it opens on the shelf.
  const dir = open?.dir ?? null;
  useEffect(() => {
    if (!settled) return;
    if (dir === null) navigate({ screen: "home", at: place().screen === "home" ? place().at : undefined });
    else if (place().screen === "home" && place().at === undefined) navigate({ screen: lastStep(dir) });
  }, [dir, settled]);
  useEffect(() => {
    if (here.screen !== "home" && dir !== null) keepStep(dir, here.screen);
  }, [here.screen, dir]);
  const recovered = open?.recovered ?? null;
  useEffect(() => {
    if (recovered !== null) say({ text: recovered, action: { label: "Go to Launch", run: () => navigate({ screen: "launch" }) } });
  }, [recovered]);

  // A screen that went took the focus with it: the new stage has it, so that keys and readers go on from there.
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>("[data-pane='stage']")?.focus();
  }, [here.screen, here.part, settled]);

  useFrameCommands(open);
  useKeyboard();
  useFolderDrop();

  const feature = featureAt(here);
  const Panel = FEATURES.find((one) => one.Panel !== undefined)?.Panel;
  const atHome = here.screen === "home" || open === null;
  const deployer = useAsk("keys", {}, { when: open !== null }).data?.keys.find((key) => key.role === "deployer");
  const kind = open?.network.kind;
  // Practice and testnet always show their edge; mainnet only while something could be sent.
  const edge = atHome || kind === undefined || (kind === "mainnet" && deployer?.state !== "unlocked") ? undefined : kind;
  return (
    <div className={styles.app} data-net={edge} data-drawer={panels.drawer ?? undefined}>
      <Titlebar project={atHome ? null : open} deployer={deployer ?? null} />
      {settled && !atHome && <ProjectRail project={open} />}
      {settled && feature !== undefined && (
        <ErrorBoundary key={`${here.screen}.${here.part ?? ""}.${dir ?? ""}`} title={feature.part?.title ?? titleOf(here.screen)}>
          <feature.Component />
        </ErrorBoundary>
      )}
      {!atHome && <StatusBar items={open?.status ?? []} />}
      {panels.activity && !atHome && Panel !== undefined && <Panel />}
      <ToastRegion />
      <Palette />
      <CheatSheet />
      <div className="vh" role="status" aria-live="polite">
        {words}
      </div>
    </div>
  );
}

function titleOf(screen: string): string {
  return STEPS.find((step) => step.id === screen)?.title ?? screen.charAt(0).toUpperCase() + screen.slice(1);
}
