// Use cases asked of the studio. The answer goes where the screens look; what else changed, events say.
import { type QueryClient, type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { JobView } from "./bindings";
import { type CommandName, type Input, type Output, type Refusal, call } from "./call";
import { putJob } from "./events";
import { ANSWER_OF, TURNS_THE_PAGE, keyOf } from "./topics";

export type ActOptions<Name extends CommandName> = {
  onDone?: (output: Output<Name>, input: Input<Name>) => void;
  onRefused?: (refusal: Refusal, input: Input<Name>) => void;
  /** The screen shows `error` itself; otherwise a refusal is said in a toast. */
  quiet?: boolean;
};

/** `const setTarget = useAct("artwork_set_target"); setTarget.mutate({ … })`. */
export function useAct<Name extends CommandName>(
  name: Name,
  options: ActOptions<Name> = {},
): UseMutationResult<Output<Name>, Refusal, Input<Name>> {
  const client = useQueryClient();
  return useMutation<Output<Name>, Refusal, Input<Name>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
    meta: { quiet: options.quiet === true || options.onRefused !== undefined },
    onSuccess: (output, input) => {
      settle(client, name, output);
      options.onDone?.(output, input);
    },
    onError: options.onRefused,
  });
}

/** Puts the answer of a command where its question would have put it. */
export function settle<Name extends CommandName>(client: QueryClient, name: Name, output: Output<Name>): void {
  const question = (ANSWER_OF as Partial<Record<CommandName, (typeof ANSWER_OF)[keyof typeof ANSWER_OF]>>)[name];
  // Another project: every answer is forgotten, and what is on screen is asked again.
  if (TURNS_THE_PAGE.has(name)) void client.resetQueries({ predicate: ({ queryKey }) => question === undefined || queryKey[1] !== question });
  if (question !== undefined) client.setQueryData(keyOf(question, {}), output);
  if (isJob(output)) putJob(client, output);
}

function isJob(output: unknown): output is JobView {
  return typeof output === "object" && output !== null && "can_pause" in output;
}
