import { Eye, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../api/mutations";
import { useImportPreview } from "./preview";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Field } from "../../components/field/Field";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { ErrorNotice, Notice } from "../../components/notice/Notice";
import { Section } from "../../components/section/Section";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { DataTable } from "../../components/table/DataTable";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { count, counted, fileName } from "../../shell/words";
import { FolderField } from "./FolderField";
import styles from "./home.module.css";
import { slug } from "./slug";

/** A customs officer who only looks: what an import would do, before anything is copied. */
export function ImportDesk({ source, projectsDir, onLeave, onOther }: { source: string; projectsDir: string; onLeave: () => void; onOther: () => void }) {
  const preview = useImportPreview(source);
  const [name, setName] = useState(() => title(fileName(source)));
  const [dir, setDir] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const place = dir ?? `${projectsDir}/${slug(name)}`;
  const bring = useAct("project_import", { quiet: true, onDone: () => navigate({ screen: "artwork" }) });
  const found = preview.data;
  const blocked = found === undefined ? "Still looking" : found.traits === 0 ? "No picture was found" : name.trim() === "" ? "It needs a name first" : null;
  const act = found === undefined ? "Import" : `Import ${counted(found.traits, "trait")}`;
  const run = () => bring.mutate({ source, dir: place, name: name.trim() });
  useCommands([{ id: "import.run", title: act, group: "Import", shortcut: "Ctrl+Enter", blocked, run }]);
  const layer = found?.layers.find((one) => one.folder === picked) ?? found?.layers[0];
  return (
    <>
      <Stage
        title="Import"
        fact={source}
        end={
          <>
            <Button variant="quiet" onPress={onLeave}>
              Not now
            </Button>
            <Button variant="primary" shortcut="Ctrl+Enter" blocked={blocked} isPending={bring.isPending} onPress={run}>
              {act}
            </Button>
          </>
        }
      >
        {bring.isError ? (
          <ErrorNotice report={bring.error.report} />
        ) : preview.isError ? (
          <ErrorNotice report={preview.error.report} actions={<Button onPress={onOther}>Choose another folder</Button>} />
        ) : (
          found !== undefined && (
            <Notice tone="info" icon={Eye} title="Nothing is copied yet.">
              {found.convention}: {counted(found.layers.length, "layer")}, lowest first, {counted(found.traits, "picture")}.
            </Notice>
          )
        )}
        {preview.isPending && <SkeletonRows name={`the folder ${fileName(source)}`} />}
        {found !== undefined && found.layers.length === 0 && (
          <EmptyState title="No layers in this folder" actions={<Button onPress={onOther}>Choose another folder</Button>}>
            Each subfolder becomes a layer, each picture in it a trait.
          </EmptyState>
        )}
        {found !== undefined && found.layers.length > 0 && (
          <div className={styles.desk}>
            <DataTable
              label="Layers, lowest first"
              size="tall"
              rows={found.layers.map((one, index) => ({ ...one, number: index + 1 }))}
              rowId={(one) => one.folder}
              rowText={(one) => one.name}
              selected={layer?.folder ?? null}
              onSelect={setPicked}
              columns={[
                { id: "number", title: "Order", kind: "glyph", cell: (one) => <span className="t3 s12">{one.number}</span> },
                {
                  id: "name",
                  title: "Layer, and its folder",
                  cell: (one) => (
                    <>
                      <span className="m">{one.name}</span>
                      <span className="mono t3" style={{ display: "block" }}>
                        {one.folder}
                      </span>
                    </>
                  ),
                },
                { id: "some", title: "Traits", optional: 2, cell: (one) => <span className={`t2 el ${styles.some}`}>{one.traits.join(", ")}</span> },
                { id: "traits", title: "Pictures", kind: "figure", cell: (one) => count(one.traits.length) },
              ]}
            />
            {found.warnings.length > 0 && (
              <Section title={`${found.warnings.length} to know`} note="what will not be read, and why">
                <ul>
                  {found.warnings.map((warning) => (
                    <li key={warning} className={styles.warning}>
                      <TriangleAlert aria-hidden className="warn icon-s" />
                      <span>{warning}</span>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </div>
        )}
      </Stage>
      <Inspector title={layer?.name ?? "Import"} sub={layer === undefined ? undefined : counted(layer.traits.length, "trait")}>
        <InspectorSection title="The new drop">
          <div style={{ display: "grid", gap: "var(--s3)" }}>
            <Field label="Name" value={name} onChange={setName} />
            <FolderField label="Folder" value={place} onChange={setDir} />
          </div>
          <p className="t3 s12 pretty" style={{ marginTop: "var(--s2)" }}>
            Pictures are copied there. The folder you chose stays as it is.
          </p>
        </InspectorSection>
        {layer !== undefined && (
          <InspectorSection title="Traits" note={<span className="mono">{layer.folder}</span>}>
            <FactRows small facts={layer.traits.map((trait, index) => [trait, <span key={trait} className="t3">{index + 1}</span>] as const)} />
          </InspectorSection>
        )}
      </Inspector>
    </>
  );
}

/** "my-layers" → "My layers". */
function title(folder: string): string {
  const words = folder.replace(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
