import { ChevronDown, ChevronRight, X } from "lucide-react";
import { memo, useMemo, useState } from "react";
import type { TokensLayer, TokensTable } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { IconButton } from "../../components/icon-button/IconButton";
import { setPanels, usePanels } from "../../shell/panels";
import { useRemembered } from "../../shell/remembered";
import { count } from "../../shell/words";
import { type Filters, facets } from "./list";
import styles from "./tokens.module.css";

/** Rows a layer shows before "n more". */
const CAP = 12;

/** Filters with counts: one group a layer, folded as it was left. */
export const Facets = memo(function Facets({ table, filters, search, shown, onTick, onClear }: {
  table: TokensTable;
  filters: Filters;
  search: string;
  shown: number;
  onTick: (layer: string, trait: number) => void;
  onClear: () => void;
}) {
  const { drawer } = usePanels();
  const [open, setOpen] = useRemembered<string[] | null>("tokens.facets", null);
  const unfolded = open ?? table.layers.slice(0, 2).map((layer) => layer.id);
  const fold = (id: string) => setOpen(unfolded.includes(id) ? unfolded.filter((one) => one !== id) : [...unfolded, id]);
  return (
    <div className={styles.facets} role="group" aria-label="Filters" data-drawer={drawer === "filters" || undefined}>
      <div className={styles.drawerHead}>
        <h2>Filters</h2>
        <span className="t2">
          {count(shown)} of {count(table.count)}
        </span>
        <span className={styles.drawerEnd}>
          <Button variant="quiet" size="s" onPress={onClear}>
            Clear
          </Button>
          <IconButton size="s" icon={X} name="Close" shortcut="Escape" onPress={() => setPanels({ drawer: null })} />
        </span>
      </div>
      {table.layers.map((layer) => (
        <Layer key={layer.id} table={table} layer={layer} filters={filters} search={search} open={unfolded.includes(layer.id)} onFold={() => fold(layer.id)} onTick={onTick} />
      ))}
    </div>
  );
});

function Layer({ table, layer, filters, search, open, onFold, onTick }: {
  table: TokensTable;
  layer: TokensLayer;
  filters: Filters;
  search: string;
  open: boolean;
  onFold: () => void;
  onTick: (layer: string, trait: number) => void;
}) {
  const [all, setAll] = useState(false);
  const counts = useMemo(() => (open ? facets(table, filters, search, layer.id) : []), [table, filters, search, layer.id, open]);
  const none = layer.traits.length;
  const ticked = filters.get(layer.id);
  // As rare as they are: the commonest first, "None" where it stands among them.
  const rows = useMemo(() => {
    const worn = [...layer.traits.keys(), ...((layer.counts[none] ?? 0) > 0 ? [none] : [])];
    return worn.toSorted((one, other) => (layer.counts[other] ?? 0) - (layer.counts[one] ?? 0));
  }, [layer, none]);
  const visible = all ? rows : rows.filter((trait, index) => index < CAP || ticked?.has(trait) === true);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section>
      <h2>
        <button type="button" className={styles.layer} aria-expanded={open} onClick={onFold}>
          <Chevron aria-hidden className="icon-s" />
          {layer.name}
          <span>{ticked === undefined ? layer.traits.length : `${ticked.size} of ${rows.length}`}</span>
        </button>
      </h2>
      {open && (
        <>
          {visible.map((trait) => {
            const name = layer.traits[trait] ?? "None";
            const number = counts[trait] ?? 0;
            return (
              <div key={trait} className={styles.facet} data-none={number === 0 || undefined}>
                <Checkbox value={ticked?.has(trait) ?? false} onChange={() => onTick(layer.id, trait)} label={`${layer.name}: ${name}, ${number}`}>
                  <span className="el s12">{name}</span>
                  <span className={styles.count} aria-hidden>{count(number)}</span>
                </Checkbox>
              </div>
            );
          })}
          {visible.length < rows.length && (
            <button type="button" className={styles.more} onClick={() => setAll(true)}>
              {rows.length - visible.length} more
            </button>
          )}
        </>
      )}
    </section>
  );
}
