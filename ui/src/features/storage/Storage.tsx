// Proof, not promise: what the bundle is before any upload, where copies are, and that every byte came back.
import { ArrowRight, PackageCheck, PackagePlus, Plus, Signature } from "lucide-react";
import { useState } from "react";
import type { ErrorReport, JobView, Storage as StorageView, TargetView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector } from "../../components/inspector/Inspector";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { Section } from "../../components/section/Section";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { bytes, clock, counted } from "../../shell/words";
import { AddNode, BundleDetails, SignatureDetails, TargetDetails } from "./Details";
import { nextAct } from "./next";
import { Proof } from "./Proof";
import { Targets } from "./Targets";
import styles from "./storage.module.css";

/** What the inspector shows. */
type Picked = { kind: "bundle" } | { kind: "signature"; index: number } | { kind: "target"; id: string } | { kind: "add" };

/** A job of ours that is still at work. */
function busyWith(jobs: readonly JobView[], kinds: readonly JobView["kind"][]): JobView | undefined {
  return jobs.find((job) => kinds.includes(job.kind) && (job.state === "running" || job.state === "queued" || job.state === "paused"));
}

export function Storage() {
  const storage = useAsk("storage");
  const jobs = useAsk("jobs").data?.jobs ?? [];
  const [picked, setPicked] = useState<Picked>({ kind: "bundle" });
  const build = useAct("bundle_build");
  const sign = useAct("bundle_sign", { quiet: true });
  const verify = useAct("bundle_verify", { quiet: true });
  const put = useAct("storage_put");
  const prove = useAct("storage_prove");

  const view = storage.data;
  const building = busyWith(jobs, ["bundle"]);
  const copying = busyWith(jobs, ["store", "prove"]);
  const next = view === undefined ? null : nextAct(view, building !== undefined || copying !== undefined);
  // The form beside the stage has the blue button while it is open.
  const lead = picked.kind === "add" ? null : next;
  const target = picked.kind === "target" ? view?.targets.find((one) => one.id === picked.id) : undefined;
  const signature = picked.kind === "signature" ? view?.bundle?.signatures[picked.index] : undefined;
  const busy = building === undefined ? (copying === undefined ? null : `${copying.title} is at work.`) : `${building.title} is at work.`;
  const noBundle = view?.bundle === null ? "There is no bundle yet." : null;
  const stale = view?.bundle_stale === true ? "The bundle is older than the drop. Build it again first." : null;

  const act = {
    build: () => build.mutate({}),
    sign: () => sign.mutate({}),
    check: () => verify.mutate({ path: null }),
    store: (id: string) => {
      setPicked({ kind: "target", id });
      put.mutate({ id });
    },
    prove: (id: string) => {
      setPicked({ kind: "target", id });
      prove.mutate({ id });
    },
  };
  const signBlocked = noBundle ?? stale ?? busy;
  useCommands([
    { id: "storage.build", title: "Build the bundle", group: "Storage", icon: PackagePlus, blocked: busy, run: act.build },
    { id: "storage.sign", title: "Sign the bundle", group: "Storage", icon: Signature, blocked: signBlocked, run: act.sign },
    { id: "storage.check", title: "Check the bundle", group: "Storage", icon: PackageCheck, blocked: noBundle, run: act.check },
    { id: "storage.add-node", title: "Add a Kubo node", group: "Storage", icon: Plus, run: () => setPicked({ kind: "add" }) },
  ]);

  const bundle = view?.bundle ?? null;
  return (
    <>
      <Stage
        title="Storage"
        fact={bundle === null ? undefined : `${counted(bundle.files, "file")}, ${bytes(bundle.bytes)}, built at ${clock(bundle.built_at)}`}
        end={
          view !== undefined &&
          bundle !== null && (
            <>
              <Button icon={PackageCheck} blocked={noBundle} isPending={verify.isPending} onPress={act.check}>
                Check
              </Button>
              {next?.kind !== "build" && (
                <Button variant={lead?.kind === "rebuild" ? "primary" : "default"} icon={PackagePlus} blocked={busy} onPress={act.build}>
                  Build again
                </Button>
              )}
              <Button variant={lead?.kind === "sign" ? "primary" : "default"} icon={Signature} blocked={signBlocked} isPending={sign.isPending} onPress={act.sign}>
                {bundle.signatures.some((one) => one.valid) ? "Sign again" : "Sign"}
              </Button>
              {next?.kind === "launch" && (
                <Button variant={lead === null ? "default" : "primary"} icon={ArrowRight} onPress={() => navigate({ screen: "rehearsal" })}>
                  Go to Rehearsal
                </Button>
              )}
            </>
          )
        }
      >
        <Band view={view} error={storage.error?.report ?? sign.error?.report ?? verify.error?.report ?? null} again={storage.error === null ? null : () => void storage.refetch()} />
        {view === undefined ? (
          storage.error === null && <SkeletonRows name="the bundle" />
        ) : bundle === null ? (
          <EmptyState
            title="No bundle yet"
            actions={
              <Button variant="primary" icon={PackagePlus} size="l" blocked={busy} isPending={build.isPending} onPress={act.build}>
                Build the bundle
              </Button>
            }
          >
            Every picture and every metadata file is hashed. Addresses and root are known before anything leaves this computer.
          </EmptyState>
        ) : (
          <div className={styles.fill}>
            <Policy view={view} />
            <Targets
              targets={view.targets}
              next={lead}
              jobs={jobs}
              blocked={signBlocked === noBundle ? null : (stale ?? busy)}
              selected={target?.id ?? null}
              onSelect={(id) => setPicked({ kind: "target", id })}
              onStore={act.store}
              onProve={act.prove}
              onAdd={() => setPicked({ kind: "add" })}
            />
            <Section title="Addresses" note="known before anything is uploaded; these go on chain">
              <div className={styles.addresses}>
                <div>
                  <span className={styles.name}>Images</span>
                  <HashChip name="CID of the images" value={bundle.images_cid} />
                </div>
                <div>
                  <span className={styles.name}>Metadata</span>
                  <HashChip name="CID of the metadata" value={bundle.metadata_cid} />
                </div>
                <div>
                  <span className={styles.name}>Collection</span>
                  <HashChip name="CID of the collection JSON" value={bundle.contract_cid} />
                </div>
                <div>
                  <span className={styles.name}>Root</span>
                  <HashChip name="Merkle root" value={bundle.root} />
                </div>
              </div>
            </Section>
            <Proof
              bundle={bundle}
              stale={view.bundle_stale}
              report={verify.data ?? null}
              checking={verify.isPending}
              selected={picked.kind === "signature" ? picked.index : null}
              onSelectSignature={(index) => setPicked({ kind: "signature", index })}
            />
          </div>
        )}
      </Stage>
      {view === undefined ? (
        <Inspector title="Storage" />
      ) : picked.kind === "add" ? (
        <AddNode known={view.targets.map((one) => one.id)} onDone={(id) => setPicked({ kind: "target", id })} onClose={() => setPicked({ kind: "bundle" })} />
      ) : target !== undefined ? (
        <TargetDetails target={target} primary={isPrimary(lead, target)} blocked={noBundle ?? stale ?? busy} onStore={() => act.store(target.id)} onProve={() => act.prove(target.id)} />
      ) : signature !== undefined ? (
        <SignatureDetails signature={signature} />
      ) : (
        <BundleDetails view={view} onAdd={() => setPicked({ kind: "add" })} />
      )}
    </>
  );
}

/** The row's button is the primary unless the inspector shows the same act. */
function isPrimary(next: ReturnType<typeof nextAct> | null, target: TargetView): boolean {
  return next !== null && (next.kind === "store" || next.kind === "prove") && next.target === target.id;
}

/** One band at most: what failed, else what is old. */
function Band({ view, error, again }: { view: StorageView | undefined; error: ErrorReport | null; again: (() => void) | null }) {
  if (error !== null) return <ErrorNotice report={error} actions={again !== null && <Button onPress={again}>Try again</Button>} />;
  if (view?.bundle_stale === true) {
    return (
      <Notice tone="care" title="Pictures or metadata changed after the bundle was built." code="BUNDLE-STALE">
        The old bundle and its copies stay as they are until you build again.
      </Notice>
    );
  }
  const failed = view?.targets.find((target) => target.error !== null);
  if (failed?.error !== undefined && failed.error !== null) {
    return <ErrorNotice report={failed.error} />;
  }
  return null;
}

function Policy({ view }: { view: StorageView }) {
  const { copies_wanted: wanted, copies_proven: proven } = view;
  const missing = Math.max(0, wanted - proven);
  return (
    <div className={styles.policy}>
      <span className={styles.slots} role="img" aria-label={`${proven} of ${wanted} copies proven`}>
        {Array.from({ length: Math.max(wanted, proven) }, (_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- slots are alike
          <i key={i} data-proven={i < proven} />
        ))}
      </span>
      <b className="b">{view.sentence}</b>
      <span className="t2">
        {missing === 0 ? "Every file came back and hashed to what was signed." : `${counted(missing, "copy", "copies")} to go before a launch. A copy counts once every file was read back.`}
      </span>
    </div>
  );
}
