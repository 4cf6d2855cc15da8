import { ArrowDownWideNarrow, Grid3x3, ListFilter, Search, Square } from "lucide-react";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { useRunning } from "../../api/running";
import type { TokensTable } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Field } from "../../components/field/Field";
import { IconButton } from "../../components/icon-button/IconButton";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Menu } from "../../components/menu/Menu";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { thumbPath } from "../../components/picture/Picture";
import { Segments } from "../../components/segments/Segments";
import { Slider } from "../../components/slider/Slider";
import { Stage } from "../../components/stage/Stage";
import { platform } from "../../platform/platform";
import { useCommands } from "../../shell/commands";
import { navigate, usePlace } from "../../shell/navigation";
import { setPanels, usePanels } from "../../shell/panels";
import { useRemembered } from "../../shell/remembered";
import { count, counted } from "../../shell/words";
import { Facets } from "./Facets";
import { Histogram } from "./Histogram";
import { Loupe } from "./Loupe";
import { TokenInspector } from "./TokenInspector";
import { START, watch } from "./grid/cursor";
import { type Cursor, type Wish, pick } from "./grid/keyboard";
import { TokenGrid, type TokenGridHandle } from "./grid/TokenGrid";
import type { GridContent, InView } from "./grid/view";
import { type Filters, type Order, list, sayFilter, tick } from "./list";
import styles from "./tokens.module.css";

const ORDERS: readonly { id: Order; label: string }[] = [
  { id: "rarest", label: "Rarest first" },
  { id: "commonest", label: "Most common first" },
  { id: "number", label: "By number" },
];
const SIZES = { least: 64, most: 224, step: 8 };

/** Leafing through a drawer of prints. */
export function TokensScreen() {
  const tokens = useAsk("tokens");
  const artwork = useAsk("artwork");
  const plan = useAct("plan_tokens");
  const render = useAct("render");
  const table = tokens.data;
  const supply = artwork.data?.supply ?? 0;
  const missing = table === undefined ? 0 : table.count - table.rendered;
  const planNow = () => plan.mutate({});
  const renderNow = () => render.mutate({});
  const rendering = useRunning("render") === null ? null : "It is being rendered; Activity shows how far";
  useCommands([
    ...(supply > 0 ? [{ id: "artwork.plan", title: `Plan ${count(supply)}`, group: "Artwork", run: planNow }] : []),
    ...(missing > 0 ? [{ id: "artwork.render", title: `Render ${count(missing)}`, group: "Artwork", shortcut: "Ctrl+Enter", blocked: rendering, run: renderNow }] : []),
  ]);

  if (table === undefined || table.count === 0) {
    return (
      <>
        <Stage title="Tokens" art>
          {tokens.isError && <ErrorNotice report={tokens.error.report} actions={<Button onPress={() => void tokens.refetch()}>Try again</Button>} />}
          {tokens.isPending && <Mats />}
          {tokens.isSuccess && (
            <EmptyState
              title="No plan yet"
              actions={
                <>
                  <Button variant="primary" size="l" isPending={plan.isPending} blocked={supply === 0 || artwork.data?.layers.length === 0 ? "There are no layers yet" : null} onPress={planNow}>
                    Plan {count(supply)}
                  </Button>
                  <Button variant="quiet" size="l" onPress={() => navigate({ screen: "artwork" })}>
                    Go to Artwork
                  </Button>
                </>
              }
            >
              Say how many tokens, and Atelier finds a plan that meets every target.
            </EmptyState>
          )}
        </Stage>
        <Inspector title={<span className="t3">Nothing selected</span>}>
          <InspectorSection>
            <p className="t3 pretty">When there is a plan, this side shows the token you picked: its traits, how rare each is, and its hashes.</p>
          </InspectorSection>
        </Inspector>
      </>
    );
  }
  return (
    <Drawer
      table={table}
      notice={
        artwork.data?.plan_stale === true ? (
          <Notice tone="care" title="Targets or rules changed after this plan." actions={<Button variant="primary" isPending={plan.isPending} onPress={planNow}>Plan {count(supply)}</Button>}>
            It still shows what was planned before.
          </Notice>
        ) : missing > 0 ? (
          <Notice tone="info" title={`${counted(missing, "token")} of ${count(table.count)} ${missing === 1 ? "is" : "are"} not rendered.`} actions={<Button variant="primary" isPending={render.isPending} blocked={rendering} onPress={renderNow}>Render {count(missing)}</Button>}>
            They show as an empty mat.
          </Notice>
        ) : null
      }
    />
  );
}

function Drawer({ table, notice }: { table: TokensTable; notice: React.ReactNode }) {
  const [cursor] = useState(() => watch<Cursor>(START));
  const [inView] = useState(() => watch<InView>({ first: 0, last: 0 }));
  const [filters, setFilters] = useState<Filters>(new Map());
  const [search, setSearch] = useState("");
  const [order, setOrder] = useRemembered<Order>("tokens.order", "rarest");
  const [size, setSize] = useRemembered("tokens.size", SIZES.least);
  const [view, setView] = useState<"grid" | "loupe">("grid");
  const grid = useRef<TokenGridHandle>(null);
  const box = useRef<HTMLInputElement>(null);
  const { drawer } = usePanels();
  const sought = useDeferredValue(search);
  const ids = useMemo(() => list(table, filters, sought, order), [table, filters, sought, order]);

  const content = useMemo<GridContent>(
    () => ({
      ids,
      rank: table.rank,
      version: table.version,
      micro: { pages: table.micro_pages, version: table.micro_version, url: (page) => platform().picture(`micro/${page}?v=${encodeURIComponent(table.micro_version)}`) },
      thumb: (id, version, side) => platform().picture(thumbPath(id, version, side) ?? ""),
      gutter: order === "number" ? "number" : "rank",
      size,
    }),
    [ids, table, order, size],
  );
  const nameOf = useCallback((id: number) => sayToken(table, id), [table]);

  // The token that is looked at, by its number: focus follows it into every new list, and waits for one that has it.
  const [wanted, setWanted] = useState<unknown>(null);
  const looked = useRef<{ id: number; reveal: boolean }>({ id: 0, reveal: false });
  useEffect(() => {
    const { id, reveal } = looked.current;
    const at = ids.indexOf(id);
    if (at >= 0 && reveal) {
      cursor.set(pick(at, (index) => ids[index] ?? 0));
      requestAnimationFrame(() => grid.current?.reveal(at));
      looked.current = { id, reveal: false };
    } else if (ids.length > 0 && cursor.get().picked.except.size === 0 && !cursor.get().picked.all) {
      // A drawer never opens with nobody looked at.
      cursor.set(pick(0, (index) => ids[index] ?? 0));
    } else cursor.set({ ...cursor.get(), focus: Math.max(0, at), anchor: Math.max(0, at) });
    return cursor.subscribe(() => {
      looked.current = { id: ids[cursor.get().focus] ?? 0, reveal: false };
    });
  }, [ids, cursor, wanted]);

  const { at } = usePlace();
  useEffect(() => {
    if (isTokenAt(at)) {
      // The list that shows everybody comes with a later render; it finds the wish here.
      setFilters(new Map());
      setSearch("");
      looked.current = { id: at.token, reveal: true };
      setWanted(at);
    } else if (isFilterAt(at)) {
      setSearch("");
      setFilters(new Map([[at.filter.layer, new Set([at.filter.trait])]]));
    }
  }, [at]);

  const resize = useCallback((by: number) => setSize(Math.min(SIZES.most, Math.max(SIZES.least, size + by))), [size, setSize]);
  const onWish = useCallback(
    (wanted: NonNullable<Wish>) => {
      if (wanted === "open") setView("loupe");
      else if (wanted === "close") setView("grid");
      else if (wanted === "bigger") resize(SIZES.step * 2);
      else if (wanted === "smaller") resize(-SIZES.step * 2);
      else box.current?.focus();
    },
    [resize],
  );
  const onTick = useCallback((layer: string, trait: number) => setFilters((known) => tick(known, layer, trait)), []);
  const backToGrid = () => {
    setView("grid");
    requestAnimationFrame(() => grid.current?.focus());
  };
  const drop = (layer: string) => setFilters((known) => new Map([...known].filter(([id]) => id !== layer)));
  const clear = () => {
    setFilters(new Map());
    setSearch("");
  };
  useCommands([
    { id: "tokens.grid", title: "Grid", group: "Tokens", shortcut: "G", run: () => setView("grid") },
    { id: "tokens.loupe", title: "Loupe", group: "Tokens", shortcut: "E", run: () => setView("loupe") },
    { id: "tokens.search", title: "Filter", group: "Tokens", shortcut: "/", run: () => box.current?.focus() },
    ...(filters.size > 0 || search !== "" ? [{ id: "tokens.clear", title: "Show all tokens", group: "Tokens", run: clear }] : []),
    ...ORDERS.map(({ id, label }) => ({ id: `tokens.order.${id}`, title: label, group: "Tokens", run: () => setOrder(id) })),
  ]);
  const orderName = ORDERS.find((one) => one.id === order)?.label ?? "";
  return (
    <>
      <Stage
        title="Tokens"
        art
        fact={`${count(table.count)} planned, ${count(table.rendered)} rendered`}
        end={
          <>
            <span className={styles.filtersButton}>
              <IconButton icon={ListFilter} name="Filters" on={drawer === "filters"} onPress={() => setPanels({ drawer: drawer === "filters" ? null : "filters" })} />
            </span>
            <Field bare label="Find tokens by number, trait or rank" icon={Search} placeholder="#, trait, rank" value={search} onChange={setSearch} width="9rem" inputRef={box} onKeyDown={(event) => event.key === "Enter" && grid.current?.focus()} />
            <Menu label="Order" entries={ORDERS.map(({ id, label }) => ({ id, label, text: label, note: id === order ? "now" : undefined, run: () => setOrder(id) }))}>
              <Button icon={ArrowDownWideNarrow}>{orderName}</Button>
            </Menu>
            <Slider label="Thumbnail size" value={size} min={SIZES.least} max={SIZES.most} step={SIZES.step} onChange={setSize} />
            <Segments
              label="View"
              value={view}
              onChange={setView}
              options={[
                { id: "grid", label: "Grid", icon: Grid3x3, shortcut: "G" },
                { id: "loupe", label: "Loupe", icon: Square, shortcut: "E" },
              ]}
            />
          </>
        }
      >
        {notice}
        <div className={styles.tokens}>
          <Facets table={table} filters={filters} search={sought} onTick={onTick} shown={ids.length} onClear={clear} />
          <div className={styles.prints}>
            <div className={styles.filterRow}>
              {[...filters].map(([layer, ticked]) => {
                const words = sayFilter(table, layer, ticked);
                return (
                  <Chip key={layer} kind="filter" onRemove={() => drop(layer)} removeName={`Drop the filter ${words}`}>
                    {words}
                  </Chip>
                );
              })}
              <span className="t2 s12" role="status">
                {ids.length === table.count ? counted(table.count, "token") : `${count(ids.length)} of ${count(table.count)}`}
              </span>
              <span className="t3 s12 push el">Rarity: {table.rarity.charAt(0).toLowerCase() + table.rarity.slice(1)}</span>
            </div>
            {ids.length === 0 ? (
              <EmptyState title={filters.size > 0 ? "No token passes these filters" : `No token is found by “${search}”`} actions={<Button onPress={clear}>Show all {count(table.count)}</Button>}>
                {filters.size > 0 ? [...filters].map(([layer, ticked]) => sayFilter(table, layer, ticked)).join(" and ") : undefined}
              </EmptyState>
            ) : (
              <>
                <Histogram table={table} ids={ids} order={order} inView={inView} />
                {view === "grid" ? (
                  <TokenGrid label={`Tokens, ${orderName.toLowerCase()}`} content={content} cursor={cursor} inView={inView} nameOf={nameOf} onWish={onWish} handle={grid} />
                ) : (
                  <Loupe table={table} ids={ids} cursor={cursor} onClose={backToGrid} />
                )}
              </>
            )}
          </div>
        </div>
      </Stage>
      <TokenInspector table={table} ids={ids} cursor={cursor} />
    </>
  );
}

/** The frame at once, mats of the final size. */
function Mats() {
  return (
    <div className={styles.mats} role="status" aria-label="Reading the tokens">
      {Array.from({ length: 96 }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}

/** "#671, rank 16, Body Crab vermilion, Crown Lantern". */
function sayToken(table: TokensTable, id: number): string {
  const worn = table.layers.flatMap((layer) => {
    const name = layer.traits[layer.column[id - 1] ?? -1];
    return name === undefined ? [] : [`${layer.name} ${name.replaceAll(",", "")}`];
  });
  const state = (table.version[id - 1] ?? "") === "" ? ["not rendered"] : [];
  return [`#${id}`, `rank ${table.rank[id - 1] ?? 0}`, ...worn, ...state].join(", ");
}

function isTokenAt(at: unknown): at is { token: number } {
  return typeof at === "object" && at !== null && "token" in at;
}

function isFilterAt(at: unknown): at is { filter: { layer: string; trait: number } } {
  return typeof at === "object" && at !== null && "filter" in at;
}
