import { Plus, Trash2 } from "lucide-react";
import { Fragment, type ReactNode, useState } from "react";
import type { Artwork, RuleView } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { IconButton } from "../../components/icon-button/IconButton";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { Section } from "../../components/section/Section";
import { platform } from "../../platform/platform";
import { useCommands } from "../../shell/commands";
import { say } from "../../shell/toasts";
import { count, counted } from "../../shell/words";
import { RuleBuilder } from "./RuleBuilder";
import styles from "./artwork.module.css";
import { nameOf, thumbOf, words } from "./rule";

/** Rules as sentences, and a builder that finishes one. */
export function Rules({ artwork }: { artwork: Artwork }) {
  const [building, setBuilding] = useState(false);
  const undo = useAct("undo");
  const remove = useAct("rule_remove", {
    onDone: (_, { id }) => {
      const gone = artwork.rules.find((rule) => rule.spec.id === id);
      say({ text: `Removed the rule: ${gone?.sentence ?? id}. The plan did not change.`, action: { label: "Undo", shortcut: "Ctrl+Z", run: () => undo.mutate({}) } });
    },
  });
  useCommands([{ id: "artwork.rule", title: "New rule", group: "Artwork", icon: Plus, run: () => setBuilding(true) }]);
  const held = artwork.plan !== null && !artwork.plan_stale;
  return (
    <div className={styles.rules}>
      {building && <RuleBuilder artwork={artwork} onDone={() => setBuilding(false)} />}
      <Section
        title="Rules"
        note={artwork.rules.length === 0 ? "none yet" : held && artwork.plan !== null ? `${count(artwork.rules.length)} hold in all ${count(artwork.plan.supply)} tokens` : counted(artwork.rules.length, "rule")}
        end={
          !building && (
            <Button size="s" icon={Plus} onPress={() => setBuilding(true)}>
              New rule
            </Button>
          )
        }
      >
        <ul className={styles.ruleList}>
          {artwork.rules.map((rule) => (
            <li key={rule.spec.id} className={styles.rule}>
              <StateGlyph state={held ? "done" : "empty"} label={held ? "holds" : "not planned yet"} />
              <span className={styles.sentence}>
                <span className="vh">{rule.sentence}</span>
                <span aria-hidden>
                  <Sentence artwork={artwork} rule={rule} />
                </span>
              </span>
              <span className={styles.ruleEnd}>
                <IconButton size="s" icon={Trash2} name={`Remove the rule: ${rule.sentence}`} onPress={() => remove.mutate({ id: rule.spec.id })} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** The sentence with its traits as chips; punctuation follows with no gap. */
function Sentence({ artwork, rule: { spec } }: { artwork: Artwork; rule: RuleView }) {
  const say = words(spec.kind, spec.count ?? 0, spec.traits.length > 1);
  return (
    <>
      {say.before !== "" && `${say.before} `}
      <Chips artwork={artwork} paths={spec.traits} joiner={say.joiner} /> {say.between} <Chips artwork={artwork} paths={spec.with} joiner={say.joiner} />
      {say.after !== "" && ` ${say.after}`}.
    </>
  );
}

export function Chips({ artwork, paths, joiner }: { artwork: Artwork; paths: readonly string[]; joiner: string }): ReactNode {
  return paths.map((path, index) => {
    const thumb = thumbOf(artwork, path);
    return (
      <Fragment key={path}>
        {index === 0 ? "" : index === paths.length - 1 ? ` ${joiner} ` : ", "}
        <Chip picture={thumb === null ? undefined : platform().picture(thumb)}>{nameOf(artwork, path)}</Chip>
      </Fragment>
    );
  });
}
