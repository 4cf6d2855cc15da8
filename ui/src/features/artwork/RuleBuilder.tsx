import { ChevronsUpDown, Plus, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { Artwork, RuleKind } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { Field } from "../../components/field/Field";
import { Menu, type MenuEntry } from "../../components/menu/Menu";
import { Picture } from "../../components/picture/Picture";
import { Segments } from "../../components/segments/Segments";
import { count } from "../../shell/words";
import styles from "./artwork.module.css";
import { type Draft, EMPTY, missing, nameOf, specOf, thumbOf, words } from "./rule";

/** Finishing a sentence: slots between words, over the rules and under the art. */
export function RuleBuilder({ artwork, onDone }: { artwork: Artwork; onDone: () => void }) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const add = useAct("rule_add", { quiet: true, onDone });
  const blocked = missing(draft);
  const say = words(draft.kind, draft.count, draft.traits.length > 1);
  const send = () => add.mutate(specOf(draft, artwork.rules.map((rule) => rule.spec.id)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && blocked === null) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const slots = (side: "traits" | "with", first: string) => (
    <Slots artwork={artwork} paths={draft[side]} first={first} taken={[...draft.traits, ...draft.with]} onChange={(paths) => setDraft({ ...draft, [side]: paths })} />
  );
  return (
    // The form's own keys: Esc leaves it, Ctrl Enter adds.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.builder} onKeyDown={onKeyDown}>
      <div className={styles.builderHead}>
        <h2>New rule</h2>
        <Segments
          label="Kind of rule"
          value={draft.kind}
          onChange={(kind: RuleKind) => setDraft({ ...draft, kind })}
          options={[
            { id: "forbid", label: "Never with" },
            { id: "only-with", label: "Only with" },
            { id: "at-most", label: "At most" },
          ]}
        />
      </div>
      <div className={styles.slots}>
        {draft.kind === "at-most" ? (
          <>
            At most
            <Field bare numeric label="How many tokens" width="3.5rem" value={String(draft.count)} onChange={(text) => /^\d{0,6}$/.test(text) && setDraft({ ...draft, count: Number(text) })} />
            {draft.count === 1 ? "token wears" : "tokens wear"}
          </>
        ) : null}
        {slots("traits", "a trait")}
        {say.between}
        {slots("with", "another")}
        {say.after}
        <span className={styles.builderEnd}>
          <Button variant="quiet" onPress={onDone}>
            Cancel
          </Button>
          <Button icon={Plus} blocked={blocked} isPending={add.isPending} onPress={send}>
            Add rule
          </Button>
        </span>
      </div>
      {add.isError && (
        <p className={styles.builderError} role="alert">
          {add.error.message} {add.error.report.hint} <span className="mono t2">{add.error.report.code}</span>
        </p>
      )}
    </div>
  );
}

function Slots({ artwork, paths, first, taken, onChange }: { artwork: Artwork; paths: readonly string[]; first: string; taken: readonly string[]; onChange: (paths: string[]) => void }) {
  const entries: MenuEntry[] = artwork.layers.flatMap((layer): MenuEntry[] => {
    const any = `${layer.id}/*`;
    return [
      { id: any, label: `Any ${layer.name.toLowerCase()}`, text: `Any ${layer.name}`, note: layer.name, disabled: taken.includes(any), run: () => onChange([...paths, any]) },
      ...layer.traits.map((trait): MenuEntry => {
        const path = `${layer.id}/${trait.id}`;
        return { id: path, label: trait.name, text: `${trait.name}, ${layer.name}`, note: `${layer.name}, ${count(trait.target_count)}`, disabled: taken.includes(path), run: () => onChange([...paths, path]) };
      }),
    ];
  });
  return (
    <>
      {paths.map((path) => {
        const thumb = thumbOf(artwork, path);
        const name = nameOf(artwork, path);
        return (
          <span key={path} className={styles.slot}>
            {thumb !== null && <Picture path={thumb} alt="" size="1.25rem" mat={false} />}
            {name}
            <AriaButton className={styles.slotRemove} aria-label={`Take out ${name}`} onPress={() => onChange(paths.filter((one) => one !== path))}>
              <X aria-hidden />
            </AriaButton>
          </span>
        );
      })}
      <Menu label="Traits" entries={entries} wide>
        <AriaButton className={styles.slot} data-add>
          {paths.length === 0 ? first : "or another"}
          {paths.length === 0 ? <ChevronsUpDown aria-hidden /> : <Plus aria-hidden />}
        </AriaButton>
      </Menu>
    </>
  );
}
