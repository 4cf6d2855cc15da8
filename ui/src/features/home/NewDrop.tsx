import { type FormEvent, useState } from "react";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { Field } from "../../components/field/Field";
import { ErrorNotice } from "../../components/notice/Notice";
import { navigate } from "../../shell/navigation";
import { FolderField } from "./FolderField";
import { slug } from "./slug";

/** A drop from nothing: a name and a place for its folder. */
export function NewDrop({ isOpen, projectsDir, onClose }: { isOpen: boolean; projectsDir: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const [dir, setDir] = useState<string | null>(null);
  const create = useAct("project_create", {
    quiet: true,
    onDone: () => {
      onClose();
      navigate({ screen: "artwork" });
    },
  });
  const place = dir ?? `${projectsDir}/${slug(name)}`;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (name.trim() !== "") create.mutate({ dir: place, name: name.trim() });
  };
  return (
    <Dialog
      title="New drop"
      isOpen={isOpen}
      onClose={onClose}
      acts={
        <>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
          <Button size="l" variant="primary" isPending={create.isPending} blocked={name.trim() === "" ? "It needs a name first" : null} onPress={() => submit()}>
            Make the folder
          </Button>
        </>
      }
    >
      {create.isError && <ErrorNotice report={create.error.report} />}
      <form onSubmit={submit} style={{ display: "grid", gap: "var(--s3)" }}>
        <Field label="Name" value={name} onChange={setName} autoFocus onKeyDown={(event) => event.key === "Enter" && submit()} />
        <FolderField label="Folder" value={place} onChange={setDir} help="It is made there. Layers and drop.toml live in it; you can move it later." />
      </form>
    </Dialog>
  );
}
