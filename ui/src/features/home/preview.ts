import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ImportPreview } from "../../api/bindings";
import { type Refusal, call } from "../../api/call";

/** What an import of this folder would do. Asked anew each time: the folder may have changed on disk. */
export function useImportPreview(source: string): UseQueryResult<ImportPreview, Refusal> {
  return useQuery<ImportPreview, Refusal>({ queryKey: ["import", source], queryFn: () => call("import_preview", { source }), staleTime: 0, gcTime: 0 });
}
