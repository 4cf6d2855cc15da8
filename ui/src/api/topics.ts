// Which question belongs to which topic, and which command answers with the new state of a screen.
import type { QueryKey } from "@tanstack/react-query";
import type { Commands, Topic } from "./bindings";
import type { CommandName, Input, Output } from "./call";

/** Commands that only ask, and the topic whose change makes their answer old. The shelf has no topic: it follows the project. */
export const TOPIC_OF = {
  home: "project",
  project: "project",
  artwork: "artwork",
  tokens: "tokens",
  token: "tokens",
  metadata: "metadata",
  storage: "storage",
  networks: "networks",
  rehearsal: "rehearsal",
  launch: "launch",
  vouchers: "vouchers",
  sales: "sales",
  jobs: "activity",
  audit: "activity",
  keys: "keys",
} as const satisfies Partial<Record<CommandName, Topic>>;

/** A command that only asks. */
export type QueryName = keyof typeof TOPIC_OF;

type SameAnswer<Act extends CommandName, Ask extends QueryName> = Commands[Act]["output"] extends Output<Ask> ? Ask : never;
type Answers = { [Act in CommandName]?: { [Ask in QueryName]: SameAnswer<Act, Ask> }[QueryName] };

/** Commands whose answer *is* the new answer of a question, so that nothing has to be asked twice. */
export const ANSWER_OF = {
  project_create: "project",
  project_sample: "project",
  project_import: "project",
  project_open: "project",
  undo: "project",
  redo: "project",
  layers_add: "artwork",
  artwork_set_target: "artwork",
  artwork_set_supply: "artwork",
  rule_add: "artwork",
  rule_remove: "artwork",
  metadata_set: "metadata",
  bundle_sign: "storage",
  storage_add_kubo: "storage",
  network_choose: "networks",
  practice_start: "networks",
  practice_stop: "networks",
  vouchers_issue: "vouchers",
  voucher_redeem: "vouchers",
  relayer_start: "vouchers",
  relayer_stop: "vouchers",
  index_sync: "sales",
  practice_sale: "sales",
  key_create: "keys",
  key_unlock: "keys",
  key_lock: "keys",
} as const satisfies Answers;

/** Commands that put another project, or none, in place of the open one: everything known is forgotten. */
export const TURNS_THE_PAGE: ReadonlySet<CommandName> = new Set<CommandName>([
  "project_create",
  "project_sample",
  "project_import",
  "project_open",
  "project_close",
]);

/** The key of a question: its topic first, so that one event makes all answers of a topic old. */
export function keyOf<Name extends QueryName>(name: Name, input: Input<Name>): QueryKey {
  return [TOPIC_OF[name], name, input];
}
