import { ChevronLeft, ChevronRight } from "lucide-react";
import { type Ref, useEffect, useMemo, useState } from "react";
import type { Artwork, ErrorReport, Target, TokensTable } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Field } from "../../components/field/Field";
import { HashChip } from "../../components/hash-chip/HashChip";
import { IconButton } from "../../components/icon-button/IconButton";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Meter } from "../../components/meter/Meter";
import { Picture, compositePath } from "../../components/picture/Picture";
import { Segments } from "../../components/segments/Segments";
import { Slider } from "../../components/slider/Slider";
import { clock, count, counted } from "../../shell/words";
import type { Draft } from "./ArtworkScreen";
import styles from "./artwork.module.css";
import { type Combination, type Pick, pathsOf, wearers } from "./combination";
import { type TargetKind, convert, countOf, freeOf, fromSlider, giverOf, parseTarget, rangeOf, sayWrong, textOf } from "./target";

/** Width of the composite in picture pixels: 240 at twice the density. */
const COMPOSITE = 480;

export type TraitInspectorProps = {
  artwork: Artwork;
  table: TokensTable | null;
  combination: Combination;
  token: number | null;
  picked: Pick;
  draft: Draft | null;
  onDraft: (target: Target) => void;
  onTarget: (target: Target) => void;
  onGive: (pick: Pick, target: Target) => void;
  onToken: (id: number) => void;
  fieldRef: Ref<HTMLInputElement>;
};

/** The picked trait: a picture that wears it, its target, its three bars; and the plan it belongs to. */
export function TraitInspector(props: TraitInspectorProps) {
  const { artwork, table, combination, token, picked, draft, onToken } = props;
  const layer = artwork.layers.find((one) => one.id === picked.layer);
  const trait = layer?.traits.find((one) => one.id === picked.trait) ?? null;
  const paths = pathsOf(artwork, combination);
  const tokens = useMemo(() => (table === null ? [] : wearers(table, picked)), [table, picked]);
  const at = token === null ? -1 : tokens.indexOf(token);
  if (layer === undefined) return null;
  const written = trait?.target ?? layer.none;
  const drafted = draft !== null && draft.layer === picked.layer && draft.trait === picked.trait ? draft.target : null;
  const target = drafted ?? written;
  const name = trait?.name ?? `No ${layer.name.toLowerCase()}`;
  const step = (by: number) => {
    const next = tokens[at < 0 ? (by > 0 ? 0 : tokens.length - 1) : at + by];
    if (next !== undefined) onToken(next);
  };
  return (
    <Inspector title={name} sub={layer.name}>
      <InspectorSection art>
        <div className={styles.preview}>
          <Picture path={paths.length === 0 ? null : compositePath(paths, COMPOSITE)} alt={token === null ? `A token with ${name}` : `#${token}, with ${name}`} />
        </div>
        <div className={styles.leaf}>
          <IconButton size="s" icon={ChevronLeft} name={`Previous token with ${name}`} blocked={tokens.length === 0 ? "No planned token wears it" : at === 0 ? "This is the first" : null} onPress={() => step(-1)} />
          <span role="status">
            {at >= 0 ? `#${token}, ${count(at + 1)} of ${count(tokens.length)} with ${trait === null ? "none" : name}` : tokens.length > 0 ? `${counted(tokens.length, "token")} planned with it` : "A combination of your own"}
          </span>
          <IconButton size="s" icon={ChevronRight} name={`Next token with ${name}`} blocked={tokens.length === 0 ? "No planned token wears it" : at === tokens.length - 1 ? "This is the last" : null} onPress={() => step(1)} />
        </div>
      </InspectorSection>
      {trait?.problem != null && <Problem report={trait.problem} />}
      {target !== null && (
        <TargetSection
          key={`${picked.layer}/${picked.trait ?? ""}`}
          {...props}
          free={freeOf(layer, artwork.supply)}
          giver={giverOf(layer, picked.trait)}
          target={target}
          targetCount={countOf(target, layer, picked.trait, artwork.supply)}
          planned={trait?.planned ?? layer.none_planned}
          rendered={trait?.rendered ?? null}
        />
      )}
      <PlanSection artwork={artwork} />
    </Inspector>
  );
}

function Problem({ report }: { report: ErrorReport }) {
  return (
    <InspectorSection title="It cannot be read">
      <p className="pretty">{report.message}</p>
      {report.hint !== null && <p className="t2 pretty">{report.hint}</p>}
      <p className="mono t3">{report.code}</p>
    </InspectorSection>
  );
}

function TargetSection({ artwork, picked, free, giver, onGive, target, targetCount, planned, rendered, onDraft, onTarget, fieldRef }: TraitInspectorProps & { free: number | null; giver: ReturnType<typeof giverOf>; target: Target; targetCount: number; planned: number; rendered: number | null }) {
  const [text, setText] = useState(textOf(target));
  // A value from elsewhere (slider, undo) takes the place of what was typed.
  useEffect(() => setText(textOf(target)), [target]);
  const typed = parseTarget(target.kind, text, artwork.supply);
  const range = rangeOf(target, artwork.supply);
  const most = Math.max(1, targetCount, planned, rendered ?? 0) * 1.25;
  const bars = [
    ["Target", targetCount, "ink"],
    ["Planned", planned, "muted"],
    ...(rendered === null ? [] : [["Rendered", rendered, "accent"] as const]),
  ] as const;
  return (
    <InspectorSection title="Target" note={target.kind === "weight" ? "shared by weight" : free === null ? "the rest give way" : free === 0 ? "the layer is full" : `${counted(free, "token")} of the layer free`}>
      <Segments
        full
        label="Target as"
        value={target.kind}
        onChange={(kind: TargetKind) => kind !== target.kind && onTarget(convert(target, targetCount, artwork.supply, kind))}
        options={[
          { id: "count", label: "Count" },
          { id: "percent", label: "Percent" },
          { id: "weight", label: "Weight" },
        ]}
      />
      <div className={styles.dial}>
        <Slider label="Target" width="100%" value={range.value} min={0} max={range.max} step={range.step} onChange={(value) => onDraft(fromSlider(target.kind, value))} onEnd={(value) => onTarget(fromSlider(target.kind, value))} />
        <Field
          bare
          numeric
          label={`Target, ${target.kind}`}
          width="6.5rem"
          value={text}
          onChange={setText}
          onCommit={() => typed !== null && textOf(typed) !== textOf(target) && onTarget(typed)}
          suffix={target.kind === "percent" ? "%" : target.kind === "count" ? `of ${count(artwork.supply)}` : "parts"}
          error={typed === null ? sayWrong(target.kind, artwork.supply) : null}
          inputRef={fieldRef}
        />
      </div>
      <div className={styles.compare}>
        {bars.map(([name, value, tone]) => (
          <div key={name}>
            <span>{name}</span>
            <Meter thick share={value / most} tone={tone} />
            <span>{count(value)}</span>
          </div>
        ))}
      </div>
      {free !== null && giver !== null && (
        <div className={styles.give}>
          <p className="t2 s12 pretty">Every target of this layer is fixed, so none can change alone.</p>
          <Button size="s" onPress={() => onGive({ layer: picked.layer, trait: giver.trait }, { kind: "weight", value: Math.max(1, giver.count) })}>
            Let {giver.name} take the rest
          </Button>
        </div>
      )}
    </InspectorSection>
  );
}

/** How many tokens, from which seed, and the plan there is. */
function PlanSection({ artwork }: { artwork: Artwork }) {
  const [supply, setSupply] = useState(String(artwork.supply));
  const [seed, setSeed] = useState(artwork.seed);
  useEffect(() => setSupply(String(artwork.supply)), [artwork.supply]);
  useEffect(() => setSeed(artwork.seed), [artwork.seed]);
  const set = useAct("artwork_set_supply");
  const number = /^[1-9]\d{0,6}$/.test(supply.trim()) ? Number(supply.trim()) : null;
  return (
    <InspectorSection title="Plan" note={artwork.plan === null ? "none yet" : artwork.plan_stale ? "stale" : `made ${clock(artwork.plan.made_at)}`}>
      <div className={styles.fields}>
        <Field
          numeric
          label="Tokens"
          value={supply}
          onChange={setSupply}
          error={number === null ? "A whole number, at least 1" : null}
          onCommit={() => number !== null && number !== artwork.supply && set.mutate({ supply: number, seed: null })}
        />
        <Field label="Seed" value={seed} onChange={setSeed} onCommit={() => seed.trim() !== "" && seed !== artwork.seed && set.mutate({ supply: artwork.supply, seed: seed.trim() })} />
      </div>
      <FactRows
        small
        facts={[
          ["Picture", `${count(artwork.width)} × ${count(artwork.height)}`],
          ["Planned", artwork.plan === null ? null : counted(artwork.plan.supply, "token")],
          ["Targets missed", artwork.plan === null ? null : count(artwork.plan.deviation)],
          ["Rules held", artwork.plan === null ? null : count(artwork.plan.rules)],
          ["Rendered", artwork.plan === null ? null : count(artwork.rendered)],
          ["Plan", artwork.plan === null ? null : <HashChip key="plan" name="Plan hash" value={artwork.plan.hash} />],
        ]}
      />
    </InspectorSection>
  );
}
