import { FolderX } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { RecentProject } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Picture } from "../../components/picture/Picture";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { DataTable } from "../../components/table/DataTable";
import { count, counted, day } from "../../shell/words";
import styles from "./home.module.css";

/** Projects as covers, newest first. Arrows walk them; Enter opens. */
export function Covers({ projects, onOpen, onFind }: { projects: readonly RecentProject[]; onOpen: (dir: string) => void; onFind: () => void }) {
  const open = useAsk("project").data?.dir;
  return (
    <ul className={styles.covers} aria-label="Recent projects" onKeyDown={walk}>
      {projects.map((project) => (
        <li key={project.dir}>
          <button
            type="button"
            className={styles.cover}
            data-open={project.dir === open || undefined}
            onClick={() => (project.present ? onOpen(project.dir) : onFind())}
          >
            <span className={styles.frame} data-gone={!project.present || undefined}>
              {!project.present ? (
                <span className={`${styles.gone} s12`}>
                  <FolderX aria-hidden />
                  Nothing at {project.dir}
                </span>
              ) : project.cover === null ? (
                <span className={`${styles.gone} s12`}>Nothing rendered yet</span>
              ) : (
                <Picture path={project.cover} alt="" fit="cover" />
              )}
            </span>
            <span className={styles.name}>
              <span className="b el">{project.name}</span>
              <span className="t3 s12">{day(project.opened_at)}</span>
            </span>
            <span className={styles.state}>
              {!project.present && <StateGlyph state="failed" label="" />}
              <span className="el">{project.present ? project.sentence : "The folder has moved. Find it"}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The same as rows, for a full shelf. */
export function ProjectList({ projects, onOpen }: { projects: readonly RecentProject[]; onOpen: (dir: string) => void }) {
  return (
    <DataTable
      label="Recent projects"
      rows={projects}
      rowId={(project) => project.dir}
      rowText={(project) => project.name}
      onSelect={onOpen}
      columns={[
        { id: "name", title: "Name", cell: (project) => <span className="m">{project.name}</span> },
        { id: "sentence", title: "Where it stands", cell: (project) => <span className="t2">{project.present ? project.sentence : "The folder has moved"}</span> },
        { id: "dir", title: "Folder", optional: 1, cell: (project) => <span className="t3">{project.dir}</span> },
        { id: "supply", title: "Tokens", kind: "figure", cell: (project) => count(project.supply) },
        { id: "opened", title: "Opened", kind: "figure", cell: (project) => <span title={counted(project.supply, "token")}>{day(project.opened_at)}</span> },
      ]}
      dim={(project) => !project.present}
    />
  );
}

/** Arrow keys between covers; up and down by rows as they stand. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const covers = [...event.currentTarget.querySelectorAll("button")];
  const at = covers.indexOf(event.target as HTMLButtonElement);
  if (at < 0) return;
  const columns = Math.max(1, covers.filter((cover) => cover.offsetTop === covers[0]?.offsetTop).length);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  covers[at + step]?.focus();
}
