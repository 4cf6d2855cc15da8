import { useEffect } from "react";
import { platform } from "../../platform/platform";
import { navigate } from "../../shell/navigation";

/** A folder dropped anywhere on the window is looked at: a project opens, layers are previewed. */
export function useFolderDrop(): void {
  useEffect(
    () =>
      platform().onFolderDrop(([path]) => {
        if (path !== undefined) navigate({ screen: "home", at: { ask: "look", path } });
      }),
    [],
  );
}
