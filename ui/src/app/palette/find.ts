// What the palette finds for what was typed: commands, "#12" a token, ":lan" a trait.
import type { TokensTable } from "../../api/bindings";
import type { Command } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { count, counted } from "../../shell/words";

/** A command under its heading, with the letters that matched. */
export type Found = { readonly command: Command; readonly match: readonly [from: number, to: number] | null };

/** At most this many rows: the list is read, not scrolled. */
const MOST = 40;

export function find(text: string, commands: readonly Command[], table: TokensTable | undefined): Found[] {
  const words = text.trim();
  const shown = commands.filter((command) => command.hidden !== true);
  if (words.startsWith("#")) return tokens(words.slice(1), table);
  if (words.startsWith(":")) return traits(words.slice(1), table);
  if (words === "") return shown.slice(0, MOST).map((command) => ({ command, match: null }));
  return shown
    .map((command) => ({ command, at: place(command, words) }))
    .filter((one): one is { command: Command; at: number } => one.at !== null)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, MOST)
    .map(({ command, at }) => ({ command, match: at < 0 ? null : ([at, at + words.length] as const) }));
}

/** Where the words stand in the title; -1 where only its heading has them; null where neither. */
function place(command: Command, words: string): number | null {
  const at = command.title.toLowerCase().indexOf(words.toLowerCase());
  if (at >= 0) return at;
  return command.group.toLowerCase().includes(words.toLowerCase()) ? -1 : null;
}

/** The title's beginning first, then a word's beginning, then anywhere, then the heading. */
function rank({ command, at }: { command: Command; at: number }): number {
  if (at === 0) return 0;
  if (at < 0) return 3;
  return command.title[at - 1] === " " ? 1 : 2;
}

function tokens(digits: string, table: TokensTable | undefined): Found[] {
  const id = Number(digits);
  if (table === undefined || !/^\d+$/.test(digits) || id < 1 || id > table.count) return [];
  const worn = table.layers.map((layer) => layer.traits[layer.column[id - 1] ?? -1]).filter((name) => name !== undefined);
  return [
    {
      match: null,
      command: {
        id: `token.${id}`,
        title: `#${id}`,
        group: "Tokens",
        note: `Rank ${count(table.rank[id - 1] ?? 0)}, ${worn.slice(1, 4).join(", ")}`,
        run: () => navigate({ screen: "tokens", at: { token: id } }),
      },
    },
  ];
}

function traits(words: string, table: TokensTable | undefined): Found[] {
  const wanted = words.trim().toLowerCase();
  return (table?.layers ?? [])
    .flatMap((layer) => layer.traits.map((name, index) => ({ layer, name, index })))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MOST)
    .map(({ layer, name, index }) => {
      const at = name.toLowerCase().indexOf(wanted);
      return {
        match: [at, at + wanted.length] as const,
        command: {
          id: `trait.${layer.id}.${layer.trait_ids[index]}`,
          title: name,
          group: layer.name,
          note: counted(layer.counts[index] ?? 0, "token"),
          run: () => navigate({ screen: "tokens", at: { filter: { layer: layer.id, trait: index } } }),
        },
      };
    });
}
