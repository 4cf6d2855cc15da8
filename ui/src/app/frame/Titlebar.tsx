import { ChevronsUpDown, Folder, FolderOpen, KeyRound, Plus, Redo2, Search, Shapes, Undo2, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import type { KeyView, ProjectView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { IconButton } from "../../components/icon-button/IconButton";
import { Menu, type MenuEntry } from "../../components/menu/Menu";
import { Picture } from "../../components/picture/Picture";
import { Pill } from "../../components/pill/Pill";
import { Shortcut } from "../../components/shortcut/Shortcut";
import { navigate } from "../../shell/navigation";
import { clock, lasting } from "../../shell/words";
import { openPalette } from "../palette/open";
import { useHistory } from "./useHistory";
import styles from "./frame.module.css";

/** Project, saved time, undo, redo, the palette's field; network and key at the end. */
export function Titlebar({ project, deployer }: { project: ProjectView | null; deployer: KeyView | null }) {
  const { undo, redo } = useHistory();
  return (
    <header className={styles.bar}>
      {project === null ? (
        <span className={styles.brand}>
          <Mark />
          Atelier
        </span>
      ) : (
        <>
          <ProjectMenu project={project} />
          <span className={styles.saved}>Saved {clock(project.saved_at)}</span>
          <span className={styles.rule} />
          <IconButton size="s" icon={Undo2} name={project.undo === null ? "Undo" : `Undo ${project.undo}`} shortcut="Ctrl+Z" blocked={project.undo === null ? "Nothing to undo" : null} onPress={undo} />
          <IconButton size="s" icon={Redo2} name={project.redo === null ? "Redo" : `Redo ${project.redo}`} shortcut="Ctrl+Shift+Z" blocked={project.redo === null ? "Nothing to redo" : null} onPress={redo} />
        </>
      )}
      <Button className={styles.search} onPress={() => openPalette()}>
        <Search aria-hidden />
        <span>Search or run a command</span>
        <Shortcut keys="Ctrl+K" />
      </Button>
      {project !== null && (
        <div className={styles.end}>
          <Pill
            network={project.network.kind}
            tip={project.network.error?.message ?? `${project.network.name}, chain ${project.network.chain_id}${project.network.up ? "" : ", not running"}`}
            name={`Network: ${project.network.name}`}
            onPress={() => navigate({ screen: "settings", at: "networks" })}
          >
            {project.network.name}
          </Pill>
          {deployer !== null && deployer.state !== "absent" && <KeyPill view={deployer} />}
        </div>
      )}
    </header>
  );
}

function KeyPill({ view }: { view: KeyView }) {
  const left = useCountdown(view.locks_in);
  const words = view.state === "unlocked" ? (left === null ? "unlocked" : `unlocked, ${lasting(left)}`) : view.state;
  return (
    <Pill icon={<KeyRound aria-hidden />} tip={view.sentence} name={`${view.name} ${words}, key`} onPress={() => navigate({ screen: "settings", at: "keys" })}>
      {view.name} <span className="t3">{words}</span>
    </Pill>
  );
}

/** Seconds left of an answer that was true when it came. */
function useCountdown(seconds: number | null): number | null {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds === null) return undefined;
    const ends = performance.now() + seconds * 1000;
    const timer = window.setInterval(() => setLeft(Math.max(0, (ends - performance.now()) / 1000)), 15_000);
    return () => window.clearInterval(timer);
  }, [seconds]);
  return left;
}

function ProjectMenu({ project }: { project: ProjectView }) {
  const shelf = useAsk("home");
  const open = useAct("project_open");
  const close = useAct("project_close");
  const others = (shelf.data?.recent ?? []).filter((recent) => recent.dir !== project.dir && recent.present).slice(0, 6);
  const entries: MenuEntry[] = [
    ...others.map((recent): MenuEntry => ({ id: recent.dir, label: recent.name, text: recent.name, icon: Folder, note: recent.sentence, run: () => open.mutate({ dir: recent.dir }) })),
    ...(others.length > 0 ? (["-"] as const) : []),
    { id: "open", label: "Open a folder", text: "Open a folder", icon: FolderOpen, shortcut: "Ctrl+O", run: () => navigate({ screen: "home", at: { ask: "open" } }) },
    { id: "new", label: "New drop", text: "New drop", icon: Plus, shortcut: "Ctrl+N", run: () => navigate({ screen: "home", at: { ask: "new" } }) },
    { id: "shelf", label: "All projects", text: "All projects", icon: Shapes, run: () => navigate({ screen: "home", at: { ask: "shelf" } }) },
    "-",
    { id: "close", label: "Close this project", text: "Close this project", icon: X, run: () => close.mutate({}) },
  ];
  return (
    <Menu label="Projects" entries={entries} wide>
      <Button className={styles.project} aria-label={`${project.name}, project menu`}>
        <span className={styles.cover}>{project.cover === null ? <Folder aria-hidden /> : <Picture path={project.cover} alt="" size="1.25rem" fit="cover" mat={false} />}</span>
        <span className="el">{project.name}</span>
        <ChevronsUpDown aria-hidden />
      </Button>
    </Menu>
  );
}

function Mark() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      <path d="M2.5 2.5h11v11h-11z" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M2.5 10.5h11" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="8" cy="6.6" r="1.6" fill="currentColor" />
    </svg>
  );
}
