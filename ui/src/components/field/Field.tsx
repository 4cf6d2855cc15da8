import type { LucideIcon } from "lucide-react";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import { FieldError, Group, Input, Label, TextArea, TextField } from "react-aria-components";
import styles from "./field.module.css";

export type FieldProps = {
  /** Said to readers; shown above the field unless `bare`. */
  label: string;
  bare?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** On Enter, and when the field is left. */
  onCommit?: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  icon?: LucideIcon;
  /** A unit, or a control such as "Choose". */
  suffix?: ReactNode;
  placeholder?: string;
  /** What is wrong, in words. */
  error?: string | null;
  /** A line of help under the field. */
  help?: ReactNode;
  lines?: number;
  mono?: boolean;
  numeric?: boolean;
  fixed?: boolean;
  width?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
};

/** One line or several of text. Never only a red edge: an error has a sentence. */
export function Field(props: FieldProps) {
  const { label, bare, value, onChange, onCommit, icon: Icon, suffix, placeholder, error, help, lines, mono, numeric, fixed, width } = props;
  const invalid = typeof error === "string" && error !== "";
  return (
    <TextField
      className={styles.root}
      style={{ width }}
      aria-label={bare === true ? label : undefined}
      value={value}
      onChange={onChange}
      isInvalid={invalid}
      isReadOnly={fixed}
      autoFocus={props.autoFocus}
      onBlur={() => onCommit?.(value)}
    >
      {bare !== true && <Label className={styles.label}>{label}</Label>}
      <Group className={styles.field} data-area={lines !== undefined || undefined} data-fixed={fixed || undefined}>
        {Icon !== undefined && <Icon aria-hidden className="icon-s" />}
        {lines === undefined ? (
          <Input
            ref={props.inputRef}
            className={mono === true ? `${styles.input} mono` : styles.input}
            placeholder={placeholder}
            inputMode={numeric === true ? "decimal" : undefined}
            spellCheck={false}
            autoComplete="off"
            onKeyDown={(event) => {
              props.onKeyDown?.(event);
              if (event.key === "Enter") onCommit?.(value);
            }}
          />
        ) : (
          <TextArea className={mono === true ? `${styles.input} mono` : styles.input} placeholder={placeholder} rows={lines} onKeyDown={props.onKeyDown} />
        )}
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
      </Group>
      {help !== undefined && !invalid && <span className={styles.help}>{help}</span>}
      {invalid && <FieldError className={styles.error}>{error}</FieldError>}
    </TextField>
  );
}
