import { useEffect, useState } from "react";
import type { TokensTable } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { FactRows } from "../../components/fact-rows/FactRows";
import { AddressChip, HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { count, counted } from "../../shell/words";
import { type Watch, useWatched } from "./grid/cursor";
import { type Cursor, pickedCount } from "./grid/keyboard";
import styles from "./tokens.module.css";

/** Hashes are asked for once the person rests; what the table knows follows every key. */
const REST_MS = 120;

export function TokenInspector({ table, ids, cursor }: { table: TokensTable; ids: Uint32Array; cursor: Watch<Cursor> }) {
  const { focus, picked } = useWatched(cursor);
  const id = ids[focus];
  const rested = useRested(id ?? 0);
  const detail = useAsk("token", { id: rested }, { when: rested > 0 });
  const several = pickedCount(picked, ids.length);
  if (id === undefined) {
    return (
      <Inspector title={<span className="t3">Nothing selected</span>}>
        <InspectorSection>
          <p className="t3 pretty">No token is shown. Drop a filter to see some.</p>
        </InspectorSection>
      </Inspector>
    );
  }
  const known = detail.data?.id === id ? detail.data : null;
  const version = table.version[id - 1] ?? "";
  return (
    <Inspector title={`#${id}`} sub={several > 1 ? `one of ${count(several)} picked` : `Rank ${count(table.rank[id - 1] ?? 0)} of ${count(table.count)}`}>
      <InspectorSection art>
        <div className={styles.preview}>
          <Picture key={id} path={thumbPath(id, version, 256)} alt={`#${id}`} />
        </div>
      </InspectorSection>
      <InspectorSection title="Traits" note={`share of ${count(table.count)}`}>
        <dl>
          {table.layers.map((layer) => {
            const trait = layer.column[id - 1] ?? layer.traits.length;
            const name = layer.traits[trait];
            return (
              <div key={layer.id} className={styles.trait}>
                <dt>{layer.name}</dt>
                <dd className={name === undefined ? "t3 el" : "el"} title={name}>
                  {name ?? "None"}
                </dd>
                <dd className={styles.share} title={counted(layer.counts[trait] ?? 0, "token")}>
                  {share(layer.counts[trait] ?? 0, table.count)}
                </dd>
              </div>
            );
          })}
        </dl>
      </InspectorSection>
      <InspectorSection>
        <FactRows
          small
          facts={[
            ["Name", known?.name ?? null],
            ["Image", known === null ? null : known.image_sha256 === null ? <span className="t3">once rendered</span> : <HashChip name="Image hash" value={known.image_sha256} />],
            ["CID", known === null ? null : known.image_cid === null ? <span className="t3">once bundled</span> : <HashChip name="Image CID" value={known.image_cid} />],
            ["Metadata", known?.token_uri == null ? null : <HashChip name="Metadata address" value={known.token_uri.replace(/^ipfs:\/\//, "")} />],
            ["Owner", known?.owner == null ? null : <AddressChip name="Owner" value={known.owner} />],
            ["Minted in", known?.mint_transaction == null ? null : <HashChip name="Mint transaction" value={known.mint_transaction} />],
          ]}
        />
        {detail.isError && <p className="t2 s12">{detail.error.message}</p>}
      </InspectorSection>
    </Inspector>
  );
}

/** A share in tenths of a percent, by whole numbers. */
function share(some: number, all: number): string {
  const tenths = Math.round((some * 1000) / all);
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

function useRested(id: number): number {
  const [rested, setRested] = useState(id);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(id), REST_MS);
    return () => window.clearTimeout(timer);
  }, [id]);
  return rested;
}
