// Every command has one id, used by the menu, the palette, the shortcut and the tests. Whoever is on screen brings its own.
import type { LucideIcon } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";

export type Command = {
  /** "artwork.render". */
  readonly id: string;
  /** What it does, with its amount: "Render 16". */
  readonly title: string;
  /** Under which heading the palette lists it. */
  readonly group: string;
  /** "Ctrl+Enter"; plain letters act only while no field has focus. */
  readonly shortcut?: string;
  readonly icon?: LucideIcon;
  /** A few words behind the title. */
  readonly note?: string;
  /** Why it cannot run now; it stays in the list and says so. */
  readonly blocked?: string | null;
  /** Kept out of the palette: pure keys such as F6. */
  readonly hidden?: boolean;
  readonly run: () => void;
};

let sources: readonly (readonly Command[])[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

/** Every command that can be asked for now; the newest screen first. */
export function commands(): readonly Command[] {
  return all;
}

export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(subscribe, commands);
}

/** Brings commands while the component is on screen. Titles and states may change at every render. */
export function useCommands(list: readonly Command[]): void {
  const latest = useRef(list);
  latest.current = list;
  // Only what people see counts as a change; `run` is always taken from the newest render.
  const seen = JSON.stringify(list.map(({ id, title, group, shortcut, note, blocked, hidden }) => [id, title, group, shortcut, note, blocked, hidden]));
  useEffect(() => {
    const mine = latest.current.map((command, index): Command => Object.assign({}, command, { run: () => latest.current[index]?.run() }));
    publish([mine, ...sources]);
    return () => publish(sources.filter((source) => source !== mine));
  }, [seen]);
}

function publish(next: readonly (readonly Command[])[]): void {
  sources = next;
  const known = new Map<string, Command>();
  for (const command of next.flat()) if (!known.has(command.id)) known.set(command.id, command);
  all = [...known.values()];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
