// The inspector of Metadata: a problem with its fix, a token's JSON, or the collection.
import { Copy } from "lucide-react";
import type { Metadata, MetadataExample } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { FactRows } from "../../components/fact-rows/FactRows";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { announce } from "../../shell/announce";
import { navigate } from "../../shell/navigation";
import { bytes, count, counted } from "../../shell/words";
import { exampleOf, type Problem } from "./findings";
import styles from "./metadata.module.css";

/** Tokens named one by one; the rest is a number. */
const NAMED = 24;

export function ProblemDetails({ problem, supply, onJump }: { problem: Problem; supply: number; onJump: () => void }) {
  const { tokens } = problem;
  return (
    <Inspector title={problem.severity === "error" ? "Error" : "Warning"} sub={problem.place}>
      <InspectorSection>
        <p className="pretty">{problem.message}</p>
        <p className={`mono t3 ${styles.code}`}>{problem.code}</p>
      </InspectorSection>
      <InspectorSection title="The fix">
        <p className="pretty">{problem.fix}</p>
      </InspectorSection>
      <InspectorSection title="What it touches">
        <FactRows
          facts={[
            ["Tokens", tokens.length === 0 ? "all, through the template" : `${count(tokens.length)} of ${count(supply)}`],
            ["Pictures", "none"],
          ]}
        />
        {tokens.length > 0 && (
          <p className={`t2 ${styles.tokens}`}>
            {tokens
              .slice(0, NAMED)
              .map((id) => `#${id}`)
              .join(", ")}
            {tokens.length > NAMED && ` and ${count(tokens.length - NAMED)} more`}
          </p>
        )}
      </InspectorSection>
      <InspectorSection>
        <div className={styles.stack}>
          <Button variant="primary" onPress={onJump}>
            {problem.field === null ? "Open Artwork" : "Go to the field"}
          </Button>
          {tokens[0] !== undefined && (
            <Button onPress={() => navigate({ screen: "tokens", at: tokens[0] })}>{`Show #${tokens[0]}`}</Button>
          )}
        </div>
      </InspectorSection>
    </Inspector>
  );
}

export function ExampleDetails({ example }: { example: MetadataExample }) {
  const { name, bytes: size } = exampleOf(example.json);
  return (
    <Inspector title={name === "" ? `#${example.id}` : name} sub={bytes(size)}>
      <InspectorSection art>
        <div className={styles.preview}>
          <Picture path={thumbPath(example.id, example.version, 256)} alt={name} size="9rem" />
        </div>
      </InspectorSection>
      <Json title={`${example.id}.json`} text={example.json} />
    </Inspector>
  );
}

export function CollectionFacts({ view }: { view: Metadata }) {
  return (
    <Inspector title="Collection" sub={view.symbol}>
      <InspectorSection>
        <FactRows
          facts={[
            ["Name", view.collection_name],
            ["Royalty", `${view.royalty_percent} % to ${view.royalty_receiver === "deployer" ? "the Deployer" : "an address"}`],
            ["Examples", counted(view.examples.length, "token")],
          ]}
        />
      </InspectorSection>
      <Json title="contract.json, ERC-7572" text={view.collection_json} />
    </Inspector>
  );
}

function Json({ title, text }: { title: string; text: string }) {
  const copy = () => void navigator.clipboard.writeText(text).then(() => announce("Copied"));
  return (
    <InspectorSection title={title} note="indented for reading">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className={styles.json} tabIndex={0} aria-label={title}>
        {text}
      </pre>
      <div className={styles.under}>
        <Button size="s" icon={Copy} onPress={copy}>
          Copy
        </Button>
      </div>
    </InspectorSection>
  );
}
