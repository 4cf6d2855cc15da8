// The template and the collection, field by field. Each is saved by itself when it is left.
import { type Ref, useImperativeHandle, useRef } from "react";
import type { Metadata, MetadataEdit } from "../../api/bindings";
import { Tooltip } from "../../components/tooltip/Tooltip";
import { Button as AriaButton } from "react-aria-components";
import { TemplateField, type TemplateHandle } from "./TemplateField";
import styles from "./metadata.module.css";

type FieldName = keyof MetadataEdit;

/** Why the studio refused what was typed; the words stay in the field. */
export type Refused = Partial<Record<FieldName, string>>;

/** What the lint list asks of the form. */
export type FieldsHandle = { focus(field: FieldName): void };

export type FieldsProps = {
  readonly view: Metadata;
  readonly refused: Refused;
  readonly onCommit: (edit: Partial<MetadataEdit>) => void;
  readonly ref?: Ref<FieldsHandle>;
};

export function Fields({ view, refused, onCommit, ref }: FieldsProps) {
  const handles = useRef(new Map<FieldName, TemplateHandle>());
  /** Where a chip goes: the template that was typed in last. */
  const last = useRef<FieldName>("name");
  useImperativeHandle(ref, () => ({ focus: (field) => handles.current.get(field)?.focus() }));

  const field = (name: FieldName) => ({
    value: view[name],
    onCommit: (value: string) => onCommit({ [name]: value }),
    error: refused[name] ?? null,
    ref: (handle: TemplateHandle | null) => {
      if (handle === null) handles.current.delete(name);
      else handles.current.set(name, handle);
    },
  });
  const template = (name: FieldName) => ({
    ...field(name),
    onFocus: () => {
      last.current = name;
    },
  });

  return (
    <section className={styles.template} aria-label="Template">
      <TemplateField label="Name" {...template("name")} />
      <TemplateField label="Description" tall {...template("description")} />
      <TemplateField label="External link" {...template("external_url")} {...(view.external_url === "" ? { fact: "none" } : {})} />
      <div>
        <p className={styles.label}>
          Variables
          <span>put in at the caret</span>
        </p>
        <div className={styles.variables}>
          {view.variables.map(([text, meaning]) => (
            <Tooltip key={text} text={meaning}>
              <AriaButton
                className={styles.variable}
                aria-label={`Insert ${text}: ${meaning}`}
                // The caret stays where it is: the field is not left on the way to the chip.
                preventFocusOnPress
                onPress={() => handles.current.get(last.current)?.insert(text)}
              >
                {text}
              </AriaButton>
            </Tooltip>
          ))}
          {view.variables.length === 0 && <span className="t3">Known once the tokens are planned.</span>}
        </div>
      </div>
      <h2>Collection</h2>
      <div className={styles.two}>
        <TemplateField label="Name" template={false} {...field("collection_name")} />
        <TemplateField label="Symbol" template={false} {...field("symbol")} />
      </div>
      <TemplateField label="Description" tall template={false} {...field("collection_description")} />
      <div className={styles.two}>
        <TemplateField label="Royalty" suffix="%" template={false} help="Of each resale, where the market honours it" {...field("royalty_percent")} />
        <TemplateField label="Paid to" template={false} help="deployer, or an address" {...field("royalty_receiver")} />
      </div>
    </section>
  );
}
