// How answers are kept: until an event says otherwise, with or without a network.
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { refusal } from "./call";
import type { ErrorReport } from "./bindings";

/** A client; `onRefused` hears of acts no screen speaks for. */
export function makeClient(onRefused: (report: ErrorReport) => void): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => {
        if (mutation.meta?.quiet !== true) onRefused(refusal(error).report);
      },
    }),
    defaultOptions: {
      // The studio is on this machine: "offline" says nothing about it, and a refusal does not get better by asking again.
      queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: 30 * 60_000, retry: false, networkMode: "always", refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
