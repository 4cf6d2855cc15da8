import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { TokensTable } from "../../api/bindings";
import { IconButton } from "../../components/icon-button/IconButton";
import { Picture, imagePath } from "../../components/picture/Picture";
import { count } from "../../shell/words";
import { type Watch, useWatched } from "./grid/cursor";
import { type Cursor, pick } from "./grid/keyboard";
import styles from "./tokens.module.css";

/** One token, as large as it goes. Arrows leaf; Esc or G goes back to the grid. */
export function Loupe({ table, ids, cursor, onClose }: { table: TokensTable; ids: Uint32Array; cursor: Watch<Cursor>; onClose: () => void }) {
  const { focus } = useWatched(cursor);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const go = (to: number) => {
    if (to >= 0 && to < ids.length) cursor.set(pick(to, (index) => ids[index] ?? 0));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: focus + 1, ArrowLeft: focus - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to !== undefined) go(to);
    else if (event.key === "Escape" || event.key === "g") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const id = ids[focus] ?? 0;
  const path = imagePath(id, table.version[id - 1] ?? "");
  return (
    // A reading position of its own, leafed with the arrows.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions
    <div ref={box} className={styles.loupe} role="group" aria-label="Loupe" tabIndex={0} onKeyDown={onKeyDown}>
      <div className={styles.large}>
        {path === null ? <p className="t2">#{id} is not rendered yet.</p> : <Picture key={id} path={path} alt={`#${id}`} mat={false} />}
      </div>
      <div className={styles.leaf}>
        <IconButton size="s" icon={ChevronLeft} name="Previous" blocked={focus === 0 ? "This is the first" : null} onPress={() => go(focus - 1)} />
        <span role="status">
          #{id}, {count(focus + 1)} of {count(ids.length)}
        </span>
        <IconButton size="s" icon={ChevronRight} name="Next" blocked={focus >= ids.length - 1 ? "This is the last" : null} onPress={() => go(focus + 1)} />
      </div>
    </div>
  );
}
