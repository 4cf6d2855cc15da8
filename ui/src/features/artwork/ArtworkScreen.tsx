import { useEffect, useMemo, useRef, useState } from "react";
import type { Artwork, Target } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { useRunning } from "../../api/running";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { Stage } from "../../components/stage/Stage";
import { platform } from "../../platform/platform";
import { type Command, useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { count, counted } from "../../shell/words";
import { Columns } from "./Columns";
import { Drawing } from "./Drawing";
import { Rules } from "./Rules";
import { TraitInspector } from "./TraitInspector";
import styles from "./artwork.module.css";
import { type Combination, type Pick, combinationOf, exampleOf } from "./combination";

/** A target under the hand, not yet written down. */
export type Draft = Pick & { readonly target: Target };

/** Mixing paint: the picture answers the hand. */
export function ArtworkScreen() {
  const artwork = useAsk("artwork");
  if (artwork.data === undefined || artwork.data.layers.length === 0) return <Nothing artwork={artwork.data} waiting={artwork.isPending} refusal={artwork.error} onRetry={() => void artwork.refetch()} />;
  return <Table artwork={artwork.data} />;
}

function Table({ artwork }: { artwork: Artwork }) {
  const tokens = useAsk("tokens", {}, { when: artwork.plan !== null });
  const [own, setOwn] = useState<Combination | null>(null);
  const [token, setToken] = useState<number | null>(null);
  const [picked, setPicked] = useState<Pick | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problemAt, setProblemAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);

  const write = useAct("artwork_set_target");
  const plan = useAct("plan_tokens", { quiet: true });
  const render = useAct("render");
  const combination = own ?? exampleOf(artwork);
  const here = picked ?? firstWorn(artwork, combination);

  // The draft stays until the studio's answer has taken its place: bars never jump back.
  useEffect(() => setDraft(null), [artwork]);
  const setTarget = (pick: Pick, target: Target) => {
    setDraft({ ...pick, target });
    write.mutate({ layer: pick.layer, trait_id: pick.trait, target }, { onError: () => setDraft(null) });
  };
  const pickTrait = (pick: Pick) => {
    setPicked(pick);
    setToken(null);
    setOwn({ ...combination, [pick.layer]: pick.trait });
  };
  const showToken = (id: number) => {
    if (tokens.data === undefined) return;
    setToken(id);
    setOwn(combinationOf(tokens.data, id));
  };

  const needsPlan = artwork.plan === null || artwork.plan_stale;
  const missing = artwork.plan === null ? 0 : artwork.plan.supply - artwork.rendered;
  const planNow = () => plan.mutate({});
  const renderNow = () => render.mutate({});
  const rendering = useRunning("render") === null ? null : "It is being rendered; Activity shows how far";
  const traits = artwork.layers.reduce((sum, layer) => sum + layer.traits.length, 0);
  const planTitle = `Plan ${count(artwork.supply)}`;
  const renderTitle = `Render ${count(missing)}`;
  const commands: Command[] = [
    { id: "artwork.plan", title: planTitle, group: "Artwork", shortcut: needsPlan ? "Ctrl+Enter" : undefined, run: planNow },
    ...(needsPlan || missing === 0 ? [] : [{ id: "artwork.render", title: renderTitle, group: "Artwork", shortcut: "Ctrl+Enter", blocked: rendering, run: renderNow }]),
  ];
  useCommands(commands);

  const problem = artwork.problems[problemAt % Math.max(1, artwork.problems.length)];
  const refused = plan.error?.report;
  const key = useMemo(
    () => (
      <span className={styles.keys} aria-hidden>
        <span>
          <i className={styles.keyTarget} /> target
        </span>
        <span>
          <i className={styles.keyPlanned} /> planned
        </span>
        <span>
          <i className={styles.keyRendered} /> rendered
        </span>
      </span>
    ),
    [],
  );
  return (
    <>
      <Stage
        title="Artwork"
        art
        fact={`${counted(artwork.layers.length, "layer")}, ${counted(traits, "trait")}`}
        end={
          <>
            {key}
            <Button variant={needsPlan ? "primary" : "default"} shortcut={needsPlan ? "Ctrl+Enter" : undefined} isPending={plan.isPending} onPress={planNow}>
              {planTitle}
            </Button>
            {!needsPlan && missing > 0 && (
              <Button variant="primary" shortcut="Ctrl+Enter" isPending={render.isPending} blocked={rendering} onPress={renderNow}>
                {renderTitle}
              </Button>
            )}
          </>
        }
      >
        {refused !== undefined ? (
          <ErrorNotice report={refused} actions={<Button onPress={() => plan.reset()}>Keep the last plan</Button>} />
        ) : problem !== undefined ? (
          <ErrorNotice
            report={problem}
            actions={
              artwork.problems.length > 1 && (
                <Button onPress={() => setProblemAt(problemAt + 1)}>
                  Next, {(problemAt % artwork.problems.length) + 1} of {artwork.problems.length}
                </Button>
              )
            }
          />
        ) : (
          artwork.plan_stale && (
            <Notice tone="care" title="Targets or rules changed after this plan.">
              Planned and rendered still show the old one.
            </Notice>
          )
        )}
        <Columns artwork={artwork} combination={combination} picked={here} draft={draft} onPick={pickTrait} onTarget={setTarget} onType={() => field.current?.select()} />
        <Rules artwork={artwork} />
      </Stage>
      <TraitInspector
        artwork={artwork}
        table={tokens.data ?? null}
        combination={combination}
        token={token}
        picked={here}
        draft={draft}
        onDraft={(target) => setDraft({ ...here, target })}
        onTarget={(target) => setTarget(here, target)}
        onGive={setTarget}
        onToken={showToken}
        fieldRef={field}
      />
    </>
  );
}

/** What is picked before anybody picked: the topmost trait of the combination. */
function firstWorn(artwork: Artwork, combination: Combination): Pick {
  const worn = artwork.layers.findLast((layer) => combination[layer.id] !== null && combination[layer.id] !== undefined);
  const layer = worn ?? artwork.layers[0];
  return { layer: layer?.id ?? "", trait: (layer === undefined ? null : combination[layer.id]) ?? layer?.traits[0]?.id ?? null };
}

function Nothing({ artwork, waiting, refusal, onRetry }: { artwork: Artwork | undefined; waiting: boolean; refusal: { report: Parameters<typeof ErrorNotice>[0]["report"] } | null; onRetry: () => void }) {
  const bring = useAct("layers_add", { quiet: true });
  const choose = async () => {
    const source = await platform().pickFolder("Choose a folder of layers");
    if (source !== null) bring.mutate({ source });
  };
  return (
    <>
      <Stage title="Artwork" art>
        {bring.isError && <ErrorNotice report={bring.error.report} />}
        {refusal !== null && <ErrorNotice report={refusal.report} actions={<Button onPress={onRetry}>Try again</Button>} />}
        {waiting && <Waiting />}
        {artwork !== undefined && artwork.problems[0] !== undefined && <ErrorNotice report={artwork.problems[0]} />}
        {artwork !== undefined && (
          <EmptyState
            edge
            drawing={<Drawing />}
            title="No layers yet"
            actions={
              <>
                <Button variant="primary" size="l" isPending={bring.isPending} onPress={() => void choose()}>
                  Choose a folder
                </Button>
                <Button variant="quiet" size="l" onPress={() => navigate({ screen: "home", at: { ask: "sample" } })}>
                  Open the sample
                </Button>
              </>
            }
          >
            Each subfolder becomes a layer, each picture a trait. Your files stay where they are.
          </EmptyState>
        )}
      </Stage>
      <Inspector title={<span className="t3">Nothing selected</span>}>
        <InspectorSection>
          <p className="t3 pretty">When there are layers, this side shows the trait you picked, its target, and a token that wears it.</p>
        </InspectorSection>
        <InspectorSection title="Folders we can read">
          <ul className="t2" style={{ display: "grid", gap: "var(--s1)" }}>
            <li>Plain folders, one per layer</li>
            <li>
              HashLips folders, weights in names: <span className="mono">crown#12.png</span>
            </li>
          </ul>
        </InspectorSection>
      </Inspector>
    </>
  );
}

/** Columns of mats of the final size. */
function Waiting() {
  return (
    <div className={styles.columns} role="status" aria-label="Reading the layers">
      {Array.from({ length: 7 }, (_, column) => (
        <div key={column} className={styles.column}>
          <div className={styles.columnHead} />
          {Array.from({ length: 4 }, (_, row) => (
            <div key={row} className={styles.waiting} />
          ))}
        </div>
      ))}
    </div>
  );
}
