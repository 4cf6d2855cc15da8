import { Button } from "../../components/button/Button";
import { Field } from "../../components/field/Field";
import { platform } from "../../platform/platform";
import { fileName } from "../../shell/words";

/** A path that can be typed or chosen. Choosing names the folder *in* which the new one is made. */
export function FolderField({ label, value, onChange, help }: { label: string; value: string; onChange: (dir: string) => void; help?: string }) {
  const choose = async () => {
    const parent = await platform().pickFolder("Choose where it is kept", value);
    if (parent !== null) onChange(`${parent.replace(/[\\/]+$/, "")}/${fileName(value)}`);
  };
  return (
    <div className="row" style={{ alignItems: "flex-start" }}>
      <div className="grow">
        <Field label={label} value={value} onChange={onChange} help={help} />
      </div>
      <span style={{ paddingTop: "1.25rem" }}>
        <Button onPress={() => void choose()}>Choose</Button>
      </span>
    </div>
  );
}
