// The chain of proof: signature → manifest → root → files. The station that fails ends it, with one finger on one file.
import type { BundleView, VerifyReport } from "../../api/bindings";
import { HashChip } from "../../components/hash-chip/HashChip";
import { shorten } from "../../components/hash-chip/shorten";
import { Section } from "../../components/section/Section";
import { type Glyph, StateGlyph } from "../../components/state-glyph/StateGlyph";
import { type DataColumn, DataTable } from "../../components/table/DataTable";
import { bytes, count, counted } from "../../shell/words";
import styles from "./storage.module.css";

type Finding = VerifyReport["findings"][number];

export function Proof({ bundle, stale, report, checking, selected, onSelectSignature }: {
  bundle: BundleView;
  stale: boolean;
  report: VerifyReport | null;
  checking: boolean;
  selected: number | null;
  onSelectSignature: (index: number) => void;
}) {
  const signed = bundle.signatures.filter((one) => one.valid);
  const files: Glyph = checking ? "running" : report === null ? "empty" : report.ok ? "done" : "failed";
  const stations: { id: string; glyph: Glyph; title: string; line: string }[] = [
    {
      id: "signature",
      glyph: signed.length > 0 ? "done" : bundle.signatures.length > 0 ? "stale" : "empty",
      title: "Signature",
      line: signed.length > 0 ? signed.map((one) => one.role ?? shorten(one.signer)).join(", ") : bundle.signatures.length > 0 ? "for an older bundle" : "not signed yet",
    },
    { id: "manifest", glyph: stale ? "stale" : "ready", title: "Manifest", line: `${counted(bundle.files, "entry", "entries")}, ${shorten(bundle.manifest)}` },
    { id: "root", glyph: stale ? "stale" : "ready", title: "Root", line: `${counted(bundle.tokens, "token")}, ${shorten(bundle.root)}` },
    {
      id: "files",
      glyph: files,
      title: "Files",
      line: checking ? "being hashed" : report === null ? "not checked yet" : report.ok ? `${count(report.files)} hashed, every byte` : `${counted(report.findings.length, "finding")}`,
    },
  ];
  const columns: DataColumn<Finding>[] = [
    { id: "state", title: "State", kind: "glyph", cell: () => <StateGlyph state="failed" label="wrong" /> },
    { id: "file", title: "File", cell: (finding) => <span className="m">{finding.file === "" ? "the bundle" : finding.file}</span> },
    { id: "token", title: "Token", cell: (finding) => (finding.token === null ? "" : `#${count(finding.token)}`) },
    { id: "what", title: "What is wrong", cell: (finding) => <span className="t2">{finding.message}</span> },
    { id: "code", title: "Code", optional: 1, cell: (finding) => <span className="mono t3">{finding.code}</span> },
  ];
  return (
    <>
      <Section title="Proof" note="without a network">
        <ol className={styles.chain} aria-label="Chain of proof">
          {stations.map((station) => (
            <li key={station.id} className={styles.link}>
              <div>
                <StateGlyph state={station.glyph} />
              </div>
              <b>{station.title}</b>
              <span title={station.line}>{station.line}</span>
            </li>
          ))}
        </ol>
      </Section>
      {report !== null && (
        <Section
          title={report.ok ? "Everything is as it was built" : `${counted(report.findings.length, "finding")} in ${counted(report.files, "file")}`}
          note={`${count(report.files)} files, ${bytes(report.bytes)}, ${counted(report.tokens, "token")} proven into the root, ${counted(report.signers.length, "signature")} held`}
        >
          {!report.ok && <DataTable label="Findings" size="compact" columns={columns} rows={report.findings} rowId={(finding) => `${finding.code} ${finding.file}`} />}
        </Section>
      )}
      <Section title="Signatures" note={bundle.signatures.length === 0 ? "none yet: the Deployer key signs root, manifest and address of the drop" : undefined}>
        {bundle.signatures.length > 0 && (
          <DataTable
            label="Signatures over the bundle"
            columns={[
              { id: "state", title: "State", kind: "glyph", cell: ({ one }) => <StateGlyph state={one.valid ? "done" : "stale"} label={one.valid ? "holds" : "for an older bundle"} /> },
              { id: "role", title: "Signed by", cell: ({ one }) => <span className="m">{one.role ?? "another key"}</span> },
              { id: "signer", title: "Account", cell: ({ one }) => <HashChip name={one.role ?? "Signer"} value={one.signer} /> },
              { id: "chain", title: "For chain", kind: "figure", cell: ({ one }) => one.chain_id },
              { id: "drop", title: "For the drop at", optional: 1, cell: ({ one }) => <HashChip name="Drop" value={one.drop} /> },
            ]}
            rows={bundle.signatures.map((one, index) => ({ one, index }))}
            rowId={({ index }) => String(index)}
            selected={selected === null ? null : String(selected)}
            onSelect={(id) => onSelectSignature(Number(id))}
          />
        )}
      </Section>
    </>
  );
}
