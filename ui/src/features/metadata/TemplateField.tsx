// A template as it is typed: the variables are tinted where they stand. Saved when the field is left, or on Enter.
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { insertAt, partsOf } from "./findings";
import styles from "./metadata.module.css";

/** What a chip or a problem asks of a field. */
export type TemplateHandle = {
  /** Puts a variable at the caret and keeps the field open. */
  insert(variable: string): void;
  focus(): void;
};

export type TemplateFieldProps = {
  readonly label: string;
  /** What is saved. */
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly onFocus?: () => void;
  /** A line at the right of the label. */
  readonly fact?: string;
  readonly suffix?: string;
  readonly error?: string | null;
  readonly help?: string;
  /** A description may be long; the rest is one line. */
  readonly tall?: boolean;
  /** Tints variables; off for fields that have none. */
  readonly template?: boolean;
  readonly ref?: Ref<TemplateHandle>;
};

export function TemplateField({ label, value, onCommit, onFocus, fact, suffix, error, help, tall = false, template = true, ref }: TemplateFieldProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);

  // What is saved elsewhere (undo, another window) shows at once; what is being typed is not taken away.
  useEffect(() => {
    if (document.activeElement !== area.current) setText(value);
  }, [value]);
  useEffect(() => {
    if (caret === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret, caret);
    setCaret(null);
  }, [caret]);

  const commit = () => {
    if (text !== value) onCommit(text);
  };
  useImperativeHandle(ref, () => ({
    insert(variable) {
      const field = area.current;
      const from = field?.selectionStart ?? text.length;
      const done = insertAt(text, from, field?.selectionEnd ?? from, variable);
      setText(done.text);
      setCaret(done.caret);
    },
    focus: () => area.current?.focus(),
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      commit();
    }
    if (event.key === "Escape" && text !== value) {
      event.stopPropagation();
      setText(value);
    }
  };

  const bad = typeof error === "string";
  const line = bad ? error : help;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {fact !== undefined && <span>{fact}</span>}
      </label>
      <div className={styles.box} data-bad={bad} data-tall={tall}>
        <div className={styles.ink} aria-hidden>
          {(template ? partsOf(text) : [{ text, variable: false }]).map((part, i) =>
            // oxlint-disable-next-line react/no-array-index-key -- parts are told apart by their place
            part.variable ? <mark key={i}>{part.text}</mark> : <span key={i}>{part.text}</span>,
          )}
          {/* A last empty line counts. */}
          {"\u200b"}
        </div>
        <textarea
          id={id}
          ref={area}
          rows={1}
          spellCheck={tall}
          autoComplete="off"
          value={text}
          aria-invalid={bad || undefined}
          aria-describedby={line === undefined ? undefined : `${id}-line`}
          onChange={(event) => setText(tall ? event.target.value : event.target.value.replace(/\n/g, " "))}
          onFocus={onFocus}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
      </div>
      {line !== undefined && (
        <p className={styles.help} data-bad={bad} id={`${id}-line`}>
          {line}
        </p>
      )}
    </div>
  );
}
