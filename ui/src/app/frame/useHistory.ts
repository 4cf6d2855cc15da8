import { useAct } from "../../api/mutations";

/** Undo and redo, for whoever needs them: palette, titlebar and keys. */
export function useHistory(): { undo: () => void; redo: () => void } {
  const undo = useAct("undo");
  const redo = useAct("redo");
  return { undo: () => undo.mutate({}), redo: () => redo.mutate({}) };
}
