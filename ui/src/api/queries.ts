// Questions to the studio. An answer stays until an event names its topic.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Input, type Output, type Refusal, call } from "./call";
import { type QueryName, keyOf } from "./topics";

type AskArguments<Name extends QueryName> =
  Record<string, never> extends Input<Name> ? [name: Name, input?: Input<Name>, options?: AskOptions] : [name: Name, input: Input<Name>, options?: AskOptions];

/** `when: false` waits with the question; `keep` shows the last answer while another input is being asked. */
export type AskOptions = { when?: boolean; keep?: boolean };

/** `useAsk("artwork")`, `useAsk("token", { id: 7 })`. */
export function useAsk<Name extends QueryName>(...[name, input, options]: AskArguments<Name>): UseQueryResult<Output<Name>, Refusal> {
  const given = input ?? ({} as Input<Name>);
  return useQuery<Output<Name>, Refusal>({
    queryKey: keyOf(name, given),
    queryFn: () => call(name, given),
    enabled: options?.when ?? true,
    placeholderData: options?.keep === true ? (last: Output<Name> | undefined) => last as never : undefined,
    // Columns of 100,000 numbers are replaced, never compared.
    structuralSharing: name !== "tokens",
  });
}
