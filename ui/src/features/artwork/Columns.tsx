import type { KeyboardEvent } from "react";
import type { Artwork, LayerView, Target, TraitView } from "../../api/bindings";
import { Picture } from "../../components/picture/Picture";
import { count } from "../../shell/words";
import type { Draft } from "./ArtworkScreen";
import styles from "./artwork.module.css";
import type { Combination, Pick } from "./combination";
import { countOf, nudge } from "./target";

export type ColumnsProps = {
  artwork: Artwork;
  combination: Combination;
  picked: Pick;
  draft: Draft | null;
  onPick: (pick: Pick) => void;
  onTarget: (pick: Pick, target: Target) => void;
  /** Enter: type a target. */
  onType: () => void;
};

/** A row of a column: a trait, or wearing none. */
type Row = { readonly trait: string | null; readonly name: string; readonly target: Target; readonly counts: { target: number; planned: number; rendered: number | null }; readonly view: TraitView | null };

/** Layers as columns, bottom layer first; arrows go between layers and along traits. */
export function Columns(props: ColumnsProps) {
  return (
    <div className={styles.columns} data-first-focus>
      {props.artwork.layers.map((layer, index) => (
        <Column key={layer.id} layer={layer} ground={index === 0} {...props} />
      ))}
    </div>
  );
}

function Column({ layer, artwork, combination, picked, draft, onPick, onTarget, onType, ground }: ColumnsProps & { layer: LayerView; /** The lowest layer fills its box: it has no edge of its own. */ ground: boolean }) {
  const rows = rowsOf(layer, artwork.supply, draft);
  const most = Math.max(1, ...rows.flatMap((row) => [row.counts.target, row.counts.planned, row.counts.rendered ?? 0]));
  const worn = combination[layer.id] ?? null;
  const active = picked.layer === layer.id ? picked.trait : worn;
  const stop = rows.some((row) => row.trait === active) ? active : (rows[0]?.trait ?? null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: Row, index: number) => {
    const pick = { layer: layer.id, trait: row.trait };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[to];
    if (next !== undefined) {
      onPick({ layer: layer.id, trait: next.trait });
      focusOption(event.currentTarget.parentElement, to ?? 0);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const column = event.currentTarget.closest("section");
      const beside = event.key === "ArrowRight" ? column?.nextElementSibling : column?.previousElementSibling;
      beside?.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus();
    } else if (event.key === "+" || event.key === "=") onTarget(pick, nudge(row.target, 1, artwork.supply));
    else if (event.key === "-") onTarget(pick, nudge(row.target, -1, artwork.supply));
    else if (event.key === "Enter") {
      onPick(pick);
      onType();
    } else if (event.key === " ") onPick(pick);
    else return;
    event.preventDefault();
  };
  return (
    <section className={styles.column} aria-label={layer.name}>
      <h2 className={styles.columnHead}>
        <span className="el">{layer.name}</span>
        <span>{layer.traits.length}</span>
      </h2>
      <div className={styles.traits} role="listbox" aria-label={`${layer.name} traits`} aria-orientation="vertical">
        {rows.map((row, index) => {
          const here = picked.layer === layer.id && picked.trait === row.trait;
          return (
            <div
              key={row.trait ?? "none"}
              className={styles.trait}
              role="option"
              aria-selected={here}
              tabIndex={row.trait === stop ? 0 : -1}
              data-worn={worn === row.trait || undefined}
              onClick={() => onPick({ layer: layer.id, trait: row.trait })}
              onKeyDown={(event) => onKeyDown(event, row, index)}
              onFocus={() => {
                if (!here) onPick({ layer: layer.id, trait: row.trait });
              }}
            >
              <span className={styles.art} data-ground={ground || undefined}>
                {row.view === null ? <span className={styles.nothing} aria-hidden>Nothing</span> : <Picture path={row.view.thumb} alt="" mat={false} fit={ground ? "cover" : "contain"} broken={row.view.problem !== null} />}
              </span>
              <span className={styles.traitName}>
                {row.name}
                <span className={styles.said}>{sayRow(row, worn === row.trait)}</span>
              </span>
              <span className={styles.weights} aria-hidden>
                <Bars counts={row.counts} most={most} />
                <span>{count(row.counts.target)}</span>
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** Planned above rendered, and the target's tick across both: the three move in one frame. */
function Bars({ counts, most }: { counts: Row["counts"]; most: number }) {
  const width = (value: number) => `${(value / most) * 96}%`;
  return (
    <span className={styles.bars}>
      <i className={styles.planned} style={{ width: width(counts.planned) }} />
      {counts.rendered !== null && <i className={styles.rendered} style={{ width: width(counts.rendered) }} />}
      <i className={styles.tick} style={{ left: width(counts.target) }} />
    </span>
  );
}

function rowsOf(layer: LayerView, supply: number, draft: Draft | null): Row[] {
  const drafted = (trait: string | null, target: Target, known: number): { target: Target; count: number } =>
    draft !== null && draft.layer === layer.id && draft.trait === trait
      ? { target: draft.target, count: countOf(draft.target, layer, trait, supply) }
      : { target, count: known };
  const rows = layer.traits.map((view): Row => {
    const { target, count: targetCount } = drafted(view.id, view.target, view.target_count);
    return { trait: view.id, name: view.name, target, view, counts: { target: targetCount, planned: view.planned, rendered: view.rendered } };
  });
  if (layer.none === null) return rows;
  const none = drafted(null, layer.none, countOf(layer.none, layer, null, supply));
  // Nobody counts pictures that lack a layer; the plan is all there is to show.
  return [...rows, { trait: null, name: "None", target: none.target, view: null, counts: { target: none.count, planned: layer.none_planned, rendered: null } }];
}

/** After the name: ", target 40, planned 40, rendered 24". */
function sayRow(row: Row, worn: boolean): string {
  const { target, planned, rendered } = row.counts;
  const parts = ["", `target ${target}`, `planned ${planned}`, ...(rendered === null ? [] : [`rendered ${rendered}`])];
  if (row.view?.problem != null) parts.push("unreadable");
  if (worn) parts.push("in the picture");
  return parts.join(", ");
}

function focusOption(list: Element | null, index: number): void {
  list?.querySelectorAll<HTMLElement>('[role="option"]')[index]?.focus();
}
