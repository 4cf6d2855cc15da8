// The inspector of Storage: the bundle, a target, a signature, or a new node.
import { Plus, RotateCw, Upload } from "lucide-react";
import { useState } from "react";
import type { SignatureView, Storage, TargetView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Field } from "../../components/field/Field";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { CopyDetails } from "../../components/notice/Notice";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { bytes, count, day, fileName } from "../../shell/words";
import { readNodeAddress, readTargetId } from "./next";
import { actOf, COPY } from "./Targets";
import styles from "./storage.module.css";

export function BundleDetails({ view, onAdd }: { view: Storage; onAdd: () => void }) {
  const { bundle } = view;
  return (
    <Inspector title="Bundle" sub={bundle === null ? "not built yet" : undefined}>
      {bundle === null ? (
        <InspectorSection>
          <p className="t2 pretty">A bundle is the whole drop in one folder: pictures, metadata, a manifest of hashes, and a root that stands for all of them. Anyone can check it offline.</p>
        </InspectorSection>
      ) : (
        <>
          <InspectorSection>
            <FactRows
              facts={[
                ["Built", day(bundle.built_at)],
                ["Tokens", count(bundle.tokens)],
                ["Files", count(bundle.files)],
                ["Size", bytes(bundle.bytes)],
                ["Folder", <span key="dir" title={bundle.dir} className="el">{fileName(bundle.dir)}</span>],
                ["Manifest", <HashChip key="m" name="Manifest" value={bundle.manifest} />],
              ]}
            />
          </InspectorSection>
          <InspectorSection title="Base URI" note="goes on chain">
            <p className={`mono t2 ${styles.wrap}`}>{bundle.base_uri}</p>
            <p className={`t2 pretty ${styles.under}`}>A token’s link is this and its number. It is known before anything is uploaded, so nobody can change what it points at.</p>
          </InspectorSection>
        </>
      )}
      {view.gateway !== null && (
        <InspectorSection title="Local gateway">
          <p className="mono t2">{view.gateway}</p>
          <p className={`t2 pretty ${styles.under}`}>Serves the copy on this computer to this computer only.</p>
        </InspectorSection>
      )}
      <InspectorSection title="Another copy">
        <p className="t2 pretty">A Kubo node of yours keeps a copy others can fetch. Atelier sends every block and reads every file back.</p>
        <div className={styles.under}>
          <Button icon={Plus} onPress={onAdd}>
            Add a Kubo node
          </Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}

export function TargetDetails({ target, primary, blocked, onStore, onProve }: { target: TargetView; primary: boolean; blocked: string | null; onStore: () => void; onProve: () => void }) {
  const act = actOf(target.state);
  const { glyph, word } = COPY[target.state];
  return (
    <Inspector title={target.name} sub={target.kind === "kubo" ? "IPFS node" : "embedded store"}>
      <InspectorSection>
        <FactRows
          facts={[
            [
              "State",
              <span key="s" className="row">
                <StateGlyph state={glyph} label="" />
                {word}
              </span>,
            ],
            ["Files proven", `${count(target.proven)} of ${count(target.total)}`],
            ["Last proven", target.proven_at === null ? "never" : day(target.proven_at)],
            ["Price", target.price],
            ["Id in drop.toml", <span key="id" className="mono">{target.id}</span>],
          ]}
        />
      </InspectorSection>
      <InspectorSection title="Place">
        <p className={`mono t2 ${styles.wrap}`}>{target.place}</p>
      </InspectorSection>
      {target.error !== null && (
        <InspectorSection title="What went wrong">
          <p className="pretty">{target.error.message}</p>
          {target.error.hint !== null && <p className={`t2 pretty ${styles.under}`}>{target.error.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{target.error.code}</p>
          {target.error.details !== null && <CopyDetails size="s" report={target.error} />}
        </InspectorSection>
      )}
      <InspectorSection title="How it is proven">
        <ul className={styles.list}>
          <li>
            <StateGlyph state={target.state === "proven" ? "done" : "scheduled"} label="" />
            <span className="t2">Every file is fetched back and hashed</span>
          </li>
          <li>
            <StateGlyph state={target.state === "proven" ? "done" : "scheduled"} label="" />
            <span className="t2">A CID that a target returns is never believed unchecked</span>
          </li>
        </ul>
      </InspectorSection>
      {act !== null && (
        <InspectorSection>
          <div className={styles.stack}>
            {act === "store" ? (
              <Button variant={primary ? "primary" : "default"} icon={Upload} blocked={blocked} onPress={onStore}>
                {target.state === "failed" ? "Send again and read back" : `Store ${count(target.total)} files and read back`}
              </Button>
            ) : (
              <Button variant={primary ? "primary" : "default"} icon={RotateCw} blocked={blocked} onPress={onProve}>
                {`Read ${count(target.total)} files back`}
              </Button>
            )}
          </div>
        </InspectorSection>
      )}
    </Inspector>
  );
}

export function SignatureDetails({ signature }: { signature: SignatureView }) {
  return (
    <Inspector title="Signature" sub={signature.role ?? "another key"}>
      <InspectorSection>
        <FactRows
          facts={[
            [
              "State",
              <span key="s" className="row">
                <StateGlyph state={signature.valid ? "done" : "stale"} label="" />
                {signature.valid ? "holds" : "for an older bundle"}
              </span>,
            ],
            ["Signer", <HashChip key="a" name={signature.role ?? "Signer"} value={signature.signer} />],
            ["Chain", signature.chain_id],
            ["Drop", <HashChip key="d" name="Drop" value={signature.drop} />],
          ]}
        />
      </InspectorSection>
      <InspectorSection title="What it says">
        <p className="t2 pretty">This key vouches for the root, the manifest, the supply, the royalty and the link, for one drop on one chain. It is EIP-712: any wallet can read it, anyone can check it.</p>
      </InspectorSection>
    </Inspector>
  );
}

export function AddNode({ known, onDone, onClose }: { known: readonly string[]; onDone: (id: string) => void; onClose: () => void }) {
  const [id, setId] = useState("");
  const [url, setUrl] = useState("http://127.0.0.1:5001");
  const [tried, setTried] = useState(false);
  const add = useAct("storage_add_kubo", { onDone: () => onDone(id), quiet: true });
  const badId = readTargetId(id, known);
  const badUrl = readNodeAddress(url);
  const press = () => {
    setTried(true);
    if (badId === null && badUrl === null) add.mutate({ id, url: url.trim() });
  };
  return (
    <Inspector title="Add a Kubo node">
      <InspectorSection>
        <div className={styles.form}>
          <Field label="Name" value={id} onChange={setId} placeholder="studio-node" error={tried ? badId : null} help="As it is called in drop.toml." mono autoFocus />
          <Field label="RPC address" value={url} onChange={setUrl} error={tried ? badUrl : null} help="The node’s own API, not a public gateway." mono />
        </div>
      </InspectorSection>
      {add.error !== null && (
        <InspectorSection title="It was not added">
          <p className="pretty">{add.error.report.message}</p>
          {add.error.report.hint !== null && <p className={`t2 pretty ${styles.under}`}>{add.error.report.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{add.error.report.code}</p>
        </InspectorSection>
      )}
      <InspectorSection title="What it will learn">
        <p className="t2 pretty">The pictures and metadata you send. Never a key. Once a node has announced them, they are public.</p>
      </InspectorSection>
      <InspectorSection>
        <div className={styles.stack}>
          <Button variant="primary" isPending={add.isPending} onPress={press}>
            Add the node
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}
