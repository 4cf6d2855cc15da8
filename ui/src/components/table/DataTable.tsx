import type { ReactNode } from "react";
import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import styles from "./table.module.css";

export type DataColumn<Item> = {
  readonly id: string;
  readonly title: string;
  /** Figures stand right; a glyph column is narrow and has no visible head. */
  readonly kind?: "text" | "figure" | "glyph";
  readonly width?: string;
  /** Leaves the table under 80 rem (1) or 64 rem (2); what it said is in the inspector. */
  readonly optional?: 1 | 2;
  readonly cell: (item: Item) => ReactNode;
};

/** A table by rows: one picked row fills the inspector, Enter opens it. A row never changes its height. */
export function DataTable<Item>({ label, columns, rows, rowId, rowText, selected, onSelect, size = "m", total, dim }: {
  label: string;
  columns: readonly DataColumn<Item>[];
  rows: readonly Item[];
  rowId: (item: Item) => string;
  /** What a reader calls the row; the first text column otherwise. */
  rowText?: (item: Item) => string;
  selected?: string | null;
  onSelect?: (id: string) => void;
  size?: "m" | "compact" | "tall";
  /** The last row, set apart: one cell per column. */
  total?: readonly ReactNode[];
  /** Rows said quietly. */
  dim?: (item: Item) => boolean;
}) {
  const head = columns.find((column) => column.kind !== "glyph")?.id;
  return (
    <div className={styles.scroll}>
      <Table
        aria-label={label}
        className={styles.table}
        data-size={size}
        selectionMode={onSelect === undefined ? "none" : "single"}
        selectionBehavior="replace"
        selectedKeys={selected === null || selected === undefined ? [] : [selected]}
        onSelectionChange={(keys) => {
          if (keys !== "all") for (const key of keys) onSelect?.(String(key));
        }}
      >
        <TableHeader>
          {columns.map((column) => (
            <Column key={column.id} id={column.id} isRowHeader={column.id === head} className={styles.head} data-kind={column.kind} data-optional={column.optional} style={{ width: column.width }}>
              {column.kind === "glyph" ? <span className="vh">{column.title}</span> : column.title}
            </Column>
          ))}
        </TableHeader>
        <TableBody>
          {rows.map((item) => (
            <Row key={rowId(item)} id={rowId(item)} textValue={rowText?.(item)} className={styles.row} data-dim={dim?.(item) || undefined}>
              {columns.map((column) => (
                <Cell key={column.id} className={styles.cell} data-kind={column.kind} data-optional={column.optional}>
                  {column.cell(item)}
                </Cell>
              ))}
            </Row>
          ))}
          {total !== undefined && (
            <Row id="total" className={`${styles.row} ${styles.total}`} isDisabled>
              {columns.map((column, index) => (
                <Cell key={column.id} className={styles.cell} data-kind={column.kind} data-optional={column.optional}>
                  {total[index]}
                </Cell>
              ))}
            </Row>
          )}
        </TableBody>
      </Table>
    </div>
  );
}
